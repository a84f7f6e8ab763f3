"""Phone numbers among runs of digits: mobiles, landlines, foreign numbers with +."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberType

from agentbot.contacts.digits import Group, runs
from agentbot.contracts import ContactStatus

_MOBILE = re.compile(r"1[3-9]\d{9}")
_HOME_PREFIX = re.compile(r"(?:\+?86|0086|\+0086|086)(?=[01]?\d{9,11}$)")
_REACHABLE = frozenset((PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE))
_PERHAPS = frozenset((PhoneNumberType.FIXED_LINE, PhoneNumberType.VOIP, PhoneNumberType.PERSONAL_NUMBER))
_LONGEST = 15
_AREA = re.compile(r"0(?:10|2\d|[3-9]\d\d)")


@dataclass(frozen=True)
class Phone:
    """A number in E.164 at `start`..`end` of the folded text.

    `is_plain` where nobody could read it as anything else: in one piece or in the usual groups.
    """

    value: str
    status: ContactStatus
    start: int
    end: int
    is_plain: bool = True


def find_phones(view: str) -> Iterator[Phone]:
    """Phones in a view of digits, from left to right, none overlapping."""
    for run in runs(view):
        yield from _of_run(run)


def _of_run(run: Sequence[Group]) -> Iterator[Phone]:
    at = 0
    is_after_rest = False
    while at < len(run):
        found, used = _starting_at(run[at:], is_after_rest)
        if found is not None:
            yield found
        is_after_rest = found is None and len(run[at].digits) >= 4
        at += max(used, 1)


def _starting_at(groups: Sequence[Group], is_after_rest: bool) -> tuple[Phone | None, int]:
    first = groups[0].digits
    if first[0] == "+" and not first.startswith("+86"):
        return _foreign(groups)
    if first.startswith("00") and not first.startswith("0086"):
        return _dialled(groups)
    together = ""
    for used, group in enumerate(groups, start=1):
        together += group.digits
        if len(together) > _LONGEST + 1:
            break
        phone = _home(together, groups[:used], is_after_rest)
        if phone is not None:
            return phone, used
    return None, 1


def _home(together: str, groups: Sequence[Group], is_after_rest: bool) -> Phone | None:
    """A Chinese number whose digits are `together`, with or without 86 before it."""
    prefix = _HOME_PREFIX.match(together)
    digits = together[prefix.end() :] if prefix else together
    start, end = groups[0].start, groups[-1].end
    if _MOBILE.fullmatch(digits):
        is_american = len(groups) == 4 and [len(group.digits) for group in groups] == [1, 3, 3, 4]
        if (is_after_rest and len(groups) > 1) or is_american:
            return None
        return Phone("+86" + digits, _mobile_status(digits), start, end, _is_usual(groups, len(together) - 11))
    if prefix and digits[:1] != "0":
        digits = "0" + digits
    if len(groups) <= 4 and 10 <= len(digits) <= 12 and _AREA.match(digits) and _is_landline(digits):
        return Phone("+86" + digits[1:], "to_confirm", start, end, True)
    return None


def _is_usual(groups: Sequence[Group], prefix: int) -> bool:
    """3-4-4, 3-8, 3-3-5, 7-4, digit by digit, or in one piece; a country code before it aside."""
    sizes = [len(group.digits) for group in groups]
    if prefix and sizes[0] >= prefix:
        sizes = [size for size in (sizes[0] - prefix, *sizes[1:]) if size]
    return len(sizes) == 1 or sizes[0] == 3 or sizes == [7, 4] or set(sizes) == {1} or sizes == [2, 2, 2, 2, 2, 1]


@lru_cache(maxsize=1024)
def _mobile_status(digits: str) -> ContactStatus:
    """A prefix that no operator has yet may be a slip: it is kept and asked about."""
    number = phonenumbers.PhoneNumber(country_code=86, national_number=int(digits))
    return "valid" if phonenumbers.is_valid_number(number) else "to_confirm"


@lru_cache(maxsize=1024)
def _is_landline(digits: str) -> bool:
    number = phonenumbers.PhoneNumber(country_code=86, national_number=int(digits[1:]))
    return phonenumbers.number_type(number) == PhoneNumberType.FIXED_LINE


def _foreign(groups: Sequence[Group]) -> tuple[Phone | None, int]:
    """The longest valid number that begins with the + of the first group."""
    for used in range(len(groups), 0, -1):
        together = "".join(group.digits for group in groups[:used])
        if 8 <= len(together) <= _LONGEST + 1:
            status = foreign_status(together)
            if status is not None:
                value, known = status
                return Phone(value, known, groups[0].start, groups[used - 1].end), used
    return _not_yet_known(groups), len(groups)


def _dialled(groups: Sequence[Group]) -> tuple[Phone | None, int]:
    """A foreign number with 00 for its +; beside words of calling only, since much begins with zeros."""
    with_plus = replace(groups[0], digits="+" + groups[0].digits[2:])
    found, used = _foreign([with_plus, *groups[1:]])
    return (replace(found, is_plain=False) if found else None), used


def _not_yet_known(groups: Sequence[Group]) -> Phone | None:
    """A number of the right length in a range that the library does not know: kept, beside words of calling."""
    together = "".join(group.digits for group in groups)
    if not 8 <= len(together) <= _LONGEST + 1:
        return None
    try:
        number = phonenumbers.parse(together, None)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_valid_number(number) or not phonenumbers.is_possible_number(number):
        return None
    return Phone(together, "to_confirm", groups[0].start, groups[-1].end, False)


@lru_cache(maxsize=1024)
def foreign_status(written: str) -> tuple[str, ContactStatus] | None:
    """E.164 and status of `written` (+ and digits); None where no person answers such a number."""
    try:
        number = phonenumbers.parse(written, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    kind = phonenumbers.number_type(number)
    if kind not in _REACHABLE | _PERHAPS:
        return None
    value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return value, "valid" if kind in _REACHABLE else "to_confirm"
