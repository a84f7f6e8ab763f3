"""Undoing the ways people hide a forbidden word: spaces, look-alikes, pinyin, split characters, leetspeak."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from core.claims.flat import fold
from core.contracts import Span

_HAN = r"[\u3400-\u9fff]"
_GLUE = r"[\s·•・*＊._\-—|丨/\\~^+=#`'\"“”‘’●○☆★◆▪️〇\u2500-\u27bf\U0001f000-\U0001faff]"

_TRADITIONAL = dict(
    zip(
        "國級絕對獨頂極優質貴無證療癒藥減認權威壓瘋贈紅關領導號點擊將歲賺穩險虧財運轉發現萬畫內務實驗專業銷",
        "国级绝对独顶极优质贵无证疗愈药减认权威压疯赠红关领导号点击将岁赚稳险亏财运转发现万画内务实验专业销",
        strict=True,
    )
)

_WORDS: tuple[tuple[str, str], ...] = (
    # one character for another
    (r"[蕞朂樶冣]", "最"),
    (r"[嘴醉罪](?=佳|优|好的|低价|强)", "最"),
    (r"(?<=最)[,.、](?=佳|好|优|低价|高级)", ""),
    (r"(?<=第)i(?=品牌|名|$)", "一"),
    (r"(?<=国)jia(?=级)", "家"),
    (r"苐|⺮弟|竹弟", "第"),
    (r"(?<!兄)(?<!徒)(?<!姐)弟(?=[一1]品牌|[一1]名|[一1]$|壹)", "第"),
    (r"(?<=第)[壹弌Ⅰⅰ]", "一"),
    (r"(?<=[第唯])①", "1"),
    (r"[惟维](?=[一1壹](?!生))", "唯"),
    (r"(?<=唯)壹", "一"),
    (r"[鼎](?=级|尖)", "顶"),
    (r"(?<=顶)[极及](?!限)", "级"),
    (r"(?<=国家)[极及](?!时|其)", "级"),
    (r"决(?=对(?!策))", "绝"),
    (r"掱选|手选(?=品牌)", "首选"),
    (r"(?<=最)[隹加](?=[,。!?\s]|$|的|选|品)", "佳"),
    (r"亻圭", "佳"),
    (r"木及", "极"),
    (r"纟及", "级"),
    (r"弓虽", "强"),
    (r"氵台", "治"),
    (r"疒寮", "疗"),
    (r"疒㾽", "疗"),
    (r"冫咸", "减"),
    (r"月巴(?!黎)", "肥"),
    (r"疒嵒", "癌"),
    (r"(?<=抗)[岩嵒a](?![a-z])", "癌"),
    (r"[姜碱](?=肥)", "减"),
    (r"(?<=减)[月]?[巴](?=$|[,。!?])", "肥"),
    (r"(?<=根)[制置](?=[,。!?]|$|糖|高|鼻|脚|痘|老)", "治"),
    (r"(?<=治)[yu]愈", "愈"),
    (r"[抱苞](?=治百)", "包"),
    (r"饱(?=过|治|赚)", "包"),
    (r"[雯问](?=赚不)", "稳"),
    (r"[零0〇]凤险", "零风险"),
    (r"瘦伸", "瘦身"),
    # pinyin inside Chinese
    (r"(?<![a-z])z\s?u\s?i\s?(?=[佳好高低强优大新先顶便牛棒美值]|jia|hao|gao|di|qiang|you|da|xin)", "最"),
    (r"(?<=最)(?:jia)(?![a-z])", "佳"),
    (r"(?<=最)hao(?![a-z])", "好"),
    (r"(?<=最)gao(?=级|ji|$)", "高"),
    (r"(?<=最)di(?=价|jia)", "低"),
    (r"(?<=最)qiang(?![a-z])", "强"),
    (r"(?<=低)jia(?![a-z])", "价"),
    (r"(?<=高)ji(?![a-z])", "级"),
    (r"(?<![a-z])di[ \-]?(?:yi|1)(?=品牌|名|的|$|[,。!?]|选|家)", "第一"),
    (r"(?<=第)yi(?![a-z])", "一"),
    (r"(?<![a-z])di(?=[一1]品牌|[一1]名)", "第"),
    (r"(?<![a-z])wei(?=[一1])|(?<=[全能是的])wei[ ]?yi", "唯"),
    (r"(?<=唯)yi(?![a-z])", "一"),
    (r"(?<![a-z])ding(?=级|ji|尖)", "顶"),
    (r"(?<=顶)ji(?![a-z])", "级"),
    (r"(?<![a-z])guo(?=家级)", "国"),
    (r"(?<=国家)ji(?![a-z])", "级"),
    (r"(?<![a-z])jue(?=对|dui)", "绝"),
    (r"(?<=绝)dui(?![a-z])", "对"),
    (r"(?<![a-z])ji(?=致(?!力|电|使|词|敬|歉|远))", "极"),
    (r"(?<=极)zhi(?![a-z])", "致"),
    (r"(?<![a-z])jian(?=肥)", "减"),
    (r"(?<=减)fei(?![a-z])", "肥"),
    (r"(?<![a-z])jian ?fei(?![a-z])", "减肥"),
    (r"(?<![a-z])zhi(?=疗|liao|愈|yu)", "治"),
    (r"(?<=治)liao(?![a-z])", "疗"),
    (r"(?<=治)yu(?![a-z])", "愈"),
    (r"(?<![a-z])kang(?=癌|ai(?![a-z]))", "抗"),
    (r"(?<=抗)ai(?![a-z])", "癌"),
    (r"(?<=根)zhi(?![a-z])", "治"),
    (r"(?<=首)xuan(?![a-z])", "选"),
    (r"(?<![a-z])shou(?=选|身)", "首"),
    (r"(?<![a-z])wen(?=赚)", "稳"),
    (r"(?<=稳)zhuan(?![a-z])", "赚"),
    (r"(?<=保)zheng(?=有效|治|瘦|过|赚)", "证"),
    # chat lures
    (r"[薇威徽葳溦徵](?=[信心芯](?![力胁望]))|(?<=加)[薇徽葳溦](?![菜酒州])", "微"),
    (r"(?<=微)[芯心](?=号|$|[:,。!]|[a-z0-9])", "信"),
    (r"[卫尾](?=星号?[:：]?[a-z]{2}\w{3})", "微"),
    (
        r"(?:[vⓥ]|(?<![a-z])wei)[❤心信芯](?![a-z])|(?<![a-z])wei ?xin(?![a-z])"
        r"|(?<![a-z])w[e3]chat(?![a-z])|(?<![a-z])vx(?![a-z])|(?<![a-z])wx(?![a-z])",
        "微信",
    ),
    (r"扣扣(?!子|不)|(?<![a-z])q[\s.·]q(?![a-z])", "qq"),
    (
        r"(?<![a-z])jia(?=微|v(?![a-z]))|[➕十](?=微信|v(?![a-z])|薇)"
        r"|(?<![a-z0-9\u4e00-\u9fff])\+(?=微|v(?![a-z])|v信)",
        "加",
    ),
)
_ZH_WORDS = tuple((re.compile(pattern), put) for pattern, put in _WORDS)
_SPLIT_BRACKETS = re.compile(rf"(?<={_HAN})[】\])」](?:[【\[(「])(?={_HAN})")
_SPLIT_HAN = re.compile(
    rf"(?<={_HAN}){_GLUE}{{1,3}}(?={_HAN})|(?<={_HAN})[ ·•*_|]{{1,2}}(?=[0-9a-z])"
    rf"|(?<=[0-9a-z])[ ·•*_|]{{1,2}}(?={_HAN})"
)
_SPLIT_LATIN = re.compile(r"(?<![a-z0-9])(?:[a-z0-9@$!]{1,2}[ .\-_*·|]{1,2}){3,}[a-z0-9@$!](?![a-z0-9])")
_LEET = {"@": "a", "4": "a", "3": "e", "1": "i", "!": "i", "0": "o", "$": "s", "5": "s", "7": "t", "8": "b"}
_LEET_WORD = re.compile(r"(?<![a-z0-9@$!])(?=[a-z0-9@$!]*[a-z])(?=[a-z0-9@$!]*[0-9@$!])[a-z0-9@$!]{3,}(?![a-z0-9@$])")
_HIDDEN_EN = frozenset(
    re.split(
        r"\s+",
        "best guaranteed guarantee cure cures cured miracle miracles treats heals risk riskfree number one ultimate "
        "cheapest lowest instant instantly whatsapp telegram detox proven leading perfect unbeatable free winner click",
    )
)


_PLAIN = {**_TRADITIONAL, **dict(zip("аеорсухіѕԁӏ", "aeopcyxisdl", strict=True))}
"""Traditional characters, and Cyrillic letters that pass for Latin ones."""


@lru_cache(maxsize=2048)
def _without_tone(char: str) -> str:
    """jí as ji, café as cafe; one character in, one out."""
    plain = unicodedata.normalize("NFD", char)[0]
    return plain if plain.isascii() else char


@dataclass
class _Characters:
    """Characters with where each began and ended in the original."""

    text: str
    starts: list[int]
    ends: list[int]

    def replace(self, start: int, end: int, put: str) -> None:
        first, last = self.starts[start], self.ends[end - 1]
        self.text = self.text[:start] + put + self.text[end:]
        self.starts[start:end] = [first] * len(put)
        self.ends[start:end] = [last] * len(put)


@dataclass(frozen=True)
class Unmasked:
    """`text` with disguises undone; `span` leads back to the original."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        return Span(self.starts[start], max(self.ends[start:end]))


