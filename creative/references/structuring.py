"""Structuring by the language model where there is one, by our own classifier otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from creative.references.describing import structure_of
from creative.references.structure import Cuts, Structured
from creative.references.subtitles import Subtitle


@dataclass(frozen=True)
class Outcome:
    """A structure and, where a language model was asked in vain, why."""

    structured: Structured
    note: str = ""


def structure_with_best(lines: Sequence[Subtitle], cuts: Cuts, language: str) -> Outcome:
    """The structure of a reference; never fails where there is a length."""
    return Outcome(structure_of(lines, cuts, language))
