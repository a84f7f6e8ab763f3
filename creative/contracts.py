"""What `creative` takes in and hands out: briefs, structures, scripts, clips to choose from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from core.contracts import Fact, Finding, Language, Money, Platform

Role = Literal["hook", "pain", "selling_point", "proof", "offer", "cta"]
ROLES: tuple[Role, ...] = ("hook", "pain", "selling_point", "proof", "offer", "cta")

Category = Literal[
    "drinks", "food", "beauty", "fashion", "home", "electronics", "fitness", "education", "travel", "auto"
]
CATEGORIES: tuple[Category, ...] = (
    "drinks",
    "food",
    "beauty",
    "fashion",
    "home",
    "electronics",
    "fitness",
    "education",
    "travel",
    "auto",
)

# What kind of ad it is, whatever it sells: how the viewer is held.
Format = Literal["talk_through", "process", "scene", "comparison", "proof", "offer_first", "story", "listing"]
FORMATS: tuple[Format, ...] = (
    "talk_through",
    "process",
    "scene",
    "comparison",
    "proof",
    "offer_first",
    "story",
    "listing",
)


@dataclass(frozen=True)
class ProductBrief:
    """The product as the advertiser words it.

    `category` is free text as written ("冷萃咖啡"); `category_key` our own. `price_text`
    is the price as people write it ("¥39.9"), `price` the same in minor units.
    """

    name: str
    category: str
    category_key: Category
    price_text: str
    price: Money | None
    offer: str = ""
    audience: str = ""
    cta: str = ""
    link: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class BriefData:
    """One checked brief. `need` is the sentence it came from, if any; `advertiser` a slug."""

    product: ProductBrief
    language: Language
    platform: Platform
    length_seconds: float
    tone: str = ""
    need: str = ""
    advertiser: str = ""

    def all_facts(self) -> tuple[Fact, ...]:
        """Every fact a line may use: the advertiser's own, then name, price, offer, cta, link."""
        product = self.product
        named = (
            ("name", product.name),
            ("price", product.price_text),
            ("offer", product.offer),
            ("cta", product.cta),
            ("link", product.link),
        )
        return product.facts + tuple(Fact(id=key, text=text) for key, text in named if text)


@dataclass(frozen=True)
class StructureSlot:
    """One slot of a reference: what it does and how long it takes, never its words."""

    role: Role
    start_seconds: float
    end_seconds: float
    pace: float
    intent: str

    @property
    def seconds(self) -> float:
        return self.end_seconds - self.start_seconds


@dataclass(frozen=True)
class Structure:
    """A reference's slots in order. `pace` of a slot is cuts per second."""

    slots: tuple[StructureSlot, ...]
    format: Format
    seconds: float


@dataclass(frozen=True)
class SlotBudget:
    """What a rewritten line has to keep to: its role and its spoken length in seconds."""

    role: Role
    seconds: float
    min_seconds: float
    max_seconds: float
    intent: str = ""


