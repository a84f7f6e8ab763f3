"""Reading packs: the vertical's own file over what holds for every vertical of a language."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from agentbot.packs.model import Concern, Pack, Slot
from core.contracts import Language

_DATA = Path(__file__).with_name("data")
VERTICALS = ("car", "clinic", "home_services", "fitness", "education", "finance", "travel", "retail")
GENERAL = "general"
ALIASES: dict[str, tuple[str, ...]] = {
    "car": ("car", "cars", "auto", "automotive", "vehicle", "dealer", "dealership", "汽车", "车", "4s"),
    "clinic": (
        "clinic",
        "dental",
        "dentist",
        "medical",
        "health",
        "hospital",
        "beauty",
        "aesthetic",
        "医",
        "诊所",
        "口腔",
    ),
    "home_services": (
        "home",
        "home_service",
        "renovation",
        "cleaning",
        "repair",
        "moving",
        "家政",
        "装修",
        "家居",
        "维修",
        "搬家",
    ),
    "fitness": ("fitness", "gym", "yoga", "sport", "sports", "pilates", "健身", "瑜伽", "运动", "舞蹈"),
    "education": ("education", "school", "course", "training", "tutoring", "教育", "培训", "课程", "留学"),
    "finance": ("finance", "loan", "bank", "insurance", "credit", "金融", "贷款", "保险", "理财"),
    "travel": ("travel", "tour", "tourism", "hotel", "旅", "酒店", "民宿"),
    "retail": ("retail", "shop", "store", "ecommerce", "e-commerce", "goods", "电商", "零售", "商城", "店"),
}
_FILES = {"zh-CN": "zh", "en": "en"}


@lru_cache(maxsize=256)
def pack_name(vertical: str) -> str:
    """The pack for what an advertiser calls its trade; `general` where none fits."""
    wanted = vertical.strip().casefold().replace("-", "_").replace(" ", "_")
    if wanted in VERTICALS:
        return wanted
    words = set(re.split(r"[_/,]+", wanted))
    for name, aliases in ALIASES.items():
        if any(alias in words if alias.isascii() else alias in wanted for alias in aliases):
            return name
    return GENERAL


@lru_cache(maxsize=64)
def load_pack(vertical: str, language: Language) -> Pack:
    """The pack of `vertical` in `language`; its phrases come before the general ones of the same key."""
    name = pack_name(vertical)
    common = _read(GENERAL, language)
    own = common if name == GENERAL else _read(name, language)
    phrases = {key: _lines(text) for key, text in {**common["phrases"], **own.get("phrases", {})}.items()}
    shared = () if name == GENERAL else tuple(_concern(raw, language) for raw in common["concerns"])
    return Pack(
        vertical=name,
        language=language,
        version=int(own["version"]),
        who=own["who"],
        purpose=own["purpose"],
        value=own["value"],
        concerns=(*(_concern(raw, language) for raw in own["concerns"]), *shared),
        slots=tuple(_slot(raw, language) for raw in own["slots"]),
        glossary={key: _words(text) for key, text in {**common["glossary"], **own.get("glossary", {})}.items()},
        never_say=_words(own.get("never_say", "")),
        safe_line=own.get("safe_line", common["safe_line"]),
        phrases=phrases,
    )


@lru_cache(maxsize=32)
def _read(name: str, language: Language) -> dict[str, Any]:
    path = _DATA / f"{name}.{_FILES[language]}.yaml"
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded


def _concern(raw: dict[str, Any], language: Language) -> Concern:
    return Concern(
        id=raw["id"],
        pattern=_any_of(raw["words"], language),
        is_sensitive=bool(raw.get("is_sensitive", False)),
        empathy=_lines(raw.get("empathy", "")),
        defer=_lines(raw.get("defer", "")),
        purpose=raw.get("purpose", ""),
    )


def _slot(raw: dict[str, Any], language: Language) -> Slot:
    return Slot(raw["name"], _any_of(raw["words"], language), _lines(raw.get("questions", "")))


def _lines(text: str) -> tuple[str, ...]:
    """Phrases stand one a line: they are full of commas and colons."""
    return tuple(
        line.strip(" \n") if not line.endswith(": ") else line.lstrip() for line in text.split("\n") if line.strip()
    )


def _words(text: str) -> tuple[str, ...]:
    """Words and patterns are parted by "; "."""
    return tuple(word.strip() for word in text.split("; ") if word.strip())


def _any_of(words: str, language: Language) -> re.Pattern[str]:
    """Any of `words` (patterns); English ones only as whole words, plural or not."""
    joined = "|".join(_words(words))
    return re.compile(joined if language == "zh-CN" else rf"\b(?:{joined})(?:'?s)?\b", re.IGNORECASE)
