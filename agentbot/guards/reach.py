"""Contacts, links and asks in outgoing text: whose they are, and what an ask has to say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agentbot.contacts.addresses import find_emails, find_wechat_ids
from agentbot.pre_pass.shapes import plain

_LINK = re.compile(
    r"(?:https?://|www\.)[^\s，。；、（）<>\"']+"
    r"|(?<![@\w.])(?:[a-z0-9\-]+\.)+(?:com|cn|net|org|io|top|xyz|shop|cc|info|site|vip|me)(?:/[^\s，。；]*)?(?![\w@])"
)
_PHONE_LIKE = re.compile(
    r"(?<![\d.,])\+?\(?\d{2,4}\)?(?:[\- ]\d{2,4}){2,4}(?![\d.,%])|(?<![\d.,])\+?\d{8,15}(?![\d.,%])|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|(?<!\d)(?:95\d{3}|100\d{2}|12\d{3}|1010\d{4})(?=\s?(?:热线|客服|电话|$|[,，。]))"
)
_MASKED = re.compile(r"(?<!\d)(\d{2,4})\s?[*x×•]{2,8}\s?(\d{2,4})(?!\d)")
_EMERGENCY = re.compile(r"(?<!\d)(?:110|119|120|122|911|999|112|000|988|12356|12320|12355)(?!\d)(?=[^%元块\d]|$)")
_EMERGENCY_CUE = re.compile(r"拨打|打|急救|报警|救护|危险|紧急|求助|热线|call|dial|emergency|ambulance|text")
_ASK = re.compile(
    r"(?:留|给(?![您你](?:打|回|去|致|来))|发|告诉|方便|提供|填|写|加)[^,，。]{0,8}(?:电话|手机|号码|微信|联系方式|邮箱|wx|vx)|(?:电话|手机号?|微信|联系方式|号码)(?:是多少|多少|方便(?:留|给)|可以(?:留|给))"
    r"|\b(?:your|a|best|good) (?:\w+ ){0,3}(?:number|phone|email|contact|wechat|whatsapp)\b[^.]*\?|\bleave (?:a|me a|us a) (?:number|phone|email|contact)|\b(?:phone|call|text|number) or (?:email|phone|wechat)\?|\b(?:leave|share|give|send|drop|tell|have|get|provide|what's)(?: \w+){0,3}? your (?:\w+ ){0,3}?(?:number|phone|email|contact|wechat|whatsapp)"
)
_ASK_PASSES = re.compile(
    r"不用(?:留|给)|不(?:需要|必|会要|留)|没有?留|已经?(?:留|给|记)|收到[^。]{0,8}(?:电话|号码|微信)|no need|don't (?:have|need) to|thanks for|got your|have your|noted your|received your"
)
_WHO = re.compile(
    r"顾问|同事|老师|专员|经理|医生|教练|门店|店里|店员|我们?|师傅|客服|销售|助理|技师|护士|advis[eo]r|specialist|colleague|team|\bwe\b|\bour\b|\bi\b|consultant|manager|doctor|trainer|coach|coordinator|technician|someone|one of us|agent|planner|\bshop\b|\bclinic\b"
)
_PURPOSE = re.compile(
    r"以便|方便|好(?:给|帮|让|跟|和|安排)|为您|帮您|给您|帮你|给你|和您|跟您|发(?:您|你|给)|算|安排|预约|报价|说明|确认|核对|详细|讲|介绍|测算|留(?:位|名额)|沟通|联系|\bif you'd like\b|\bput together\b|\bcheck (?:this|that|it)\b|\banswer you\b|\bget it from\b|\bso (?:that )?\w+|\bto \w+|\bfor (?:a|the|your)|\babout\b|\bwith\b"
)


def whose(text: str, approved: str, known_contacts: Sequence[str]) -> tuple[list[str], list[tuple[int, int]]]:
    """Findings on contacts and links of folded `text`, and the spans they and backed numbers to call take up.

    `approved` is all approved knowledge, squeezed; `known_contacts` are the person's own values.
    """
    found: list[str] = []
    spans: list[tuple[int, int]] = []
    own = [value.lower() for value in known_contacts]
    for start, end, written, name in _all(text):
        spans.append((start, end))
        bare = re.sub(r"[\s\-()+_·,]", "", written.lower())
        is_own = (
            any(
                bare and re.sub(r"^\+?86|\D", "", value)[-11:] and bare[-11:] == re.sub(r"\D", "", value)[-11:]
                for value in own
            )
            or written.lower() in own
        )
        if not is_own and bare not in approved:
            found.append(f"{name}: {written}")
    for match in _MASKED.finditer(text):
        spans.append(match.span())
        digits = [re.sub(r"\D", "", value) for value in own]
        if not any(match[1] in each and each.endswith(match[2]) for each in digits):
            found.append(f"foreign-contact: {match.group()}")
    if _EMERGENCY_CUE.search(text):
        spans += [match.span() for match in _EMERGENCY.finditer(text)]
    return found, spans


def _all(text: str) -> Iterator[tuple[int, int, str, str]]:
    taken: list[tuple[int, int]] = []
    for match in _LINK.finditer(text):
        taken.append(match.span())
        yield *match.span(), match.group().rstrip(".,"), "unknown-link"
    for address in (*find_emails(text), *find_wechat_ids(text)):
        if all(address.end <= start or address.start >= end for start, end in taken):
            taken.append((address.start, address.end))
            yield address.start, address.end, text[address.start : address.end], "foreign-contact"
    for match in _PHONE_LIKE.finditer(text):
        if all(match.end() <= start or match.start() >= end for start, end in taken):
            yield *match.span(), match.group(), "foreign-contact"


def ask_findings(sentence: str, around: str) -> Iterator[str]:
    """An ask that does not say what for and who will call; `around` is the sentence with
    the sentences beside it that do not ask themselves."""
    shaped = plain(sentence)
    if not is_ask(shaped):
        return
    near = plain(around)
    if not _WHO.search(near) or not _PURPOSE.search(near):
        yield "ask-without-purpose"


def is_ask(shaped: str) -> bool:
    """Whether a plain sentence asks for a way to be reached."""
    return bool(_ASK.search(shaped)) and not _ASK_PASSES.search(shaped)
