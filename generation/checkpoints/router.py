"""Who may use which checkpoint: a licence held against a use. Pure; what is not known is not allowed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from core.errors import TerminalError
from generation.checkpoints.cards import Card

EU_MEMBERS = frozenset(
    {
        "AT",
        "BE",
        "BG",
        "HR",
        "CY",
        "CZ",
        "DK",
        "EE",
        "FI",
        "FR",
        "DE",
        "GR",
        "HU",
        "IE",
        "IT",
        "LV",
        "LT",
        "LU",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SK",
        "SI",
        "ES",
        "SE",
    }
)
"""ISO 3166 codes of the member states of the European Union (27, 2026)."""


@dataclass(frozen=True)
class Use:
    """Who uses a model and for what. "" and None are what nobody has said.

    `territory` is an ISO 3166 code, `revenue_usd` the advertiser's yearly revenue in whole dollars,
    `agreements` the ids of checkpoints for which the operator has made terms with the licensor.
    """

    territory: str = ""
    is_commercial: bool = True
    revenue_usd: int | None = None
    agreements: Collection[str] = ()


@dataclass(frozen=True)
class Verdict:
    """Whether a card may be used; `reason` says why not, in one sentence with the way out."""

    is_allowed: bool
    reason: str = ""


class LicenceRefused(TerminalError):
    """The licence of a checkpoint does not cover this advertiser."""

    code = "licence"


def allow(card: Card, use: Use) -> Verdict:
    """Whether `use` is covered by the licence of `card`; the first thing that speaks against it."""
    objections = (_territory(card, use), _revenue(card, use), _commerce(card, use))
    reason = next((each for each in objections if each), "")
    return Verdict(not reason, reason)


def require_allowed(card: Card, use: Use) -> None:
    """LicenceRefused, with the reason, for what `allow` refuses."""
    verdict = allow(card, use)
    if not verdict.is_allowed:
        raise LicenceRefused(f"{card.id}: {verdict.reason}")


def choose(cards: Iterable[Card], use: Use) -> tuple[Card | None, dict[str, str]]:
    """The first card that `use` may have, and why each one before it was refused."""
    refused: dict[str, str] = {}
    for card in cards:
        verdict = allow(card, use)
        if verdict.is_allowed:
            return card, refused
        refused[card.id] = verdict.reason
    return None, refused


def _territory(card: Card, use: Use) -> str:
    """No agreement of ours lifts this: the licence does not exist there."""
    if not card.refused_in:
        return ""
    where = ", ".join(card.refused_in)
    if not use.territory:
        return f"{card.licence} does not apply in {where}; say where the advertiser is (territory in its profile)"
    territory = _normal(use.territory)
    if territory in card.refused_in or ("EU" in card.refused_in and territory in EU_MEMBERS):
        return f"{card.licence} does not apply in {where}, and the advertiser is in {use.territory}"
    return ""


def _revenue(card: Card, use: Use) -> str:
    if not card.revenue_below_usd or not use.is_commercial or card.id in use.agreements:
        return ""
    limit = f"{card.revenue_below_usd:,} USD"
    if use.revenue_usd is None:
        ask = "say the advertiser's (annual_revenue_usd in its profile)"
        return f"{card.licence} holds below {limit} of yearly revenue; {ask}"
    if use.revenue_usd >= card.revenue_below_usd:
        return f"{card.licence} holds below {limit} of yearly revenue, and the advertiser has {use.revenue_usd:,} USD"
    return ""


def _commerce(card: Card, use: Use) -> str:
    if not use.is_commercial or card.commercial == "yes" or card.id in use.agreements:
        return ""
    if card.commercial == "no":
        instead = f"; {card.terms}" if card.terms else ""
        return f"{card.licence} forbids commercial use{instead}"
    if card.commercial == "agreement":
        return f"{card.terms}; once done, add {card.id} to MODEL_AGREEMENTS"
    return f"nobody has told us that its licence covers commercial use; read it, then add {card.id} to MODEL_AGREEMENTS"


def _normal(territory: str) -> str:
    """The United Kingdom is GB in ISO 3166, and UK to most people."""
    code = territory.strip().upper()
    return "GB" if code == "UK" else code
