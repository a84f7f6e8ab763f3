"""Email addresses and WeChat ids in folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agentbot.contacts.context import is_theirs
from agentbot.contracts import ContactStatus

_LOCAL = r"[a-z0-9](?:[a-z0-9._%+\-]*[a-z0-9_%+\-])?"
_EMAIL = re.compile(
    rf"(?<![a-z0-9._%+\-*@])(?P<local>{_LOCAL})@(?P<domain>[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.[a-z]{{2,24}})"
)
_SPOKEN_EMAIL = re.compile(
    rf"(?<![a-z0-9._%+\-*@])(?<!dot )(?P<local>{_LOCAL})(?P<at>\s?@\s?|\s?[(\[{{<]\s?(?:at|@|艾特)\s?[)\]}}>]\s?|\s(?:at)\s|\s?艾特\s?)"
    r"(?P<domain>[a-z0-9\-]+(?:(?:\s?\.\s?|\s?[(\[{<]\s?(?:dot|点)\s?[)\]}>]\s?|\sdot\s|\s?点\s?)[a-z0-9\-]+){1,3})(?![a-z0-9])"
)
_DOT = re.compile(r"\s?\.\s?|\s?[(\[{<]\s?(?:dot|点)\s?[)\]}>]\s?|\sdot\s|\s?点\s?")
_NOT_DOMAINS = frozenset(("png", "jpg", "jpeg", "gif", "webp", "svg", "mp4", "pdf", "js", "css", "py"))
_SLIPS = frozenset(("con", "cmo", "ocm", "comm", "vom", "xom", "coom", "cn.com", "nett", "ney"))
_SLIP_HOSTS = frozenset(
    ("gmial.com", "gmai.com", "gamil.com", "hotmial.com", "outlok.com", "qqq.com", "yaho.com", "gmail.cm")
)
_SPOKEN_ENDS = frozenset(("com", "cn", "net", "org", "edu", "io", "co", "hk", "tw", "uk", "de", "fr", "me", "info"))

_ID = r"(?P<id>[a-z][a-z0-9_\-]{5,19})(?![a-z0-9_\-@]|\.[a-z])"
_APP = r"(?:微信|[威薇徽维]信|卫星|v信|绿泡泡|wechat|weixin|we chat|(?<![a-z])(?:wx|vx|v ?x|w ?x)(?![a-z])|(?<![a-z])v(?=\s?[::]))"
_NAMED = r"(?:\s*(?:号码|号|账号|帐号|id\b|account|name|handle|username|就?是|为|叫做?|搜索?|加我?|me|my|is|[::,=,\-—>~\"'“”「])){1,5}\s*"
_STRONG = re.compile(rf"{_APP}(?:我|的)?{_NAMED}{_ID}")
_WEAK = re.compile(
    rf"(?:{_APP}|(?<![a-z])加?(?:我|个)?(?<=[加我个+])v(?!x[a-z])|(?<=[加我的个是::\s])(?:vx|wx)(?=[a-z]))\s*{_ID}"
)
_OWN = re.compile(r"(?<![a-z0-9])(?P<id>wxid_[a-z0-9]{6,19})(?![a-z0-9_\-])")
_AFTER = re.compile(
    rf"{_ID}[\s,(]*(?:这?是|is)?\s?我?(?:my )?(?:的)?\s?(?:微信号?|wechat(?: id)?\b|vx\b)(?!群|支付|小程序|公众号|pay)"
)
_RENAMED = re.compile(
    rf"{_APP}(?:我|的)?(?:号码?|账号|id)?[^a-z0-9]{{0,8}}(?:错|不对|有误|改成|换成|更正|应该|正确|wrong|typo|should be)[^a-z0-9]{{0,10}}(?:it's |its |is |should be )?{_ID}"
)
_ONLY_RENAMED = re.compile(
    rf"^(?:(?:不好意思|抱歉|对不起|哦|啊|错了|写错了|发错了|打错了|不对|不是|更正|sorry|oops|wrong|typo|no|wait|i meant?)[\s,.。!]*)*"
    rf"(?:应该是|应该为|应为|正确的?是|是|改成|换成|改为|更正为?|it's|it is|it should be|should be|i meant?|correct one is)[\s::]*{_ID}[\s,.。!哈哦啊]*$"
)
_WORDS = frozenset(
    [
        "number",
        "please",
        "thanks",
        "thankyou",
        "wechat",
        "weixin",
        "account",
        "message",
        "contact",
        "tomorrow",
        "article",
        "payment",
        "friend",
        "version",
        "program",
        "instead",
        "because",
        "before",
        "should",
        "better",
        "whenever",
        "anytime",
        "though",
        "without",
        "another",
        "already",
        "really",
        "working",
        "request",
        "iphone",
        "android",
        "windows",
        "official",
        "channel",
        "public",
        "reading",
        "credit",
        "dollar",
        "wallet",
        "transfer",
        "sharing",
        "moment",
        "moments",
        "blocked",
        "broken",
        "banned",
        "private",
        "hidden",
        "linked",
        "better",
        "easier",
        "preferred",
        "required",
        "disabled",
        "unavailable",
        "necessary",
        "allowed",
        "installed",
        "username",
        "profile",
        "qrcode",
        "enough",
        "possible",
        "available",
        "anyway",
        "everyone",
        "someone",
        "support",
        "service",
    ]
)


@dataclass(frozen=True)
class Address:
    """An email address or WeChat id; `value` in lower case as the folded text is."""

    value: str
    status: ContactStatus
    start: int
    end: int


def find_emails(text: str) -> Iterator[Address]:
    """Addresses with a domain that can exist; a masked one is none, a likely slip is to be confirmed."""
    for match in _EMAIL.finditer(text):
        yield from _email(match, match.group("domain"))
    if not any(sign in text for sign in ("@", " at ", "艾特", "(at)", "[at]", "{at}")):
        return
    for match in _SPOKEN_EMAIL.finditer(text):
        domain = _DOT.sub(".", match.group("domain"))
        is_written = _EMAIL.fullmatch(match.group()) is not None
        if not is_written and domain.rsplit(".", 1)[-1] in _SPOKEN_ENDS:
            yield from _email(match, domain)


def _email(match: re.Match[str], domain: str) -> Iterator[Address]:
    local = match.group("local")
    end = domain.rsplit(".", 1)[-1]
    is_masked = not local.strip("x") and len(local) > 1
    if end in _NOT_DOMAINS or ".." in local or is_masked or len(local) > 64 or domain.startswith("-"):
        return
    if is_theirs(match.string, match.start()):
        return
    status: ContactStatus = "to_confirm" if end in _SLIPS or domain in _SLIP_HOSTS else "valid"
    yield Address(f"{local}@{domain}", status, match.start(), match.end())


def find_wechat_ids(text: str) -> Iterator[Address]:
    """WeChat ids: a letter, then 5 to 19 letters, digits, _ or -, where the app is named beside them."""
    for match in _OWN.finditer(text):
        yield _wechat(match)
    for pattern, is_strong in ((_STRONG, True), (_WEAK, False), (_AFTER, False), (_RENAMED, False)):
        for match in pattern.finditer(text):
            if _is_id(match.group("id"), is_strong) and not is_theirs(text, match.start("id")):
                yield _wechat(match)


def renamed_wechat_id(text: str) -> Address | None:
    """The id of a message that only corrects one given before ("should be abc_2021"); the app goes unnamed."""
    match = _ONLY_RENAMED.match(text)
    return _wechat(match) if match and _is_id(match.group("id"), is_strong=False) else None


def _wechat(match: re.Match[str]) -> Address:
    return Address(match.group("id"), "valid", match.start("id"), match.end("id"))


def _is_id(written: str, is_strong: bool) -> bool:
    if written in _WORDS or re.fullmatch(r"x{3,}|.*x{4,}\d*|[a-z]{0,5}1[3-9]\d{9}", written):
        return False
    return is_strong or bool(re.search(r"[\d_\-]", written))
