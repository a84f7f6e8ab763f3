"""Numbers as Mandarin says them."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
_SMALL_UNITS = ("", "十", "百", "千")
_LARGE_UNITS = ("", "万", "亿", "万亿")
# Words that are counted: before them a lone 2 is 两.
MEASURE_WORDS = (
    "小个杯瓶件盒包袋只条双套片支罐箱斤份张台部次天周年分秒款层碗颗粒块元月倍位人种步招口句排步罐桶辆间家本对顿节课万千"
)


def say_digits(digits: str) -> str:
    """One by one: 2026 → 二零二六."""
    return "".join(DIGITS[int(digit)] for digit in digits)


def say_integer(value: int) -> str:
    """As a quantity: 10 → 十, 105 → 一百零五, 12800 → 一万二千八百. At most 16 digits."""
    if value == 0:
        return DIGITS[0]
    groups: list[str] = []
    needs_zero = False
    for large in range(len(_LARGE_UNITS) - 1, -1, -1):
        group = value // 10 ** (4 * large) % 10_000
        if not group:
            needs_zero = bool(groups)
            continue
        if groups and (group < 1000 or needs_zero):
            groups.append(DIGITS[0])
        groups.append(_say_group(group) + _LARGE_UNITS[large])
        needs_zero = False
    text = "".join(groups)
    return text[1:] if text.startswith("一十") else text


def _say_group(group: int) -> str:
    said = ""
    skipped = False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if not digit:
            skipped = bool(said)
            continue
        said += (DIGITS[0] if skipped else "") + DIGITS[digit] + _SMALL_UNITS[place]
        skipped = False
    return said


def say_number(written: str, before: str = "") -> str:
    """`written` (digits, commas, at most one point) as a quantity; `before` is the text that follows it.

    Decimals are read digit by digit: 1.50 → 一点五. Long or zero-led digits are read one by one.
    """
    plain = written.replace(",", "").replace("，", "")
    whole, _, decimals = plain.partition(".")
    if decimals:
        decimals = decimals.rstrip("0")
    if len(whole) > 16 or (len(whole) > 1 and whole.startswith("0")):
        said = say_digits(whole)
    elif whole == "2" and not decimals and before[:1] in MEASURE_WORDS and before:
        said = "两"
    else:
        said = say_integer(int(whole or "0"))
    return said + ("点" + say_digits(decimals) if decimals else "")


def say_yuan(written: str) -> str:
    """A price in yuan as shops say it: 39.9 → 三十九块九, 39.95 → 三十九块九毛五, 40 → 四十块, 0.5 → 五毛."""
    whole, _, decimals = written.replace(",", "").partition(".")
    padded = decimals + "00"
    jiao, fen = padded[0], padded[1]
    if len(whole) > 12:
        return say_number(written) + "元"
    amount = int(whole or "0")
    yuan = "两块" if amount == 2 else say_integer(amount) + "块"
    if jiao == "0" and fen == "0":
        return yuan
    if amount == 0:
        return _small_change(jiao, fen)
    if fen == "0":
        return yuan + DIGITS[int(jiao)]
    if jiao == "0":
        return yuan + "零" + DIGITS[int(fen)] + "分"
    return yuan + DIGITS[int(jiao)] + "毛" + DIGITS[int(fen)]


def _small_change(jiao: str, fen: str) -> str:
    first = "" if jiao == "0" else ("两" if jiao == "2" else DIGITS[int(jiao)]) + "毛"
    return first + ("" if fen == "0" else DIGITS[int(fen)] + ("" if first else "分"))
