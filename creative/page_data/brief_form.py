"""The page of one brief: values, what is wrong with them, what is ready and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from creative.brief import BriefError
from creative.brief.parsing import Assumption
from creative.models import Brief
from creative.page_data.briefs import CATEGORY_WORDS, PLATFORM_WORDS, outlines, parts, steps
from creative.page_data.briefs_values import BriefValues, FactValues, Problem, place
from creative.page_data.sentences import in_words

LANGUAGES = (("zh-CN", "中文"), ("en", "English"))
LENGTHS = ("10", "15", "20", "30")


def context(
    brief: Brief | None,
    values: BriefValues,
    error: BriefError | None = None,
    assumptions: Sequence[Assumption] = (),
    is_changed: bool = False,
) -> dict[str, Any]:
    """Everything creative/brief.html shows."""
    problems, values, errors = problems_of(values, error)
    pieces = parts(values)
    shapes = outlines()
    chosen = next((shape for shape in shapes if shape.platform == values.platform), shapes[0])
    return {
        "brief": brief,
        "values": values,
        "rows": values.rows(),
        "errors": errors,
        "problems": problems,
        "assumptions": [(field_word(place(each.field)[0]), in_words(each.reason)) for each in assumptions],
        "is_changed": is_changed,
        "parts": pieces,
        "missing": sum(part.is_needed and not part.is_ready for part in pieces),
        "outlines": shapes,
        "outline": chosen,
        "platforms": [(key, str(word)) for key, word in PLATFORM_WORDS.items()],
        "languages": LANGUAGES,
        "lengths": LENGTHS,
        "categories": [str(word) for word in CATEGORY_WORDS.values()],
        "steps": steps(brief, "brief"),
    }


def field_word(name: str) -> str:
    """What a field is called on the page."""
    words = {
        "name": _("Product name"),
        "category": _("Category"),
        "price": _("Price"),
        "offer": _("Offer"),
        "audience": _("Audience"),
        "cta": _("What viewers should do"),
        "link": _("Link"),
        "language": _("Language of the ad"),
        "platform": _("Platform"),
        "length_seconds": _("Length"),
        "tone": _("Tone"),
        "need": _("What you need"),
        "id": _("Short name"),
        "text": _("Fact"),
        "evidence": _("Evidence"),
        "valid_until": _("Valid until"),
        "facts": _("Facts"),
    }
    return words.get(name, name)


def problems_of(values: BriefValues, error: BriefError | None) -> tuple[list[Problem], BriefValues, dict[str, str]]:
    """The summary on top, the values with the errors of their facts, the errors of the other fields."""
    problems: list[Problem] = []
    errors: dict[str, str] = {}
    facts: list[FactValues] = list(values.facts)
    for path, reason in error.problems if error else ():
        name, row = place(path)
        words = in_words(reason)
        if row is not None and row < len(facts):
            facts[row] = replace(facts[row], errors={**facts[row].errors, name: words})
            word = _("Fact %(number)d, %(column)s") % {"number": row + 1, "column": field_word(name)}
            problems.append(Problem(f"fact-{name}-{row}", word, words))
        elif name:
            errors[name] = words
            problems.append(Problem(name, field_word(name), words))
        else:
            problems.append(Problem("", path, words))
    return problems, replace(values, facts=tuple(facts)), errors
