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
class Story:
    """One small thing that bothers the viewer, from the first word to the way out.

    `gate` says which products it is for (by name and category; None: any of the
    category), `answers` which facts are an answer to it. `scenes` finish "you are …",
    `hooks` open by themselves, `pains` follow either, `afters` are how it is without
    the trouble; none says anything of this product, so none needs a fact.
    """

    key: str
    gate: re.Pattern[str] | None
    answers: re.Pattern[str] | None
    scenes: tuple[Phrase, ...]
    hooks: tuple[Phrase, ...]
    pains: tuple[Phrase, ...]
    afters: tuple[Phrase, ...]


@dataclass(frozen=True)
class CategoryPhrases:
    """What only this category says.

    `kind` stands in where the advertiser's own category words are no short noun, `did`
    is what one does with such a thing. `uses` are ways of living with it; `calls` end
    the ad.
    """

    kind: str
    did: str
    stories: tuple[Story, ...]
    uses: tuple[Phrase, ...]
    calls: tuple[Phrase, ...]


@dataclass(frozen=True)
class GeneralPhrases:
    """What every category may say. Leads stand before a core (fact, price, call), tails after it.

    `scene_hooks` make a hook of a story's scene ({s}), `fact_hooks` of a fact ({fact});
    `offers` say price and offer together ({p}, {o}), `prices` a price alone.
    """

    scene_hooks: tuple[Phrase, ...]
    fact_hooks: tuple[Phrase, ...]
    stories: tuple[Story, ...]
    pain_tails: tuple[Phrase, ...]
    fact_leads: tuple[Phrase, ...]
    fact_tails: tuple[Phrase, ...]
    shape_tails: dict[str, tuple[Phrase, ...]]
    uses: tuple[Phrase, ...]
    use_tails: tuple[Phrase, ...]
    proof_leads: tuple[Phrase, ...]
    label_leads: tuple[Phrase, ...]
    proof_tails: tuple[Phrase, ...]
    proofs: tuple[Phrase, ...]
    offers: tuple[Phrase, ...]
    prices: tuple[Phrase, ...]
    offer_leads: tuple[Phrase, ...]
    offer_tails: tuple[Phrase, ...]
    no_offer: tuple[Phrase, ...]
    cta_leads: tuple[Phrase, ...]
    cta_tails: tuple[Phrase, ...]
    calls: tuple[Phrase, ...]
    short_calls: tuple[Phrase, ...]


def category(kind: str, did: str, stories: str, uses: str, calls: str) -> CategoryPhrases:
    """A category's phrases from blocks of lines."""
    return CategoryPhrases(kind, did, read_stories(stories), phrases(uses), phrases(calls))


def read_stories(block: str) -> tuple[Story, ...]:
    """Stories from lines: "# key | gate | answers" begins one, ">" a hook, "<" a pain, "+" an after, else a scene."""
    found: list[Story] = []
    for part in re.split(r"^# ", block.strip(), flags=re.MULTILINE)[1:]:
        head, *lines = part.strip().splitlines()
        key, _, rest = head.partition("|")
        gate, _, answers = rest.partition(" | ")
        of = {mark: "\n".join(line[2:] for line in lines if line.startswith(mark + " ")) for mark in "><+"}
        scenes = "\n".join(line for line in lines if line[:2] not in ("> ", "< ", "+ "))
        found.append(
            Story(
                key.strip(),
                _any_of(gate),
                _any_of(answers),
                *(phrases(each) for each in (scenes, of[">"], of["<"], of["+"])),
            )
        )
    return tuple(found)


def _any_of(words: str) -> re.Pattern[str] | None:
    """Any of the words; a Latin one only where a word begins, a very short one only whole."""
    pieces = [_word_pattern(word) for word in (piece.strip() for piece in words.split("|")) if word]
    return re.compile("|".join(pieces), re.IGNORECASE) if pieces else None


def _word_pattern(word: str) -> str:
    if not (word.isascii() and word[0].isalpha()):
        return re.escape(word)
    return rf"\b{re.escape(word)}" + (r"\b" if len(word) <= 3 else "")
