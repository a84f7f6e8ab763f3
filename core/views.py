"""Addresses of the house itself."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse

from core.health import look_at_services


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when every service answers, 503 with what is wrong otherwise."""
    states = look_at_services()
    return JsonResponse(states, status=200 if all(state == "ok" for state in states.values()) else 503)
