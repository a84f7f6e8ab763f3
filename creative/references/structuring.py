"""Structuring by the language model where there is one, by our own classifier otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.llm.base import LanguageModel, LanguageModelError
from core.llm.gateway import language_model
from creative.references.describing import structure_of
from creative.references.llm_structuring import StructureFailure, structure_by_model
from creative.references.structure import Cuts, Structured
from creative.references.subtitles import Subtitle


@dataclass(frozen=True)
class Outcome:
    """A structure and, where a language model was asked in vain, why."""

    structured: Structured
    note: str = ""


def structure_with_best(
    lines: Sequence[Subtitle], cuts: Cuts, language: str, model: LanguageModel | None = None
) -> Outcome:
    """The structure of a reference; `read_from` says who read it, `note` why a model did not."""
    asked = model or language_model()
    if asked is None or not lines:
        return Outcome(structure_of(lines, cuts, language))
    try:
        return Outcome(structure_by_model(lines, cuts, asked))
    except (StructureFailure, *LanguageModelError) as error:
        return Outcome(structure_of(lines, cuts, language), f"{error.code}: {error}"[:500])
