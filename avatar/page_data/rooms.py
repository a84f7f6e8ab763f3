"""The list of live rooms: each with what it sells, who hosts it, and whether it is on air."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avatar.hosts import say_name
from avatar.models import Broadcast, Room
from avatar.page_data.words import money
from avatar.services.broadcasting import ON_AIR
from core.models import Advertiser, Product


@dataclass(frozen=True)
class RoomCard:
    """`level` is a chip's; `since` the moment the room went on air, None while it is off."""

    room: Room
    host: str
    picture_url: str
    state: str
    level: str
    is_on_air: bool
    since: dt.datetime | None
    url: str
    line: str
    figures: str


def room_cards(advertiser: Advertiser) -> list[RoomCard]:
    """Rooms on air first, then the newest."""
    rooms = Room.objects.for_advertiser(advertiser).select_related("product", "own_persona").order_by("-created_at")
    cards = [_card(room, newest_broadcast(room)) for room in rooms]
    return sorted(cards, key=lambda card: not card.is_on_air)


def on_air_cards(advertiser: Advertiser) -> list[RoomCard]:
    rooms = Room.objects.for_advertiser(advertiser).filter(broadcasts__state__in=ON_AIR)
    return [_card(room, newest_broadcast(room)) for room in rooms.select_related("product", "own_persona")]


def newest_broadcast(room: Room) -> Broadcast | None:
    """The one on air, else the last."""
    return room.broadcasts.order_by("-created_at").first()


def products_of(advertiser: Advertiser) -> list[Product]:
    """What a room can be opened for."""
    return list(Product.objects.for_advertiser(advertiser).order_by("name"))


def state_of(broadcast: Broadcast | None) -> tuple[str, str]:
    """(word, chip) of a room whose newest broadcast this is."""
    if broadcast is None:
        return _("Not on air yet"), ""
    if broadcast.state == Broadcast.State.QUEUED:
        return _("Waits for a host"), "look"
    if broadcast.state == Broadcast.State.RUNNING:
        if broadcast.stop_wanted_at:
            return _("Ending"), "look"
        return (_("On air"), "on-air") if broadcast.begun_at else (_("Starting"), "look")
    return (_("Ended by a fault"), "blocked") if broadcast.failure else (_("Off air"), "")


def picture_url(room: Room) -> str:
    """The host as a still."""
    if room.own_persona_id:
        return reverse("avatar:persona_picture", args=[room.own_persona_id])
    return reverse("avatar:host_picture", args=[room.persona.lower()])


def _card(room: Room, broadcast: Broadcast | None) -> RoomCard:
    state, level = state_of(broadcast)
    is_on_air = broadcast is not None and broadcast.state in ON_AIR
    return RoomCard(
        room=room,
        host=say_name(room),
        picture_url=picture_url(room),
        state=state,
        level=level,
        is_on_air=is_on_air,
        since=(broadcast.begun_at or broadcast.created_at) if broadcast and is_on_air else None,
        url=reverse("avatar:control" if is_on_air else "avatar:room", args=[room.pk]),
        line=_line(broadcast) if broadcast and is_on_air else "",
        figures=_figures(room, broadcast),
    )


def _line(broadcast: Broadcast) -> str:
    spoken = broadcast.said.order_by("-id").first()
    return str(spoken.text) if spoken else ""


def _figures(room: Room, broadcast: Broadcast | None) -> str:
    if broadcast is None:
        return _("%(price)s · never been on air") % {"price": room.price_text or room.product.name}
    orders = list(room.orders.filter(broadcast=broadcast).values_list("amount_minor", "currency"))
    answers = int(broadcast.figures.get("answers", 0))
    told = [
        ngettext("%(count)d answer", "%(count)d answers", answers) % {"count": answers},
        ngettext("%(count)d order", "%(count)d orders", len(orders)) % {"count": len(orders)},
    ]
    if orders:
        told.append(money(sum(amount for amount, _currency in orders), orders[0][1]))
    return " · ".join(told)


def lasted(broadcast: Broadcast) -> float:
    """Seconds on air by the clock on the wall."""
    begun = broadcast.begun_at or broadcast.created_at
    return ((broadcast.ended_at or timezone.now()) - begun).total_seconds()
