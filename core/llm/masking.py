"""What names or reaches a person never leaves: it goes out as a mark and comes back in its place.

What a visitor wrote is masked for good where prompts are made of it (agentbot); this is the last door, for
everything else that people typed: briefs, facts, subtitles, comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_WECHAT = re.compile(
    r"(?:微信|微❤|薇信|威信|weixin|wechat|\b[vw]x\b)(?:号|\s?id)?\s*[:：是]?\s*([a-z][\w-]{5,19})",
    re.IGNORECASE | re.ASCII,
)
_IDENTITY = re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])")
_CARD = re.compile(r"(?<![\d.])\d(?:[ -]?\d){14,18}(?![\d])")
_PHONE = re.compile(
    r"(?<![\d.+])(?:(?:\+|00)86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"
    r"|(?<![\d.])\+\d{1,3}(?:[ -]?\(?\d{1,4}\)?){2,5}(?!\d)"
    r"|(?<![\d.-])0\d{2,3}-\d{7,8}(?!\d)"
)
_LONGEST_MARK = len("[identity-99]")
_MARK = re.compile(r"\[(?:email|wechat|identity|card|phone)-\d{1,2}\]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Masking:
    """The marks of one question: `hide` what goes out, `restore` what comes back.

    What is hidden holds no quotation mark and no backslash, so that a restored JSON document stays one.
    """

    def __init__(self, texts: Sequence[str] = ()) -> None:
        self._taken = {mark for text in texts for mark in _MARK.findall(text)}
        self._marks: dict[str, str] = {}
        self._originals: dict[str, str] = {}
        self._held = ""

    def hide(self, text: str) -> str:
        """`text` with a mark for each mail address, phone number, identity or bank card number and WeChat id."""
        pieces, told = [], 0
        for kind, start, end in sorted(_found(text), key=lambda each: each[1]):
            pieces += [text[told:start], self._mark(kind, text[start:end])]
            told = end
        return "".join([*pieces, text[told:]])

    def restore(self, text: str) -> str:
        return _MARK.sub(lambda found: self._originals.get(found.group(), found.group()), text) if self._marks else text

    def restore_piece(self, piece: str) -> str:
        """As `restore`, for an answer that comes in pieces: what may be the beginning of a mark is held back."""
        if not self._marks:
            return piece
        text = self._held + piece
        start = text.rfind("[")
        whole = start < 0 or "]" in text[start:] or len(text) - start >= _LONGEST_MARK
        text, self._held = (text, "") if whole else (text[:start], text[start:])
        return self.restore(text)

    def rest(self) -> str:
        """What was held back when the answer ended."""
        held, self._held = self._held, ""
        return held

    def _mark(self, kind: str, original: str) -> str:
        if original not in self._marks:
            numbers = (f"[{kind}-{number}]" for number in range(1, 100))
            mark = next((each for each in numbers if each not in self._taken), f"[{kind}]")
            self._taken.add(mark)
            self._marks[original] = mark
            self._originals[mark] = original
        return self._marks[original]


def _found(text: str) -> list[tuple[str, int, int]]:
    """(kind, start, end), none overlapping."""
    found: list[tuple[str, int, int]] = []
    for kind, start, end in _matches(text):
        if all(end <= first or start >= last for _, first, last in found):
            found.append((kind, start, end))
    return found


def _matches(text: str) -> Iterator[tuple[str, int, int]]:
    """The surer kinds first: a number may look like two of them."""
    for match in _EMAIL.finditer(text):
        yield "email", *match.span()
    for match in _WECHAT.finditer(text):
        yield "wechat", *match.span(1)
    for match in _IDENTITY.finditer(text):
        if _is_identity(match.group()):
            yield "identity", *match.span()
    for match in _CARD.finditer(text):
        if _is_card(match.group()):
            yield "card", *match.span()
    for match in _PHONE.finditer(text):
        if _is_phone(match.group()):
            yield "phone", *match.span()


def _is_phone(number: str) -> bool:
    """E.164 numbers have at most 15 digits; with fewer than 8 it is a sum ("+2024")."""
    return 8 <= sum(each.isdigit() for each in number) <= 15


def _is_identity(number: str) -> bool:
    """The check digit of a resident's number (GB 11643: ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17].upper()


def _is_card(number: str) -> bool:
    """Luhn's check digit, on numbers as long as a bank card's."""
    digits = [int(each) for each in number if each.isdigit()]
    if not 15 <= len(digits) <= 19 or digits[0] not in (3, 4, 5, 6):
        return False
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
