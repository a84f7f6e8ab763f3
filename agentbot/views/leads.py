"""The lead board and one lead: moving, owners, notes, tasks, merging, erasing, export."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agentbot.leads import board, erasing
from agentbot.models import ErasureReport, Lead, LeadTask, PersonMerge
from agentbot.page_data.errors import in_words
from agentbot.page_data.lead import lead_of, lead_page, person_name
from agentbot.page_data.leads import board_of
from agentbot.page_data.words import STAGE_WORDS, word
from agentbot.services import merging
from agentbot.services.exporting import csv_of
from agentbot.services.revealing import note_revealed
from core.errors import InputError
from core.member_pages import EVERY_ROLE, MAKERS, MemberRequest, member_page
from core.models import Member

ANSWERABLE = ("owner", "editor", "operator")


@member_page("GET")
def leads(request: MemberRequest) -> HttpResponse:
    """All open leads by stage; the moving part for htmx."""
    page = board_of(request.member, request.GET.get("show", ""))
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(request, "agentbot/parts/board.html" if is_part else "agentbot/leads.html", {"board": page})


@member_page("GET")
def lead(request: MemberRequest, lead_id: uuid.UUID) -> HttpResponse:
    """Everything about one lead."""
    return render(request, "agentbot/lead.html", {"page": lead_page(_found(request, lead_id))})


@member_page("POST", changers=EVERY_ROLE)
def move(request: MemberRequest, lead_id: uuid.UUID, stage: str) -> HttpResponse:
    """Into another stage, with the way back in the bar."""
    row = _found(request, lead_id)
    before = row.stage
    try:
        moved = board.move_lead(row.pk, stage, request.member)
    except InputError as error:
        return HttpResponse(in_words(error), status=422)
    if not request.htmx:
        return redirect("agentbot:lead", row.pk)
    words = _("%(name)s: %(stage)s") % {"name": person_name(row), "stage": word(STAGE_WORDS, moved.stage)}
    undo = {"words": words, "url": reverse("agentbot:move", args=[row.pk, before]), "target": "#board-body"}
    context = {"board": board_of(request.member, request.GET.get("show", "")), "undo": undo, "tells": True}
    return render(request, "agentbot/parts/board.html", context)


@member_page("POST", changers=EVERY_ROLE)
def assign(request: MemberRequest, lead_id: uuid.UUID) -> HttpResponse:
    """Whose lead it is; an empty choice is nobody's."""
    row = _found(request, lead_id)
    wanted = request.POST.get("owner", "")
    owner = _row_of(Member, request, wanted) if wanted else None
    board.assign_lead(row.pk, owner, request.member)
    return redirect("agentbot:lead", row.pk)


@member_page("POST", changers=EVERY_ROLE)
def note(request: MemberRequest, lead_id: uuid.UUID) -> HttpResponse:
    """A line for colleagues."""
    row = _found(request, lead_id)
    try:
        board.add_note(row.pk, request.POST.get("text", "")[:4000], request.member)
    except InputError as error:
        messages.error(request, in_words(error))
    return redirect("agentbot:lead", row.pk)


@member_page("POST", changers=EVERY_ROLE)
def task(request: MemberRequest, lead_id: uuid.UUID) -> HttpResponse:
    """Something to do until a moment."""
    row = _found(request, lead_id)
    try:
        board.add_task(row.pk, request.POST.get("text", ""), _moment(request.POST.get("due", "")), request.member)
    except InputError as error:
        messages.error(request, in_words(error))
    return redirect("agentbot:lead", row.pk)


@member_page("POST", changers=EVERY_ROLE)
def finish_task(request: MemberRequest, task_id: uuid.UUID) -> HttpResponse:
    """Ticked off."""
    row = _row_of(LeadTask, request, str(task_id))
    board.finish_task(row.pk, request.member)
    return redirect("agentbot:lead", row.lead_id)


@member_page("POST", changers=EVERY_ROLE)
def reveal_lead(request: MemberRequest, lead_id: uuid.UUID) -> HttpResponse:
    """Contacts in full, written down first."""
    row = _found(request, lead_id)
    note_revealed(row, request.member)
    return render(request, "agentbot/parts/reach.html", {"page": lead_page(row, reveals=True)})


@member_page("POST", changers=MAKERS)
def merge(request: MemberRequest, lead_id: uuid.UUID) -> HttpResponse:
    """Another lead of the same person joins this one."""
    row = _found(request, lead_id)
    other = _row_of(Lead, request, request.POST.get("other_lead", ""))
    try:
        merging.merge_leads(row, other, request.member)
    except InputError as error:
        messages.error(request, in_words(error))
    else:
        messages.info(request, _("Two leads are one now; the history can take them apart again"))
    return redirect("agentbot:lead", row.pk)


@member_page("POST", changers=MAKERS)
def undo_merge(request: MemberRequest, merge_id: uuid.UUID) -> HttpResponse:
    """Both stand again."""
    row = _row_of(PersonMerge, request, str(merge_id))
    try:
        merging.undo(row, request.member)
    except InputError as error:
        messages.error(request, in_words(error))
    return redirect("agentbot:leads")


@member_page("POST", changers=MAKERS)
def erase(request: MemberRequest, lead_id: uuid.UUID) -> HttpResponse:
    """The person, everywhere; the report of it is shown."""
    row = _found(request, lead_id)
    talk = row.conversation_id or row.person.conversations.values_list("pk", flat=True).first()
    if talk is None:
        messages.error(request, _("Nothing was said by this person; there is nothing to erase"))
        return redirect("agentbot:lead", row.pk)
    report = erasing.erase_visitor(request.advertiser, talk)
    return redirect("agentbot:erasure", report.pk)


@member_page("GET", roles=ANSWERABLE)
def erasure(request: MemberRequest, report_id: uuid.UUID) -> HttpResponse:
    """What was removed, in counts."""
    report = _row_of(ErasureReport, request, str(report_id))
    return render(request, "agentbot/erasure.html", {"report": report})


@member_page("GET", roles=ANSWERABLE)
async def export(request: MemberRequest) -> HttpResponseBase:
    """All open leads as CSV, streamed."""
    answer = StreamingHttpResponse(csv_of(request.member), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="leads-{timezone.localdate():%Y%m%d}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


def _found(request: MemberRequest, lead_id: uuid.UUID) -> Lead:
    row = lead_of(request.advertiser, lead_id)
    if row is None:
        raise Http404
    return row


def _row_of(model: Any, request: MemberRequest, key: str) -> Any:
    """A row of this advertiser by its key; 404 for anything else."""
    try:
        row = model.objects.for_advertiser(request.advertiser).filter(pk=key).first()
    except (ValidationError, ValueError):
        row = None
    if row is None:
        raise Http404
    return row


def _moment(text: str) -> dt.datetime | None:
    """A datetime-local field in the zone of the pages."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return timezone.make_aware(found) if timezone.is_naive(found) else found
