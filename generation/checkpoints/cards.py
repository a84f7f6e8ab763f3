"""What is known of each checkpoint: a card a checkpoint, kept as data in `registry.yaml`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from core.contracts import load
from core.errors import InputError
from core.yaml_text import read_yaml_file

REGISTRY = Path(__file__).with_name("registry.yaml")
LARGEST_REGISTRY = 512 * 1024
BYTES_A_PARAMETER = 2
"""Weights are loaded as bfloat16; those of voices and ears as they lie in their files."""

CheckpointKind = Literal["picture", "edit", "clip", "head", "voice", "hearing", "llm"]
Commercial = Literal["yes", "no", "agreement", "unknown"]


@dataclass(frozen=True)
class Shape:
    """What a model makes: `frames` as people write the rule, sides a multiple of `multiple` pixels.

    `fps` and `size` ("WIDTHxHEIGHT") are those it was trained at, `window` the frames of one run;
    0 and "" where that does not apply or nobody has said it.
    """

    frames: str = ""
    multiple: int = 0
    fps: int = 0
    size: str = ""
    window: int = 0


@dataclass(frozen=True)
class Card:
    """One checkpoint. `engine` is which of our engines runs it, "" for none yet; 0 and "unknown" mean just that.

    `pipeline` is diffusers' class for it, said where that needs a package of its own. `refused_in` holds ISO
    3166 territories ("EU" stands for its members), `revenue_below_usd` the yearly revenue from which the
    licence does not hold. `parts_billions` are the parameters of each part, and `download_gb` is about what a
    download takes. `files` are the patterns that are downloaded; empty: everything that is no pickle. `beside`
    says what has to be put into the folder by hand.
    """

    id: str
    name: str
    kind: CheckpointKind
    repo: str
    licence: str
    commercial: Commercial
    source: str
    licence_url: str = ""
    terms: str = ""
    engine: str = ""
    pipeline: str = ""
    refused_in: tuple[str, ...] = ()
    revenue_below_usd: int = 0
    parts_billions: Mapping[str, float] = field(default_factory=dict)
    download_gb: float = 0.0
    files: tuple[str, ...] = ()
    shape: Shape = Shape()
    beside: str = ""

    @property
    def least_memory_bytes(self) -> int:
        """What all weights take together, before a run takes anything; 0 where that is not known."""
        if self.kind in ("voice", "hearing"):
            return round(self.download_gb * 1e9)
        return sum(self.part_bytes.values())

    @property
    def part_bytes(self) -> dict[str, int]:
        """What each part takes on a device: the largest has to fit for the parts to take turns there."""
        return {name: round(billions * 1e9) * BYTES_A_PARAMETER for name, billions in self.parts_billions.items()}


@cache
def all_cards() -> tuple[Card, ...]:
    """Every registered checkpoint, in the order of the file."""
    return load(tuple[Card, ...], read_yaml_file(REGISTRY, REGISTRY.name, LARGEST_REGISTRY))


def card_named(name: str) -> Card | None:
    return next((card for card in all_cards() if card.id == name), None)


def require_card(name: str, engine: str = "") -> Card:
    """The card; InputError names the nearest ones, of `engine` where that is known, for a name that nobody knows."""
    card = card_named(name)
    if card is None:
        near = _nearest(name, [each.id for each in (cards_for(engine) if engine else all_cards())])
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise InputError("checkpoint", f"nobody has registered {name!r}{hint} (checkpoints list)", "unknown_checkpoint")
    return card


def _nearest(name: str, ids: Sequence[str]) -> list[str]:
    """Those of the same family, told by the letters they begin with; else those that are written alike."""
    family = re.match(r"[a-z]*", name.lower())
    letters = family.group() if family else ""
    kin = [each for each in ids if letters and each.startswith(letters)]
    return difflib.get_close_matches(name.lower(), kin or ids, n=3, cutoff=0.0 if kin else 0.6)


def cards_for(engine: str) -> tuple[Card, ...]:
    """Those that one of our engines runs."""
    return tuple(card for card in all_cards() if card.engine == engine)


def card_served(model: str) -> Card | None:
    """The language model that a server calls `model`: by its id, its repository, or the repository's last part."""
    wanted = model.lower()
    cards = (card for card in all_cards() if card.kind == "llm")
    return next(
        (each for each in cards if wanted in (each.id, each.repo.lower(), each.repo.lower().split("/")[1])), None
    )
