"""Footage of a person becomes a prepared head of an advertiser, with the consents that it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from avatar.models import LikenessConsent
from core.errors import InputError
from core.models import Advertiser
from core.slugs import SLUG_RULE, is_slug
from core.yaml_text import read_yaml
from generation import api as generation
from generation.api import heads_folder, home_of_head
from generation.heads import AvatarCache, HeadConsent, HeadOrigin, HeadRefused, check_origin, withdraw_from

KINDS: tuple[Literal["likeness", "voice"], ...] = ("likeness", "voice")
PAPER_KEYS = ("person", "words", "given_at", "evidence", "kinds")


def prepare_footage(
    footage: Path, name: str, origin: HeadOrigin, advertiser: str = "", seconds: float = 30.0
) -> AvatarCache:
    """The head called `name`, made of the first `seconds` of the footage; made once, then only its consents change.

    HeadConsentMissing unless `origin` says who agreed, HeadMissing without a model, InputError for footage or a name
    that cannot be used.
    """
    if not is_slug(name):
        raise InputError("name", SLUG_RULE, "slug")
    check_origin(origin, name)
    made = generation.prepare_head(footage, home_of_head(name, advertiser), name, origin, seconds)
    generation.say_whose_heads_are_here()
    return made


def origin_of_books(advertiser: Advertiser, person: str) -> HeadOrigin:
    """The person's consents as the books have them; face and voice are looked up each by itself."""
    rows = LikenessConsent.objects.for_advertiser(advertiser).filter(person=person, withdrawn_at=None)
    newest = {row.kind: row for row in rows.order_by("given_at")}
    consents = tuple(
        HeadConsent(str(row.pk), kind, row.words, row.given_at.isoformat(), row.evidence)
        for kind in KINDS
        if (row := newest.get(kind)) is not None
    )
    return HeadOrigin(person=person, consents=consents)


def origin_of_paper(path: Path) -> HeadOrigin:
    """What a signed paper says, as YAML: person, words, given_at, evidence, and kinds (both unless one is named)."""
    try:
        told = read_yaml(path.read_bytes(), path.name)
    except OSError as error:
        raise InputError(path.name, f"cannot be read: {error.strerror}", "unreadable") from error
    if not isinstance(told, Mapping):
        raise InputError(path.name, "is not a mapping of person, words, given_at, evidence", "consent_bad")
    for key in told:
        if key not in PAPER_KEYS:
            raise InputError(f"{path.name}.{key}", f"is not known; there are {', '.join(PAPER_KEYS)}", "consent_bad")
    words = {key: _text(told, key, path.name) for key in ("person", "words", "given_at", "evidence")}
    kinds = told.get("kinds", list(KINDS))
    if not isinstance(kinds, list) or not set(kinds) <= set(KINDS):
        raise InputError(f"{path.name}.kinds", "is a list of likeness and voice", "consent_bad")
    person = words.pop("person")
    return HeadOrigin(person, consents=tuple(HeadConsent(f"{path.name}:{kind}", kind, **words) for kind in kinds))


def _text(told: Mapping[str, Any], key: str, thing: str) -> str:
    value = " ".join(str(told.get(key) or "").split())
    if not value:
        raise InputError(f"{thing}.{key}", "is missing; a consent says who, to what, when, and where the paper lies")
    return value


def withdraw_heads(consent: LikenessConsent, at: dt.datetime) -> int:
    """Mark every prepared head that rests on this consent, here and on other machines; how many folders here."""
    generation.withdraw_hosted(str(consent.pk), at)
    found = heads_folder() / "prepared" / consent.advertiser.slug
    marked = 0
    for folder in sorted(found.glob("*/")):
        try:
            marked += withdraw_from(folder, str(consent.pk), at.isoformat())
        except (HeadRefused, OSError):
            # One that does not say who is to be seen is refused wherever it is used; one that may only be read here is
            # marked by the machine that uses it.
            continue
    return marked
