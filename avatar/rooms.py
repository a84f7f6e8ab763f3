"""A room of the books as its processes take it: what is said and shown, and where it goes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from django.conf import settings

from avatar.contracts import BargeIn, LinkPlace, ProductCard, RoomConfig, RoomProduct
from avatar.heads.naming import head_named
from avatar.hosts import host_named
from avatar.models import Broadcast, HostPersona, Room, ScriptVersion
from avatar.services.personas import check_consents
from avatar.services.products import Ware, wares_of
from avatar.services.scripts import brief_of, current_script, lines_of, platform_of
from avatar.speech.voices import PERSON
from core.contracts import Language
from core.errors import InputError
from creative.api import short_name
from generation import api as generation

PICTURE = "picture"
"""What a room's background says that stands before a picture of the advertiser's."""


@dataclass(frozen=True)
class LiveRoom:
    """`outputs` are addresses with their stream keys: for the engine alone, never for a log or a command line.

    `folder` holds what the room leaves on this machine: its log, its cursor, its preview.
    """

    room_id: uuid.UUID
    config: RoomConfig
    folder: Path
    broadcast_id: uuid.UUID | None = None
    outputs: tuple[str, ...] = ()
    guest_delay_seconds: float = 0.0


def load_room(name: str) -> LiveRoom:
    """The room with this id or slug, as it is now. `InputError` when there is none or several, or nothing to say."""
    room = _find(name)
    script = current_script(room)
    if script is None:
        raise InputError("script", "has no line; write at least one sentence", "empty_script")
    return LiveRoom(room.pk, config_of(room, script), folder_of(room.pk))


def load_broadcast(key: str | uuid.UUID) -> LiveRoom:
    """A broadcast with the script it went on air with, and its platforms' addresses."""
    found = Broadcast.objects.select_related("room__product__advertiser", "room__own_persona", "script").filter(pk=key)
    broadcast = found.first()
    if broadcast is None:
        raise InputError("broadcast", f"there is no broadcast {key}", "unknown_broadcast")
    room = broadcast.room
    outputs = tuple(each.address() for each in room.outputs.all())
    config = config_of(room, broadcast.script)
    delay = float(broadcast.guest_delay_seconds)
    return LiveRoom(room.pk, config, folder_of(broadcast.pk), broadcast.pk, outputs, delay)


def folder_of(key: uuid.UUID | str) -> Path:
    """Where a room or broadcast keeps its files on this machine."""
    return Path(settings.ADLOOM_HOME) / "live" / str(key)


def config_of(room: Room, script: ScriptVersion) -> RoomConfig:
    """Raises `InputError` when the persona's consents no longer stand."""
    if room.own_persona is not None:
        check_consents(room.own_persona)
    language = cast(Language, room.language)
    laps, wares = lines_of(script), wares_of(room)
    products = tuple(_ware(room, ware, language) for ware in wares)
    return RoomConfig(
        advertiser=room.advertiser.slug,
        language=language,
        persona=room.persona,
        voice=_voice(room, language),
        background=_background(room),
        lines=laps[0],
        card=products[0].card,
        barge_in=cast(BargeIn, room.barge_in),
        label=room.label,
        seed=room.seed,
        ticker=room.ticker,
        laps=laps,
        facts=products[0].facts,
        products=products if len(products) > 1 else (),
        link_place=cast(LinkPlace, room.link_place),
        platform=platform_of(room),
        degraded=tuple(script.degraded),
        host=choices_of(room.own_persona) if room.own_persona is not None else (),
        head=_head(room),
    )


def _head(room: Room) -> str:
    """The folder of the filmed host, "" for a drawn one. InputError when it is no longer there."""
    persona = room.own_persona
    if persona is None or not persona.head:
        return ""
    folder = head_named(persona.head, room.advertiser.slug)
    if folder is None:
        raise InputError("persona", f"the prepared head {persona.head!r} is not on this machine", "unknown_head")
    return str(folder)


def choices_of(persona: HostPersona) -> tuple[tuple[str, str], ...]:
    """What an advertiser's host is drawn from."""
    chosen = {**persona.choices, "name": persona.name, "language": persona.language, "seed": persona.seed}
    return tuple(sorted((name, str(value)) for name, value in chosen.items()))


def _voice(room: Room, language: Language) -> str:
    if room.voice:
        return room.voice
    if room.own_persona is not None and room.own_persona.voice_recording:
        return f"{PERSON}{room.own_persona.pk}"
    if room.own_persona is not None and room.own_persona.voice:
        return str(room.own_persona.voice)
    host = host_named(room.persona, language)
    return host.voice if host else ""


def _background(room: Room) -> str:
    """The name of a ready-made room, or where the advertiser's picture lies on this machine."""
    if room.background != PICTURE:
        return str(room.background)
    return str(Path(generation.stored_picture(room.background_sha256)[0]).resolve()) if room.background_sha256 else ""


def _ware(room: Room, ware: Ware, language: Language) -> RoomProduct:
    facts = brief_of(ware.product, language, platform_of(room)).all_facts()
    return RoomProduct(ware.product.name, _card(room, ware, language), facts)


def _card(room: Room, ware: Ware, language: Language) -> ProductCard:
    product = ware.product
    name = short_name(product.name, language) or product.name
    picture = Path(generation.stored_picture(product.picture_sha256)[0]) if product.picture_sha256 else None
    if not room.shows_card:
        return ProductCard("")
    return ProductCard(name, ware.price_text, ware.list_price_text, ware.coupon, picture)


def _find(name: str) -> Room:
    rooms = Room.objects.select_related("product__advertiser", "advertiser", "own_persona")
    try:
        found = list(rooms.filter(pk=uuid.UUID(name)))
    except ValueError:
        found = list(rooms.filter(slug=name)[:2])
    if not found:
        raise InputError("room", f"there is no room {name!r}", "unknown_room")
    if len(found) > 1:
        raise InputError("room", f"several advertisers have a room {name!r}; give its id", "several_rooms")
    return found[0]
