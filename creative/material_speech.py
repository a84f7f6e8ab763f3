"""What is said in an advertiser's own file: script text to start from, and words its shots are found by. Pure.

It was recognised from sound, so it may be wrong: it is searched and shown, never claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generation.contracts import FPS

SURE_ENOUGH = 0.4
"""Confidence under which a recognised line is not worth finding anything by."""


def said_during(understanding: Mapping[str, Any] | None, start_frame: int, end_frame: int) -> str:
    """The lines heard mostly between two frames, joined; "" where nothing was understood."""
    start, end = start_frame / FPS, end_frame / FPS
    return " ".join(line["text"] for line in _lines(understanding) if start <= _middle(line) < end)


def script_of(understanding: Mapping[str, Any] | None) -> str:
    """Everything heard in the file, a line each."""
    return "\n".join(line["text"] for line in _lines(understanding))


def _lines(understanding: Mapping[str, Any] | None) -> Iterable[Mapping[str, Any]]:
    lines: Iterable[Mapping[str, Any]] = (understanding or {}).get("speech") or ()
    return (line for line in lines if line.get("confidence", 1.0) >= SURE_ENOUGH)


def _middle(line: Mapping[str, Any]) -> float:
    return float(line["start_seconds"] + line["end_seconds"]) / 2
