"""Comments and orders from outside: signed after Standard Webhooks, or as a platform signs what it pushes."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from avatar.comments.feeds import douyin
from avatar.models import Room
from avatar.services.intake import LARGEST_BODY_BYTES, LONGEST_NAME, NotOnAir, store_comment, take_signed
from avatar.services.rooms import intake_key
from core.errors import InputError
from core.webhooks.signing import PREFIX, BadSignature

Take = Callable[[Room, Mapping[str, str], bytes], dict[str, Any]]


@csrf_exempt
def intake(request: HttpRequest, token: str) -> JsonResponse:
    """200 {comment, duplicate} once it is stored · 401 signature · 404 · 405 · 409 not on air · 413 · 422 {field}."""
    return _taken(request, token, _take_event)


@csrf_exempt
def douyin_intake(request: HttpRequest, token: str) -> JsonResponse:
    """As `intake` for Douyin's pushes, 200 {comments}. The room's secret is what its console signs them with."""
    return _taken(request, token, _take_push)


def _taken(request: HttpRequest, token: str, take: Take) -> JsonResponse:
    if request.method != "POST":
        return JsonResponse({"error": "only POST"}, status=405, headers={"Allow": "POST"})
    room = Room.objects.filter(intake_token=token).first() if len(token) >= 16 else None
    if room is None:
        return JsonResponse({"error": "there is no such room"}, status=404)
    if int(request.headers.get("Content-Length") or 0) > LARGEST_BODY_BYTES:
        return JsonResponse({"error": "the body is larger than 64 KiB"}, status=413)
    try:
        headers = {name.lower(): value for name, value in request.headers.items()}
        return JsonResponse(take(room, headers, request.body))
    except BadSignature as error:
        return JsonResponse({"error": str(error)}, status=401)
    except InputError as error:
        return JsonResponse({"error": str(error), "field": error.thing, "code": error.code}, status=422)
    except NotOnAir as error:
        return JsonResponse({"error": str(error)}, status=409)


def _take_event(room: Room, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    stored = take_signed(room, headers, body)
    return {"comment": stored.number, "duplicate": stored.duplicate}


def _take_push(room: Room, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    secret = PREFIX + base64.b64encode(intake_key(room)).decode()
    heard = douyin.read_push(headers, body, secret, time.time())
    for each in heard:
        store_comment(room.pk, f"douyin:{each.id}", (each.name or each.viewer)[:LONGEST_NAME], each.text)
    return {"comments": len(heard)}
