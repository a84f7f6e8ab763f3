"""What kind of thing a fact says, so that the words after it fit, and how much it weighs in an ad."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from core.contracts import Language

Shape = Literal[
    "certificate",
    "service",
    "absence",
    "packaging",
    "convenience",
    "origin",
    "ingredient",
    "process",
    "quantity",
    "other",
]

_ZH: tuple[tuple[Shape, str], ...] = (
    ("certificate", r"认证|专利|检测|国标|质检|报告|奖|证书|备案"),
    ("service", r"包邮|发货|退|换新|包换|质保|保修|运费|送货|上门|客服|送达|配送|现货|试用"),
    ("absence", r"^[0零]\s?(?!\d)|^无|不含|不添加|没有|不加|不用|^非|无购物"),
    ("packaging", r"玻璃瓶|包装|[瓶盒罐桶袋]装|绑带|收纳袋|礼盒|保质期"),
    (
        "convenience",
        r"就能|即[食饮用]|一键|可折叠|拆洗|机洗|可调|滑轮|都能|自动|回放|开袋|按压|接站|装好|零基础|早晚",
    ),
    (
        "origin",
        r"产自|来自|产地|原产|进口|直采|直发|源头|[\u4e00-\u9fff]{2,4}(?:省|县|山区|牧场|农场|果园|茶园|海域)"
        r"|云南|内蒙古|新疆|福建|浙江|四川|广东|广州|绍兴|贵州|东北|海南|宁夏|西藏|景德镇|长白山",
    ),
    ("process", r"低温|慢|手工|工艺|古法|工序|烘焙|发酵|冷压|打磨|编织|压铸|走线|缝|萃|腌|熬|炖"),
    ("ingredient", r"配料|成分|材质|棉|豆|燕麦|牛肉|氨纶|烟酰胺|面料|只有|配方|羊毛|真丝"),
    (
        "quantity",
        r"^每|净含量|容量|[\d一二三四五六七八九十百]+\s?(?:克|毫升|片|粒|升|公斤|ml|g|kg|米|毫米|厘米|寸|节|页|支|瓶|包|盒)",
    ),
)
_EN: tuple[tuple[Shape, str], ...] = (
    ("certificate", r"certif|patent|tested|award|approved|lab |report|standard"),
    ("service", r"ship|deliver|return|warrant|refund|money back|support|installation|exchange|replace|trial\b"),
    ("absence", r"^(?:no(?! more)|zero|without|free of|free from)\b|-free\b|^0 |never"),
    ("packaging", r"bottle$|glass bottle|\bpack(?:ed|aging)?\b|wrapped|strap|keeps for|pouch|jar$"),
    (
        "convenience",
        r"ready to|one-button|folds|washable|adjustable|on its own|fits in|pump|replays|for morning|beginner|pickup"
        r"|wheels",
    ),
    ("origin", r"\bfrom [A-Z]|sourced|grown|[Mm]ade in|sewn in|origin|imported|local"),
    (
        "process",
        r"slow|\bhand\b|handmade|roast|brew|steep|press|ferment|woven|stitch|forged|baked|smoked|crafted|dried",
    ),
    (
        "ingredient",
        r"\bjust\b|ingredient|beans|oats|cotton|elastane|foam|niacinamide|linen|wool|formula|fabric|plastic",
    ),
    (
        "quantity",
        r"\d+(?:\.\d+)? ?(?:ml|g|gsm|kg|oz|lb|lbs|l|liters?|cm|mm|m|inch|inches|ft|pieces?|pack|count|sheets?|pages?"
        r"|lessons?)\b|\bper \w+|\bin every\b",
    ),
)
_CASED: frozenset[Shape] = frozenset(("origin",))
_TABLES: dict[Language, tuple[tuple[Shape, re.Pattern[str]], ...]] = {
    "zh-CN": tuple((shape, re.compile(pattern)) for shape, pattern in _ZH),
    "en": tuple((shape, re.compile(pattern, 0 if shape in _CASED else re.IGNORECASE)) for shape, pattern in _EN),
}
PROOF_SHAPES = frozenset(("certificate", "origin", "absence", "ingredient", "process"))
"""What best stands as proof: something one could look up."""

_CONTENTS = re.compile(
    r"^每\s?[瓶袋盒包桶罐支]|净含量|\b(?:per|in every) (?:bottle|bag|jar|pack|can|box)", re.IGNORECASE
)
_AFTER_SALE = re.compile(r"退|换|质保|保修|试用|warrant|return|refund|replace|trial|money back|exchange", re.IGNORECASE)
STRONG, FEATURE, PACKAGING, AFTER_SALE, SHIPPING = range(5)


@lru_cache(maxsize=2048)
def fact_shape(text: str, language: Language) -> Shape:
    """The shape of a fact by its words; "other" where nothing stands out."""
    return next((shape for shape, pattern in _TABLES[language] if pattern.search(text)), "other")


@lru_cache(maxsize=2048)
def fact_rank(text: str, language: Language) -> int:
    """How far back a fact stands: what it is made of and how, before what is easy, its pack, returns, shipping."""
    shape = fact_shape(text, language)
    if shape == "service":
        return AFTER_SALE if _AFTER_SALE.search(text) else SHIPPING
    if shape == "packaging" or _CONTENTS.search(text):
        return PACKAGING
    return FEATURE if shape in ("convenience", "quantity") else STRONG
