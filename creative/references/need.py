"""How well a reference meets the need of a brief."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.search.words import normalise
from creative.contracts import BriefData, Format

# Words of a need or tone that ask for a format, first match counts.
_ASKS: tuple[tuple[Format, str], ...] = (
    ("comparison", r"对比|比较|横评|前后|pk|\bvs\b|versus|comparison|compare|before.and.after|side.by.side"),
    ("proof", r"测评|评测|实测|实验|测试|验证|试用报告|\btest(?:ed|ing)?\b|\breview\b|experiment|proof|challenge"),
    ("talk_through", r"口播|讲解|对镜|真人出镜|主播讲|talking.head|talk.?through|to.camera|spokesperson|testimonial"),
    (
        "listing",
        r"盘点|清单|合集|榜单|[几一二三四五六七八\d]个理由|list(?:icle| of)|(?:\d|three) reasons|top \d|checklist",
    ),
    ("process", r"过程|教程|制作|步骤|工艺|怎么做|how.to|tutorial|step.by.step|making.of|behind the scenes"),
    ("story", r"剧情|故事|情景剧|反转|情感|短剧|story|storytelling|narrative|drama|skit"),
    (
        "offer_first",
        r"促销|大促|福利|低价|清仓|秒杀|先说价格|offer.first|promo|deal.first|clearance|flash sale",
    ),
    ("scene", r"场景|氛围|vlog|生活感|日常|沉浸|lifestyle|scene|ambience|atmosphere|day in the life"),
)
# A length or price is no subject: "15 seconds" would bring up every ad that counts seconds.
_FIGURES = re.compile(r"[¥￥$€£]?\d+(?:\.\d+)?\s*(?:秒|元|块|分钟|seconds?|secs?|dollars|bucks|s\b)?")
_NOT = re.compile(r"(?:不要|不是|别|非|不想|not? |without |don't want )\W*(?:a |an |the )?$")


@dataclass(frozen=True)
class Wanted:
    """What a brief asks of a reference. `format` is None where the words ask for none;
    `query` is the text to search with."""

    category: str
    format: Format | None
    platform: str
    language: str
    seconds: float
    query: str


def wanted_by(brief: BriefData) -> Wanted:
    """What `brief` asks for."""
    product = brief.product
    facts = " ".join(fact.text for fact in product.facts[:6])
    spoken = " ".join(filter(None, (product.category, product.name, brief.need, brief.tone, product.audience, facts)))
    query = _FIGURES.sub(" ", spoken)
    return Wanted(
        category=product.category_key,
        format=wanted_format(f"{brief.need} {brief.tone}"),
        platform=brief.platform,
        language=brief.language,
        seconds=brief.length_seconds,
        query=query[:1000],
    )


def wanted_format(text: str) -> Format | None:
    """The format that the words ask for; a format they decline ("不要口播") does not count."""
    lowered = normalise(text)
    for kind, ask in _ASKS:
        for match in re.finditer(ask, lowered):
            if not _NOT.search(lowered[: match.start()]):
                return kind
    return None


_WEIGHTS = {"text": 0.30, "category": 0.28, "format": 0.20, "platform": 0.08, "language": 0.08, "length": 0.06}


def need_score(
    wanted: Wanted, *, category: str, format: str, platform: str, language: str, seconds: float, text: float
) -> float:
    """0..1. `text` is how near the words are (0..1). Nothing is a filter: a good ad of another
    platform or length may still be the right one to learn from."""
    parts = {
        "text": text,
        "category": float(category == wanted.category),
        "platform": float(platform == wanted.platform) if platform else 0.5,
        "language": float(language == wanted.language),
        "length": min(seconds, wanted.seconds) / max(seconds, wanted.seconds, 0.1),
    }
    if wanted.format is not None:
        parts["format"] = float(format == wanted.format)
    total = sum(_WEIGHTS[name] for name in parts)
    return sum(_WEIGHTS[name] * value for name, value in parts.items()) / total
