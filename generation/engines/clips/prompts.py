"""Prompts as models read them: with the camera in words, never longer than the tokenizer takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.errors import InputError
from generation.engines.clips.base import ClipRequest
from generation.engines.clips.camera import with_camera

PROMPT_CUT = "clip:prompt-cut"


@dataclass(frozen=True)
class ReadPrompt:
    """What the model is given: the prompt with its camera moves, the negative prompt, and whether either was cut."""

    prompt: str
    negative: str
    is_cut: bool


def read_prompt(request: ClipRequest, tokenizer: Any, most: int, *, says_camera: bool = True) -> ReadPrompt:
    """The prompts of `request` for a model that reads `most` tokens.

    A longer one raises InputError that says by how much, or is cut where the request allows it:
    the person's words are cut, the camera moves stay. `says_camera`: whether moves go into words.
    """
    moves = request.camera if says_camera else ()

    def fits(text: str) -> bool:
        return _tokens(tokenizer, with_camera(text, moves)) <= most

    prompt = _fitting("prompt", request.prompt, fits, request.may_truncate, most)
    negative = _fitting(
        "negative", request.negative, lambda text: _tokens(tokenizer, text) <= most, request.may_truncate, most
    )
    is_cut = (prompt, negative) != (request.prompt, request.negative)
    return ReadPrompt(with_camera(prompt, moves), negative, is_cut)


def _fitting(thing: str, text: str, fits: Any, may_cut: bool, most: int) -> str:
    if not text or fits(text):
        return text
    longest = _longest_that(fits, text)
    if not may_cut:
        raise InputError(
            thing,
            f"the model reads {most} tokens; shorten it to about {longest} of its {len(text)} characters, "
            "or allow it to be cut (--allow-cut)",
            f"{thing}_too_long",
        )
    return text[:longest].rstrip()


def _longest_that(fits: Any, text: str) -> int:
    """How many of the first characters fit; by halving, since a tokenizer's pieces differ in length."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(text[:middle]) else (low, middle - 1)
    return low


def _tokens(tokenizer: Any, text: str) -> int:
    """How many tokens `text` is to `tokenizer`, its own marks for start and end included."""
    return len(tokenizer(text, add_special_tokens=True, truncation=False)["input_ids"])
