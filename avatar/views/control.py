"""The control room: what is on air, and an operator's word into it. Nothing here asks twice."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from avatar.models import Room
from avatar.page_data.control import control_page
from avatar.page_data.errors import in_words, problem_of
from avatar.page_data.guests import guest_panel
from avatar.page_data.rooms import newest_broadcast
from avatar.services import broadcasting
from avatar.services.scripts import ScriptRefused
from avatar.views.rooms import ON_AIR_ROLES, UNPROCESSABLE, room_of
from core.errors import InputError
from core.member_pages import MemberRequest, member_page


@member_page("GET")
def control(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """The newest broadcast; a room that never was on air has its set-up page instead."""
    room = room_of(request, room_id)
    page = _page(request, room, request.GET.get("show") == "all")
    if page is None:
        return redirect("avatar:room", room.pk)
    template = "avatar/parts/control_moving.html" if request.htmx else "avatar/control.html"
    return render(request, template, page)


@member_page("POST", changers=ON_AIR_ROLES)
def order(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """Say this now, skip, pause, dump, slate. 422 with the reason when it may not be said."""
    room = room_of(request, room_id)
    now = broadcasting.on_air(room)
    if now is None:
        return redirect("avatar:control", room.pk)
    problem = ""
    try:
        broadcasting.give_order(now, request.member, request.POST.get("order", ""), request.POST.get("text", ""))
    except ScriptRefused as error:
        told = problem_of(error.problems[0])
        problem = f"“{told.word}” {told.reason}" if told.word else told.reason
    except InputError as error:
        problem = in_words(error)
    if not request.htmx:
        if problem:
            messages.error(request, problem)
        return redirect("avatar:control", room.pk)
    page = {**(_page(request, room, False) or {}), "problem": problem}
    return render(request, "avatar/parts/control_moving.html", page, status=UNPROCESSABLE if problem else 200)


def _page(request: MemberRequest, room: Room, shows_all: bool) -> dict[str, Any] | None:
    broadcast = newest_broadcast(room)
    if broadcast is None:
        return None
    return {**control_page(room, broadcast, shows_all), "guests": guest_panel(request, broadcast)}
