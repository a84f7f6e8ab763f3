"""Which of the advertiser's shots may fill a slot, and why. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from creative.contracts import Candidate, ClipOption, SlotNeed

MIN_FRAMES = 18
"""Shorter than 0.6 s a shot reads as a glitch, not as a picture."""

MIN_QUALITY = 0.12
"""Below this the intake measured something black, blown out or badly blurred."""

SMALL_IN_FRAME = 0.8
"""A shot that can only be shown whole, small over a blurred fill, has to fit that much better."""

LINES_IN_PICTURE = 0.75
"""… and one with somebody else's lines burnt in, which no crop leaves out: our captions stand over them."""

_WEIGHTS = {"words": 0.45, "role": 0.20, "quality": 0.15, "look": 0.12, "length": 0.08}

# What each role likes to see: motion stops the scroll, faces carry a pain, closeness proves.
_LIKES: dict[str, dict[str, float]] = {
    "hook": {"motion": 0.6, "close": 0.2, "faces": 0.2},
    "pain": {"faces": 0.6, "medium": 0.4},
    "selling_point": {"close": 0.6, "motion": 0.4},
    "proof": {"close": 1.0},
    "offer": {"close": 0.4, "medium": 0.6},
    "cta": {"medium": 0.5, "faces": 0.5},
}


def fits(option: ClipOption) -> bool:
    """Whether a shot can be shown at all."""
    return option.quality >= MIN_QUALITY and (option.is_picture or option.frames >= MIN_FRAMES)


def rank(need: SlotNeed, options: Iterable[ClipOption], relevance: Mapping[str, float]) -> tuple[Candidate, ...]:
    """Every fitting shot for `need`, best first.

    `relevance` gives 0..1 by shot id: how near the shot's words are to the slot's. Equal
    scores fall back to the file's name and frame, so the order never depends on row ids.
    """
    scored = [(option, *_score(need, option, relevance.get(option.shot_id, 0.0))) for option in options if fits(option)]
    scored.sort(key=lambda row: (-row[1], row[0].name, row[0].start_frame))
    return tuple(Candidate(option.shot_id, round(score, 4), why) for option, score, why in scored)


def _score(need: SlotNeed, option: ClipOption, relevance: float) -> tuple[float, tuple[str, ...]]:
    parts = {
        "words": relevance,
        "role": _role_fit(need, option),
        "quality": option.quality,
        "look": _look_fit(need, option),
        "length": 1.0 if option.is_picture else min(1.0, option.frames / max(need.frames, 1)),
    }
    total = sum(_WEIGHTS[name] * value for name, value in parts.items())
    worth = (1.0 if option.fits_portrait else SMALL_IN_FRAME) * (LINES_IN_PICTURE if option.shows_lines else 1.0)
    return total * worth, _reasons(parts, option)


def _role_fit(need: SlotNeed, option: ClipOption) -> float:
    if not option.role:
        return 0.5
    return 1.0 if option.role == need.role else 0.15


def _look_fit(need: SlotNeed, option: ClipOption) -> float:
    likes = _LIKES[need.role]
    seen = {
        "motion": option.motion,
        "faces": 1.0 if option.faces else 0.0,
        "close": 1.0 if option.scale == "close" else 0.0,
        "medium": 1.0 if option.scale == "medium" else 0.0,
    }
    return sum(weight * seen[like] for like, weight in likes.items())


def _reasons(parts: Mapping[str, float], option: ClipOption) -> tuple[str, ...]:
    reasons = []
    if parts["words"] >= 0.35:
        reasons.append("words")
    if parts["role"] == 1.0:
        reasons.append("role")
    if parts["quality"] >= 0.6:
        reasons.append("quality")
    if parts["look"] >= 0.5:
        reasons.append("look")
    if not option.times_used:
        reasons.append("unused")
    return tuple(reasons) or ("available",)
