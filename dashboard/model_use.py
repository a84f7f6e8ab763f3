"""What the account asked of language models, in words for its page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.llm_books import Use, use_of
from core.models import Advertiser

DAYS = 30


@dataclass(frozen=True)
class UseLine:
    """One purpose: its name, how often and how much, and what it cost ("" where no price is set)."""

    name: str
    note: str
    cost: str


def use_lines(advertiser: Advertiser) -> list[UseLine]:
    """The last thirty days by purpose, the most tokens first; purposes of one name together."""
    names, summed = _names(), dict[str, Use]()
    for use in use_of(advertiser, DAYS):
        name = names.get(use.purpose, _("Others"))
        before = summed.get(name, Use(name, 0, 0, 0, 0.0))
        summed[name] = Use(
            name,
            before.calls + use.calls,
            before.failures + use.failures,
            before.tokens + use.tokens,
            before.cost_fen + use.cost_fen,
        )
    return [
        UseLine(use.purpose, _note(use), f"¥{use.cost_fen / 100:.2f}" if use.cost_fen else "")
        for use in summed.values()
    ]


def _note(use: Use) -> str:
    asked = ngettext("%(count)s question", "%(count)s questions", use.calls) % {"count": f"{use.calls:,}"}
    parts = [asked, _("%(count)s tokens") % {"count": f"{use.tokens:,}"}]
    if use.failures:
        parts.append(_("%(count)s without an answer") % {"count": f"{use.failures:,}"})
    return " · ".join(parts)


def _names() -> dict[str, str]:
    """Purposes as the books name them (a prompt's name without its version)."""
    scripts, talks, footage = _("Scripts"), _("Conversations"), _("Footage looked at")
    return {
        "script": scripts,
        "script-repair": scripts,
        "structure": _("References"),
        "expert": talks,
        "lead": talks,
        "answer": _("Live rooms"),
        "shots": _("Generated clips"),
        "shot": footage,
        "video": footage,
        "question": footage,
        "embedding": _("Search"),
    }
