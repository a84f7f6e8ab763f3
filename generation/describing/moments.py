"""The moment of a video that a question names: "at 0:12", "第12秒", "1分05秒的时候".

A number of seconds may be the length of a video instead: "15秒的视频", "the 30 second clip".
"""

from __future__ import annotations

import re

from generation.contracts import FPS
from generation.described import ShotDescription

SLACK_SECONDS = 1.0
"""Viewers read the second off a bar under their thumb."""

_MOMENT = re.compile(
    r"(?P<before>\b(?:at|around|in)\s+(?:the\s+)?|在?第?\s*)?"
    r"(?:(?P<clock>\d{1,2}[:：]\d{2})(?!\d)"
    r"|(?:(?P<minutes>\d{1,2})\s*分钟?)?\s*(?P<seconds>\d{1,3})(?:st|nd|rd|th)?\s*(?:秒钟?|seconds?\b|secs?\b))"
    r"(?:处|左右|的时候|那里|那儿)?"
    r"(?P<of_video>(?:长?\s*的\s*)?(?=[那这]?[个条支段]?[短小]?(?:视频|短片|片子|广告|影片))"
    r"|\s+(?:long\s+)?(?=(?:video|clip|reel|film|advert|ad)s?\b))?",
    re.IGNORECASE,
)
_SAYS_WHEN = re.compile(r"第|\bat\b|\baround\b", re.IGNORECASE)
_POINTING = re.compile(
    r"(?:在|你们|这个)?(?:视频|画面|镜头|片子)(?:里面?|中|上)?的?|\b(?:in|of) (?:the|this|that|your) (?:video|clip)\b",
    re.IGNORECASE,
)


def asked_second(question: str) -> float | None:
    """The second a question asks about; None where it names none."""
    found = next((each for each in _MOMENT.finditer(question) if not _is_length(each)), None)
    if found is None:
        return None
    if found["clock"]:
        minutes, seconds = re.split("[:：]", found["clock"])
    else:
        minutes, seconds = found["minutes"] or "0", found["seconds"]
    return int(minutes) * 60.0 + int(seconds)


def without_place(question: str) -> str:
    """The question as it would be asked in front of the picture: no moment, no length, no "in the video"."""
    timeless = _MOMENT.sub(lambda found: found["before"] or "" if _is_length(found) else " ", question)
    return " ".join(_POINTING.sub(" ", timeless).split())


def _is_length(found: re.Match[str]) -> bool:
    """Whether the seconds are those of the whole video, not one of them."""
    return found["of_video"] is not None and not found["clock"] and not _SAYS_WHEN.search(found["before"] or "")


def is_seen_at(shot: ShotDescription, second: float) -> bool:
    """Whether a shot is on within a second of `second`."""
    first, last = (second - SLACK_SECONDS) * FPS, (second + SLACK_SECONDS) * FPS
    return shot.start_frame < last and shot.end_frame > first
