"""A visitor's unanswered messages, read by rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agentbot.contacts import Scan, renamed_wechat, scan
from agentbot.contacts.corrections import named_type, takes_back_earlier
from agentbot.contracts import FoundContact, PrePass, Said
from agentbot.pre_pass.declining import declines
from agentbot.pre_pass.injection import injection_score
from agentbot.pre_pass.shapes import is_chinese, plain
from agentbot.pre_pass.wishes import Kind, sees
from core.contracts import Language

_NO = re.compile(
    r"^[\W_]*(?:不用|不了|算了|不需要|不必|先不|不要|不方便|不想|不给|不留|暂时不|下次|再说|没必要|no\b|nope|nah|not now|not yet|maybe later|later|"
    r"i'd rather not|rather not|no thanks|no thank you|not interested)(?![^,。.!?]{0,3}(?:钱|首付|利息|贵|problem|worries|idea))"
)
_NO_AT_END = re.compile(
    r"(?:^|[,，。.!?;\s])(?:那|还是|就)?(?:不用了?|算了吧?|不了|不需要了?|不必了?|不方便|no,? (?:thanks|thank you)|nope|not now|rather not|i'd rather not)"
    r"(?:吧|啊|哈|谢谢|谢了|[\s,.!。~])*(?:谢谢|thanks|thank you)?[\s.!。~]*$"
)
_PARENT = re.compile(
    r"我是(?:他|她|孩子|这孩子|小孩)的?(?:妈|爸|父|母|家长|监护|爷|奶|姥|外公|外婆)|\bi(?:'m| am) (?:his|her|the) (?:mum|mom|dad|mother|father|parent|guardian)"
)
_PIECE = re.compile(r"[\s+\-()\d零一二三四五六七八九幺]{2,}")
_LONGEST_HISTORY = 40


@dataclass(frozen=True)
class _Contacts:
    standing: tuple[FoundContact, ...]
    withdrawn: tuple[str, ...]
    is_partial: bool


def read(messages: tuple[Said, ...], history: tuple[Said, ...] = (), language: Language = "zh-CN") -> PrePass:
    """What `messages` say; `history` serves for contacts corrected now and for a plain "no" to our ask.

    `language` is the answer where neither holds a word. Spans of contacts count in their own
    message; a number given in pieces over several messages has span 0..0. Costs well under a millisecond a message.
    """
    texts = [plain(said.text) for said in messages]
    contacts = _contacts(messages, history)
    opts_out = _any("opt_out", texts)
    is_no_to_ask = _says_no_to_ask(texts, history)
    refuses = _any("refusal", texts) or is_no_to_ask
    is_minor = _is_minor(texts, history)
    if is_minor:
        contacts = _Contacts((), _given_so_far(history), False)
    return PrePass(
        contacts=contacts.standing,
        withdraws=contacts.withdrawn,
        is_opt_out=opts_out,
        wants_person=_any("person", texts),
        is_emergency=_any("emergency", texts),
        is_complaint=_any("complaint", texts),
        refuses_contact=refuses and not contacts.standing,
        offers_contact=_any("offer", texts) and not opts_out and not is_minor,
        asks_if_human=_any("asks_if_human", texts),
        partial_contact=contacts.is_partial,
        injection=max((injection_score(said.text) for said in messages), default=0.0),
        language=_language(messages, history, language),
        declines=any(declines(text, is_no_to_ask) for text in texts),
        is_minor=is_minor,
    )


def _any(kind: Kind, texts: Sequence[str]) -> bool:
    return any(sees(kind, text) for text in texts)


def _says_no_to_ask(texts: Sequence[str], history: Sequence[Said]) -> bool:
    ours = [said for said in history if said.author != "visitor"]
    return bool(ours) and ours[-1].asks_contact and any(_NO.match(text) or _NO_AT_END.search(text) for text in texts)


def _is_minor(texts: Sequence[str], history: Sequence[Said]) -> bool:
    """Whether the visitor said to be under age, now or before; until a parent speaks."""
    said = [plain(each.text) for each in history[-_LONGEST_HISTORY:] if each.author == "visitor"]
    for text in reversed([*said, *texts]):
        if _PARENT.search(text):
            return False
        if sees("minor", text):
            return True
    return False


def _given_so_far(history: Sequence[Said]) -> tuple[str, ...]:
    """Values of the contacts in what the visitor said before."""
    said = [each for each in history[-_LONGEST_HISTORY:] if each.author == "visitor"]
    return tuple(dict.fromkeys(found.value for each in said for found in scan(each.text).contacts))


def _language(messages: Sequence[Said], history: Sequence[Said], fallback: Language) -> Language:
    """The language of what the visitor said last; ours does not count."""
    for said in reversed([*history, *messages]):
        chinese = is_chinese(said.text) if said.author == "visitor" else None
        if chinese is not None:
            return "zh-CN" if chinese else "en"
    return fallback


def _contacts(messages: Sequence[Said], history: Sequence[Said]) -> _Contacts:
    """Contacts of all messages, less those a later one takes back; of one taken back, its value."""
    told = [said for said in history[-_LONGEST_HISTORY:] if said.author == "visitor"]
    scans = _scans([said.text for said in (*told, *messages)])
    earlier = [each for seen in scans[: len(told)] for each in seen.contacts]
    standing: list[FoundContact] = []
    withdrawn: list[str] = []
    is_partial = False
    for at, seen in enumerate(scans[len(told) :], start=len(told)):
        is_next = at > 0 and bool(scans[at - 1].contacts)
        withdrawn += [*seen.withdraws, *_taken_back(seen, [*earlier, *standing], is_next)]
        is_partial = seen.is_partial or (is_partial and not seen.contacts)
        standing += seen.contacts
    standing += _in_pieces(messages, standing)
    given_last = {each.value for each in scans[-1].contacts} if messages else set()
    gone = tuple(value for value in dict.fromkeys(withdrawn) if value not in given_last)
    once = {(each.type, each.value): each for each in reversed(standing) if each.value not in gone}
    return _Contacts(tuple(reversed(once.values())), gone, is_partial and not once)


def _scans(texts: Sequence[str]) -> list[Scan]:
    """Each message scanned; after a WeChat id, one that only corrects it is read as one too."""
    found: list[Scan] = []
    has_wechat = False
    for text in texts:
        seen = scan(text)
        if has_wechat and not seen.contacts and (renamed := renamed_wechat(text)):
            seen = replace(seen, contacts=(renamed,), is_partial=False, is_correction=True)
        has_wechat = has_wechat or any(each.type == "wechat" for each in seen.contacts)
        found.append(seen)
    return found


def _taken_back(seen: Scan, earlier: Sequence[FoundContact], is_next: bool) -> tuple[str, ...]:
    """Values that `seen` takes back: of the kind it names or holds, else the last one given."""
    if not earlier or not (seen.is_correction or takes_back_earlier(seen.text, bool(seen.contacts), is_next)):
        return ()
    if not seen.contacts:
        kind = named_type(seen.text)
        meant = [each for each in earlier if kind in (None, each.type)]
        return () if seen.withdraws or not meant else (meant[-1].value,)
    kinds = {each.type: each.value for each in seen.contacts}
    last = {each.type: each.value for each in earlier if each.type in kinds}
    return tuple(value for kind, value in last.items() if value != kinds[kind])


def _in_pieces(messages: Sequence[Said], standing: Sequence[FoundContact]) -> list[FoundContact]:
    """138 / 0013 / 8000 in three messages."""
    pieces = [said.text for said in messages if _PIECE.fullmatch(said.text.strip())]
    if len(pieces) < 2 or standing:
        return []
    found = scan("\n".join(pieces)).contacts
    return [FoundContact(each.type, each.value, each.status, 0, 0) for each in found]
