"""Reads the labelled reference scripts and scores a labelling against them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from creative.contracts import ROLES, Format, Role

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Labelled:
    """A script as a person labelled it: (role, line) in order."""

    id: str
    language: str
    category: str
    format: Format
    lines: tuple[tuple[Role, str], ...]


def labelled_scripts(name: str = "labelled_scripts.txt") -> list[Labelled]:
    scripts: list[Labelled] = []
    for block in (FOLDER / name).read_text(encoding="utf-8").split("\n== ")[1:]:
        head, *rest = block.splitlines()
        name, language, category, kind = (part.strip() for part in head.split("|"))
        pairs = (line.split(": ", 1) for line in rest if ": " in line)
        lines = tuple((role, text) for role, text in pairs)
        scripts.append(Labelled(name, language, category, kind, lines))  # type: ignore[arg-type]  # words of the file
    return scripts


def tuned(scripts: list[Labelled]) -> list[Labelled]:
    return [script for index, script in enumerate(scripts) if index % 3 != 2]


def held_out(scripts: list[Labelled]) -> list[Labelled]:
    return [script for index, script in enumerate(scripts) if index % 3 == 2]


def macro_f1(pairs: Iterable[tuple[Role, Role]]) -> float:
    """Mean F1 over the six roles of (true, found) pairs."""
    return sum(per_role_f1(pairs := list(pairs)).values()) / len(ROLES)


def per_role_f1(pairs: Iterable[tuple[Role, Role]]) -> dict[Role, float]:
    known = list(pairs)
    scores: dict[Role, float] = {}
    for role in ROLES:
        hits = sum(true == found == role for true, found in known)
        said = sum(found == role for _, found in known)
        meant = sum(true == role for true, _ in known)
        scores[role] = 2 * hits / (said + meant) if said + meant else 1.0
    return scores
