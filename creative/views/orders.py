"""Ordering the ads of a brief: a few as they were arranged, or up to 100,000 that share segments."""

from __future__ import annotations

import re
import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.errors import AdloomError, InputError
from core.member_pages import MemberRequest, member_page
from creative.bulk.contracts import Policy
from creative.contracts import Transition
from creative.models import Brief, Script
from creative.page_data.orders import (
    BULK_FROM,
    MOST_ADS,
    POLICIES,
    SHAPES,
    TRANSITIONS,
    USUAL_ADS,
    estimate,
    headline_notes,
)
from creative.page_data.sentences import in_words
from creative.selectors import brief_data
from creative.services.bulk.ordering import order_bulk
from creative.services.bulk.outlook import outlook
from creative.services.headlines import checked_headlines, headline_hints, headline_lines
from creative.services.storyboards import order_ads

_BUDGET = re.compile(r"\d{1,9}(?:[.,]\d{1,2})?")


def _brief(request: MemberRequest, brief_id: uuid.UUID) -> Brief:
    return get_object_or_404(Brief.objects.for_advertiser(request.advertiser).select_related("advertiser"), pk=brief_id)


def _scripts(request: MemberRequest, brief: Brief) -> list[Script]:
    """The versions that were ticked, the chosen one first."""
    wanted = request.POST.getlist("scripts")
    rows = Script.objects.for_advertiser(request.advertiser).filter(brief=brief).select_related("reference")
    return sorted((row for row in rows if str(row.pk) in wanted), key=lambda row: not row.is_chosen)


def _count(request: MemberRequest) -> int:
    text = request.POST.get("count", "")
    number = int(text) if text.isdecimal() and len(text) < 9 else 0
    return min(max(number or USUAL_ADS, 1), MOST_ADS)


def _canvas(request: MemberRequest) -> str:
    canvas = request.POST.get("canvas", "")
    return canvas if canvas in SHAPES else SHAPES[0]


def _transition(request: MemberRequest) -> Transition:
    wanted = request.POST.get("transition", "")
    return next((transition for transition in TRANSITIONS if transition == wanted), TRANSITIONS[0])


def _policy(request: MemberRequest) -> Policy:
    wanted = request.POST.get("policy", "")
    return next((policy for policy in POLICIES if policy == wanted), POLICIES[0])


def budget_minor(request: MemberRequest) -> int | None:
    """Yuan as typed, in fen; None where nothing, or nothing that is a sum, was typed."""
    found = _BUDGET.fullmatch(request.POST.get("budget", "").strip())
    return round(float(found.group().replace(",", ".")) * 100) or None if found else None


@member_page("POST")
def order(request: MemberRequest, brief_id: uuid.UUID) -> HttpResponse:
    """Order the finished ads; from a hundred on they share segments and are kept as recipes."""
    brief, count = _brief(request, brief_id), _count(request)
    scripts, canvas, transition = _scripts(request, brief), _canvas(request), _transition(request)
    headlines = headline_lines(request.POST.get("headlines", ""))
    try:
        checked_headlines(brief_data(brief), headlines, canvas)
    except InputError as error:
        thing, reason = in_words(error.thing), in_words(error.reason)
        messages.error(request, _("%(thing)s: %(reason)s") % {"thing": thing, "reason": reason})
        return redirect("creative:storyboard", brief_id)
    try:
        if count >= BULK_FROM:
            budget = budget_minor(request)
            batch = order_bulk(brief, scripts, count, canvas, _policy(request), budget, transition, headlines)
        else:
            batch = order_ads(brief, scripts, count, canvas, "own_hooks" in request.POST, transition, headlines)
    except AdloomError:
        return redirect("creative:brief_script", brief_id)
    return redirect("creative:batch", batch.pk)


@member_page("POST")
def estimated(request: MemberRequest, brief_id: uuid.UUID) -> HttpResponse:
    """What the material carries for an order as it stands in the form, before it is sent."""
    brief, count = _brief(request, brief_id), _count(request)
    if count < BULK_FROM:
        return HttpResponse()
    try:
        policy = _policy(request)
        found = outlook(brief, _scripts(request, brief), count, _canvas(request), policy, _transition(request))
    except InputError as error:
        context = {"thing": error.thing, "reason": in_words(error.reason), "code": error.code}
        return render(request, "core/parts/error.html", context)
    return render(request, "creative/parts/estimate.html", {"estimate": estimate(found, count, policy)})


@member_page("POST")
def headlines_checked(request: MemberRequest, brief_id: uuid.UUID) -> HttpResponse:
    """Each headline as it stands in the form, with what is wrong with it, and what all of them would cost."""
    brief = _brief(request, brief_id)
    typed = headline_lines(request.POST.get("headlines", ""))
    notes = headline_notes(headline_hints(brief_data(brief), typed, _canvas(request)), _count(request))
    return render(request, "creative/parts/headline_notes.html", {"notes": notes})
