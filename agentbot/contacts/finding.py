"""Contacts of one message."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from agentbot.contacts.addresses import Address, find_emails, find_wechat_ids, renamed_wechat_id
from agentbot.contacts.context import has_cue, is_something_else
from agentbot.contacts.corrections import split_corrected
from agentbot.contacts.digits import fold_message, open_view
from agentbot.contacts.phones import Phone, find_phones, foreign_status
from agentbot.contracts import ContactType, FoundContact
from core.claims.flat import FlatText
from core.contracts import Language

_WORTH_A_LOOK = re.compile(
    r"\d|@|艾特|[零一二三四五六七八九幺壹贰叁]{3}| at |信|v|wx|wei|卫星|绿泡泡|[o|l]{2}|[(\[{]at"
)
_AMERICAN = re.compile(
    r"(?<![\d+\-.])\(?(?P<area>[2-9]\d\d)\)?[ \-.](?P<office>[2-9]\d\d)[ \-.](?P<line>\d{4})(?![\d\-])"
)
_MASKED = re.compile(
    r"(?<!\d)1[3-9]\d\s?[*x×#•●·.…_\-]{2,8}\s?\d{0,4}(?!\d)|尾号(?:是|为)?\s?\d{4}|1[3-9]\d开头|[a-z0-9]\*{2,}[a-z0-9]*@[a-z0-9]"
    r"|\b(?:ends|ending) (?:in|with) \d{3,4}\b"
)
_LONG_NUMBER = re.compile(r"\d(?:[\s\-.,、·]{0,2}\d){6,}")
_SHORT_OR_LONG = re.compile(r"(?<!\d)1[3-9]\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{10}(?!\d)")


@dataclass(frozen=True)
class Scan:
    """What one message holds: contacts that stand, values taken back, and whether half a number was given.

    `text` is the folded message, for those who look on; `is_correction` where it makes sense only as one.
    """

    contacts: tuple[FoundContact, ...]
    withdraws: tuple[str, ...]
    is_partial: bool
    text: str
    is_correction: bool = False


def find_contacts(text: str, language_hint: Language | None = None) -> tuple[FoundContact, ...]:
    """Ways to reach the writer of `text`, in the order they stand; spans in characters of `text`.

    `language_hint` "zh-CN" keeps numbers in the American way of writing out; without it they are
    to be confirmed where words of calling stand beside them.
    """
    return scan(text, language_hint).contacts


def scan(text: str, language_hint: Language | None = None) -> Scan:
    """`find_contacts` with what was taken back and what was given only in part."""
    flat = fold_message(text)
    if not _WORTH_A_LOOK.search(flat.text):
        return Scan((), (), False, flat.text)
    found = _every(flat, language_hint)
    standing, withdrawn = split_corrected(flat.text, found)
    is_partial = not standing and _is_partial(flat.text)
    return Scan(_placed(flat, standing), _as_typed(flat, found, withdrawn), is_partial, flat.text)


def written_contacts(text: str) -> tuple[FoundContact, ...]:
    """Every contact in `text`, those taken back in the same breath too: what has to be masked."""
    flat = fold_message(text)
    return _placed(flat, tuple(_every(flat, None)), is_each=True) if _WORTH_A_LOOK.search(flat.text) else ()


def digits_written_out(text: str) -> list[tuple[int, int]]:
    """Where at least seven digits stand, numerals and look-alike letters counted; places in `text`."""
    flat = fold_message(text)
    opened = open_view(flat.text)
    if opened is None:
        return []
    spans = [flat.span(each.start(), each.end()) for each in _LONG_NUMBER.finditer(opened)]
    return [(span.start, span.end) for span in spans]


def renamed_wechat(text: str) -> FoundContact | None:
    """The WeChat id of a message that only corrects one, where an earlier message gave one."""
    flat = fold_message(text)
    found = renamed_wechat_id(flat.text.strip())
    if found is None:
        return None
    start = flat.text.index(found.value)
    moved = replace(found, start=start, end=start + len(found.value))
    return _placed(flat, (_contact("wechat", moved),))[0]


def _every(flat: FlatText, language_hint: Language | None) -> list[FoundContact]:
    emails = _without_overlaps(find_emails(flat.text), [])
    taken = [(each.start, each.end) for each in emails]
    phones = list(_phones(flat.text, language_hint, taken))
    taken += [(each.start, each.end) for each in phones]
    ids = _without_overlaps(find_wechat_ids(flat.text), taken)
    found = [_contact("email", each) for each in emails] + [_contact("wechat", each) for each in ids]
    found += [_contact("phone", each) for each in phones]
    return sorted(found, key=lambda each: each.start)


def _contact(kind: ContactType, each: Address | Phone) -> FoundContact:
    return FoundContact(kind, each.value, each.status, each.start, each.end)


def _phones(text: str, language_hint: Language | None, taken: list[tuple[int, int]]) -> Iterator[Phone]:
    """Digits as they are first, so that 一 after a number stays a word; then numerals and look-alikes."""
    spans = list(taken)
    opened = open_view(text)
    for view in (text, opened):
        if view is None:
            continue
        for phone in find_phones(view):
            if _is_free(phone.start, phone.end, spans) and _is_for_reaching(text, phone):
                spans.append((phone.start, phone.end))
                yield phone
    if language_hint != "zh-CN":
        yield from _american(text, spans)


def _is_for_reaching(text: str, phone: Phone) -> bool:
    if is_something_else(text, phone.start, phone.end):
        return False
    return phone.is_plain or has_cue(text, phone.start, phone.end)


def _american(text: str, taken: list[tuple[int, int]]) -> Iterator[Phone]:
    for match in _AMERICAN.finditer(text):
        known = foreign_status("+1" + "".join(match.groups()))
        if known is None or not _is_free(match.start(), match.end(), taken):
            continue
        phone = Phone(known[0], "to_confirm", match.start(), match.end(), False)
        if _is_for_reaching(text, phone):
            yield phone


def _is_free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return all(end <= first or start >= last for first, last in taken)


def _without_overlaps(found: Iterator[Address], taken: list[tuple[int, int]]) -> list[Address]:
    kept: list[Address] = []
    for each in found:
        if _is_free(each.start, each.end, [*taken, *((other.start, other.end) for other in kept)]):
            kept.append(each)
    return kept


def _is_partial(text: str) -> bool:
    if _MASKED.search(text):
        return True
    slip = _SHORT_OR_LONG.search(open_view(text) or text)
    return slip is not None and has_cue(text, *slip.span()) and not is_something_else(text, *slip.span())


def _placed(flat: FlatText, found: tuple[FoundContact, ...], is_each: bool = False) -> tuple[FoundContact, ...]:
    """Spans of the message as typed; one value once, unless `is_each`; a WeChat id as typed."""
    once: dict[tuple[str, str, int], FoundContact] = {}
    for each in found:
        span = flat.span(each.start, each.end)
        value = _typed(flat, each) if each.type == "wechat" else each.value
        once.setdefault(
            (each.type, value, span.start if is_each else 0), replace(each, value=value, start=span.start, end=span.end)
        )
    return tuple(once.values())


def _typed(flat: FlatText, each: FoundContact) -> str:
    span = flat.span(each.start, each.end)
    return unicodedata.normalize("NFKC", flat.slice(span))


def _as_typed(flat: FlatText, found: list[FoundContact], values: tuple[str, ...]) -> tuple[str, ...]:
    typed = {each.value: _typed(flat, each) for each in found if each.type == "wechat"}
    return tuple(typed.get(value, value) for value in values)
