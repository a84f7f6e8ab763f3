"""Live rooms on the pages that join apps: the account, home, the rail."""

from __future__ import annotations

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from avatar.models import Broadcast, Room
from avatar.page_data.rooms import RoomCard, on_air_cards, room_cards
from avatar.services.broadcasting import ON_AIR
from core.models import Advertiser
from core.waiting import Waiting

SHOWN = 4
PLACE = "rooms"


def account_rooms(advertiser: Advertiser) -> list[RoomCard]:
    """The rooms of an account, those on air first."""
    return room_cards(advertiser)[:SHOWN]


def rooms_on_air(advertiser: Advertiser) -> list[RoomCard]:
    """What is being sold live right now."""
    return on_air_cards(advertiser)


def on_air_count(advertiser: Advertiser) -> int:
    return Broadcast.objects.for_advertiser(advertiser).filter(state__in=ON_AIR).count()


def waiting_things(advertiser: Advertiser) -> list[Waiting]:
    """Broadcasts that a fault ended, until the room goes on air again; an AI label that is not in the picture."""
    return [*_ended(advertiser), *_unlabelled(advertiser)]


def waiting_counts(advertiser: Advertiser) -> dict[str, int]:
    return {PLACE: len(waiting_things(advertiser))}


def _ended(advertiser: Advertiser) -> list[Waiting]:
    newest = Broadcast.objects.filter(room=OuterRef("pk")).order_by("-created_at").values("pk")[:1]
    rooms = Room.objects.for_advertiser(advertiser).annotate(newest=Subquery(newest))
    failed = rooms.filter(broadcasts__pk=F("newest"), broadcasts__state="failed").values_list(
        "pk", "name", "broadcasts__failure"
    )
    return [
        Waiting(
            "stop",
            _("“%(room)s” went off air by itself") % {"room": name},
            failure,
            _("Look at it"),
            reverse("avatar:room", args=[key]),
            PLACE,
        )
        for key, name, failure in failed
    ]


def _unlabelled(advertiser: Advertiser) -> list[Waiting]:
    rows = Broadcast.objects.for_advertiser(advertiser).filter(state="running", figures__label__ok=False)
    return [
        Waiting(
            "stop",
            _("“%(room)s” shows no AI label") % {"room": each.room.name},
            _("The safe slate is on until the label is back."),
            _("To the control room"),
            reverse("avatar:control", args=[each.room_id]),
            PLACE,
        )
        for each in rows.select_related("room")
    ]
