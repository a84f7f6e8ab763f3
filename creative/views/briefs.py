"""Briefs: the list, the form, filling it from one sentence, YAML in and out."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.member_pages import MemberRequest, member_page
from creative.brief import BriefError, brief_to_yaml, parse_brief, read_brief, read_need
from creative.models import Brief
from creative.page_data import brief_form
from creative.page_data.briefs import brief_rows
from creative.page_data.briefs_values import BriefValues, FactValues, from_brief, from_post, to_payload
from creative.selectors import brief_data
from creative.services.briefs import save_brief

UNPROCESSABLE = 422
LARGEST_YAML_BYTES = 64 * 1024


@member_page("GET")
def briefs(request: MemberRequest) -> HttpResponse:
    """All briefs with where they stand."""
    return render(request, "creative/briefs.html", {"rows": brief_rows(request.advertiser)})


@member_page("GET", "POST")
def new_brief(request: MemberRequest) -> HttpResponse:
    """An empty form, or a new brief saved whole."""
    if request.method == "POST":
        return _save(request, None)
    values = BriefValues(language=request.advertiser.language, need=request.GET.get("need", ""))
    return render(request, "creative/brief.html", brief_form.context(None, values))


@member_page("GET", "POST")
def brief(request: MemberRequest, brief_id: uuid.UUID) -> HttpResponse:
    """A saved brief's form, or its new state saved whole."""
    row = get_object_or_404(Brief.objects.for_advertiser(request.advertiser), pk=brief_id)
    if request.method == "POST":
        return _save(request, row)
    return render(request, "creative/brief.html", brief_form.context(row, from_brief(brief_data(row))))


def _save(request: MemberRequest, row: Brief | None) -> HttpResponse:
    values = from_post(request.POST)
    try:
        data = parse_brief(to_payload(values))
    except BriefError as error:
        context = brief_form.context(row, values, error, is_changed=True)
        return render(request, "creative/brief.html", context, status=UNPROCESSABLE)
    saved = save_brief(request.advertiser, data, row)
    messages.success(request, _("Saved %(clock)s") % {"clock": timezone.localtime().strftime("%H:%M:%S")})
    if "then-references" in request.POST:
        return redirect("creative:row", saved.pk)
    return redirect("creative:brief", saved.pk)


@member_page("POST")
def from_need(request: MemberRequest) -> HttpResponse:
    """The form filled from one sentence; nothing is saved."""
    row = _named(request)
    try:
        reading = read_need(request.POST.get("need", ""))
    except BriefError as error:
        context = brief_form.context(row, from_post(request.POST), error, is_changed=True)
        return render(request, "creative/parts/brief_body.html", context, status=UNPROCESSABLE)
    context = brief_form.context(row, from_brief(reading.brief), assumptions=reading.assumptions, is_changed=True)
    return render(request, "creative/parts/brief_body.html", context)


@member_page("POST")
def import_yaml(request: MemberRequest) -> HttpResponse:
    """The form filled from a brief.yaml; nothing is saved, every bad field is named."""
    row = _named(request)
    file = request.FILES.get("yaml")
    text = file.read(LARGEST_YAML_BYTES + 1) if file else b""
    try:
        reading = read_brief(text)
    except BriefError as error:
        context = brief_form.context(row, from_post(request.POST), error, is_changed=True)
        return render(request, "creative/parts/brief_body.html", context, status=UNPROCESSABLE)
    context = brief_form.context(row, from_brief(reading.brief), assumptions=reading.assumptions, is_changed=True)
    return render(request, "creative/parts/brief_body.html", context)


def _named(request: MemberRequest) -> Brief | None:
    """The brief the form belongs to, if it is a saved one."""
    named = request.POST.get("brief", "")
    return get_object_or_404(Brief.objects.for_advertiser(request.advertiser), pk=named) if named else None


@member_page("GET")
def export_yaml(request: MemberRequest, brief_id: uuid.UUID) -> HttpResponse:
    """The brief as brief.yaml."""
    row = get_object_or_404(Brief.objects.for_advertiser(request.advertiser), pk=brief_id)
    response = HttpResponse(brief_to_yaml(brief_data(row)), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="brief.yaml"'
    return response


@member_page("GET")
def fact_row(request: MemberRequest) -> HttpResponse:
    """One more empty row of facts."""
    number = request.GET.get("number", "0")
    context = {"fact": FactValues(), "number": int(number) if number.isdecimal() else 0}
    return render(request, "creative/parts/fact_row.html", context)
