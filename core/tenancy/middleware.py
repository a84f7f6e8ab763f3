"""Puts `request.member` and `request.advertiser` on every request; both None for a visitor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from core.models import Advertiser, Member

GetResponse = Callable[[HttpRequest], HttpResponse]


class TenancyMiddleware:
    """After the authentication middleware: the member is looked up when first asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.member = SimpleLazyObject(partial(member_of, request))  # type: ignore[attr-defined] # pages read it as MemberRequest's
        request.advertiser = SimpleLazyObject(partial(advertiser_of, request))  # type: ignore[attr-defined] # the same
        return self.get_response(request)


def member_of(request: HttpRequest) -> Member | None:
    if not request.user.is_authenticated:
        return None
    return Member.objects.select_related("advertiser").filter(user_id=request.user.pk).first()


def advertiser_of(request: HttpRequest) -> Advertiser | None:
    member = request.member  # type: ignore[attr-defined] # put there above
    return member.advertiser if member else None
