"""The language model of this install, if it has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings

from core.llm.aborting import Abort
from core.llm.accounting import current_advertiser
from core.llm.admission import Admission
from core.llm.base import Completion, LanguageModel, LanguageModelDenied, Message
from core.llm.openai_http import OpenAiModel
from core.llm.retrying import Breaker, Retrier, RetryRule


def configured() -> bool:
    """Whether a language model is configured; says nothing of whether it answers."""
    return bool(settings.LLM_BASE_URL and settings.LLM_MODEL)


class Objection(Protocol):
    """Why the model of this name may not write for an advertiser (an id or slug, "" unsaid); "" where it may."""

    def __call__(self, model: str, advertiser: str) -> str: ...


_objections: list[Objection] = []


def ask_first(objection: Objection) -> None:
    """Have `objection` asked before the configured model is handed out; whoever knows licences says so as it starts."""
    if objection not in _objections:
        _objections.append(objection)


@dataclass(frozen=True)
class RefusedModel:
    """Stands for a model that may not be used: every call says why, and whoever calls does without it, marked."""

    name: str
    reason: str

    def complete(self, messages: Sequence[Message], **options: Any) -> Completion:
        raise LanguageModelDenied(self.reason)


def language_model(advertiser: object = "") -> LanguageModel | None:
    """The configured model, or None: then the phrasebook writes, and says so.

    Its calls are booked on `advertiser` (an id); unsaid, on whoever `accounting.booked_on` names. A model that may
    not write for the advertiser comes as one whose calls raise LanguageModelDenied.
    """
    if reason := objection_to_model(advertiser):
        return RefusedModel(settings.LLM_MODEL, reason)
    return unasked_model(advertiser)


def objection_to_model(advertiser: object = "") -> str:
    """Why the configured model may not write for `advertiser` (unsaid: whoever `accounting.booked_on` names), with the
    way out; "" where it may, or none is configured."""
    if not configured():
        return ""
    whose = str(advertiser or current_advertiser())
    reasons = (objection(settings.LLM_MODEL, whose) for objection in _objections)
    return next((reason for reason in reasons if reason), "")


def unasked_model(advertiser: object = "") -> LanguageModel | None:
    """The same whoever it may write for: to learn what it can, not to have it write."""
    if not configured():
        return None
    url = settings.LLM_BASE_URL
    return OpenAiModel(
        url,
        settings.LLM_MODEL,
        settings.LLM_API_KEY,
        retrier_for(url),
        admission=_admission(url, settings.LLM_CONCURRENCY),
        advertiser=str(advertiser or ""),
        extra=settings.LLM_EXTRA_BODY,
    )


@lru_cache(maxsize=8)
def _admission(base_url: str, limit: int) -> Admission:
    return Admission(limit)


@lru_cache(maxsize=8)
def _breaker(base_url: str) -> Breaker:
    return Breaker()


def retrier_for(base_url: str) -> Retrier:
    """Retries with the one breaker this process keeps for a server."""
    return Retrier(breaker=_breaker(base_url))


def live_model(model: LanguageModel, abort: Abort) -> LanguageModel:
    """`model` for an answer somebody waits for: asked once, and broken off by `abort` where it can be."""
    if not isinstance(model, OpenAiModel):
        return model
    return replace(model, abort=abort, retrier=Retrier(RetryRule(attempts=1), model.retrier.breaker))
