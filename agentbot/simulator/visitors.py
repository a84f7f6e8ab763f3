"""A language model as the visitor: what it writes next, looked over before it counts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agentbot.agents.asking_models import UnusableAnswer, masked
from agentbot.contracts import Said
from agentbot.prompts import prompt
from agentbot.simulator.inventing import invented_facts
from agentbot.simulator.personas import Persona
from core.llm.base import LanguageModel, Message, Priority
from core.llm.prompts import fenced

CONTACT = "{contact}"
TRIES = 2
_LIMIT = {"zh-CN": "40 Chinese characters", "en": "25 words"}
_LANGUAGE = {"zh-CN": "Mandarin Chinese (simplified characters)", "en": "English"}
_LEVELS = ("never", "hardly", "perhaps", "gladly")

Does = Literal["goes_on", "gives_contact", "refuses", "offers", "leaves"]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1, max_length=400)
    does: Does


@dataclass(frozen=True)
class Written:
    """One message of a persona. `invented` are facts of the seller that nobody told it, in the last try."""

    text: str
    does: Does
    invented: tuple[str, ...] = ()


def next_message(model: LanguageModel, persona: Persona, history: Sequence[Said], seed: int) -> Written:
    """What the persona writes now. One that makes facts up is asked once more; UnusableAnswer for no such answer."""
    written = _ask(model, persona, history, seed)
    for retry in range(1, TRIES):
        if not written.invented:
            break
        written = _ask(model, persona, history, seed + retry)
    return written


def _ask(model: LanguageModel, persona: Persona, history: Sequence[Said], seed: int) -> Written:
    language = persona.advertiser.knowledge.language
    request = prompt(
        "visitor-1",
        name=persona.advertiser.knowledge.name,
        language_name=_LANGUAGE[language],
        person=persona.person,
        want=persona.want,
        worry=persona.worry or "-",
        patience=persona.patience,
        trust=_level(persona.trust),
        willingness=_level(persona.willingness),
        limit=_LIMIT[language],
        contact=CONTACT,
        conversation=fenced([{"from": _who(said), "text": masked(said)} for said in history]),
    )
    completion = model.complete(
        [Message("user", request)], schema=_Written.model_json_schema(), max_tokens=200, temperature=0.9,
        seed=seed % 2**31, priority=Priority.BULK, prompt="visitor-1",
    )  # fmt: skip
    try:
        raw = _Written.model_validate(json.loads(completion.text))
    except (ValueError, ValidationError, RecursionError) as error:
        raise UnusableAnswer(f"the visitor's words are not of the form asked for: {type(error).__name__}") from error
    told = [said.text for said in history if said.author != "visitor"]
    own = [persona.want, persona.worry, *(said.text for said in history if said.author == "visitor")]
    return Written(raw.text.strip(), raw.does, invented_facts(raw.text, own, told, language))


def _who(said: Said) -> str:
    return "you" if said.author == "visitor" else "seller"


def _level(share: float) -> str:
    """A share as a word: models read words better than decimals."""
    return _LEVELS[min(len(_LEVELS) - 1, int(share * len(_LEVELS)))]
