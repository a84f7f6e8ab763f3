"""The two agents with a language model: strict JSON in, everything checked by code, raised when unusable."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agentbot.agents.needs import Need
from agentbot.contacts import written_contacts
from agentbot.contracts import Action, AnswerSegment, ExpertDraft, LeadDraft, Said, TurnInput
from agentbot.knowledge import index_for, price_text, valid_prices
from agentbot.packs import Pack
from agentbot.pii import mask_text
from agentbot.prompts import prompt
from core.errors import TerminalError
from core.llm.base import LanguageModel, Message, Priority
from core.llm.prompts import fenced

MOST_TEXTS, MOST_PRICES, MOST_SAID = 8, 12, 12
_ASKABLE: tuple[Action, ...] = ("answer_then_ask", "ask_then_answer", "value_for_contact", "soft_choice")
_LANGUAGE = {"zh-CN": "Mandarin Chinese (simplified characters)", "en": "English"}
_LIMIT = {"zh-CN": "110 Chinese characters", "en": "60 words"}
_threads = ThreadPoolExecutor(64, thread_name_prefix="agentbot-model")


class UnusableAnswer(TerminalError):
    """The model's answer may not be used: not of the form asked for, or not backed by its sources."""

    code = "answer_unusable"


class _Segment(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1, max_length=400)
    concern: str = Field(max_length=60)
    sources: list[str] = Field(max_length=6)
    quote: str = Field(max_length=400)
    is_sensitive: bool


class _Expert(BaseModel):
    model_config = ConfigDict(extra="forbid")
    segments: list[_Segment] = Field(min_length=1, max_length=5)
    empathy: str = Field(max_length=120)
    question_back: str = Field(max_length=120)


class _Asks(BaseModel):
    model_config = ConfigDict(extra="forbid")
    answer_then_ask: str = Field(max_length=200)
    ask_then_answer: str = Field(max_length=200)
    value_for_contact: str = Field(max_length=200)
    soft_choice: str = Field(max_length=200)


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(max_length=40)
    value: str = Field(max_length=80)
    message: str = Field(max_length=80)


class _Lead(BaseModel):
    model_config = ConfigDict(extra="forbid")
    readiness: float = Field(ge=0, le=1)
    asks: _Asks
    fields: list[_Told] = Field(max_length=8)


async def ask_expert(
    model: LanguageModel, turn: TurnInput, needs: Sequence[Need], pack: Pack, today: dt.date, seconds: float
) -> ExpertDraft:
    """The model's answer within `seconds`; UnusableAnswer, a core.llm error or TimeoutError otherwise."""
    known = _known(turn, needs, today)
    request = prompt(
        "expert-1",
        name=turn.knowledge.name,
        language_name=_LANGUAGE[pack.language],
        never_say=", ".join(pack.never_say) or "-",
        limit=_LIMIT[pack.language],
        knowledge=fenced([{"id": key, "text": text} for key, text in known.items()]),
        conversation=fenced(_conversation(turn)),
    )
    answer = await _complete(model, "expert-1", request, _Expert, turn.seed, 700, seconds)
    segments = tuple(_segment(each, known) for each in answer.segments)
    return ExpertDraft(segments, answer.empathy.strip(), answer.question_back.strip())


async def ask_lead(model: LanguageModel, turn: TurnInput, pack: Pack, seconds: float) -> LeadDraft:
    """The model's view of the lead within `seconds`; raises as `ask_expert` does."""
    request = prompt(
        "lead-1",
        name=turn.knowledge.name,
        language_name=_LANGUAGE[pack.language],
        who=pack.who,
        value=pack.value,
        slots=", ".join(slot.name for slot in pack.slots),
        conversation=fenced(_conversation(turn)),
    )
    answer = await _complete(model, "lead-1", request, _Lead, turn.seed, 500, seconds)
    texts = {said.id: said.text for said in (*turn.history, *turn.messages) if said.author == "visitor"}
    names = {slot.name for slot in pack.slots}
    fields = {
        told.name: {"value": told.value, "message": told.message}
        for told in answer.fields
        if told.name in names and told.value and told.value in texts.get(told.message, "")
    }
    asks = {action: getattr(answer.asks, action).strip() for action in _ASKABLE}
    return LeadDraft(answer.readiness, {action: text for action, text in asks.items() if text}, fields)


async def _complete(
    model: LanguageModel, name: str, request: str, kind: type[Any], seed: int, room: int, seconds: float
) -> Any:
    """One completion read strictly as `kind`. A thread that outlasts the deadline ends with the client's own."""

    def ask() -> str:
        completion = model.complete(
            [Message("user", request)],
            schema=kind.model_json_schema(),
            max_tokens=room,
            temperature=0.4,
            seed=seed % 2**31,
            priority=Priority.TURN,
            timeout=seconds,
            prompt=name,
        )
        if completion.finish_reason != "stop":
            raise UnusableAnswer(f"finished by {completion.finish_reason}")
        return completion.text

    text = await asyncio.wait_for(
        asyncio.get_running_loop().run_in_executor(_threads, copy_context().run, ask), seconds
    )
    try:
        return kind.model_validate(json.loads(text), strict=False)
    except (ValueError, ValidationError, RecursionError) as error:
        raise UnusableAnswer(f"not of the form asked for: {type(error).__name__}") from error


def _known(turn: TurnInput, needs: Sequence[Need], today: dt.date) -> dict[str, str]:
    """What the model may quote: sentences round what was asked, then prices in force, by id."""
    knowledge, index = turn.knowledge, index_for(turn.knowledge)
    texts: dict[str, str] = {}
    for question in [need.text for need in needs] or [said.text for said in turn.messages]:
        for found in index.find(question, limit=3):
            body = " ".join(each.text for each in found.chunk.sentences)
            texts[found.chunk.article] = f"{texts.get(found.chunk.article, found.chunk.title + ':')} {body}"
    for article in knowledge.articles:
        if len(texts) >= MOST_TEXTS:
            break
        texts.setdefault(article.id, f"{article.title}: {article.text[:400]}")
    prices = valid_prices(knowledge.prices, today)[:MOST_PRICES]
    return texts | {price.id: f"{price.item}: {price_text(price, knowledge.language)}" for price in prices}


def _conversation(turn: TurnInput) -> list[dict[str, str]]:
    said = [*turn.history[-MOST_SAID:], *turn.messages]
    return [
        {"id": each.id, "from": "visitor" if each.author == "visitor" else "us", "text": masked(each)} for each in said
    ]


def masked(said: Said) -> str:
    """The text with contacts masked: no model sees a number, an address or an account's id."""
    text = said.text
    for found in sorted(written_contacts(text), key=lambda each: -each.start):
        text = f"{text[: found.start]}<{found.type.upper()}>{text[found.end :]}"
    return mask_text(text)


def _segment(raw: _Segment, known: dict[str, str]) -> AnswerSegment:
    """The segment with sources that exist; one that claims a source has to quote it word for word."""
    unknown = [source for source in raw.sources if source not in known]
    if unknown:
        raise UnusableAnswer("a source that was not given")
    if raw.sources and not any(_squeezed(raw.quote) in _squeezed(known[source]) for source in raw.sources if raw.quote):
        raise UnusableAnswer("a quote that no source has")
    return AnswerSegment(raw.text.strip(), raw.concern, tuple(raw.sources), raw.is_sensitive)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s,，。.；;：:]+", "", text).casefold()
