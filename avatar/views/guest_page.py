"""The page of a viewer who comes on air: opened by a signed link, without a log-in, on a phone as a rule."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from avatar.consent_words import on_air_points
from avatar.costream.servers import IceServers
from avatar.hosts import say_name
from avatar.models import Guest
from avatar.page_data.errors import in_words
from avatar.services import guests as services
from avatar.stills import host_still, persona_still
from core.contracts import Language
from core.errors import InputError
from core.ranges import send_file
from core.webhooks.bodies import parse_object

UNPROCESSABLE, FORBIDDEN, GONE = 422, 403, 410
SEAT, SEAT_SALT = "guest-seat", "avatar.guest.seat"
"""A cookie that only the browser holds which came in by the link: whoever it was forwarded to cannot take the seat."""


@require_GET
@never_cache
@ensure_csrf_cookie
def page(request: HttpRequest, token: str) -> HttpResponse:
    """What it is, what is agreed to, the camera and the microphone; then the wait and the air."""
    guest = _guest(token)
    language, seat = _language(request, guest), _state(request, guest)
    with translation.override("zh-hans" if language == "zh-CN" else "en"):
        shown = {
            "guest": guest,
            "language": language,
            "host": say_name(guest.broadcast.room),
            "product": guest.broadcast.room.product.name,
            "points": on_air_points(language, guest.advertiser.name),
            "picture_url": reverse("avatar:guest_host_picture", args=[token]),
            "seat": seat,
            "servers": IceServers.from_settings(settings).as_browsers_take_them(),
            "delay": guest.broadcast.guest_delay_seconds,
        }
        return render(request, "avatar/guest.html", shown, status=200 if seat["state"] != "over" else GONE)


@require_GET
def host_picture(request: HttpRequest, token: str) -> HttpResponseBase:
    """The host of the room as a still, for whoever has a link."""
    room = _guest(token).broadcast.room
    try:
        path = persona_still(room.own_persona) if room.own_persona is not None else host_still(room.persona)
    except InputError as error:
        raise Http404(str(error)) from error
    return send_file(request, path, "image/jpeg")


@require_GET
@never_cache
def state(request: HttpRequest, token: str) -> JsonResponse:
    """{state: door|taken|waiting|on_air|over, reason, answer, may_withdraw}; asked every second."""
    return JsonResponse(_state(request, _guest(token)))


@require_POST
def come_in(request: HttpRequest, token: str) -> JsonResponse:
    """Name and consent: 200 {state}, and this browser has the seat · 422 {error, field}."""
    guest = _guest(token)
    language = _language(request, guest)
    given = request.POST
    with translation.override("zh-hans" if language == "zh-CN" else "en"):
        try:
            row = services.come_in(
                guest, given.get("name", ""), given.get("picture") == "yes", given.get("agrees") == "yes", language
            )
        except InputError as error:
            said = in_words(error)
            return JsonResponse({"error": said, "field": error.thing}, status=UNPROCESSABLE)
    answer = JsonResponse({"state": row.state})
    answer.set_signed_cookie(
        SEAT,
        str(row.pk),
        salt=SEAT_SALT,
        max_age=services.LINK_SECONDS,
        httponly=True,
        samesite="Strict",
        secure=request.is_secure(),
        path="/live/guest/",
    )
    return answer


@require_POST
def offer(request: HttpRequest, token: str) -> JsonResponse:
    """A browser's session description; the answer comes with the state."""
    guest = _seated(request, token)
    if guest is None:
        return JsonResponse({"error": "this browser has no seat"}, status=FORBIDDEN)
    if guest.state not in (Guest.State.WAITING, Guest.State.ON_AIR):
        return JsonResponse({"error": "the stay is over"}, status=GONE)
    try:
        text = parse_object(request.body).get("offer")
        services.shake_hands(guest.broadcast, text if isinstance(text, str) else "", guest)
    except InputError as error:
        return JsonResponse({"error": str(error)}, status=UNPROCESSABLE)
    return JsonResponse({"state": guest.state}, status=201)


@require_POST
def leave(request: HttpRequest, token: str) -> JsonResponse:
    """Off the air; also sent when the page is closed."""
    guest = _seated(request, token)
    if guest is None:
        return JsonResponse({"error": "this browser has no seat"}, status=FORBIDDEN)
    services.end_stay(guest, "left")
    return JsonResponse({"state": "over", "reason": "left"})


@require_POST
def withdraw(request: HttpRequest, token: str) -> JsonResponse:
    """The consent is taken back: off the air, name and words out of the books."""
    guest = _seated(request, token)
    if guest is None:
        return JsonResponse({"error": "this browser has no seat"}, status=FORBIDDEN)
    services.withdraw(guest)
    return JsonResponse({"state": "over", "reason": "withdrawn"})


def _guest(token: str) -> Guest:
    guest = services.guest_of_link(token)
    if guest is None:
        raise Http404
    return guest


def _has_seat(request: HttpRequest, guest: Guest) -> bool:
    return bool(request.get_signed_cookie(SEAT, default="", salt=SEAT_SALT) == str(guest.pk))


def _seated(request: HttpRequest, token: str) -> Guest | None:
    guest = _guest(token)
    return guest if _has_seat(request, guest) else None


def _state(request: HttpRequest, guest: Guest) -> dict[str, Any]:
    """What this browser is to show; a consent can be taken back long after the stay."""
    if guest.state == Guest.State.INVITED:
        return {"state": "door" if services.is_open(guest) else "over", "reason": "expired"}
    has_seat = _has_seat(request, guest)
    may = {"may_withdraw": has_seat and guest.consent is not None and guest.consent.withdrawn_at is None}
    if guest.state == Guest.State.ENDED or not services.is_open(guest):
        return {"state": "over", "reason": guest.reason or "ended", **may}
    if not has_seat:
        return {"state": "taken", "reason": "", **may}
    shake = guest.handshakes.order_by("-created_at").first()
    return {"state": guest.state, "reason": "", "answer": shake.answer if shake else "", **may}


def _language(request: HttpRequest, guest: Guest) -> Language:
    """As chosen on the page, else the room's."""
    asked = request.GET.get("lang") or request.POST.get("lang") or guest.language
    return "en" if asked.startswith("en") else "zh-CN"
