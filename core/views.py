"""Addresses of the house itself."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import resolve_url
from sesame.views import LoginView

from core.health import look_at_services


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when every service answers, 503 with what is wrong otherwise; `?only=postgres` asks that one alone."""
    states = look_at_services(request.GET.get("only", ""))
    return JsonResponse(states, status=200 if all(state == "ok" for state in states.values()) else 503)


class LinkLogin(LoginView):
    """Logs in by a link that works once; a spent or old one leads to the log-in page."""

    def login_failed(self) -> HttpResponse:
        return redirect_to_login(resolve_url(settings.LOGIN_REDIRECT_URL))
