"""The room as a section of the demo's page: the film, and beside it what was said, cut, answered and taken up again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from avatar.config import load_room
from avatar.demonstration.filming import COMMENTS, LOG, ROOM, SECONDS
from creative.api import marks
from generation import api as generation

STYLE = "avatar/static/avatar/demo.css"


def live_section(out: Path, sample: Path, language: str) -> SafeString:
    """HTML of the film and log in `out` that `film_room` made of the room in `sample`, its styles inside."""
    style = (Path(settings.BASE_DIR) / STYLE).read_text(encoding="utf-8")
    events = [json.loads(line) for line in (out / LOG).read_text(encoding="utf-8").splitlines()]
    said = {number: each["text"] for number, each in enumerate(_lines(sample / COMMENTS), start=1)}
    values = {
        "style": mark_safe(style),
        "steps": steps_of(events, said),
        "answered": sum(event["event"] == "answer_started" for event in events),
        "cuts": sum(event["event"] == "cut" for event in events),
        "seconds": SECONDS,
        "marks": marks(filter(None, (*load_room(sample / ROOM).degraded, generation.voice_degraded()))),
    }
    with translation.override("zh-hans" if language == "zh-CN" else "en"):
        return render_to_string("avatar/demo/live.html", values)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def steps_of(events: list[dict[str, Any]], said: dict[int, str]) -> list[dict[str, Any]]:
    """What a reader wants of the log, in its order; a sentence that was cut carries the words that were heard."""
    steps: list[dict[str, Any]] = []
    spoken: dict[str, Any] = {}
    for event in events:
        kind, at = event["event"], event["media_seconds"]
        if kind == "sentence_started" and event["sentence"] is not None:
            spoken = {"kind": "sentence", "at": at, "text": event["text"], "sentence": event["sentence"]}
            steps.append(spoken)
        elif kind == "comment_received":
            steps.append({"kind": "comment", "at": at, "viewer": event["viewer"], "text": said[event["comment"]]})
        elif kind == "comment_dropped":
            steps.append({"kind": "dropped", "at": at, "text": said[event["comment"]], "reason": event["reason"]})
        elif kind == "cut" and spoken and event["sentence"] == spoken["sentence"]:
            spoken["heard"] = event["heard"]
        elif kind == "answer_started":
            steps.append({"kind": "answer", "at": at, "text": event["text"]})
        elif kind == "resumed":
            steps.append({"kind": "resumed", "at": at, "rule": event["rule"]})
    return steps
