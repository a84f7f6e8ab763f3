"""The list of rooms, opening one, on air and off."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from avatar.live_topics import LIVE_TOPICS
from avatar.models import Room
from avatar.page_data.errors import in_words
from avatar.page_data.rooms import products_of, room_cards
from avatar.services import broadcasting
from avatar.services.rooms import open_room
from core.errors import InputError
from core.live_updates import changed_response
from core.member_pages import MemberRequest, member_page
from core.models import Product

UNPROCESSABLE = 422
ON_AIR_ROLES = ("owner", "editor", "operator")
"""Who may put a room on air and speak into it."""


def room_of(request: MemberRequest, room_id: uuid.UUID) -> Room:
    """The advertiser's room, or 404."""
    rooms = Room.objects.for_advertiser(request.advertiser).select_related("product__advertiser", "own_persona")
    return get_object_or_404(rooms, pk=room_id)


@member_page("GET")
async def live(request: MemberRequest) -> HttpResponseBase:
    """The line on which open pages hear that something changed; they fetch their part again."""
    return changed_response(request.advertiser.pk, LIVE_TOPICS)


@member_page("GET")
def rooms(request: MemberRequest) -> HttpResponse:
    """All rooms, those on air first."""
    return _list(request)


@member_page("POST")
def open_new(request: MemberRequest) -> HttpResponse:
    """A room from a product in one step; its set-up page follows."""
    key = request.POST.get("product", "")
    product = Product.objects.for_advertiser(request.advertiser).filter(pk=key).first() if is_key(key) else None
    if product is None:
        raise Http404
    try:
        made = open_room(request.advertiser, product)
    except InputError as error:
        return _list(request, in_words(error), UNPROCESSABLE)
    messages.success(request, _("The room stands, with host, script and card. It can go on air as it is."))
    return redirect("avatar:room", made.pk)


@member_page("POST", changers=ON_AIR_ROLES)
def go_on_air(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """Wanted on air; a host takes it within a second. What stands in the way is said on the set-up page."""
    room = room_of(request, room_id)
    try:
        broadcasting.start(room)
    except InputError as error:
        messages.error(request, in_words(error))
        return redirect("avatar:room", room.pk)
    return redirect("avatar:control", room.pk)


@member_page("POST", changers=ON_AIR_ROLES)
def go_off_air(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """The broadcast ends; what was streamed stays in the books."""
    room = room_of(request, room_id)
    now = broadcasting.on_air(room)
    if now is not None:
        broadcasting.stop(now)
    return redirect("avatar:control", room.pk)


def _list(request: MemberRequest, problem: str = "", status: int = 200) -> HttpResponse:
    page = {"cards": room_cards(request.advertiser), "products": products_of(request.advertiser), "problem": problem}
    return render(request, "avatar/rooms.html", page, status=status)


def is_key(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
