"""Says which of the eight formats a reference is: how it holds the viewer, whatever it sells."""

from __future__ import annotations

from collections.abc import Sequence

from creative.contracts import FORMATS, Format, Role
from creative.references.format_cues import compiled


def format_scores(texts: Sequence[str], roles: Sequence[Role]) -> dict[Format, float]:
    """How much each format speaks out of the lines (the first counts more) and the order of roles."""
    lowered = [text.casefold().replace("’", "'").strip() for text in texts]
    scores = {kind: _cue_score(kind, lowered) for kind in FORMATS}
    for kind, bonus in _role_bonus(roles).items():
        scores[kind] += bonus
    return scores


def _cue_score(kind: Format, texts: Sequence[str]) -> float:
    opening = sum(weight for weight, cue in compiled(True)[kind] if texts and cue.search(texts[0]))
    body = sum(
        weight * min(3, sum(cue.search(text) is not None for text in texts[1:]))
        for weight, cue in compiled(False)[kind]
    )
    return opening + body


def _role_bonus(roles: Sequence[Role]) -> dict[Format, float]:
    bonus: dict[Format, float] = {}
    if "offer" in roles[:2]:
        bonus["offer_first"] = 4.0
    if roles.count("proof") >= 2 and "proof" in roles[:3]:
        bonus["proof"] = 3.0
    if roles.count("selling_point") >= 3 and "pain" not in roles:
        bonus["scene"] = 1.0
    if "pain" in roles[:3]:
        bonus["talk_through"] = 0.6
    return bonus


def classify_format(texts: Sequence[str], roles: Sequence[Role]) -> Format:
    """The likeliest format; without a single cue a talk-through, which most ads are."""
    if not texts:
        return "scene"
    scores = format_scores(texts, roles)
    best = max(FORMATS, key=lambda kind: scores[kind])
    return best if scores[best] > 0 else "talk_through"


def format_by_shots(cuts_per_second: float, share_with_faces: float) -> Format:
    """Without any words: a face that stays is someone talking, fast cuts are scenes, slow ones a process."""
    if share_with_faces > 0.5 and cuts_per_second < 0.5:
        return "talk_through"
    return "scene" if cuts_per_second >= 0.4 else "process"
