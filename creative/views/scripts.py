"""The script editor: read a version, edit a line in place, ask for another style."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.member_pages import MemberRequest, member_page
from creative.models import Brief, Script
from creative.models import ScriptLine as LineRow
from creative.page_data.scripts import line_view, script_page, typed_line
from creative.rewriting.writer import STYLES
from creative.selectors import brief_data
from creative.services.references import write_style
from creative.services.scripts import choose_script, edit_line, undo_line


@member_page("GET")
def brief_script(request: MemberRequest, brief_id: uuid.UUID) -> HttpResponse:
    """To the brief's chosen version; to the row of references while there is none."""
    brief = get_object_or_404(Brief.objects.for_advertiser(request.advertiser), pk=brief_id)
    script = brief.scripts.order_by("-is_chosen", "-created_at").first()
    return redirect("creative:script", brief_id, script.pk) if script else redirect("creative:row", brief_id)


@member_page("GET")
def script(request: MemberRequest, brief_id: uuid.UUID, script_id: uuid.UUID) -> HttpResponse:
    """One version; opening it makes it the chosen one."""
    row = _script(request, script_id, brief_id)
    if not row.is_chosen:
        choose_script(row)
    return render(request, "creative/script.html", {"page": script_page(request.advertiser, row, timezone.localdate())})


def _script(request: MemberRequest, script_id: uuid.UUID, brief_id: uuid.UUID) -> Script:
    scripts = Script.objects.for_advertiser(request.advertiser).select_related("brief", "reference")
    return get_object_or_404(scripts, pk=script_id, brief_id=brief_id)


@member_page("POST")
def write(request: MemberRequest, brief_id: uuid.UUID, script_id: uuid.UUID) -> HttpResponse:
    """One more version in a style."""
    row = _script(request, script_id, brief_id)
    style = request.POST.get("style", "")
    if row.reference is None or style not in STYLES:
        return redirect("creative:script", brief_id, script_id)
    fresh = write_style(row.brief, row.reference, style)
    return redirect("creative:script", brief_id, fresh.pk)


def _line(request: MemberRequest, line_id: int) -> LineRow:
    lines = LineRow.objects.filter(script__advertiser=request.advertiser)
    return get_object_or_404(lines.select_related("script__brief", "script__reference"), pk=line_id)


@member_page("GET", "POST")
def line(request: MemberRequest, line_id: int) -> HttpResponse:
    """A line to read; POST puts another text in its place and shows the page's other figures anew."""
    row = _line(request, line_id)
    if request.method == "POST":
        before = row.text
        edit_line(row, request.POST.get("text", ""))
        return _changed(request, row, before)
    return _all_lines(request, row)


@member_page("POST")
def undo(request: MemberRequest, line_id: int) -> HttpResponse:
    """What the line said before."""
    row = _line(request, line_id)
    undo_line(row)
    return _all_lines(request, row)


@member_page("GET")
def edit(request: MemberRequest, line_id: int) -> HttpResponse:
    """The line as a field."""
    row = _line(request, line_id)
    data = brief_data(row.script.brief)
    return render(request, "creative/parts/line_form.html", {"line": line_view(row, data), "language": data.language})


@member_page("POST")
def check(request: MemberRequest, line_id: int) -> HttpResponse:
    """What a typed text would come to: length, facts, findings. Nothing is written."""
    row = _line(request, line_id)
    view = typed_line(row, request.POST.get("text", ""), brief_data(row.script.brief), timezone.localdate())
    return render(request, "creative/parts/line_check.html", {"line": view})


def _all_lines(request: MemberRequest, row: LineRow) -> HttpResponse:
    fresh = Script.objects.select_related("brief", "reference").get(pk=row.script_id)
    page = script_page(request.advertiser, fresh, timezone.localdate())
    return render(request, "creative/parts/script_body.html", {"page": page})


def _changed(request: MemberRequest, row: LineRow, before: str) -> HttpResponse:
    fresh = Script.objects.select_related("brief", "reference").get(pk=row.script_id)
    page = script_page(request.advertiser, fresh, timezone.localdate())
    context: dict[str, object] = {"page": page}
    if fresh.lines.get(pk=row.pk).text != before:
        words = _("Line %(number)d changed") % {"number": row.position + 1}
        context["undo"] = {
            "words": words,
            "url": reverse("creative:undo_line", args=[row.pk]),
            "target": "#script-body",
        }
    return render(request, "creative/parts/script_body.html", context)
