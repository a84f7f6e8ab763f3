"""How conversations fare."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from agentbot.page_data.metrics import metrics_of
from core.member_pages import MemberRequest, member_page


@member_page("GET")
def metrics(request: MemberRequest) -> HttpResponse:
    """The last 14 days against the hold-out."""
    return render(request, "agentbot/metrics.html", {"page": metrics_of(request.advertiser)})
