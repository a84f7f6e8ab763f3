"""Everything a room says, under the facts that hold now; a changed price rewords it or takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from avatar.comments.ground import Ground
from avatar.comments.writing import Writer
from avatar.contracts import Cue, RoomConfig, ScriptLine
from avatar.scripts.asides import bridges, notices
from avatar.scripts.checking import check_line
from avatar.scripts.turns import facts_for, product_named, spoken_names


@dataclass(frozen=True)
class RoomTexts:
    """`lines` by number over all laps, None where the facts of today do not back a line any more.

    `writers` answer for the room's products in turn, `names` is what each of them is called.
    """

    writers: tuple[Writer, ...]
    lines: tuple[ScriptLine | None, ...]
    bridges: tuple[str, ...]
    notices: tuple[str, ...]
    names: tuple[tuple[str, ...], ...] = ((),)

    @property
    def writer(self) -> Writer:
        """The first product's."""
        return self.writers[0]

    @property
    def grounds(self) -> tuple[Ground, ...]:
        return tuple(writer.ground for writer in self.writers)

    @property
    def whole_ground(self) -> Ground:
        """What may be said of all products together, for whoever speaks of several."""
        first = self.writer.ground
        return replace(first, facts=tuple(fact for ground in self.grounds for fact in ground.facts))

    def line(self, sentence: int) -> ScriptLine | None:
        return self.lines[sentence % len(self.lines)]

    def asked_for(self, text: str, on_air: int) -> int:
        """The product that a comment asks for: the one it names, else the one that is on."""
        named = product_named(text, self.names) if len(self.writers) > 1 else 0
        return min(on_air, len(self.writers) - 1) if named is None else named


def room_texts(room: RoomConfig, grounds: Ground | Sequence[Ground], host: str) -> RoomTexts:
    """What `room` says, its lines held against today's facts, which may differ from those it was written on.

    `grounds` are those of its products in turn.
    """
    held = (grounds,) if isinstance(grounds, Ground) else tuple(grounds)
    names = tuple(spoken_names(ground.name, room.language) for ground in held)
    return RoomTexts(
        writers=tuple(Writer(ground, host, room.seed) for ground in held),
        lines=tuple(_holding(line, room, held, names) for line in _all_lines(room)),
        bridges=bridges(room.language),
        notices=notices(room.language, host),
        names=names,
    )


def _all_lines(room: RoomConfig) -> tuple[ScriptLine, ...]:
    return tuple(line for lap in room.laps or (room.lines,) for line in lap)


def _holding(
    line: ScriptLine, room: RoomConfig, grounds: Sequence[Ground], names: Sequence[Sequence[str]]
) -> ScriptLine | None:
    """The line in the words of today's facts, or None where that cannot be."""
    product = min(line.product, len(grounds) - 1)
    before = facts_for(line.text, product, [ware.facts for ware in room.wares[: len(grounds)]], names)
    after = facts_for(line.text, product, [ground.facts for ground in grounds], names)
    if before == after:
        return line
    reworded = line
    for ware, ground in zip(room.wares, grounds, strict=False):
        now = {fact.id: fact.text for fact in ground.facts}
        for fact in (fact for fact in ware.facts if fact in before):
            if fact.id in now and now[fact.id] != fact.text:
                reworded = _with(reworded, fact.text, now[fact.id])
    ground = grounds[product]
    approved = (*after, *ground.approved[len(ground.facts) :])
    problems = check_line(reworded.text, approved, ground.language, ground.platform, ground.today)
    return None if problems else reworded


def _with(line: ScriptLine, old: str, new: str) -> ScriptLine:
    """`line` with `new` wherever it says `old`; marks behind it move along."""
    at = line.text.find(old)
    while at >= 0:
        moved = tuple(_moved(cue, at + len(old), len(new) - len(old)) for cue in line.cues)
        line = replace(line, text=line.text[:at] + new + line.text[at + len(old) :], cues=moved)
        at = line.text.find(old, at + len(new))
    return line


def _moved(cue: Cue, behind: int, by: int) -> Cue:
    return replace(cue, character=cue.character + by) if cue.character >= behind else cue
