"""Every number of a text, wherever and however it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from core.claims.flat import FlatText, fold
from core.claims.number_words import (
    CLASSIFIER_UNITS,
    CLASSIFIERS,
    CURRENCY_AFTER,
    CURRENCY_BEFORE,
    NOT_NUMBERS_ZH,
    PLAIN_ONE_EXCEPT,
    PROMISES,
    SCALES_EN,
    SPELLED_EN,
    UNITS,
)
from core.claims.proportions import find_proportions
from core.claims.zh_numerals import CHARACTERS, read_numeral
from core.contracts import Language, Span

NumberKind = Literal[
    "money", "percent", "discount", "duration", "clock", "date", "ordinal", "measure", "count", "name", "share", "vague"
]


@dataclass(frozen=True)
class Number:
    """One number: where it stands, what it is worth, what it counts.

    `unit` is canonical ("hour", "millilitre"), a measure word (件), or "" where there is
    none; `currency` an ISO code, for money only. A discount in 折 keeps its 折 (8折 is 8,
    unit "折"), one in percent off its percent. `noun` is what stands right after a count, a
    share (half, 0.5) or a multiple (twice, 2 "times"). A vague amount (几块钱) is worth 0 and
    its `unit` is its own words.
    """

    span: Span
    text: str
    value: Decimal
    kind: NumberKind
    unit: str = ""
    currency: str = ""
    noun: str = ""


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    value: Decimal
    kind: NumberKind
    unit: str = ""
    currency: str = ""


_ZH = f"[{CHARACTERS}]"
_ASCII = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT_OF = {written: unit for unit, ways in UNITS.items() for written in ways}


def _alternatives(words: object) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]  # any iterable of str


_LATIN_UNITS = _alternatives(word for word in _UNIT_OF if word.isascii())
_HAN_UNITS = _alternatives(word for word in _UNIT_OF if not word.isascii())
_UNIT = re.compile(rf"[ \-]?(?:(?P<latin>{_LATIN_UNITS})(?![a-z])|(?P<han>{_HAN_UNITS}))")
_CLASSIFIER = re.compile(rf"\s?(?P<han>[{''.join(CLASSIFIERS)}])|[ \-](?P<latin>{_alternatives(CLASSIFIER_UNITS)})\b")
_BEFORE = re.compile(rf"(?:(?<![a-z])(?P<money>{_alternatives(CURRENCY_BEFORE)}))\s?$")
_AFTER = re.compile(rf"\s?(?P<money>{_alternatives(CURRENCY_AFTER)})(?![a-z])")
_KUAI = re.compile(
    rf"\s?块(?:(?P<tail>\d|{_ZH})(?:毛)?(?!\s?(?:{_HAN_UNITS}|[{''.join(CLASSIFIERS)}]))"
    r"|(?=钱|\W|$|一|起|到|搞|拿|带|入|包|能|就|买))"
)
_SKIP_ZH = re.compile("|".join(sorted(map(re.escape, NOT_NUMBERS_ZH), key=len, reverse=True)))
_NUMERAL = re.compile(
    rf"(?P<ascii>{_ASCII})\s?(?P<scale>万|亿|千|百|(?:million|billion|thousand|k)\b)?" rf"|(?P<zh>{_ZH}+(?:点{_ZH}+)?)"
)
_ZERO_OF = re.compile(
    r"零(?=\s?(?:糖|蔗糖|脂|卡|添加|防腐|香精|色素|首付|利息|反式|元|甲醛|酒精|咖啡因|乳糖" r"|麸质|磷|硅油))"
)
_BUY = re.compile(rf"买\s?(?P<a>\d|{_ZH})\s?(?:[{''.join(CLASSIFIERS)}])?\s?[送赠得]\s?(?P<b>\d|{_ZH})")
_BOGO = re.compile(r"\bbuy (?P<a>\d+|one|two|three|four|five) ?,? ?get (?P<b>\d+|one|two|three|four|five)\b")
_OF_WHAT = re.compile(r"\s?的?(?: (?:the|your|its|our|their|as|much|of)\b)*")
_SPELLED = re.compile(
    rf"(?<![a-z])(?:(?P<tens>{_alternatives(SPELLED_EN)})(?:[ -](?P<ones>{_alternatives(list(SPELLED_EN)[:8])}"
    r"|one))?"
    rf"(?: (?P<scale>{_alternatives(SCALES_EN)}))?"
    rf"|(?P<bare>a (?:{_alternatives(SCALES_EN)})))(?![a-z])"
)
_ONE_EN = re.compile(
    r"(?<![a-z])one[ -](?P<unit>year|month|week|day|hour|minute"
    r"|second)s?(?=[ -](?:warranty|guarantee|delivery|setup|trial|charge|results|return))"
)
_DATE = re.compile(
    r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)|(?P<month>\d{1,2}"
    r"|[一二三四五六七八九十]{1,3})月(?:(?P<day>\d{1,2}"
    r"|[一二三四五六七八九十]{1,3})[日号])?(?!内|底前?见)"
)
_CLOCK = re.compile(
    r"(?P<h>\d{1,2}):(?P<min>\d{2})(?!\d)|(?P<zh>\d{1,2}"
    r"|[一二三四五六七八九十两]{1,3})点(?:钟|半|整|多|前|后|(?=[^一二三四五六七八九十零\d]"
    r"|$))|(?P<en>\d{1,2}) ?(?:am|pm|a\.m\.|p\.m\.|o'clock)"
)


@lru_cache(maxsize=4096)
def find_numbers(text: str, language: Language) -> tuple[Number, ...]:
    """All numbers of `text` in order; words like 一起, 三明治 or "no one" are none."""
    flat = fold(text)
    taken = [match.span() for match in _SKIP_ZH.finditer(flat.text) if not _is_dangling(flat.text, match)]
    hits: list[_Hit] = []
    for hit in _all_hits(flat.text, language):
        if all(hit.end <= start or hit.start >= end for start, end in taken):
            hits.append(hit)
            taken.append((hit.start, hit.end))
    return tuple(_as_number(flat, hit) for hit in sorted(hits, key=lambda each: each.start))


def _is_dangling(text: str, match: re.Match[str]) -> bool:
    """第一步 is a word, but 二十一步 is not: a numeral before the word makes it a number after all."""
    return match.start() > 0 and text[match.start() - 1] in CHARACTERS + "百千万" and match.group()[0] in CHARACTERS


def _as_number(flat: FlatText, hit: _Hit) -> Number:
    span = flat.span(hit.start, hit.end)
    noun = ""
    if hit.kind == "share" or hit.unit == "times":
        of_what = _OF_WHAT.match(flat.text, hit.end)
        noun = _noun_after(flat.text, of_what.end() if of_what else hit.end)
    elif hit.kind in ("count", "ordinal"):
        noun = _noun_after(flat.text, hit.end)
    return Number(span, flat.slice(span), hit.value, hit.kind, hit.unit, hit.currency, noun)


def _noun_after(text: str, end: int) -> str:
    match = re.match(r"\s?([\u4e00-\u9fff])|[ \-]([a-z]+)", text[end:])
    return (match.group(1) or match.group(2) or "") if match else ""


def _all_hits(text: str, language: Language) -> Iterator[_Hit]:
    """Hits from the most particular form to the plainest; the first to claim a stretch keeps it."""
    yield from _names(text)
    yield from _offers(text)
    yield from _proportions(text)
    yield from _dates(text)
    yield from _percents_and_discounts(text)
    yield from _clocks(text)
    yield from _plain(text)
    for match in _ZERO_OF.finditer(text):
        yield _Hit(match.start(), match.end(), Decimal(0), "count")
    if language == "en" or re.search("[a-z]{3}", text):
        yield from _spelled(text)


def _names(text: str) -> Iterator[_Hit]:
    """Numbers inside a model name: V60, iPhone15, A4, 4K, USB3; their value is only the digits."""
    for match in re.finditer(r"(?<![a-z0-9.])(?:[a-z]+-?\d+[a-z]*|\d+(?:k|p|g|d|hd)(?![a-z0-9]))", text):
        written = match.group()
        money = re.match(r"(?:hk|nt|us|rmb|cny|usd|jpy|hkd|ntd|twd|eur|gbp|no|top)-?\d", written)
        if money or re.fullmatch(r"\d+g", written) or _BEFORE.search(text[: match.start()]):
            continue
        yield _Hit(match.start(), match.end(), Decimal("".join(re.findall(r"\d+", written))), "name", written)


def _offers(text: str) -> Iterator[_Hit]:
    for pattern in (_BUY, _BOGO):
        for match in pattern.finditer(text):
            for group in ("a", "b"):
                yield _Hit(match.start(group), match.end(group), _small(match.group(group)), "count", "offer")


def _small(written: str) -> Decimal:
    words = {"one": 1, **SPELLED_EN}
    return Decimal(words[written]) if written in words else _value(written)


def _value(written: str) -> Decimal:
    if written[0].isdigit():
        return Decimal(written.replace(",", ""))
    return read_numeral(written) or Decimal(0)


def _proportions(text: str) -> Iterator[_Hit]:
    for each in find_proportions(text):
        yield _Hit(each.start, each.end, each.value, each.kind, each.unit)


def _dates(text: str) -> Iterator[_Hit]:
    for match in re.finditer(r"(?P<y>(?:19|20)\d{2}|[一二][〇零一二三四五六七八九]{3})年(?!内)", text):
        yield _Hit(match.start(), match.end(), _value(match.group("y")), "date", "calendar year")
    for match in _DATE.finditer(text):
        if match.group("y"):
            parts = [int(match.group(part)) for part in ("y", "m", "d")]
            yield _Hit(match.start(), match.end(), Decimal(parts[0] * 10000 + parts[1] * 100 + parts[2]), "date")
        else:
            day = _value(match.group("day")) if match.group("day") else Decimal(0)
            yield _Hit(match.start(), match.end(), _value(match.group("month")) * 100 + day, "date")


def _percents_and_discounts(text: str) -> Iterator[_Hit]:
    number = rf"(?:{_ASCII}|{_ZH}+(?:点{_ZH}+)?)"
    for match in re.finditer(
        rf"(?P<n>{_ASCII})\s?(?:%|percent\b|per cent\b)(?P<off>\s?off\b)?|百分之(?P<zh>百"
        rf"|{_ZH}+(?:点{_ZH}+)?)|(?P<hundred>百分百)",
        text,
    ):
        if match.group("hundred") or match.group("zh") == "百":
            value = Decimal(100)
        else:
            value = _value(match.group("n") or match.group("zh"))
        kind: NumberKind = "discount" if match.group("off") else "percent"
        yield _Hit(match.start(), match.end(), value, kind, "% off" if kind == "discount" else "%")
    for match in re.finditer(rf"(?P<n>{number})\s?折(?!叠|扣|腾|射|返|磨|断)", text):
        yield _Hit(match.start(), match.end(), _tenths(match.group("n")), "discount", "折")


def _tenths(written: str) -> Decimal:
    """八五折 and 85折 both mean 8.5."""
    value = _value(written)
    return value / 10 if value >= 10 else value


def _clocks(text: str) -> Iterator[_Hit]:
    for match in _CLOCK.finditer(text):
        written = match.group("h") or match.group("zh") or match.group("en")
        if match.group("zh") in ("一", "有一") or (match.group("zh") and _is_point(text, match)):
            continue
        minutes = int(match.group("min") or (30 if "半" in match.group() else 0))
        yield _Hit(match.start(), match.end(), _value(written) * 100 + minutes, "clock")


def _is_point(text: str, match: re.Match[str]) -> bool:
    """两点建议, 三点理由: points of a list, not hours."""
    return re.match(r"(?:建议|理由|原因|优势|好处|区别|要求|注意)", text[match.end() :]) is not None


def _plain(text: str) -> Iterator[_Hit]:
    for match in _NUMERAL.finditer(text):
        start, end = match.span()
        if match.group("ascii"):
            value = _value(match.group("ascii")) * _scale(match.group("scale"))
            if not match.group("scale"):
                end = match.end("ascii")
        else:
            written = match.group("zh").rstrip("点")
            end = start + len(written)
            read = read_numeral(written)
            if read is None or _is_plain_one(text, start, end, written):
                continue
            value = read
        hit = _with_unit(text, start, end, value, is_zh=bool(match.group("zh")))
        if hit is not None:
            yield hit


def _scale(written: str | None) -> int:
    scales = {"万": 10_000, "亿": 10**8, "千": 1000, "百": 100, "k": 1000}
    return scales.get(written or "", SCALES_EN.get(written or "", 1))


def _is_plain_one(text: str, start: int, end: int, written: str) -> bool:
    if written in ("零", "亿", "万", "千", "百"):
        return True
    if written != "一" or text[max(0, start - 1) : start] == "第":
        return False
    rest = text[end:]
    if rest.startswith(PLAIN_ONE_EXCEPT):
        return False
    near = text[max(0, start - 4) : end + 7]
    is_time = re.match(r"\s?(?:个?小时|分钟|秒|天|周|个月|年|夜|次)", rest) is not None
    return not (is_time and re.search(PROMISES, near))


def _with_unit(text: str, start: int, end: int, value: Decimal, is_zh: bool) -> _Hit | None:
    before, after = text[:start], text[end:]
    prefix = _BEFORE.search(before)
    if prefix:
        return _Hit(prefix.start(), end, value, "money", "", CURRENCY_BEFORE[prefix.group("money")])
    suffix = _AFTER.match(after)
    if suffix:
        return _Hit(start, end + suffix.end(), value, "money", "", CURRENCY_AFTER[suffix.group("money")])
    spoken = _spoken_money(after, start, end, value)
    if spoken:
        return spoken
    if before.endswith("第"):
        classifier = _CLASSIFIER.match(after)
        unit = (classifier.group("han") or "") if classifier else ""
        return _Hit(start - 1, end + (classifier.end() if classifier else 0), value, "ordinal", unit)
    if re.match(r"(?:st|nd|rd|th)\b", after):
        return _Hit(start, end + 2, value, "ordinal")
    return _measured(after, start, end, value)


def _spoken_money(after: str, start: int, end: int, value: Decimal) -> _Hit | None:
    """三十九块九, 39块9, 两块五毛, 五毛."""
    match = _KUAI.match(after)
    if match:
        tail = match.group("tail")
        cents = _value(tail) / 10 if tail else Decimal(0)
        more = re.match(rf"(?P<jiao>\d|{_ZH})毛(?P<fen>\d|{_ZH})?分?", after[1:]) if tail else None
        if more and more.group("fen"):
            return _Hit(
                start, end + 1 + more.end(), value + cents + _value(more.group("fen")) / 100, "money", "", "CNY"
            )
        return _Hit(start, end + match.end(), value + cents, "money", "", "CNY")
    jiao = re.match(r"毛(?:钱)?(?!巾|衣|孔|绒|笔)", after)
    return _Hit(start, end + jiao.end(), value / 10, "money", "", "CNY") if jiao else None


_DURATIONS = frozenset(("second", "minute", "hour", "day", "night", "week", "month", "year"))


def _measured(after: str, start: int, end: int, value: Decimal) -> _Hit:
    unit = _UNIT.match(after)
    if unit:
        name = _UNIT_OF[unit.group("latin") or unit.group("han")]
        kind: NumberKind = "duration" if name in _DURATIONS else "measure"
        return _Hit(start, end + unit.end(), value, "count" if name == "person" else kind, name)
    classifier = _CLASSIFIER.match(after)
    if classifier:
        return _Hit(start, end + classifier.end(), value, "count", classifier.group("han") or classifier.group("latin"))
    return _Hit(start, end, value, "count")


def _spelled(text: str) -> Iterator[_Hit]:
    for match in _ONE_EN.finditer(text):
        yield _Hit(match.start(), match.end(), Decimal(1), "duration", match.group("unit"))
    for match in _SPELLED.finditer(text):
        if match.group("bare"):
            value = SCALES_EN[match.group("bare").split()[1]]
        else:
            ones = match.group("ones")
            value = SPELLED_EN[match.group("tens")] + ({"one": 1, **SPELLED_EN}[ones] if ones else 0)
            value *= SCALES_EN[match.group("scale")] if match.group("scale") else 1
        hit = _with_unit(text, match.start(), match.end(), Decimal(value), is_zh=False)
        if hit is not None:
            yield hit
