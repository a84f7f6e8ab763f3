"""Gives every line of a reference its role: cues, place in the ad, and what follows what.

The best sequence of roles is found by Viterbi over the six roles: the sum of each line's
cue score, its place score and the transition scores. Scores are log-odds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from creative.contracts import ROLES, Role
from creative.references.cues import cue_scores, has_past

# How likely each role is in the first line, three stretches of the body, and the last line.
_PLACES: dict[Role, tuple[float, float, float, float, float]] = {
    "hook": (0.94, 0.02, 0.01, 0.01, 0.005),
    "pain": (0.02, 0.36, 0.08, 0.04, 0.01),
    "selling_point": (0.01, 0.40, 0.60, 0.34, 0.02),
    "proof": (0.01, 0.10, 0.22, 0.34, 0.03),
    "offer": (0.015, 0.11, 0.07, 0.24, 0.06),
    "cta": (0.005, 0.01, 0.02, 0.03, 0.875),
}
_MOVES: dict[Role, dict[Role, float]] = {
    "hook": {"hook": 0.05, "pain": 0.36, "selling_point": 0.38, "proof": 0.07, "offer": 0.12, "cta": 0.02},
    "pain": {"hook": 0.005, "pain": 0.30, "selling_point": 0.56, "proof": 0.06, "offer": 0.06, "cta": 0.015},
    "selling_point": {"hook": 0.005, "pain": 0.03, "selling_point": 0.50, "proof": 0.28, "offer": 0.12, "cta": 0.065},
    "proof": {"hook": 0.005, "pain": 0.05, "selling_point": 0.14, "proof": 0.21, "offer": 0.34, "cta": 0.255},
    "offer": {"hook": 0.005, "pain": 0.05, "selling_point": 0.22, "proof": 0.04, "offer": 0.13, "cta": 0.555},
    "cta": {"hook": 0.02, "pain": 0.02, "selling_point": 0.06, "proof": 0.06, "offer": 0.14, "cta": 0.70},
}
_PAST_MEANS: dict[int, Role] = {1: "pain", 2: "proof", 3: "proof"}
"""What somebody tells in the past tense: first what was wrong, then what came of it."""
_PAST_WEIGHT = 0.9
_OPENING_SHARE = 0.5
_PLACE_WEIGHT = 0.9
_MOVE_WEIGHT = 0.8


def _stretch(index: int, count: int) -> int:
    """0 first line, 4 last line, 1..3 thirds of what lies between."""
    if index == 0:
        return 0
    if index == count - 1:
        return 4
    return 1 + min(2, (index - 1) * 3 // max(1, count - 2))


def line_scores(texts: Sequence[str], language: str) -> list[dict[Role, float]]:
    """Cue and place score of each role for each line."""
    scores: list[dict[Role, float]] = []
    for index, text in enumerate(texts):
        place = _stretch(index, len(texts))
        cues = _at_place(cue_scores(text, language), place, has_past(text, language))
        scores.append({role: cues[role] + _PLACE_WEIGHT * math.log(_PLACES[role][place]) for role in ROLES})
    return scores


def _at_place(cues: dict[Role, float], place: int, is_past: bool) -> dict[Role, float]:
    """What the words say, where they are said.

    Whatever opens an ad is its hook, also when it tells a price; so words count half there.
    """
    if place == 0:
        return {role: score if role == "hook" else score * _OPENING_SHARE for role, score in cues.items()}
    if is_past and place in _PAST_MEANS:
        role = _PAST_MEANS[place]
        return {**cues, role: cues[role] + _PAST_WEIGHT}
    return cues


def label_lines(texts: Sequence[str], language: str) -> tuple[tuple[Role, ...], float]:
    """The best role for every line, and how sure that is (0..1, mean margin to the second role)."""
    if not texts:
        return (), 0.0
    scores = line_scores(texts, language)
    return _best_path(scores), _certainty(scores)


def _best_path(scores: Sequence[dict[Role, float]]) -> tuple[Role, ...]:
    totals = dict(scores[0])
    steps: list[dict[Role, Role]] = []
    for line in scores[1:]:
        came = {role: max(ROLES, key=lambda before: totals[before] + _move(before, role)) for role in ROLES}
        totals = {role: totals[came[role]] + _move(came[role], role) + line[role] for role in ROLES}
        steps.append(came)
    path = [max(ROLES, key=lambda role: totals[role])]
    for came in reversed(steps):
        path.append(came[path[-1]])
    return tuple(reversed(path))


def _move(before: Role, after: Role) -> float:
    return _MOVE_WEIGHT * math.log(_MOVES[before][after])


def _certainty(scores: Sequence[dict[Role, float]]) -> float:
    margins = []
    for line in scores:
        best, second = sorted(line.values(), reverse=True)[:2]
        margins.append(1 - math.exp(-(best - second)))
    return sum(margins) / len(margins)
