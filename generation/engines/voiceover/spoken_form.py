"""From written text to what a voice says, piece by piece.

Engines stumble over prices, units and signs, each in its own way; here they are put into
words once. Every piece keeps the stretch of the written line it stands for, so that word
times find their way back to the caption.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generation.engines.voiceover.chinese_numbers import say_digits, say_number, say_yuan


@dataclass(frozen=True)
class Piece:
    """`written` as it stands in the line, `spoken` as the engine is told; "" when it is silent."""

    written: str
    spoken: str

    @property
    def is_word(self) -> bool:
        return any(character.isalnum() for character in self.spoken)


_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"

_CHINESE_UNITS = {
    "ml": "毫升",
    "l": "升",
    "kg": "公斤",
    "mg": "毫克",
    "g": "克",
    "km": "公里",
    "cm": "厘米",
    "mm": "毫米",
    "m": "米",
    "mah": "毫安时",
    "kw": "千瓦",
    "w": "瓦",
    "hz": "赫兹",
    "h": "小时",
    "min": "分钟",
    "s": "秒",
    "℃": "摄氏度",
    "°c": "摄氏度",
    "kcal": "千卡",
    "kj": "千焦",
    "㎡": "平方米",
}
_ENGLISH_UNITS = {
    "ml": "milliliters",
    "l": "liters",
    "kg": "kilograms",
    "mg": "milligrams",
    "g": "grams",
    "km": "kilometers",
    "cm": "centimeters",
    "mm": "millimeters",
    "oz": "ounces",
    "lb": "pounds",
    "lbs": "pounds",
    "mah": "milliamp hours",
    "w": "watts",
    "hz": "hertz",
    "h": "hours",
    "hr": "hours",
    "min": "minutes",
    "s": "seconds",
    "℃": "degrees Celsius",
    "°c": "degrees Celsius",
    "°f": "degrees Fahrenheit",
    "kcal": "kilocalories",
}
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", ".": "。", "!": "！", "?": "？"}
_CHINESE_CURRENCIES = {"$": "美元", "US$": "美元", "€": "欧元", "£": "英镑", "HK$": "港元"}
_ENGLISH_CURRENCIES = {
    "$": ("dollar", "dollars", "cents"),
    "US$": ("dollar", "dollars", "cents"),
    "€": ("euro", "euros", "cents"),
    "£": ("pound", "pounds", "pence"),
    "¥": ("yuan", "yuan", ""),
    "￥": ("yuan", "yuan", ""),
}

_SMALL_ONLY = "gmsh"

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def _unit_pattern(units: dict[str, str]) -> str:
    """A number and its unit; a lone letter counts only as units are written (5g, not 5G)."""
    names = sorted((name for name in units if name not in _SMALL_ONLY), key=len, reverse=True)
    return rf"({_NUMBER})\s?({'|'.join(map(re.escape, names))}|(?-i:[{_SMALL_ONLY}]))(?![A-Za-z])"


def _rule(pattern: str, say: Callable[[re.Match[str]], str]) -> Rule:
    return re.compile(pattern, re.IGNORECASE), say


def _after(match: re.Match[str]) -> str:
    return match.string[match.end() : match.end() + 1]


def _discount(match: re.Match[str]) -> str:
    whole, _, tenth = match[1].partition(".")
    return say_digits(whole + tenth.rstrip("0")) + "折"


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match[1]), int(match[2])
    said = ("两" if hour == 2 else say_number(str(hour))) + "点"
    if minute == 30:
        return said + "半"
    if minute == 0:
        return said
    return said + ("零" if minute < 10 else "") + say_number(str(minute)) + "分"


def _chinese_unit(match: re.Match[str]) -> str:
    unit = _CHINESE_UNITS[match[2].lower()]
    return say_number(match[1]) + unit if match[1] != "2" or unit == "分钟" else "两" + unit


def _foreign_price(match: re.Match[str]) -> str:
    return say_number(match[2]) + _CHINESE_CURRENCIES[match[1].upper()]


_CHINESE_RULES: tuple[Rule, ...] = (
    _rule(rf"[¥￥]\s?({_NUMBER})(?:\s?元)?", lambda match: say_yuan(match[1])),
    _rule(r"(\d+\.\d{1,2})\s?(?:元|块)(?:钱)?", lambda match: say_yuan(match[1])),
    _rule(rf"(US\$|HK\$|\$|€|£)\s?({_NUMBER})", _foreign_price),
    _rule(rf"({_NUMBER})\s?[%％]", lambda match: "百分之" + say_number(match[1])),
    _rule(r"(\d(?:\.\d)?)\s?折", _discount),
    _rule(r"(?<!\d)((?:19|20)\d{2})(?=年)", lambda match: say_digits(match[1])),
    _rule(r"(?<!\d)(\d{1,2})[:：](\d{2})(?!\d)", _clock),
    _rule(r"(?<![\d/])(\d{1,3})/(\d{1,3})(?![\d/])", lambda m: say_number(m[2]) + "分之" + say_number(m[1])),
    _rule(r"\d{3,4}-\d{3,4}-\d{4}(?!\d)", lambda match: say_digits(match[0].replace("-", ""))),
    _rule(rf"({_NUMBER})\s?[-~–—～至]\s?(?={_NUMBER})", lambda match: say_number(match[1]) + "到"),
    _rule(_unit_pattern(_CHINESE_UNITS), _chinese_unit),
    _rule(r"(?<=第)\d+", lambda match: say_number(match[0])),
    _rule(r"\d{7,}(?<!000)", lambda match: say_digits(match[0])),
    _rule(_NUMBER, lambda match: say_number(match[0], _after(match))),
    _rule(r"[×xX](?=\s?\d)", lambda match: "乘"),
    _rule(r"[+＋]", lambda match: "加"),
    _rule(r"&", lambda match: "和"),
    _rule(r"[A-Za-z][A-Za-z'’\-]*", lambda match: _latin(match[0])),
    # espeak-ng makes no pause at an ASCII comma between Chinese characters.
    _rule(r"[,;:.!?]", lambda match: _FULL_WIDTH[match[0]]),
)


def _latin(word: str) -> str:
    """Capitals alone are spelled (USB → U S B), anything else is read as a word."""
    return " ".join(word) if word.isupper() and 1 < len(word) <= 5 else word


def _english_price(match: re.Match[str]) -> str:
    one, many, small = _ENGLISH_CURRENCIES[match[1].upper()]
    whole, _, rest = match[2].partition(".")
    hundredths = int((rest + "00")[:2]) if rest else 0
    if not small:
        return f"{match[2]} {many}"
    if not hundredths:
        return f"{whole} {one if whole == '1' else many}"
    if whole == "0":
        return f"{hundredths} {small}"
    return f"{whole} {one if whole == '1' else many} {hundredths}"


def _english_unit(match: re.Match[str]) -> str:
    name = _ENGLISH_UNITS[match[2].lower()]
    return f"{match[1]} {name[:-1] if match[1] == '1' and name.endswith('s') else name}"


_ENGLISH_RULES: tuple[Rule, ...] = (
    _rule(rf"(US\$|\$|€|£|¥|￥)\s?({_NUMBER})", _english_price),
    _rule(rf"({_NUMBER})\s?%", lambda match: f"{match[1]} percent"),
    _rule(_unit_pattern(_ENGLISH_UNITS), _english_unit),
    _rule(rf"({_NUMBER})\s?[-–—]\s?(?={_NUMBER})", lambda match: f"{match[1]} to"),
    _rule(r"(?<!\w)24/7(?!\w)", lambda match: "24 7"),
    _rule(_NUMBER, lambda match: match[0].replace(",", "")),
    _rule(r"&", lambda match: "and"),
    _rule(r"\+", lambda match: "plus"),
    _rule(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*", lambda match: match[0]),
)

# What is drawn in a caption and never said.
_SILENT = re.compile(r"[\"“”「」『』《》#*_~|<>{}\[\]()（）【】\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]")


def spoken_pieces(text: str, language: str) -> tuple[Piece, ...]:
    """`text` cut into pieces that tile it; Chinese characters stand alone, an amount stays one piece."""
    rules = _CHINESE_RULES if language.startswith("zh") else _ENGLISH_RULES
    return tuple(_tidy(_cut(text, rules), language))


def spoken_form(text: str, language: str) -> str:
    """What the engine is given to say for `text`."""
    return "".join(piece.spoken for piece in spoken_pieces(text, language))


def _cut(text: str, rules: tuple[Rule, ...]) -> Iterator[Piece]:
    at = 0
    while at < len(text):
        match, say = next(
            ((found, say) for pattern, say in rules if (found := pattern.match(text, at)) and found.end() > at),
            (None, None),
        )
        if match is None or say is None:
            yield Piece(text[at], "" if _SILENT.match(text[at]) else text[at])
            at += 1
        else:
            yield Piece(match[0], say(match))
            at = match.end()


def _tidy(pieces: Iterator[Piece], language: str) -> Iterator[Piece]:
    """Keep spoken words of the Latin alphabet apart where a silent sign or a Chinese one stood between."""
    before = ""
    for piece in pieces:
        needs_gap = (
            piece.spoken[:1].isascii()
            and piece.spoken[:1].isalnum()
            and before[-1:].isascii()
            and before[-1:].isalnum()
        )
        spoken = f" {piece.spoken}" if needs_gap else piece.spoken
        before = spoken or before
        yield Piece(piece.written, spoken)
