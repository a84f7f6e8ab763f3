"""What kind of thing a fact says, so that the words after it fit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from core.contracts import Language

Shape = Literal["certificate", "service", "absence", "origin", "quantity", "process", "other"]

_ZH: tuple[tuple[Shape, str], ...] = (
    ("certificate", r"认证|专利|检测|国标|质检|报告|奖|证书|备案"),
    ("service", r"包邮|发货|退|换新|包换|质保|保修|运费|上门|客服|送达|配送|现货"),
    ("absence", r"^[0零]\s?(?!\d)|^无|不含|不添加|没有|不加|不用"),
    ("origin", r"产自|来自|产地|原产|进口|直采|源头|[\u4e00-\u9fff]{2,4}(?:省|县|山区|牧场|农场|果园" r"|茶园|海域)"),
    (
        "quantity",
        r"^每|净含量|容量|[\d一二三四五六七八九十百]+\s?(?:克|毫升|片|粒|升|公斤|ml|g|kg|米"
        r"|厘米|寸|节|页|支|瓶|包|盒)",
    ),
    ("process", r"小时|低温|慢|手工|工艺|古法|工序|烘焙|发酵|冷压|打磨|编织|压铸|缝|萃|腌|熬|炖"),
)
_EN: tuple[tuple[Shape, str], ...] = (
    ("certificate", r"certif|patent|tested|award|approved|lab |report|standard"),
    ("service", r"ship|deliver|return|warrant|refund|money back|support|installation|exchange"),
    ("absence", r"^(?:no|zero|without|free of|free from)\b|-free\b|^0 "),
    ("origin", r"\bfrom [A-Z]|sourced|grown|made in|origin|imported|local"),
    (
        "quantity",
        r"\d+(?:\.\d+)? ?(?:ml|g|kg|oz|lb|lbs|l|cm|mm|m|inch|inches|ft|pieces?|pack|count"
        r"|sheets?|pages?|lessons?)\b|\bper \w+|\bin every\b",
    ),
    ("process", r"hour|slow|hand|roast|brew|steep|press|ferment|woven|stitched|forged|baked|smoked" r"|crafted|finish"),
)
_TABLES: dict[Language, tuple[tuple[Shape, re.Pattern[str]], ...]] = {
    "zh-CN": tuple((shape, re.compile(pattern)) for shape, pattern in _ZH),
    "en": tuple((shape, re.compile(pattern, re.IGNORECASE if shape != "origin" else 0)) for shape, pattern in _EN),
}
PROOF_SHAPES = frozenset(("certificate", "origin", "absence", "quantity", "service"))


@lru_cache(maxsize=2048)
def fact_shape(text: str, language: Language) -> Shape:
    """The shape of a fact by its words; "other" where nothing stands out."""
    return next((shape for shape, pattern in _TABLES[language] if pattern.search(text)), "other")
