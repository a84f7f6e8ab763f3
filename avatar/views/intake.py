"""Comments and orders from outside, signed after Standard Webhooks."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from avatar.models import Room
from avatar.services.intake import LARGEST_BODY_BYTES, NotOnAir, take_signed
from core.errors import InputError
from core.webhooks.signing import BadSignature


@csrf_exempt
def intake(request: HttpRequest, token: str) -> JsonResponse:
    """200 {comment, duplicate} once it is stored · 401 signature · 404 · 405 · 409 not on air · 413 · 422 {field}."""
    if request.method != "POST":
        return JsonResponse({"error": "only POST"}, status=405, headers={"Allow": "POST"})
    room = Room.objects.filter(intake_token=token).first() if len(token) >= 16 else None
    if room is None:
        return JsonResponse({"error": "there is no such room"}, status=404)
    if int(request.headers.get("Content-Length") or 0) > LARGEST_BODY_BYTES:
        return JsonResponse({"error": "the body is larger than 64 KiB"}, status=413)
    try:
        headers = {name.lower(): value for name, value in request.headers.items()}
        stored = take_signed(room, headers, request.body)
    except BadSignature as error:
        return JsonResponse({"error": str(error)}, status=401)
    except InputError as error:
        return JsonResponse({"error": str(error), "field": error.thing, "code": error.code}, status=422)
    except NotOnAir as error:
        return JsonResponse({"error": str(error)}, status=409)
    return JsonResponse({"comment": stored.number, "duplicate": stored.duplicate})
