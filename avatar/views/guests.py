"""Viewers on air, from the control room: the door, who is taken on air and let go, and an ear ahead of the audience."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render

from avatar.models import Guest, Handshake
from avatar.page_data.errors import in_words
from avatar.page_data.guests import guest_panel
from avatar.services import broadcasting
from avatar.services import guests as services
from avatar.views.rooms import ON_AIR_ROLES, UNPROCESSABLE, room_of
from core.errors import InputError
from core.member_pages import MemberRequest, member_page
from core.webhooks.bodies import parse_object


@member_page("POST", changers=ON_AIR_ROLES)
def open_door(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """A link for one viewer; the one before is void if nobody came by it."""
    room = room_of(request, room_id)
    now = broadcasting.on_air(room)
    if now is None:
        return redirect("avatar:control", room.pk)
    return _carried_out(request, room_id, lambda: services.open_door(now, request.member))


@member_page("POST", changers=ON_AIR_ROLES)
def take_on_air(request: MemberRequest, guest_id: uuid.UUID) -> HttpResponse:
    guest = _guest(request, guest_id)
    return _carried_out(request, guest.broadcast.room_id, lambda: services.take_on_air(guest))


@member_page("POST", changers=ON_AIR_ROLES)
def let_go(request: MemberRequest, guest_id: uuid.UUID) -> HttpResponse:
    """Off the air, or the door is closed. What was heard stays heard; the dump takes it back."""
    guest = _guest(request, guest_id)
    reason = "closed" if guest.state == Guest.State.INVITED else "removed"
    return _carried_out(request, guest.broadcast.room_id, lambda: services.end_stay(guest, reason))


@member_page("POST", changers=ON_AIR_ROLES)
def listen(request: MemberRequest, room_id: uuid.UUID) -> JsonResponse:
    """An operator's browser asks for the programme as it goes into the delay: 201 {handshake}."""
    room = room_of(request, room_id)
    now = broadcasting.on_air(room)
    if now is None or not now.guest_delay_seconds:
        return JsonResponse({"error": "nothing is held back"}, status=409)
    try:
        offer = parse_object(request.body).get("offer")
        made = services.shake_hands(now, offer if isinstance(offer, str) else "")
    except InputError as error:
        return JsonResponse({"error": str(error)}, status=UNPROCESSABLE)
    return JsonResponse({"handshake": str(made.pk)}, status=201)


@member_page("GET")
def handshake(request: MemberRequest, handshake_id: uuid.UUID) -> JsonResponse:
    """The answer to an operator's browser, once: {answer}, "" while there is none."""
    rows = Handshake.objects.for_advertiser(request.advertiser).filter(guest=None)
    row = get_object_or_404(rows, pk=handshake_id)
    if row.answer:
        row.delete()
    return JsonResponse({"answer": row.answer})


def _guest(request: MemberRequest, guest_id: uuid.UUID) -> Guest:
    rows = Guest.objects.for_advertiser(request.advertiser).select_related("broadcast__room")
    return get_object_or_404(rows, pk=guest_id)


def _carried_out(request: MemberRequest, room_id: uuid.UUID, work: Callable[[], object]) -> HttpResponse:
    """The panel as it is afterwards, with why something could not be done."""
    problem = ""
    try:
        work()
    except InputError as error:
        problem = in_words(error)
    room = room_of(request, room_id)
    if not request.htmx:
        return redirect("avatar:control", room.pk)
    broadcast = broadcasting.on_air(room)
    if broadcast is None:
        raise Http404
    page = {"room": room, "is_live": True, "guests": guest_panel(request, broadcast, problem)}
    return render(request, "avatar/parts/control_guests.html", page, status=UNPROCESSABLE if problem else 200)
