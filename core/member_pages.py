"""Doors of pages: a member of an advertiser may pass, a visitor is sent to the log-in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
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


def member_page(*methods: str) -> Callable[[View[P]], Callable[..., Any]]:
    """Let only members through, and only these methods (GET brings HEAD along)."""
    allowed = {*methods, "HEAD"} if "GET" in methods else set(methods)

    def decorate(view: View[P]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: MemberRequest, *args: P.args, **kwargs: P.kwargs) -> Any:
            if not request.member:
                return _to_login(request)
            if request.method not in allowed:
                return HttpResponseNotAllowed(sorted(allowed))
            response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponse):
                patch_vary_headers(response, ("HX-Request", "Cookie"))
            return response

        guarded.is_guarded = True  # type: ignore[attr-defined] # read by the rule that walks all addresses
        return guarded

    return decorate


def _to_login(request: MemberRequest) -> HttpResponse:
    """A fragment cannot show a log-in page: the whole page has to go there."""
    response = redirect_to_login(request.get_full_path())
    if not getattr(request, "htmx", False):
        return response
    answer = HttpResponse(status=401)
    answer["HX-Redirect"] = response["Location"]
    return answer
