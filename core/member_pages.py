"""Doors of pages: a member of an advertiser may pass, a visitor is sent to the log-in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from asgiref.sync import sync_to_async
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from core.models import Advertiser, Member

P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request whose member is known; what `member_page` hands to its view."""

    member: Member
    advertiser: Advertiser
    htmx: HtmxDetails


View = Callable[Concatenate[MemberRequest, P], Any]


EVERY_ROLE = ("owner", "editor", "operator", "rep")
MAKERS = ("owner", "editor")
"""Roles that make, change and release ads."""


def member_page(
    *methods: str, roles: tuple[str, ...] = EVERY_ROLE, changers: tuple[str, ...] = MAKERS
) -> Callable[[View[P]], Callable[..., Any]]:
    """Let only members in one of `roles` through, and only these methods (GET brings HEAD along).

    Methods that change something are open to `changers` alone. Works on sync and async
    views; another role gets 403.
    """
    allowed = {*methods, "HEAD"} if "GET" in methods else set(methods)

    def decorate(view: View[P]) -> Callable[..., Any]:
        if iscoroutinefunction(view):

            @wraps(view)
            async def guarded_async(request: MemberRequest, *args: P.args, **kwargs: P.kwargs) -> Any:
                refusal = await sync_to_async(_refuse)(request, allowed, roles, changers)
                return refusal or _vary(await view(request, *args, **kwargs))

            guarded_async.is_guarded = True  # type: ignore[attr-defined] # read by the rule that walks all addresses
            return guarded_async

        @wraps(view)
        def guarded(request: MemberRequest, *args: P.args, **kwargs: P.kwargs) -> Any:
            return _refuse(request, allowed, roles, changers) or _vary(view(request, *args, **kwargs))

        guarded.is_guarded = True  # type: ignore[attr-defined] # read by the rule that walks all addresses
        return guarded

    return decorate


def _refuse(
    request: MemberRequest, allowed: set[str], roles: tuple[str, ...], changers: tuple[str, ...]
) -> HttpResponse | None:
    if not request.member:
        return _to_login(request)
    if request.method not in allowed:
        return HttpResponseNotAllowed(sorted(allowed))
    may = roles if request.method in ("GET", "HEAD") else changers
    if request.member.role not in may:
        raise PermissionDenied(f"not open to the role {request.member.role}")
    return None


def _vary(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, HttpResponse):
        patch_vary_headers(response, ("HX-Request", "Cookie"))
    return response


def _to_login(request: MemberRequest) -> HttpResponse:
    """A fragment cannot show a log-in page: the whole page has to go there."""
    response = redirect_to_login(request.get_full_path())
    if not getattr(request, "htmx", False):
        return response
    answer = HttpResponse(status=401)
    answer["HX-Redirect"] = response["Location"]
    return answer
