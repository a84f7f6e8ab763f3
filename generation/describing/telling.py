"""Asking a language model about a video: what a shot shows, whether a title fits, what a viewer wants to know.

Everything comes back as strict JSON of a given form and is checked against what was given:
a title or an answer with a number that no caption has is not used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from core.contracts import Language
from core.errors import TerminalError
from core.llm.base import Completion, LanguageModel, Message, Priority
from core.llm.prompts import PromptFolder, fenced
from core.llm.strict_json import NotStrictJson, parse_object

SHOT_PROMPT, VIDEO_PROMPT, QUESTION_PROMPT = "shot-1", "video-1", "question-1"
LONGEST_CAPTION = 160
LONGEST_TITLE = 40
LONGEST_SUMMARY = 240
LONGEST_ANSWER = 200
LONGEST_WORD = 24
MOST_WORDS = 8
TRIES = 2
TRY_SECONDS = 60.0
_LANGUAGES: dict[str, str] = {"zh-CN": "Mandarin Chinese (simplified characters)", "en": "English"}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

Told = TypeVar("Told")
_prompt = PromptFolder(Path(__file__).parent / "prompts").prompt


class NothingTold(TerminalError):
    """The language model said nothing about this video that may be used."""

    code = "description_failed"


@dataclass(frozen=True)
class TitleVerdict:
    """Whether the title a file came with names what it shows, the one to go by, and what it is about."""

    fits: bool
    title: str
    summary: str


@dataclass(frozen=True)
class VideoAnswer:
    """An answer and the places (from 0) of the shots it rests on."""

    text: str
    shots: tuple[int, ...]


def tell_shot(model: LanguageModel, frames: Sequence[bytes], language: Language) -> tuple[str, tuple[str, ...]]:
    """(caption, words) of a shot from its `frames` as JPEG; NothingTold, or an error of core.llm."""
    words = {"type": "array", "items": _text(LONGEST_WORD), "maxItems": MOST_WORDS}
    schema = _object({"caption": _text(LONGEST_CAPTION), "words": words})
    request = _prompt(SHOT_PROMPT, language_name=_LANGUAGES[language])

    def read(answer: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
        return _said(answer, "caption", LONGEST_CAPTION), _words(answer)

    return _ask(model, SHOT_PROMPT, Message("user", request, pictures=tuple(frames)), schema, 260, read)


def judge_title(
    model: LanguageModel, title: str, notes: str, captions: Sequence[str], language: Language
) -> TitleVerdict:
    """Whether `title` fits `captions`; `notes` is the description the file came with. NothingTold, or core.llm's."""
    schema = _object(
        {"title_fits": {"type": "boolean"}, "title": _text(LONGEST_TITLE), "summary": _text(LONGEST_SUMMARY)}
    )
    given = {"title": title, "description": notes[:500], "shots": list(captions)}
    request = _prompt(VIDEO_PROMPT, language_name=_LANGUAGES[language], longest=LONGEST_TITLE, video=fenced(given))

    def read(answer: dict[str, Any]) -> TitleVerdict:
        fits = answer.get("title_fits")
        if not isinstance(fits, bool):
            raise NotStrictJson("title_fits has to be true or false")
        written = _said(answer, "title", LONGEST_TITLE)
        summary = _said(answer, "summary", LONGEST_SUMMARY)
        _check_numbers(f"{written} {summary}", [title, notes, *captions])
        return TitleVerdict(fits, title if fits else written, summary)

    return _ask(model, VIDEO_PROMPT, Message("user", request), schema, 320, read)


def answer_question(
    model: LanguageModel, question: str, captions: Sequence[str], language: Language, seconds: float = TRY_SECONDS
) -> VideoAnswer | None:
    """What the captions say to `question`; None where they do not say. NothingTold, or an error of core.llm.

    `seconds` are for each try.
    """
    numbers = {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": len(captions)}, "maxItems": 8}
    answer_text = {"type": "string", "maxLength": LONGEST_ANSWER}
    schema = _object({"known": {"type": "boolean"}, "answer": answer_text, "shots": numbers})
    shots = [{"shot": number, "shows": caption} for number, caption in enumerate(captions, 1)]
    given = fenced({"shots": shots, "question": question})
    request = _prompt(QUESTION_PROMPT, language_name=_LANGUAGES[language], video=given)

    def read(answer: dict[str, Any]) -> VideoAnswer | None:
        if answer.get("known") is not True:
            return None
        places = _places(answer, len(captions))
        text = _said(answer, "answer", LONGEST_ANSWER)
        _check_numbers(text, [captions[place] for place in places])
        return VideoAnswer(text, places)

    message = Message("user", request)
    return _ask(model, QUESTION_PROMPT, message, schema, 280, read, priority=Priority.TURN, seconds=seconds)


def _ask(
    model: LanguageModel,
    name: str,
    message: Message,
    schema: dict[str, Any],
    room: int,
    read: Callable[[dict[str, Any]], Told],
    priority: Priority = Priority.BULK,
    seconds: float = TRY_SECONDS,
) -> Told:
    reason = ""
    for number in range(TRIES):
        completion = model.complete(
            [message],
            schema=schema,
            max_tokens=room,
            temperature=0.2,
            seed=number,
            priority=priority,
            timeout=seconds,
            prompt=name,
        )
        try:
            return read(_whole(completion))
        except NotStrictJson as error:
            reason = str(error)
    raise NothingTold(f"the language model's answer cannot be used: {reason}")


def _whole(completion: Completion) -> dict[str, Any]:
    if completion.finish_reason != "stop":
        raise NotStrictJson(f"it ended with {completion.finish_reason!r}")
    return parse_object(completion.text)


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _text(longest: int) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": longest}


def _said(answer: dict[str, Any], key: str, longest: int) -> str:
    """A text of the answer: one line, neither empty nor too long."""
    value = answer.get(key)
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text or len(text) > longest:
        raise NotStrictJson(f"{key} has to be 1 to {longest} characters of text")
    return text


def _words(answer: dict[str, Any]) -> tuple[str, ...]:
    words = answer.get("words")
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise NotStrictJson("words has to be a list of texts")
    kept = (" ".join(word.split())[:LONGEST_WORD] for word in words[:MOST_WORDS])
    return tuple(dict.fromkeys(word for word in kept if word))


def _places(answer: dict[str, Any], count: int) -> tuple[int, ...]:
    shots = answer.get("shots")
    if not isinstance(shots, list) or not shots:
        raise NotStrictJson("an answer has to name the shots it rests on")
    if not all(type(shot) is int and 1 <= shot <= count for shot in shots):
        raise NotStrictJson(f"shots are numbers from 1 to {count}")
    return tuple(dict.fromkeys(shot - 1 for shot in shots))


def _check_numbers(text: str, sources: Sequence[str]) -> None:
    known = set(_NUMBER.findall(" ".join(sources)))
    made_up = [number for number in _NUMBER.findall(text) if number not in known]
    if made_up:
        raise NotStrictJson(f"{made_up[0]} stands in nothing that was given")
