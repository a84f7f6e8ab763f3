"""One question to a language model: strict JSON back, backed by the words it was given, within its time."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agentbot.api import mask_text
from core.contracts import Fact, Language
from core.errors import TerminalError
from core.llm.base import LanguageModel, Message, Priority
from core.llm.prompts import PromptFolder, fenced

_LANGUAGE: dict[Language, str] = {"zh-CN": "Mandarin Chinese (simplified characters)", "en": "English"}
_LIMIT: dict[Language, str] = {"zh-CN": "60 Chinese characters", "en": "40 words"}
_LONGEST: dict[Language, int] = {"zh-CN": 90, "en": 300}
_ROOM = 300
_prompt = PromptFolder(Path(__file__).parent / "prompts").prompt


class UnusableAnswer(TerminalError):
    """The model's answer is not of the form asked for, or no source it was given backs it."""

    code = "answer_unusable"


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str = Field(max_length=400)
    sources: list[str] = Field(max_length=6)
    quote: str = Field(max_length=400)


def ask_model(
    model: LanguageModel,
    host: str,
    comment: str,
    texts: Sequence[Fact],
    language: Language,
    seed: int,
    seconds: float,
) -> str:
    """The answer to `comment` from `texts`, "" when the model knows none; UnusableAnswer or a core.llm error else."""
    request = _prompt(
        "answer-1",
        name=host,
        language_name=_LANGUAGE[language],
        limit=_LIMIT[language],
        knowledge=fenced([{"id": fact.id, "text": fact.text} for fact in texts]),
        comment=fenced(mask_text(comment)),
    )
    completion = model.complete(
        [Message("user", request)],
        schema=_Answer.model_json_schema(),
        max_tokens=_ROOM,
        temperature=0.3,
        seed=seed % 2**31,
        priority=Priority.LIVE,
        timeout=seconds,
        prompt="answer-1",
    )
    if completion.finish_reason != "stop":
        raise UnusableAnswer(f"finished by {completion.finish_reason}")
    return _checked(completion.text, {fact.id: fact.text for fact in texts}, language)


def _checked(raw: str, texts: dict[str, str], language: Language) -> str:
    try:
        answer = _Answer.model_validate(json.loads(raw))
    except (ValueError, ValidationError, RecursionError) as error:
        raise UnusableAnswer(f"not of the form asked for: {type(error).__name__}") from error
    text = answer.text.strip()
    if not text:
        return ""
    if len(text) > _LONGEST[language]:
        raise UnusableAnswer("too long to be said")
    if any(source not in texts for source in answer.sources):
        raise UnusableAnswer("a source that was not given")
    backing = [texts[source] for source in answer.sources]
    if not answer.quote.strip() or not any(_bare(answer.quote) in _bare(each) for each in backing):
        raise UnusableAnswer("a quote that no source has")
    return text


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
