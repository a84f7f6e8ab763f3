"""What the AI label of a room may say: the law's words always, an advertiser's own on the line under them.

China's measures on labelling synthetic content (2025) want "人工智能" or "AI" together with "生成" or "合成" (for a
host: 数字人) in the picture, all the time; the EU's AI Act (article 50) that it is said to be artificial. The first
line of the label is ours and stays; an advertiser words the second, and it has to say the same.
"""

from __future__ import annotations

import re

from core.contracts import Language

LABELS: dict[Language, str] = {"zh-CN": "AI 数字人", "en": "AI digital host"}
"""What a room is labelled with that says nothing of its own."""
LONGEST_LABEL = 24
_AI = re.compile(r"人工智能|artificial intelligence|(?<![a-z])a\.?i\.?(?![a-z])", re.IGNORECASE)
_MADE = re.compile(r"数字人|数字主播|虚拟|生成|合成|digital|generated|synthetic|virtual", re.IGNORECASE)


def own_wording(label: str) -> str:
    """What stands on the second line: the advertiser's own words, "" where the label is one of ours."""
    return "" if label in LABELS.values() else label


def label_problem(label: str, language: Language) -> str:
    """Why `label` cannot be the label of a room, "" when it can."""
    if len(label) > LONGEST_LABEL:
        return f"is {len(label)} characters long; at most {LONGEST_LABEL}"
    if not _AI.search(label):
        return f"{label!r} does not say that the host is an AI; {LABELS[language]} does"
    if not _MADE.search(label):
        words = "数字人, 生成, 合成, digital, generated"
        return f"{label!r} does not say that the host is made ({words}); {LABELS[language]} does"
    return _drawing_problem(label)


def _drawing_problem(label: str) -> str:
    # Fonts are opened only where a label of an advertiser's own is checked.
    from avatar.faces.label import wording_fits
    from generation.lettering import missing_characters

    absent = "".join(sorted(missing_characters(label)))
    if absent:
        return f"{label!r} holds characters that no font here draws: {absent}"
    return (
        "" if not own_wording(label) or wording_fits(label) else f"{label!r} does not fit the label's box; shorten it"
    )
