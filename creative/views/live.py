"""The line on which open pages hear that something changed; they fetch their part again."""

from __future__ import annotations

from django.http import HttpResponseBase

from core.live_updates import changed_response
from core.member_pages import MemberRequest, member_page
from creative.live import LIVE_TOPICS


@member_page("GET")
async def live(request: MemberRequest) -> HttpResponseBase:
    """Events of this advertiser, each as a plain message; `topic` limits them to one kind."""
    return changed_response(request.advertiser.pk, LIVE_TOPICS, request.GET.get("topic", ""))
