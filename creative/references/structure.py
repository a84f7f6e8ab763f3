"""From a reference's words and cuts to its slots: order, role, length, pace, intent.

Pure: takes times and texts, opens nothing. All times in seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from creative.contracts import Role, Structure, StructureSlot
from creative.references.formats import classify_format, format_by_shots
from creative.references.intents import intent_of
from creative.references.roles import label_lines
from creative.references.subtitles import Subtitle

# A slot is one line of the new script: longer than this, no single line fills it.
MAX_SLOT_SECONDS = 4.6
MIN_SLOT_SECONDS = 0.8
_SNAP_TO_CUT_SECONDS = 0.5
_SNAP_TO_SILENCE_SECONDS = 0.6

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class Cuts:
    """What the picture and sound give: whole length, borders between shots, silences, faces.

    `share_with_faces` is the share of shots that show a face (0..1).
    """

    seconds: float
    borders: tuple[float, ...] = ()
    silences: tuple[tuple[float, float], ...] = ()
    share_with_faces: float = 0.0


@dataclass(frozen=True)
class Structured:
    """A structure, how sure it is, and what it was read from.

    `read_from`: "words+shots", "shots" or "llm:<model>"; "heard+…" where the words were recognised from sound.
    """

    structure: Structure
    confidence: Confidence
    read_from: str


@dataclass(frozen=True)
class RoleLine:
    """A line with the role it was given."""

    role: Role
    line: Subtitle


def structure_from_lines(lines: Sequence[Subtitle], cuts: Cuts, language: str) -> Structured:
    """The structure of a reference that has words. Raises ValueError when `lines` is empty."""
    if not lines:
        raise ValueError("a structure from words needs lines")
    inside = [line for line in lines if line.start < cuts.seconds] or list(lines[:1])
    roles, certainty = label_lines([line.text for line in inside], language)
    labelled = [RoleLine(role, line) for role, line in zip(roles, inside, strict=True)]
    confidence: Confidence = "high" if certainty >= 0.7 and len(inside) >= 3 else "medium"
    return Structured(structure_from_roles(labelled, cuts), confidence, "words+shots")


def structure_from_roles(labelled: Sequence[RoleLine], cuts: Cuts) -> Structure:
    """Slots of lines whose roles are known (by the classifier or a language model)."""
    texts = [item.line.text for item in labelled]
    kind = classify_format(texts, [item.role for item in labelled])
    groups = _groups(labelled)
    borders = _slot_borders(groups, cuts)
    slots = tuple(
        _slot(group[0].role, " ".join(item.line.text for item in group), span, cuts)
        for group, span in zip(groups, pairwise(borders), strict=True)
    )
    return Structure(slots=slots, format=kind, seconds=round(cuts.seconds, 3))


def structure_from_shots(cuts: Cuts) -> Structured:
    """A guess for a reference without words: the usual order of roles laid over its shots."""
    roles = _usual_roles(cuts.seconds)
    ideal = [cuts.seconds * index / len(roles) for index in range(1, len(roles))]
    borders = _increasing([0.0, *(_snap(at, cuts) for at in ideal), cuts.seconds])
    slots = tuple(_slot(role, "", span, cuts) for role, span in zip(roles, pairwise(borders), strict=True))
    pace = len(cuts.borders) / cuts.seconds if cuts.seconds else 0.0
    kind = format_by_shots(pace, cuts.share_with_faces)
    return Structured(Structure(slots, kind, round(cuts.seconds, 3)), "low", "shots")


def _usual_roles(seconds: float) -> tuple[Role, ...]:
    """As many slots as the length carries at about 2.7 s each, the middle ones repeated last."""
    count = max(2, min(10, round(seconds / 2.7)))
    order: tuple[Role, ...] = ("hook", "selling_point", "proof", "offer", "pain")
    middle: list[Role] = [role for role in ("pain", "selling_point", "proof", "offer") if role in order[: count - 1]]
    while len(middle) < count - 2:
        middle.insert(middle.index("selling_point") if "selling_point" in middle else 0, "selling_point")
    return ("hook", *middle[: count - 2], "cta")


def _groups(labelled: Sequence[RoleLine]) -> list[list[RoleLine]]:
    """Runs of one role, cut where the run would grow longer than one line can fill."""
    groups: list[list[RoleLine]] = []
    for item in labelled:
        joins = groups and groups[-1][0].role == item.role
        if joins and item.line.end - groups[-1][0].line.start <= MAX_SLOT_SECONDS:
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _slot_borders(groups: Sequence[Sequence[RoleLine]], cuts: Cuts) -> list[float]:
    """0, a snapped border between each two groups, and the end of the reference."""
    borders = [0.0]
    for before, after in pairwise(groups):
        said, next_said = before[-1].line.end, after[0].line.start
        borders.append(_snap((min(said, next_said) + next_said) / 2, cuts))
    return _increasing([*borders, cuts.seconds])


def _increasing(borders: Sequence[float]) -> list[float]:
    """Borders kept in order and apart by the shortest slot, as far as the length allows."""
    end = borders[-1]
    least = min(MIN_SLOT_SECONDS, end / max(1, len(borders) - 1) * 0.5)
    result = [0.0]
    for index, border in enumerate(borders[1:-1], start=1):
        latest = end - least * (len(borders) - 1 - index)
        result.append(round(min(max(border, result[-1] + least), latest), 3))
    return [*result, end]


def _snap(at: float, cuts: Cuts) -> float:
    """The nearest cut within half a second, else the middle of a near silence, else `at` itself."""
    cut = min(cuts.borders, key=lambda border: abs(border - at), default=None)
    if cut is not None and abs(cut - at) <= _SNAP_TO_CUT_SECONDS:
        return cut
    middles = [(start + end) / 2 for start, end in cuts.silences]
    quiet = min(middles, key=lambda middle: abs(middle - at), default=None)
    if quiet is not None and abs(quiet - at) <= _SNAP_TO_SILENCE_SECONDS:
        return quiet
    return at


def _slot(role: Role, text: str, span: tuple[float, float], cuts: Cuts) -> StructureSlot:
    start, end = span
    inside = sum(start + 0.05 < border < end - 0.05 for border in cuts.borders)
    pace = inside / (end - start) if end > start else 0.0
    return StructureSlot(role, round(start, 3), round(end, 3), round(pace, 3), intent_of(role, text))
