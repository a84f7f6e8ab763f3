"""Whether the engines set up here may speak, show, hear and write for an advertiser: the router, asked for each.

A folder that no card knows is the operator's word, and so is a server: the way out everywhere is MODEL_AGREEMENTS.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SynchronousOnlyOperation, ValidationError
from django.db import DatabaseError

from core.models import Advertiser
from generation.checkpoints.cards import Card, card_named, card_served
from generation.checkpoints.folders import look_at, use_of
from generation.checkpoints.router import LicenceRefused, Use, allow

WITHOUT = {
    "VOICE_MODEL_DIR": "or leave VOICE_MODEL_DIR empty: then the embedded voice speaks, marked",
    "HEAD_MODEL_DIR": "or leave HEAD_MODEL_DIR empty: then a drawn host is shown, marked",
    "HEARING_MODEL_DIR": "or leave HEARING_MODEL_DIR empty: then nothing is heard",
}
"""What a person can do besides coming to terms with the licensor, by setting."""


def voice_objection(advertiser: Advertiser | str) -> str:
    """Why the configured voice may not speak for an advertiser (or its slug), with the ways out; "" where it may."""
    return "" if settings.VOICE_BASE_URL else _of_folder("VOICE_MODEL_DIR", advertiser)


def head_objection(advertiser: Advertiser | str) -> str:
    """The same for the model that moves a filmed host's lips."""
    return _of_folder("HEAD_MODEL_DIR", advertiser)


def hearing_objection(advertiser: Advertiser | str) -> str:
    """The same for the model that turns speech into words."""
    return _of_folder("HEARING_MODEL_DIR", advertiser)


def model_objection(model: str, advertiser: str) -> str:
    """The same for the language model that a server calls `model`; `advertiser` is an id or a slug, "" unsaid."""
    card = card_served(model)
    return _of_card(card, advertiser) if card is not None else ""


def require_voice(advertiser: Advertiser) -> None:
    """LicenceRefused where the configured voice may not speak in this advertiser's ads."""
    _require(voice_objection(advertiser))


def require_head(advertiser: Advertiser) -> None:
    """LicenceRefused where the configured head may not be shown in this advertiser's ads."""
    _require(head_objection(advertiser))


def require_hosted_head(card: str, advertiser: Advertiser) -> None:
    """The same for a head's model that a host elsewhere has, by its card; "" for a folder no card knows."""
    found = card_named(card) if card else None
    _require(_of_card(found, advertiser) if found is not None else "")


def _require(objection: str) -> None:
    if objection:
        raise LicenceRefused(objection)


def _of_folder(setting: str, advertiser: Advertiser | str) -> str:
    folder = getattr(settings, setting)
    card = look_at(Path(folder)).card if folder else None
    reason = _of_card(card, advertiser) if card is not None else ""
    return f"{setting}: {reason}; {WITHOUT[setting]}" if reason else ""


def _of_card(card: Card, advertiser: Advertiser | str) -> str:
    """The books are opened only where the licence asks who the advertiser is."""
    verdict = allow(card, Use(agreements=frozenset(settings.MODEL_AGREEMENTS)))
    if not verdict.is_allowed and (card.refused_in or card.revenue_below_usd):
        found = advertiser if isinstance(advertiser, Advertiser) else _advertiser(advertiser)
        verdict = allow(card, use_of(found)) if found is not None else verdict
    return "" if verdict.is_allowed else f"{card.id}: {verdict.reason}"


def _advertiser(name: str) -> Advertiser | None:
    """By slug or id; None where the books do not know it or are not open (nor are they on an event loop)."""
    if not name:
        return None
    try:
        by_slug = Advertiser.objects.filter(slug=name).first()
        is_id = len(name) == len("00000000-0000-0000-0000-000000000000")
        return by_slug or (Advertiser.objects.filter(pk=name).first() if is_id else None)
    except (DatabaseError, SynchronousOnlyOperation, ValidationError, ValueError):
        return None
