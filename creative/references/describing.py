"""From what came with a reference and what its video shows to the fields we keep."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from core.contracts import Language
from creative.brief.categories import guess_category
from creative.contracts import Role
from creative.references.record import Record
from creative.references.structure import (
    Confidence,
    Cuts,
    Structured,
    structure_from_lines,
    structure_from_shots,
)
from creative.references.subtitles import Subtitle, spread_over
from generation.contracts import FPS, Understanding

SURE_ENOUGH = 0.5
"""Mean confidence of recognised words under which a structure made from them is a guess."""
ROLE_LETTERS: dict[Role, str] = {
    "hook": "h",
    "pain": "p",
    "selling_point": "s",
    "proof": "r",
    "offer": "o",
    "cta": "c",
}


@dataclass(frozen=True)
class Given:
    """What came with the video."""

    record: Record
    subtitles: tuple[Subtitle, ...] = ()


@dataclass(frozen=True)
class Description:
    """What the library keeps of a reference besides its structure."""

    title: str
    category: str
    language: Language
    script: str
    search_text: str


def cuts_of(understanding: Understanding) -> Cuts:
    """The borders, silences and faces of an understood video, in seconds."""
    shots = understanding.shots
    faces = sum(shot.faces > 0 for shot in shots) / len(shots) if shots else 0.0
    return Cuts(
        seconds=understanding.seconds,
        borders=tuple(shot.start_frame / FPS for shot in shots[1:]),
        silences=tuple((start / FPS, end / FPS) for start, end in understanding.silences),
        share_with_faces=faces,
    )


def spoken_lines(given: Given, understanding: Understanding) -> tuple[Subtitle, ...]:
    """The subtitles, else the record's script laid over the length, else what was heard in it, else nothing."""
    if given.subtitles:
        return given.subtitles
    if given.record.script:
        return spread_over(given.record.script, understanding.seconds)
    return heard_lines(understanding)


def heard_lines(understanding: Understanding) -> tuple[Subtitle, ...]:
    """Recognised speech as subtitles."""
    return tuple(
        Subtitle(round(line.start_seconds, 3), round(line.end_seconds, 3), line.text) for line in understanding.speech
    )


def is_heard(given: Given, understanding: Understanding) -> bool:
    """Whether the reference's words are nobody's writing, but what an engine made of its sound."""
    return not given.subtitles and not given.record.script and bool(understanding.speech)


def as_heard(structured: Structured, understanding: Understanding) -> Structured:
    """`structured` with where its words are from: never surer than the ear was."""
    sure = sum(line.confidence for line in understanding.speech) / len(understanding.speech)
    confidence: Confidence = "low" if sure < SURE_ENOUGH or structured.confidence == "low" else "medium"
    return replace(structured, confidence=confidence, read_from=f"heard+{structured.read_from.removeprefix('words+')}")


def structure_of(lines: Sequence[Subtitle], cuts: Cuts, language: str) -> Structured:
    """The structure by our own classifier: from words where there are any, else from shots."""
    return structure_from_lines(lines, cuts, language) if lines else structure_from_shots(cuts)


def describe(given: Given, name: str, lines: Sequence[Subtitle]) -> Description:
    """Fields the record leaves open are read from the words and the file's name."""
    script = "\n".join(line.text for line in lines)
    title = given.record.title or _title(name)
    language = language_of(given.record.language, script or title)
    category = given.record.category or guess_category(script, title).key
    words = (title, category, given.record.platform, script)
    return Description(title, category, language, script, "\n".join(filter(None, words)))


def language_of(given: str, text: str) -> Language:
    """As given, else Chinese where a fifth of the letters are."""
    if given:
        return "en" if given == "en" else "zh-CN"
    letters = re.findall(r"[a-zA-Z\u3400-\u9fff]", text)
    han = sum(letter >= "\u3400" for letter in letters)
    return "zh-CN" if not letters or han * 5 >= len(letters) else "en"


def _title(name: str) -> str:
    stem = PurePosixPath(name).stem
    return re.sub(r"[\s_\-]+", " ", stem).strip()[:200] or stem[:200] or "?"


def role_letters(structure_roles: Sequence[Role]) -> str:
    """Roles in order as letters, for comparing patterns: "hpsrc"."""
    return "".join(ROLE_LETTERS[role] for role in structure_roles)[:60]
