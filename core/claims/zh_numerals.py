"""Reading Chinese numerals as values: 三十九, 一千二, 两万五, 二〇二六, 三点五."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
    "俩": 2,
    "幺": 1,
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}
CHARACTERS = "".join(DIGITS) + "".join(_SMALL) + "".join(_LARGE)


def read_numeral(text: str) -> Decimal | None:
    """The value of a whole Chinese numeral, or None where it is not one.

    A digit after the last multiplier counts in the next smaller place (一千二 is 1200,
    三万五 is 35000) unless 零 stands before it (一千零二 is 1002).
    """
    whole, point, fraction = text.partition("点")
    value = _read_whole(whole)
    if value is None or (point and not fraction):
        return None
    if not fraction:
        return Decimal(value)
    if any(char not in DIGITS for char in fraction):
        return None
    return Decimal(f"{value}." + "".join(str(DIGITS[char]) for char in fraction))


def _read_whole(text: str) -> int | None:
    if not text or any(char not in CHARACTERS for char in text):
        return None
    if all(char in DIGITS for char in text):
        return int("".join(str(DIGITS[char]) for char in text))
    total, section, digit, last_unit, after_zero = 0, 0, None, 1, False
    for char in text:
        if char in DIGITS:
            after_zero = after_zero or DIGITS[char] == 0
            digit = DIGITS[char]
        elif char in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[char]
            digit, last_unit, after_zero = None, _SMALL[char], False
        else:
            section += digit or 0
            total = (total + section) * _LARGE[char] if section or total else _LARGE[char]
            section, digit, last_unit, after_zero = 0, None, _LARGE[char], False
    if digit is not None:
        section += digit if after_zero or last_unit == 1 else digit * last_unit // 10 if last_unit > 10 else digit
    return total + section
