"""A moving promo from stills: what a novel's or a short play's pictures show while its own words are spoken.

Pure. Each still becomes a clip (image to video: `PromoShot.motion` and `camera` say how it moves), each clip a
slot of an ordinary ad plan, so that voices, captions, music, label and checks are those of every ad. Nothing
is written here: the words are the passage's, cut where a reader would breathe.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.contracts import Language
from core.errors import InputError
from creative.contracts import AdPlan, PlannedShot, PlannedSlot, Role, SpokenTake
from creative.rewriting.lengths import estimate_seconds
from creative.storyboard import slot_frames
from generation.contracts import FPS

LONGEST_LINE_SECONDS = 7.0
"""A still that moves for longer has nothing left to tell; the line goes on over the next one."""

SHORTEST_LINE_SECONDS = 1.6
SPARE_SECONDS = 0.4
"""A clip is a little longer than its slot, so that the slot may still be trimmed."""

CAMERAS = ("dolly:+1", "pan:+1", "orbit:+1", "dolly:-1", "pan:-1", "pedestal:+1")
"""One after another: neighbours never move alike, and none moves far, since a still knows no second side."""

_MOTION: dict[Language, str] = {
    "zh-CN": "{what}，人物轻微呼吸，头发和衣角随风轻动，光影缓缓变化，画风与原图一致",
    "en": "{what}, people breathe lightly, hair and clothes stir, light shifts slowly, in the style of the picture",
}
_SENTENCE = re.compile(r"[^。！？!?；;…\n]+(?:[。！？!?；;…]+[”’」』\"']*|\n|$)")
_ENGLISH_SENTENCE = re.compile(r"(?:[^.!?;\n]|\.(?!\s|$|[\"'”]))+(?:[.!?;]+[\"'”]*|\n|$)")
_PART = re.compile(r"[^，,、：:—]+[，,、：:—]*")


@dataclass(frozen=True)
class PromoShot:
    """One still with the words spoken over it. `frames` at 30 fps on the grid; `motion` and `camera` for the model."""

    still: str
    line: str
    role: Role
    frames: int
    motion: str
    camera: str

    @property
    def clip_seconds(self) -> float:
        """How long the clip made of the still has to be."""
        return self.frames / FPS + SPARE_SECONDS


def plan_promo(
    text: str,
    stills: Sequence[str],
    language: Language,
    *,
    seconds: float,
    ending: str = "",
    shows: Sequence[str] = (),
) -> tuple[PromoShot, ...]:
    """Shots for the beginning of `text` that fits into `seconds`, over `stills` in their order.

    `ending` is the last line ("全文免费看"), `shows` says what each still shows where somebody knows. With more
    lines than stills the row begins again, with other moves; stills that are left over are not shown.
    InputError without words or stills, or where not even one line fits.
    """
    if not stills:
        raise InputError("stills", "a promo needs at least one picture", "no_stills")
    lines = _lines_within(text, language, seconds, ending)
    shots = []
    for number, line in enumerate(lines):
        place = number % len(stills)
        role = _role(number, len(lines), has_ending=bool(ending))
        what = shows[place] if place < len(shows) and shows[place] else line.rstrip("。！？!?.…，,；; ")
        frames = slot_frames(role, estimate_seconds(line, language))
        motion = _MOTION[language].format(what=what)
        shots.append(PromoShot(stills[place], line, role, frames, motion, CAMERAS[number % len(CAMERAS)]))
    return tuple(shots)


def promo_ad_plan(
    shots: Sequence[PromoShot],
    clips: Sequence[tuple[str, str]],
    takes: Sequence[SpokenTake | None],
    *,
    language: Language,
    canvas: str,
    seed: int = 0,
    degraded: tuple[str, ...] = (),
) -> AdPlan:
    """The ad plan of a promo whose stills have become `clips`, as (material name, shot id) in the shots' order.

    A slot is as long as its voice `takes`, else as planned; music is the caller's to add (`dataclasses.replace`).
    """
    slots = []
    for shot, (name, shot_id), take in zip(shots, clips, takes, strict=True):
        frames = slot_frames(shot.role, take.seconds) if take else shot.frames
        slots.append(
            PlannedSlot(shot.role, shot.line, (), (), frames, (PlannedShot(name, frames, shot_id=shot_id),), take)
        )
    return AdPlan(tuple(slots), language, canvas, "", "", "", seed, degraded, transition="fade")


def split_passage(text: str, language: Language) -> tuple[str, ...]:
    """`text` as lines of about 2 to 7 seconds: whole sentences, short ones joined, long ones cut at a comma."""
    sentence = _SENTENCE if language == "zh-CN" else _ENGLISH_SENTENCE
    lines: list[str] = []
    for found in sentence.findall(text):
        for part in _parts(found.strip(), language):
            joined = _joined(lines[-1], part, language) if lines else part
            is_short = lines and estimate_seconds(lines[-1], language) < SHORTEST_LINE_SECONDS
            if is_short and estimate_seconds(joined, language) <= LONGEST_LINE_SECONDS:
                lines[-1] = joined
            elif part:
                lines.append(part)
    return tuple(lines)


def _parts(sentence: str, language: Language) -> list[str]:
    """`sentence` in stretches that are short enough, as few as can be."""
    if estimate_seconds(sentence, language) <= LONGEST_LINE_SECONDS:
        return [sentence] if sentence else []
    parts: list[str] = []
    for piece in _PART.findall(sentence):
        joined = f"{parts[-1]}{piece}" if parts else piece
        if parts and estimate_seconds(joined, language) <= LONGEST_LINE_SECONDS:
            parts[-1] = joined
        else:
            parts.append(piece)
    return [part.strip() for part in parts]


def _joined(first: str, second: str, language: Language) -> str:
    return first + second if language == "zh-CN" else f"{first} {second}"


def _lines_within(text: str, language: Language, seconds: float, ending: str) -> tuple[str, ...]:
    most = round(seconds * FPS) - (slot_frames("cta", estimate_seconds(ending, language)) if ending else 0)
    kept: list[str] = []
    used = 0
    for line in split_passage(text, language):
        frames = slot_frames(_role(len(kept), len(kept) + 2, has_ending=False), estimate_seconds(line, language))
        if used + frames > most:
            break
        kept.append(line)
        used += frames
    if not kept:
        raise InputError("text", f"no line of it fits into {seconds:g} seconds", "promo_too_short")
    return (*kept, ending) if ending else tuple(kept)


def _role(number: int, count: int, *, has_ending: bool) -> Role:
    if number == 0:
        return "hook"
    return "cta" if has_ending and number == count - 1 else "selling_point"
