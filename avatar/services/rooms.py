"""Rooms: opened from a product in one step, changed block by block."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import cast

from django.db import transaction

from avatar.config import BACKGROUNDS
from avatar.hosts import default_background, default_host, host_named, say_name
from avatar.label_words import LABELS, label_problem
from avatar.models import HostPersona, Room
from avatar.rooms import PICTURE
from avatar.services.scripts import write_script
from avatar.services.writing import order_script
from avatar.speech.voices import VOICES
from core import sealing
from core.contracts import Language
from core.errors import InputError
from core.live_updates import publish
from core.models import Advertiser, Product
from core.slugs import LONGEST_SLUG
from core.webhooks.signing import new_secret, secret_bytes

INTAKE_SECRETS = "avatar intake secret"
MOST_MINOR = 10**12


@transaction.atomic
def open_room(advertiser: Advertiser, product: Product, language: Language | None = None) -> Room:
    """A room ready to go on air: host by what is sold, script from its facts, card from its price.

    Raises `InputError` when nothing may be said of the product yet.
    """
    spoken = language or cast(Language, advertiser.language)
    host = default_host(product.category_key, spoken)
    room = Room.objects.create(
        advertiser=advertiser,
        product=product,
        slug=_free_slug(advertiser, product.name),
        name=_free_name(advertiser, product.name),
        language=spoken,
        persona=host.name,
        background=default_background(product.category_key),
        label=LABELS[spoken],
        price_text=product.price_text,
        coupon=product.offer[:60],
        currency=product.currency,
        price_minor=product.price_minor,
        seed=secrets.randbelow(9_000) + 1,
        intake_token=secrets.token_urlsafe(24),
        intake_secret=_sealed(new_secret()),
    )
    # The phrasebook writes at once; where a model is configured, it takes the script over in the background.
    write_script(room, say_name(room), uses_model=False)
    order_script(room)
    publish(advertiser.pk, "rooms", {"room": str(room.pk)})
    return room


def intake_key(room: Room) -> bytes:
    """The key that comments and orders for this room are signed with."""
    return sealing.unseal(sealing.key_for(INTAKE_SECRETS), bytes(room.intake_secret))


def new_intake_secret(room: Room) -> str:
    """A new secret, given back this once; the old one is void at once."""
    secret = new_secret()
    Room.objects.filter(pk=room.pk).update(intake_secret=_sealed(secret))
    return secret


def change_host(room: Room, given: Mapping[str, str]) -> None:
    """Persona, voice, background, when answers interrupt, the label's words. Raises `InputError`."""
    own = _own_persona(room, given.get("own_persona", ""))
    room.own_persona = own
    room.persona = own.base if own else _ready_made(given.get("persona", ""))
    voice = given.get("voice", "").strip()
    if voice and voice not in VOICES:
        raise InputError("voice", f"no voice is called {voice!r}", "unknown_voice")
    room.voice = voice
    known = (*BACKGROUNDS, *((PICTURE,) if room.background_sha256 else ()))
    if given.get("background", "") not in known:
        raise InputError("background", f"is none of {', '.join(known)}", "unknown_choice")
    room.background = given["background"]
    if given.get("barge_in", "") not in Room.BargeIn.values:
        raise InputError("barge_in", "is neither at_clause nor at_once", "unknown_choice")
    room.barge_in = given["barge_in"]
    room.save(update_fields=["own_persona", "persona", "voice", "background", "barge_in"])
    _tell(room)


def change_overlays(room: Room, given: Mapping[str, str]) -> None:
    """Card, price, coupon, ticker, label."""
    language = cast(Language, room.language)
    label = " ".join(given.get("label", room.label).split()) or LABELS[language]
    if reason := label_problem(label, language):
        raise InputError("label", reason, "label_without_ai")
    room.label = label
    place = given.get("link_place") or room.link_place
    if place not in Room.LinkPlace.values:
        raise InputError("link_place", f"is none of {', '.join(Room.LinkPlace.values)}", "unknown_choice")
    room.link_place = place
    room.shows_card = given.get("shows_card") == "yes"
    room.price_text = given.get("price_text", "").strip()[:40]
    room.list_price_text = given.get("list_price_text", "").strip()[:40]
    room.coupon = given.get("coupon", "").strip()[:60]
    room.ticker = given.get("ticker", "").strip()[:120]
    fields = ["label", "link_place", "shows_card", "price_text", "list_price_text", "coupon", "ticker"]
    room.save(update_fields=fields)
    _tell(room)


def change_campaign(room: Room, given: Mapping[str, str]) -> None:
    """The room's name, what it sells at, what an order may cost, the budget of a day. Raises `InputError`."""
    name = given.get("name", "").strip()
    if not name:
        raise InputError("name", "is missing", "missing")
    room.name = name[:120]
    room.price_minor = _minor("price", given.get("price", ""))
    room.bid_minor = _minor("bid", given.get("bid", ""))
    room.daily_budget_minor = _minor("daily_budget", given.get("daily_budget", ""))
    if room.bid_minor and room.daily_budget_minor and room.bid_minor > room.daily_budget_minor:
        raise InputError("bid", "is more than the budget of a day", "bid_over_budget")
    room.save(update_fields=["name", "price_minor", "bid_minor", "daily_budget_minor"])
    _tell(room)


def _own_persona(room: Room, key: str) -> HostPersona | None:
    if not key:
        return None
    found = HostPersona.objects.for_advertiser(room.advertiser).filter(pk=key).first() if _is_key(key) else None
    if found is None:
        raise InputError("persona", "is not there any more", "unknown_persona")
    return found


def _is_key(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text) is not None


def _ready_made(name: str) -> str:
    host = host_named(name)
    if host is None:
        raise InputError("persona", f"nobody is called {name!r}", "unknown_persona")
    return host.name


def _minor(thing: str, text: str) -> int | None:
    """An amount as people write it ("39.9", "¥1,200") in minor units; None for nothing."""
    bare = re.sub(r"[¥￥$€£,，\s]", "", text)
    if not bare:
        return None
    try:
        minor = Decimal(bare) * 100
    except InvalidOperation as error:
        raise InputError(thing, f"{text!r} is not an amount", "bad_amount") from error
    if not minor.is_finite() or minor < 0 or minor > MOST_MINOR or minor != minor.to_integral_value():
        raise InputError(thing, f"{text!r} is not an amount", "bad_amount")
    return int(minor)


def _free_slug(advertiser: Advertiser, name: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[: LONGEST_SLUG - 5] or "room"
    taken = set(Room.objects.for_advertiser(advertiser).values_list("slug", flat=True))
    return next(
        slug for number in range(1, 10_000) if (slug := stem if number == 1 else f"{stem}-{number}") not in taken
    )


def _free_name(advertiser: Advertiser, name: str) -> str:
    taken = set(Room.objects.for_advertiser(advertiser).values_list("name", flat=True))
    stem = name[:110]
    return next(
        each for number in range(1, 10_000) if (each := stem if number == 1 else f"{stem} {number}") not in taken
    )


def _sealed(secret: str) -> bytes:
    return sealing.seal(sealing.key_for(INTAKE_SECRETS), secret_bytes(secret))


def _tell(room: Room) -> None:
    publish(room.advertiser_id, "rooms", {"room": str(room.pk)})
