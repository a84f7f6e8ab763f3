"""The slot plan of a bulk batch, and the ads mixed from it.

A slot has a pool of choices, each a line with its shots, rendered once as a segment. An
ad is a mix: one choice per slot and one tune. Frames at 30 fps, ends exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from core.contracts import Language
from creative.contracts import CardPlan, PlannedShot, Role, SpokenTake, Transition

Policy = Literal["strict", "hook", "off"]
"""strict: no two ads reach s = 0.5. hook: two that open alike do not. off: the count is made, come what may."""

STRICT_LIMIT = 0.5
ACCOUNT_LIMIT = 0.10


@dataclass(frozen=True)
class Stretch:
    """What a viewer sees for `frames` frames: pixels of `source` from `first_frame` on.

    `source` is a file's SHA-256, or "card:<kind>" for a drawn card. `look` names the group
    of shots that look alike (mirrored ones too): equal looks count as look-alike pictures.
    """

    source: str
    first_frame: int
    frames: int
    look: str


@dataclass(frozen=True)
class BulkLine:
    """A spoken line of a slot: its text, facts, lit-up words, its take, and the card that could stand for it."""

    text: str
    fact_ids: tuple[str, ...]
    emphasis: tuple[str, ...]
    voice: SpokenTake | None
    card: CardPlan | None = None


@dataclass(frozen=True)
class Choice:
    """One way to fill a slot: line number `line` of the slot over `shots`, which add up to the slot's frames.

    `worth` (0..1) is how well the shots fit the line, with what is known of their results;
    `freshness` (0..1) how little the clips were used so far.
    """

    line: int
    shots: tuple[PlannedShot, ...]
    stretches: tuple[Stretch, ...]
    worth: float = 0.5
    freshness: float = 1.0


@dataclass(frozen=True)
class SlotPool:
    """A slot with everything that may fill it. `frames` is a multiple of 16."""

    role: Role
    frames: int
    lines: tuple[BulkLine, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Tune:
    """A music loop an ad may have."""

    path: str
    sha256: str
    name: str


@dataclass(frozen=True)
class PairBorder:
    """The border after slot number `after_slot`, where choices of both slots may be shown at once.

    A pair of choices is when their numbers add up to a multiple of `step`; others are cut.
    """

    after_slot: int
    step: int = 1


@dataclass(frozen=True)
class SlotPlan:
    """Everything a batch may mix. Belongs to the brief and the material, never to a seed.

    A transition that shows two slots at once stands at `pairs` only.
    """

    slots: tuple[SlotPool, ...]
    tunes: tuple[Tune, ...]
    language: Language
    degraded: tuple[str, ...] = ()
    transition: Transition = "cut"
    pairs: tuple[PairBorder, ...] = ()

    @cached_property
    def frames(self) -> int:
        return sum(slot.frames for slot in self.slots)

    def start_of(self, slot: int) -> int:
        """The frame a slot begins at."""
        return sum(each.frames for each in self.slots[:slot])


@dataclass(frozen=True)
class Mix:
    """One ad: the number of the choice taken in each slot, and of its tune (-1 for none)."""

    choices: tuple[int, ...]
    tune: int = -1


@dataclass(frozen=True)
class Pair:
    """Two ads of a batch by their places, and how alike they are (0..1)."""

    similarity: float
    first: int
    second: int


@dataclass(frozen=True)
class Found:
    """What a search came to. `is_exhausted`: the material carries no more under this policy."""

    mixes: tuple[Mix, ...]
    worst_pair: Pair | None
    is_exhausted: bool


@dataclass(frozen=True)
class Advice:
    """What to film: `more` shots for slots of `role` would let the material carry `ads`."""

    role: Role
    more: int
    ads: int


@dataclass(frozen=True)
class Capacity:
    """How many distinct ads the material carries, of how many clips, and what would make it more."""

    ads: int
    clips: int
    advice: tuple[Advice, ...] = ()