@dataclass(frozen=True)
class ScriptLine:
    """One line of a script, checked.

    `fact_ids` are the facts its words use; `spans` says where ((fact_id, start, end) in
    characters). `estimated_seconds` is the spoken length before the voice is made.
    `words` are search words for footage, as the writer suggests them.
    """

    role: Role
    text: str
    fact_ids: tuple[str, ...]
    estimated_seconds: float
    spans: tuple[tuple[str, int, int], ...] = ()
    findings: tuple[Finding, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def blocks(self) -> bool:
        return any(finding.blocks for finding in self.findings)


@dataclass(frozen=True)
class Originality:
    """How near a script comes to its reference: share of its 4-grams found there (0..1),
    the longest run in common in characters (zh) or words (en), and brands it took over."""

    share: float
    longest_run: int
    brands: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return self.longest_run < 8 and not self.brands


@dataclass(frozen=True)
class ScriptDraft:
    """A whole script for one structure. `engine` is "phrasebook" or "llm:<model>".

    Where the phrasebook stands in for a language model that failed, `fallback_reason`
    says why and `raw_output` what the model had said.
    """

    lines: tuple[ScriptLine, ...]
    style: str
    engine: str
    seed: int
    originality: Originality
    degraded: tuple[str, ...] = ()
    fallback_reason: str = ""
    raw_output: str = ""

    @property
    def blocks(self) -> bool:
        return not self.originality.ok or any(line.blocks for line in self.lines)


@dataclass(frozen=True)
class ClipOption:
    """A shot of the advertiser's material as the matcher sees it. Frames at 30 fps in its source.

    `shows_lines`: lines burnt into it would stand under our captions.
    """

    shot_id: str
    material_id: str
    name: str
    start_frame: int
    end_frame: int
    words: tuple[str, ...]
    role: str
    scale: str
    motion: float
    quality: float
    faces: int
    fits_portrait: bool
    phash: str
    times_used: int = 0
    is_picture: bool = False
    shows_lines: bool = False

    @property
    def frames(self) -> int:
        return self.end_frame - self.start_frame


@dataclass(frozen=True)
class RowEntry:
    """One card of the row of references, with why it stands there (each part 0..100).

    `reasons` are codes: asked-format, same-category, near-words, did-well, your-taste,
    same-platform, something-else, no-figures, words-only (the embeddings endpoint failed).
    """

    reference_id: str
    title: str
    score: float
    need: float
    performance: float
    diversity: float
    preference: float
    format: Format
    category: str
    structure: Structure
    rights: str
    video_path: str
    poster_path: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """What a pick would mean with this footage: slots that clips can fill, and gaps by role."""

    fillable: int
    slots: int
    gaps: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class SlotNeed:
    """What a slot asks of the footage: its line's search words, its role, its frames and pace."""

    position: int
    role: Role
    line: str
    words: tuple[str, ...]
    frames: int
    pace: float


@dataclass(frozen=True)
class Candidate:
    """A shot that may fill a slot, with its score (0..1) and the reason in glossary words."""

    shot_id: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True)
class CardPlan:
    """A card to draw: kind and texts of generation.contracts.CardClip."""

    card: Literal["kinetic", "price", "before_after", "fact", "end"]
    texts: tuple[str, ...]
    price: str = ""


@dataclass(frozen=True)
class PlannedShot:
    """A stretch of an ad: either footage (`shot_id` set) or a card. Frames at 30 fps."""

    source: str
    frames: int
    source_start_frame: int = 0
    shot_id: str = ""
    card: CardPlan | None = None
    score: float = 0.0
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class SpokenTake:
    """Where a line's voice lies and how long it is; `words` are (text, start s, end s)."""

    path: str
    sha256: str
    seconds: float
    words: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True)
class PlannedSlot:
    """One slot of one ad: its line, its facts, its shots; `frames` is on the 16-frame grid."""

    role: Role
    line: str
    fact_ids: tuple[str, ...]
    emphasis: tuple[str, ...]
    frames: int
    shots: tuple[PlannedShot, ...]
    voice: SpokenTake | None = None


Transition = Literal["cut", "flash", "whip", "dip", "wipe", "fade", "slide"]
"""How slots follow each other. "fade" and "slide" mix two slots, so that an ad is drawn in one graph; all
others are drawn into the edges of a slot, so that ads share slots by stream copy."""


@dataclass(frozen=True)
class AdPlan:
    """Everything that makes one ad what it is; two equal plans decode to equal frames.

    `transition_at` numbers the slots that end in the transition, all others in a cut; None is
    every slot. `headline` stands over the first `headline_frames` frames.
    """

    slots: tuple[PlannedSlot, ...]
    language: Language
    canvas: str
    music_path: str
    music_sha256: str
    music_name: str
    seed: int
    degraded: tuple[str, ...] = ()
    transition: Transition = "cut"
    transition_at: tuple[int, ...] | None = None
    headline: str = ""
    headline_frames: int = 0

    @property
    def frames(self) -> int:
        return sum(slot.frames for slot in self.slots)
