"""Cue marks in a script's text: what the host does, shows and feels at a word. Pure.

`{point}` `{hold_up}` `{wave}` `{welcome}` `{count:3}` are gestures, `{overlay:price}` shows something,
`{emotion:delight}` sets the mood from there on. A mark stands before the word it belongs to. `{product:2}` at the
head of a line says that the room's second product is on from there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from avatar.contracts import Cue, CueKind, Emotion, ScriptLine
from core.contracts import Language
from core.errors import InputError

GESTURES = ("point", "hold_up", "count", "wave", "welcome")
OVERLAYS = ("product", "price", "coupon", "link")
EMOTIONS: tuple[Emotion, ...] = ("calm", "warm", "delight")
MOST_COUNTED = 5
KNOWN_MARKS = (
    "{point}, {hold_up}, {wave}, {welcome}, {count:1} to {count:5}, "
    "{overlay:product|price|coupon|link}, {emotion:calm|warm|delight}, {product:1} and so on at the head of a line"
)
_MARK = re.compile(r"\{([^{}]*)\}")
_PRODUCT = re.compile(r"\s*product\s*:\s*([1-9]\d?)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Marked:
    """A text without its marks, and what they say. `emotion` is the mood of the whole sentence.

    `product` counts from 1, 0 where the line says nothing of it.
    """

    text: str
    cues: tuple[Cue, ...]
    emotion: Emotion = "warm"
    product: int = 0


def parse_marks(written: str, thing: str = "script") -> Marked:
    """The text and cues of one written sentence; InputError names a mark that is none.

    An `{emotion:…}` before the first word is the sentence's mood and no cue of its own.
    """
    text, at = "", 0
    cues: list[Cue] = []
    emotion: Emotion = "warm"
    product = 0
    for match in _MARK.finditer(written):
        text += written[at : match.start()]
        at = match.end()
        if not text.strip():
            text = ""
        if (number := _PRODUCT.fullmatch(match[1])) and not text:
            product = int(number[1])
            continue
        kind, value = _read_mark(match[1], thing)
        if kind == "emotion" and not text:
            emotion = value  # type: ignore[assignment]  # _read_mark admits emotions only
        else:
            cues.append(Cue(kind, value, len(text)))
    text += written[at:]
    if "{" in text or "}" in text:
        raise InputError(thing, f"has a brace that is no cue mark; known are {KNOWN_MARKS}", "cue_mark")
    return Marked(text.rstrip(), _inside(cues, text), emotion, product)


def _read_mark(mark: str, thing: str) -> tuple[CueKind, str]:
    name, _, value = (part.strip().lower() for part in mark.partition(":"))
    if name == "overlay" and value in OVERLAYS:
        return "overlay", value
    if name == "emotion" and value in EMOTIONS:
        return "emotion", value
    if name == "count" and value.isdecimal() and 1 <= int(value) <= MOST_COUNTED:
        return "gesture", f"count:{int(value)}"
    if name in GESTURES and name != "count" and not value:
        return "gesture", name
    raise InputError(thing, f"{{{mark}}} is no cue mark; known are {KNOWN_MARKS}", "cue_mark")


def _inside(cues: Sequence[Cue], text: str) -> tuple[Cue, ...]:
    """Marks behind the last word belong to it."""
    last = max(len(text.rstrip()) - 1, 0)
    return tuple(Cue(cue.kind, cue.value, min(cue.character, last)) for cue in cues)


def format_marks(text: str, cues: Sequence[Cue], emotion: Emotion = "warm") -> str:
    """The text with its marks written in, as a person edits it; `parse_marks` gives back what went in."""
    written, at = "", 0
    for cue in sorted(cues, key=lambda cue: cue.character):
        mark = cue.value if cue.kind == "gesture" else f"{cue.kind}:{cue.value}"
        written += text[at : cue.character] + f"{{{mark}}}"
        at = cue.character
    written += text[at:]
    return written if emotion == "warm" else f"{{emotion:{emotion}}}{written}"


@dataclass(frozen=True)
class _Rule:
    pattern: re.Pattern[str]
    kind: CueKind
    value: str


def _rules(*rows: tuple[str, CueKind, str]) -> tuple[_Rule, ...]:
    return tuple(_Rule(re.compile(pattern, re.IGNORECASE), kind, value) for pattern, kind, value in rows)


_RULES: dict[Language, tuple[_Rule, ...]] = {
    "zh-CN": _rules(
        (r"(?:下方|下面|屏幕)?的?(?:链接|购物车|小黄车)|点进来|点进去", "gesture", "point"),
        (r"(?:下方|下面|屏幕)?的?(?:链接|购物车|小黄车)", "overlay", "link"),
        (
            r"[一二两三四五]个(?:理由|原因|问题|特点|细节|办法)|(?:有|说|讲|这|看)[二两三四五]点(?=[，,：:])",
            "gesture",
            "count",
        ),
        (r"第[一二三四五](?=[，,：:])", "gesture", "count"),
        (r"再见|拜拜|下次见|大家好|你好|您好", "gesture", "wave"),
        (r"欢迎", "gesture", "welcome"),
        (r"(?:就是|看看|拿)这[一]?[款瓶件个盒包杯双条台]|手里这|镜头前|拿近", "gesture", "hold_up"),
        (r"[¥￥]\s?\d|\d+(?:\.\d+)?\s?元|价格(?!.*页)|只要", "overlay", "price"),
        (r"优惠|半价|券|立减|满减|买一送|[一二两三四五六七八九\d]折", "overlay", "coupon"),
    ),
    "en": _rules(
        (r"\b(?:link|cart|basket|button|tap|click)\b", "gesture", "point"),
        (r"\b(?:link|cart|basket|button)\b", "overlay", "link"),
        (r"\b(?:one|two|three|four|five) (?:reasons?|things?|points?|questions?|ways?)\b", "gesture", "count"),
        (r"\b(?:first|second|third)(?=,|ly\b)", "gesture", "count"),
        (r"^(?:hi|hello|hey)\b|\b(?:bye|goodbye|see you)\b", "gesture", "wave"),
        (r"\bwelcome\b", "gesture", "welcome"),
        (r"\bhere it is\b|\bhere(?:'s| is) (?=[A-Z])|\b(?:look at this|up close|in my hand)\b", "gesture", "hold_up"),
        (r"[$€£¥]\s?\d|(?<!half )(?<!full )\bprice\b", "overlay", "price"),
        (r"\b(?:coupon|half price|discount|\d+ ?% off|offer)\b", "overlay", "coupon"),
    ),
}
_COUNTS = {
    **{sign: count for count, signs in enumerate(("一", "二两", "三", "四", "五"), 1) for sign in signs},
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "first": 1,
    "second": 2,
    "third": 3,
}
_DELIGHT: dict[Language, re.Pattern[str]] = {
    "zh-CN": re.compile(r"欢迎|优惠|半价|[¥￥]\s?\d|立减|买一送|太好|恭喜|谢谢"),
    "en": re.compile(r"\bwelcome\b|half price|discount|[$€£]\s?\d|\bthank", re.IGNORECASE),
}
_CALM: dict[Language, re.Pattern[str]] = {
    "zh-CN": re.compile(r"提醒|检测|报告|标签|说明|人工智能|售后|抱歉"),
    "en": re.compile(r"\b(?:remind|reminder|report|label|sorry|returns?|artificial)\b", re.IGNORECASE),
}


def suggest_cues(text: str, language: Language, taken: Sequence[Cue] = ()) -> tuple[Cue, ...]:
    """Cues that go with the words: a hand for the link, fingers for numbers, the card for a price.

    At most one gesture a sentence, and none where `taken` has one; what `taken` shows already is not shown again.
    """
    found: list[Cue] = []
    has_gesture = any(cue.kind == "gesture" for cue in taken)
    shown = {cue.value for cue in taken if cue.kind == "overlay"}
    for rule in _RULES[language]:
        match = rule.pattern.search(text)
        if match is None or (rule.kind == "gesture" and has_gesture) or rule.value in shown:
            continue
        value = rule.value if rule.value != "count" else f"count:{_counted(match[0])}"
        found.append(Cue(rule.kind, value, match.start()))
        has_gesture = has_gesture or rule.kind == "gesture"
        shown.add(rule.value)
    return tuple(sorted(found, key=lambda cue: (cue.character, cue.kind)))


def _counted(words: str) -> int:
    return next((count for name, count in _COUNTS.items() if re.search(name, words, re.IGNORECASE)), 1)


def suggest_emotion(text: str, language: Language) -> Emotion:
    """The mood of a sentence by its words: delight for a welcome or an offer, calm for what has to be clear."""
    if _CALM[language].search(text):
        return "calm"
    return "delight" if _DELIGHT[language].search(text) else "warm"


def as_line(
    place: int, written: str, language: Language, *, suggests: bool = True, thing: str = "script"
) -> ScriptLine:
    """A written sentence as a line of the script; with `suggests`, what the writer left open is filled in."""
    marked = parse_marks(written, thing)
    if not suggests:
        return ScriptLine(place, marked.text, marked.cues, marked.emotion)
    cues = (*marked.cues, *suggest_cues(marked.text, language, marked.cues))
    has_mood = marked.emotion != "warm" or "{emotion:" in written
    emotion = marked.emotion if has_mood else suggest_emotion(marked.text, language)
    return ScriptLine(place, marked.text, tuple(sorted(cues, key=lambda cue: cue.character)), emotion)
