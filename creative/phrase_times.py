"""When each caption phrase is said, where the voice gives no word times. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TOKEN = re.compile(r"[A-Za-z0-9¥$€£][A-Za-z0-9.,%¥$€£'’\-]*|\s+|.", re.DOTALL)


def speaking_weight(text: str) -> float:
    """How long a phrase takes to say, in units of one Chinese syllable."""
    weight = 0.0
    for token in _TOKEN.findall(text):
        if token.isspace():
            continue
        if re.match(r"[A-Za-z0-9¥$€£]", token):
            digits = sum(char.isdigit() for char in token)
            weight += 1.3 * digits + 0.42 * (len(token) - digits)
        elif token in "，、；：,;:":
            weight += 0.6
        elif token in "。！？!?.…":
            weight += 0.9
        else:
            weight += 1.0
    return weight


def time_phrases(phrases: Sequence[str], first_frame: int, end_frame: int) -> list[tuple[int, int]]:
    """Frames of each phrase, back to back from `first_frame` to `end_frame`, by speaking weight."""
    weights = [max(speaking_weight(phrase), 0.5) for phrase in phrases]
    total = sum(weights)
    spans: list[tuple[int, int]] = []
    done, start = 0.0, first_frame
    for weight in weights:
        done += weight
        end = first_frame + round((end_frame - first_frame) * done / total)
        spans.append((start, end))
        start = end
    return spans