def unmask(original: str) -> Unmasked:
    """`original` folded (width, case) and with disguised words written plainly."""
    flat = fold(original)
    state = _Characters(
        "".join(_PLAIN.get(char) or _without_tone(char) for char in flat.text),
        list(flat.places),
        [p + 1 for p in flat.places],
    )
    _substitute(state, _SPLIT_BRACKETS, "")
    _substitute(state, _SPLIT_HAN, "")
    for pattern, put in _ZH_WORDS:
        _substitute(state, pattern, put)
    _join_letters(state)
    _read_leet(state)
    return Unmasked(original, state.text, tuple(state.starts), tuple(state.ends))


def _substitute(state: _Characters, pattern: re.Pattern[str], put: str) -> None:
    for match in reversed(list(pattern.finditer(state.text))):
        state.replace(match.start(), match.end(), put)


def _join_letters(state: _Characters) -> None:
    """b.e.s.t and g u a r a n t e e d, where the letters make a word worth hiding."""
    for match in reversed(list(_SPLIT_LATIN.finditer(state.text))):
        joined = _plain(re.sub(r"[ .\-_*·|]", "", match.group()))
        word = next((each for each in sorted(_HIDDEN_EN, key=len, reverse=True) if each in joined), "")
        if word and len(word) >= 4:
            state.replace(match.start(), match.end(), f"{word}")


def _read_leet(state: _Characters) -> None:
    for match in reversed(list(_LEET_WORD.finditer(state.text))):
        plain = _plain(match.group())
        if plain in _HIDDEN_EN or plain.rstrip("i") in _HIDDEN_EN:
            state.replace(match.start(), match.end(), plain if plain in _HIDDEN_EN else plain.rstrip("i"))


def _plain(word: str) -> str:
    return "".join(_LEET.get(char, char) for char in word)
