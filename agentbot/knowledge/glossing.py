"""Names of prices for a visitor of the other language: as the advertiser wrote them, with what their words mean."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from agentbot.contracts import PriceFact
from agentbot.language import is_chinese
from core.contracts import Language

_FILE = Path(__file__).with_name("names.yaml")
_UNITS = {
    "台": "unit", "次": "visit", "颗": "tooth", "节": "class", "月": "month", "年": "year", "小时": "hour",
    "人": "person", "位": "person", "晚": "night", "平方米": "sq m", "平米": "sq m", "天": "day", "套": "set",
    "件": "piece", "学期": "term", "疗程": "course of treatment", "课时": "lesson", "杯": "cup", "份": "portion",
    "周": "week", "间": "room", "张": "ticket", "瓶": "bottle", "盒": "box", "辆": "car", "期": "term",
}  # fmt: skip
_MEASURES = {english: chinese for chinese, english in reversed(_UNITS.items())}


def item_text(price: PriceFact, language: Language) -> str:
    """The item's name, which is never translated away: the quote has to be found again in the advertiser's list."""
    if is_chinese(price.item) == (language == "zh-CN"):
        return price.item
    meant = _meant(price.item)
    if not meant:
        return price.item
    return f"{price.item}（{meant}）" if language == "zh-CN" else f"{price.item} ({meant})"


def _meant(item: str) -> str:
    """The known words of `item` in the other language, in their order."""
    left, found = item.casefold(), []
    for word, meaning in _words("zh" if is_chinese(item) else "en"):
        if (place := left.find(word)) >= 0:
            found.append((place, meaning))
            left = left.replace(word, " " * len(word), 1)
    return ("" if is_chinese("".join(each[1] for each in found)) else " ").join(each[1] for each in sorted(found))


@lru_cache(maxsize=2)
def _words(language: str) -> tuple[tuple[str, str], ...]:
    raw: dict[str, str] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))[language]
    return tuple(sorted(raw.items(), key=lambda each: -len(each[0])))


def unit_text(unit: str, language: Language) -> str:
    """What is counted, in the visitor's language where it is a common measure."""
    if is_chinese(unit) == (language == "zh-CN"):
        return unit
    return (_MEASURES if language == "zh-CN" else _UNITS).get(unit.casefold(), unit)
