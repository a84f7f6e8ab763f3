"""How phrases are written down: one a line, `@style` in front where only one style says it so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Style = Literal["expert", "warm", "fast", "story", "plain"]
STYLES: tuple[Style, ...] = ("plain", "expert", "warm", "fast", "story")
STYLE_NAMES: dict[Style, tuple[str, str]] = {
    "plain": ("直给", "Plain"),
    "expert": ("懂行人", "Expert"),
    "warm": ("温和讲述", "Warm"),
    "fast": ("快节奏", "Fast"),
    "story": ("故事", "Story"),
}
"""Style → (zh, en) names for pages."""


_TONES: tuple[tuple[Style, str], ...] = (
    ("story", r"故事|叙事|story|narrative"),
    ("expert", r"专业|懂行|内行|科普|理性|expert|professional|technical|informed"),
    ("warm", r"温和|温暖|温柔|治愈|亲切|走心|warm|gentle|cosy|cozy|friendly|calm"),
    ("fast", r"快节奏|活力|热闹|激情|燃|潮|fast|energetic|upbeat|bold|punchy"),
    ("plain", r"直给|直接|简单|清爽|干脆|plain|direct|simple|clean|fresh"),
)


def style_for(tone: str) -> Style:
    """The style nearest to a tone in free words (温和, upbeat); plain where it says nothing we know."""
    return next((style for style, words in _TONES if re.search(words, tone, re.IGNORECASE)), "plain")


@dataclass(frozen=True)
class Phrase:
    """`text` with {fields}; `style` None means any style says it."""

    text: str
    style: Style | None = None

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(re.findall(r"\{(\w+)\}", self.text))


def phrases(block: str) -> tuple[Phrase, ...]:
    """A block of lines as phrases."""
    found: list[Phrase] = []
    for line in block.strip().splitlines():
        match = re.match(r"@(plain|expert|warm|fast|story) (.+)", line.strip())
        style: Style | None = match.group(1) if match else None  # type: ignore[assignment]  # the pattern admits styles only
        found.append(Phrase(match.group(2) if match else line.strip(), style))
    return tuple(found)


@dataclass(frozen=True)
class CategoryPhrases:
    """What only this category says.

    `kind` stands in where the advertiser's own category words are no short noun.
    `situations` are moments of the viewer's day, `uses` ways of living with such a
    product: neither says anything about this product, so neither needs a fact.
    """

    kind: str
    hooks: tuple[Phrase, ...]
    situations: tuple[Phrase, ...]
    pains: tuple[Phrase, ...]
    uses: tuple[Phrase, ...]


@dataclass(frozen=True)
class GeneralPhrases:
    """What every category may say. Leads stand before a core (fact, price, call), tails after it."""

    hooks: tuple[Phrase, ...]
    turns: tuple[Phrase, ...]
    pains: tuple[Phrase, ...]
    pain_tails: tuple[Phrase, ...]
    fact_leads: tuple[Phrase, ...]
    fact_tails: tuple[Phrase, ...]
    shape_tails: dict[str, tuple[Phrase, ...]]
    uses: tuple[Phrase, ...]
    use_tails: tuple[Phrase, ...]
    proof_leads: tuple[Phrase, ...]
    proof_tails: tuple[Phrase, ...]
    proofs: tuple[Phrase, ...]
    offer_leads: tuple[Phrase, ...]
    offer_tails: tuple[Phrase, ...]
    no_offer: tuple[Phrase, ...]
    cta_leads: tuple[Phrase, ...]
    cta_tails: tuple[Phrase, ...]
    calls: tuple[Phrase, ...]


def category(kind: str, hooks: str, situations: str, pains: str, uses: str) -> CategoryPhrases:
    """A category's phrases from blocks of lines."""
    return CategoryPhrases(kind, phrases(hooks), phrases(situations), phrases(pains), phrases(uses))
