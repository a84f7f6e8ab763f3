"""Whether a person may, and a head can, be made to speak. Asked before every use: consents can be withdrawn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generation.engines.heads.cache import AvatarCache, read_origin, write_origin
from generation.engines.heads.contracts import HeadConsentMissing, HeadOrigin, HeadRefused

KINDS = ("likeness", "voice")


def check_origin(origin: HeadOrigin, name: str) -> None:
    """HeadConsentMissing unless the person agreed to face and voice and still does, or nobody real is to be seen."""
    if origin.withdrawn_at:
        raise HeadConsentMissing(name, f"{origin.person or 'the person'} withdrew consent on {origin.withdrawn_at}")
    if not origin.person:
        if origin.invented:
            return
        raise HeadConsentMissing(name, "nobody says who is to be seen; prepare the footage with --consent")
    given = {each.kind for each in origin.consents}
    for kind in KINDS:
        if kind not in given:
            raise HeadConsentMissing(name, f"no {kind} consent of {origin.person} stands; record it first")


def check_cache(cache: AvatarCache) -> None:
    """HeadConsentMissing unless the person in `cache` may be made to speak now."""
    check_origin(cache.origin, cache.facts.name)


def check_made_for(cache: AvatarCache, checkpoint: str) -> None:
    """HeadRefused where the latents are another network's: they would draw another face, or none."""
    if cache.facts.checkpoint != checkpoint:
        raise HeadRefused(cache.facts.name, "was prepared with other weights than these; prepare its footage again")


def withdraw_from(folder: Path, consent_id: str, at: str) -> bool:
    """Mark a prepared head that rests on this consent; True when it did."""
    origin = read_origin(folder)
    if consent_id not in {each.id for each in origin.consents}:
        return False
    write_origin(folder, replace(origin, withdrawn_at=origin.withdrawn_at or at))
    return True
