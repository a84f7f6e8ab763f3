"""Who may open a page: a logged-in member of an advertiser, in one of the roles named."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.models import Member

View = Callable[..., Any]
Row = TypeVar("Row", bound=models.Model)
EVERYONE = ("owner", "editor", "operator", "rep")
"""All roles of a member."""
MAKERS = ("owner", "editor")
"""Those who make and release ads."""


def member_required(*roles: str) -> Callable[[View], View]:
    """Let only members in one of `roles` (all when none is named) through to the view.

    A visitor is sent to the log-in; a login without a member, or in another role, gets
    403. Sync and async views alike. The view may rely on `request.member` and
    `request.advertiser`.
    """
    allowed = roles or EVERYONE

    def decorate(view: View) -> View:
        if iscoroutinefunction(view):

            @wraps(view)
            async def guarded_async(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
                refusal = await sync_to_async(_refuse)(request, allowed)
                return refusal or await view(request, *args, **kwargs)

            return guarded_async

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return _refuse(request, allowed) or view(request, *args, **kwargs)

        return guarded

    return decorate


def own_row_or_404(request: HttpRequest, model: type[Row], **lookup: Any) -> Row:
    """The row of the request's advertiser; 404 for another's, which is not told from one that never was."""
    manager: Any = model._default_manager
    return get_object_or_404(manager.for_advertiser(request.advertiser), **lookup)  # type: ignore[attr-defined]


def _refuse(request: HttpRequest, allowed: tuple[str, ...]) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return _send_to_login(request)
    member: Member | None = request.member  # type: ignore[attr-defined]
    if not member or member.role not in allowed:
        raise PermissionDenied("this page is not open to this role")
    return None


def _send_to_login(request: HttpRequest) -> HttpResponse:
    """htmx follows a redirect inside the fragment; only its own header moves the whole page."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("login")})
    return redirect_to_login(request.get_full_path())
