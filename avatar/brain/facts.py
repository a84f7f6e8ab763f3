"""Everything a room says, under the facts that hold now; a changed price rewords it or takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from avatar.comments.ground import Ground
from avatar.comments.writing import Writer
from avatar.contracts import Cue, RoomConfig, ScriptLine
from avatar.scripts.asides import bridges, notices
from avatar.scripts.checking import check_line
from core.contracts import Fact


@dataclass(frozen=True)
class RoomTexts:
    """`lines` by number over all laps, None where the facts of today do not back a line any more."""

    writer: Writer
    lines: tuple[ScriptLine | None, ...]
    bridges: tuple[str, ...]
    notices: tuple[str, ...]

    def line(self, sentence: int) -> ScriptLine | None:
        return self.lines[sentence % len(self.lines)]


def room_texts(room: RoomConfig, ground: Ground, host: str) -> RoomTexts:
    """What `room` says, its lines held against the facts of `ground`, which may differ from those it was written on."""
    return RoomTexts(
        writer=Writer(ground, host, room.seed),
        lines=tuple(_holding(line, room.facts, ground) for line in _all_lines(room)),
        bridges=bridges(room.language),
        notices=notices(room.language, host),
    )


def _all_lines(room: RoomConfig) -> tuple[ScriptLine, ...]:
    return tuple(line for lap in room.laps or (room.lines,) for line in lap)


def _holding(line: ScriptLine, before: Sequence[Fact], ground: Ground) -> ScriptLine | None:
    """The line in the words of today's facts, or None where that cannot be."""
    if tuple(before) == ground.facts:
        return line
    now = {fact.id: fact.text for fact in ground.facts}
    reworded = line
    for fact in before:
        if fact.id in now and now[fact.id] != fact.text:
            reworded = _with(reworded, fact.text, now[fact.id])
    problems = check_line(reworded.text, ground.approved, ground.language, ground.platform, ground.today)
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
