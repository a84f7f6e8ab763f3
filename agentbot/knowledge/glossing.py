"""Names of prices for a visitor of the other language: as the advertiser wrote them, with what their words mean."""

from __future__ import annotations

from agentbot.contracts import PriceFact
from agentbot.knowledge.terms import groups
from agentbot.language import is_chinese
from agentbot.packs import GENERAL, load_pack
from core.contracts import Language

_UNITS = {
    "台": "unit", "次": "visit", "颗": "tooth", "节": "class", "月": "month", "年": "year", "小时": "hour",
    "人": "person", "位": "person", "晚": "night", "平方米": "sq m", "平米": "sq m", "天": "day", "套": "set",
    "件": "piece", "学期": "term", "疗程": "course of treatment", "课时": "lesson", "杯": "cup", "份": "portion",
    "周": "week", "间": "room", "张": "ticket", "瓶": "bottle", "盒": "box", "辆": "car", "期": "term",
}  # fmt: skip
_MEASURES = {english: chinese for chinese, english in reversed(_UNITS.items())}


def item_text(price: PriceFact, vertical: str, language: Language) -> str:
    """The item's name, which is never translated away: the quote has to be found again in the advertiser's list."""
    if is_chinese(price.item) == (language == "zh-CN"):
        return price.item
    pack, general = load_pack(vertical, language), load_pack(GENERAL, language).glossary
    topics = [name for name in groups(price.item, pack) if name in pack.glossary and name not in general]
    if not topics:
        return price.item
    meant = pack.glossary[topics[0]][0]
    return f"{price.item}（{meant}）" if language == "zh-CN" else f"{price.item} ({meant})"


def unit_text(unit: str, language: Language) -> str:
    """What is counted, in the visitor's language where it is a common measure."""
    if is_chinese(unit) == (language == "zh-CN"):
        return unit
    return (_MEASURES if language == "zh-CN" else _UNITS).get(unit.casefold(), unit)
