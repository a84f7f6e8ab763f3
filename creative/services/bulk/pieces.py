"""The segments and stems of a slot plan's choices, cut out of whole timelines, each worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from creative.bulk.contracts import Mix, SlotPlan
from creative.bulk.plans import choice_plan, span_plan
from creative.bulk.spans import PictureSpan, picture_spans
from creative.headlines import headline_for
from creative.models import Batch
from creative.selectors import PLAN_SEED
from creative.storyboard import Look, ShotSource, build_timeline
from generation import api as generation
from generation.contracts import Timeline


@dataclass(frozen=True)
class PieceKeys:
    """Keys of what a batch's ads are put together from; "" where no ad wants it.

    `pictures[slot][choice]` are whole slots, `spans` all other spans by name (pairs, openings
    and what they leave of their slots), `sounds[slot][line][tune]` stems (one tune where the
    plan has none).
    """

    pictures: tuple[tuple[str, ...], ...]
    sounds: tuple[tuple[tuple[str, ...], ...], ...]
    spans: dict[str, str] = field(default_factory=dict)

    def picture(self, span: PictureSpan) -> str:
        """The key of a span."""
        return self.pictures[span.slot][span.choice] if span.is_whole else self.spans[span.name]


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
        self._spans: dict[str, str] = {}
        self._agreed: Any = None
        if known:
            self._spans = dict(known.spans)
            self._pictures = [list(row) for row in known.pictures]
            self._sounds = [[list(row) for row in lines] for lines in known.sounds]

    def needs(self, mixes: Sequence[Mix], first: int = 0) -> tuple[list[str], list[generation.Piece]]:
        """(every key `mixes` need, in the order it is wanted; what nobody ordered by this plan before).

        `first` is the place of the first of them in the batch, which decides the headlines.
        """
        keys: dict[str, None] = {}
        for position, mix in enumerate(mixes, start=first):
            headline = headline_for(self._batch.headlines, position)
            for span in picture_spans(self.plan, mix.choices, headline):
                keys[self._picture_key(span)] = None
            for slot, choice in enumerate(mix.choices):
                keys[self._sound_key(slot, choice, mix.tune)] = None
        new = [self._made.pop(key) for key in list(self._made)]
        return list(keys), new

    def _picture_key(self, span: PictureSpan) -> str:
        if span.is_whole:
            row = self._pictures[span.slot]
            row[span.choice] = row[span.choice] or self._new(self._picture(span))
            return row[span.choice]
        if span.name not in self._spans:
            self._spans[span.name] = self._new(self._picture(span))
        return self._spans[span.name]

    def _sound_key(self, slot: int, choice: int, tune: int) -> str:
        row = self._sounds[slot][self.plan.slots[slot].choices[choice].line]
        row[max(tune, 0)] = row[max(tune, 0)] or self._new(self._sound(slot, choice, tune))
        return row[max(tune, 0)]

    def _new(self, piece: generation.Piece) -> str:
        self._made[piece.key] = piece
        return piece.key

    def keys(self) -> PieceKeys:
        """All keys worked out so far."""
        return PieceKeys(
            tuple(tuple(row) for row in self._pictures),
            tuple(tuple(tuple(row) for row in lines) for lines in self._sounds),
            dict(self._spans),
        )

    def _picture(self, span: PictureSpan) -> generation.Piece:
        plan = span_plan(self.plan, span, self._batch.canvas, PLAN_SEED)
        timeline = build_timeline(plan, self._sources, self._look)
        return generation.picture_piece(timeline, (span.first, span.last), self._batch.is_draft, self._versions)

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
