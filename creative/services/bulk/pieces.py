"""The segments and stems of a slot plan's choices, cut out of whole timelines, each worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from creative.bulk.contracts import Mix, SlotPlan
from creative.bulk.plans import choice_plan
from creative.models import Batch
from creative.selectors import PLAN_SEED
from creative.storyboard import Look, ShotSource, build_timeline
from generation import api as generation
from generation.contracts import Timeline


@dataclass(frozen=True)
class PieceKeys:
    """Keys of what a batch's ads are put together from; "" where no ad wants it.

    `pictures[slot][choice]`, `sounds[slot][line][tune]` (one tune where the plan has none).
    """

    pictures: tuple[tuple[str, ...], ...]
    sounds: tuple[tuple[tuple[str, ...], ...], ...]


class PieceMaker:
    """Works out segments and stems of a plan's choices, once each, by cutting them out of whole timelines."""

    def __init__(
        self,
        batch: Batch,
        plan: SlotPlan,
        sources: Mapping[str, ShotSource],
        look: Look,
        known: PieceKeys | None = None,
    ) -> None:
        self.plan, self._sources, self._look = plan, sources, look
        self._batch = batch
        self._versions = generation.segment_versions(batch.is_draft)
        self._timelines: dict[tuple[int, int, int], Timeline] = {}
        self._made: dict[str, generation.Piece] = {}
        tunes = max(1, len(plan.tunes))
        self._pictures = [[""] * len(slot.choices) for slot in plan.slots]
        self._sounds = [[[""] * tunes for _ in slot.lines] for slot in plan.slots]
        self._agreed: Any = None
        if known:
            self._pictures = [list(row) for row in known.pictures]
            self._sounds = [[list(row) for row in lines] for lines in known.sounds]

    def needs(self, mixes: Sequence[Mix]) -> tuple[list[str], list[generation.Piece]]:
        """(every key `mixes` need, in the order it is wanted; what nobody ordered by this plan before)."""
        keys: dict[str, None] = {}
        for mix in mixes:
            for slot, choice in enumerate(mix.choices):
                line, tune = self.plan.slots[slot].choices[choice].line, max(mix.tune, 0)
                if not self._pictures[slot][choice]:
                    self._pictures[slot][choice] = self._new(self._picture(slot, choice))
                if not self._sounds[slot][line][tune]:
                    self._sounds[slot][line][tune] = self._new(self._sound(slot, choice, mix.tune))
                keys[self._pictures[slot][choice]] = None
                keys[self._sounds[slot][line][tune]] = None
        new = [self._made.pop(key) for key in list(self._made)]
        return list(keys), new

    def _new(self, piece: generation.Piece) -> str:
        self._made[piece.key] = piece
        return piece.key

    def keys(self) -> PieceKeys:
        """All keys worked out so far."""
        return PieceKeys(
            tuple(tuple(row) for row in self._pictures),
            tuple(tuple(tuple(row) for row in lines) for lines in self._sounds),
        )

    def _picture(self, slot: int, choice: int) -> generation.Piece:
        timeline = self._timeline(slot, choice, -1)
        return generation.picture_piece(timeline, slot, self._batch.is_draft, self._versions)

    def _sound(self, slot: int, choice: int, tune: int) -> generation.Piece:
        timeline = self._timeline(slot, choice, tune)
        return generation.sound_piece(timeline, slot, self._agreement(), self._versions)

    def _agreement(self) -> Any:
        """What every stem of the plan holds in common, so that any two join."""
        if self._agreed is None:
            every = [
                self._timeline(number, next(at for at, each in enumerate(slot.choices) if each.line == line), -1)
                for number, slot in enumerate(self.plan.slots)
                for line in sorted({choice.line for choice in slot.choices})
            ]
            self._agreed = generation.agreed_of(every)
        return self._agreed

    def _timeline(self, slot: int, choice: int, tune: int) -> Timeline:
        key = (slot, choice, tune)
        if key not in self._timelines:
            plan = choice_plan(self.plan, slot, choice, self._batch.canvas, PLAN_SEED)
            if tune >= 0:
                chosen = self.plan.tunes[tune]
                plan = replace(plan, music_path=chosen.path, music_sha256=chosen.sha256, music_name=chosen.name)
            self._timelines[key] = build_timeline(plan, self._sources, self._look)
        return self._timelines[key]
