"""The moment of a video that a question names: "at 0:12", "第12秒", "1分05秒的时候"."""

from __future__ import annotations

import re

from generation.contracts import FPS
from generation.described import ShotDescription

SLACK_SECONDS = 1.0
"""Viewers read the second off a bar under their thumb."""

_MOMENT = re.compile(
    r"(?:\b(?:at|around|in)\s+(?:the\s+)?|在?第?\s*)?"
    r"(?:(?P<clock>\d{1,2}[:：]\d{2})(?!\d)"
    r"|(?:(?P<minutes>\d{1,2})\s*分钟?)?\s*(?P<seconds>\d{1,3})(?:st|nd|rd|th)?\s*(?:秒钟?|seconds?\b|secs?\b))"
    r"(?:处|左右|的时候|那里|那儿)?",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"(?:在|你们|这个)?(?:视频|画面|镜头|片子)(?:里面?|中|上)?的?|\b(?:in|of) (?:the|this|that|your) (?:video|clip)\b",
    re.IGNORECASE,
)


def asked_second(question: str) -> float | None:
    """The second a question asks about; None where it names none."""
    found = _MOMENT.search(question)
    if found is None:
        return None
    if found["clock"]:
        minutes, seconds = re.split("[:：]", found["clock"])
    else:
        minutes, seconds = found["minutes"] or "0", found["seconds"]
    return int(minutes) * 60.0 + int(seconds)


def without_place(question: str) -> str:
    """The question as it would be asked in front of the picture: no moment, no "in the video"."""
    return " ".join(_POINTING.sub(" ", _MOMENT.sub(" ", question)).split())


def is_seen_at(shot: ShotDescription, second: float) -> bool:
    """Whether a shot is on within a second of `second`."""
    first, last = (second - SLACK_SECONDS) * FPS, (second + SLACK_SECONDS) * FPS
    return shot.start_frame < last and shot.end_frame > first
