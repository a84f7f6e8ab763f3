"""Viewers on air, as the control room shows them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avatar.costream.servers import IceServers
from avatar.models import Broadcast, Guest
from avatar.page_data.words import Words, word
from avatar.services.guests import OPEN, link_token

REASON_WORDS: Words = {
    "left": gettext_lazy("left on their own"),
    "lost": gettext_lazy("connection lost"),
    "removed": gettext_lazy("let go by an operator"),
    "dumped": gettext_lazy("dumped"),
    "withdrawn": gettext_lazy("took the consent back"),
    "closed": gettext_lazy("the door was closed"),
    "ended": gettext_lazy("the broadcast ended"),
}


@dataclass(frozen=True)
class GuestRow:
    """One guest: what can be done is told by `state`. `qr` is the link as a picture, while nobody came by it."""

    row: Guest
    state: str
    link: str = ""
    qr: SafeString | str = ""
    minutes_left: int = 0
    note: str = ""


def guest_panel(request: HttpRequest, broadcast: Broadcast, problem: str = "") -> dict[str, Any]:
    """`lets_in` is false in a room that holds nothing back; `is_there` where the WebRTC package is installed."""
    rows = [_row(request, guest) for guest in broadcast.guests.filter(state__in=OPEN)]
    over = broadcast.guests.filter(state=Guest.State.ENDED, came_at__isnull=False).order_by("-ended_at").first()
    return {
        "lets_in": broadcast.guest_delay_seconds > 0,
        "is_there": find_spec("aiortc") is not None,
        "delay": broadcast.guest_delay_seconds,
        "rows": [row for row in rows if row is not None],
        "is_open": any(row is not None and row.state == "invited" for row in rows),
        "has_guest": any(row is not None and row.state == "on_air" for row in rows),
        "last": (over.name or _("a viewer"), word(REASON_WORDS, over.reason)) if over else None,
        "problem": problem,
        "servers": IceServers.from_settings(settings).as_browsers_take_them(),
    }


def _row(request: HttpRequest, guest: Guest) -> GuestRow | None:
    if guest.state != Guest.State.INVITED:
        return GuestRow(guest, guest.state, note=_note(guest))
    left = int((guest.expires_at - timezone.now()).total_seconds() // 60) + 1
    if left <= 0:
        return None
    link = guest_link(request, guest)
    return GuestRow(guest, guest.state, link, qr_of(link), left)


def guest_link(request: HttpRequest, guest: Guest) -> str:
    """The address to send: as people reach this platform, PUBLIC_URL where it is set."""
    path = reverse("avatar:guest_page", args=[link_token(guest)])
    return (
        f"{str(settings.PUBLIC_URL).rstrip('/')}{path}" if settings.HAS_PUBLIC_URL else request.build_absolute_uri(path)
    )


def qr_of(link: str) -> SafeString:
    """The link as SVG that takes the size its frame gives it."""
    drawn = segno.make(link, error="l", micro=False)
    svg = drawn.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None, dark="#101416", light="#ffffff")
    return mark_safe(svg)  # drawn here, from an address of ours


def _note(guest: Guest) -> str:
    if not guest.is_connected:
        return _("connecting")
    if not guest.hears:
        return _("no ear is set up: the host cannot answer, you can")
    return _("camera and voice") if guest.has_picture else _("voice only")
