"""Who writes a script: the language model where one is configured, else the phrasebook, which says so."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings

from core.errors import AdloomError
from core.llm.base import LanguageModel, LanguageModelError, Priority
from core.llm.gateway import language_model
from creative.contracts import BriefData, ScriptDraft, SlotBudget
from creative.rewriting import llm
from creative.rewriting.phrasebook import STYLES, write_script

__all__ = ["STYLES", "write"]

PHRASEBOOK = "script:phrasebook"
logger = logging.getLogger("adloom.rewriting")


def write(
    brief: BriefData,
    budgets: Sequence[SlotBudget],
    *,
    style: str,
    seed: int,
    reference_text: str = "",
    reference_brands: Sequence[str] = (),
    avoid_hooks: Sequence[str] = (),
    model: LanguageModel | None = None,
    uses_model: bool = True,
    priority: Priority = Priority.SCRIPT,
) -> ScriptDraft:
    """A checked script, one line a budget; without `uses_model` by the phrasebook, for whoever cannot wait.

    With a language model that fails, the setting LLM_FALLBACK decides: True (the default)
    lets the phrasebook write, and the draft carries why and what the model said; False
    raises. A draft of the phrasebook is always marked degraded.
    """
    asked = (model or language_model(brief.advertiser)) if uses_model else None
    if asked is None:
        return _by_phrasebook(brief, budgets, style, seed, reference_text, reference_brands, avoid_hooks)
    try:
        return llm.write_script(
            brief,
            budgets,
            style,
            seed,
            reference_text,
            model=asked,
            reference_brands=reference_brands,
            avoid_hooks=avoid_hooks,
            priority=priority,
        )
    except (llm.ScriptFailure, *LanguageModelError) as error:
        if not getattr(settings, "LLM_FALLBACK", True):
            raise
        logger.warning("the phrasebook writes instead of %s: %s", asked.name, error.code)
        draft = _by_phrasebook(brief, budgets, style, seed, reference_text, reference_brands, avoid_hooks)
        return replace(draft, fallback_reason=_why(error), raw_output=getattr(error, "raw", ""))


def _why(error: AdloomError) -> str:
    return f"{error.code}: {error}"[:500]


def _by_phrasebook(
    brief: BriefData,
    budgets: Sequence[SlotBudget],
    style: str,
    seed: int,
    reference_text: str,
    reference_brands: Sequence[str],
    avoid_hooks: Sequence[str],
) -> ScriptDraft:
    draft = write_script(
        brief,
        tuple(budgets),
        style,
        seed,
        reference_text,
        reference_brands=tuple(reference_brands),
        avoid_hooks=tuple(avoid_hooks),
    )
    return replace(draft, degraded=tuple(dict.fromkeys((*draft.degraded, PHRASEBOOK))))
