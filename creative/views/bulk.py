"""Bulk batches: the page in parts that move by themselves, what a person can do, what can be taken away."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Iterator
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import AdloomError, InputError
from core.member_pages import MemberRequest, member_page
from core.ranges import send_file
from creative.models import Batch
from creative.page_data.briefs import steps
from creative.page_data.bulk_batches import bulk_figures, sheet
from creative.page_data.bulk_side import bulk_side, resume_form
from creative.page_data.sentences import in_words
from creative.services.bulk import control
from creative.services.bulk.sheets import contact_sheet
from creative.services.downloads import batch_lineage
from creative.views.orders import budget_minor

PARTS = ("figures", "sheet", "side", "resume")
LAST_PAGE = 1_000_000


def batch_of(request: MemberRequest, batch_id: uuid.UUID) -> Batch:
    """A batch of the member's advertiser, without its large columns."""
    rows = Batch.objects.for_advertiser(request.advertiser).select_related("brief", "advertiser")
    return get_object_or_404(rows.defer("slot_plan", "piece_keys"), pk=batch_id)


def number_in(request: HttpRequest, name: str, otherwise: int) -> int:
    """A whole number of the address."""
    text = request.GET.get(name, "")
    return min(int(text), LAST_PAGE) if text.isdecimal() and len(text) < 9 else otherwise


def page(request: MemberRequest, batch: Batch) -> HttpResponse:
    """The whole page, or the one part htmx asks for."""
    part = request.GET.get("part", "") if request.htmx else ""
    if part in PARTS:
        return render(request, f"creative/parts/bulk_{part}.html", _part(request, batch, part))
    context: dict[str, Any] = {"batch": batch, "steps": steps(batch.brief, "ads")}
    for name in PARTS:
        context |= _part(request, batch, name)
    return render(request, "creative/bulk_batch.html", context)


def _part(request: MemberRequest, batch: Batch, part: str) -> dict[str, Any]:
    if part == "sheet":
        why = number_in(request, "why", -1)
        number = number_in(request, "page", 1)
        return {"sheet": sheet(batch, request.GET.get("show", ""), number, why if why >= 0 else None)}
    if part == "resume":
        return {"resume": resume_form(batch)}
    figures = bulk_figures(batch)
    if part == "figures":
        return {"page": figures}
    return {"side": bulk_side(batch, figures.tally.ready, figures.planned), "page": figures}


def _bulk(request: MemberRequest, batch_id: uuid.UUID) -> Batch:
    row = batch_of(request, batch_id)
    if not row.is_bulk:
        raise Http404
    return row


@member_page("POST")
def pause(request: MemberRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Begin nothing new until somebody says so."""
    control.pause(_bulk(request, batch_id))
    return redirect("creative:batch", batch_id)


@member_page("POST")
def resume(request: MemberRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Go on where it stood; what its budget stopped needs another one."""
    batch = _bulk(request, batch_id)
    try:
        control.resume(batch, budget_minor(request) if batch.paused_reason == control.BY_BUDGET else None)
    except InputError as error:
        messages.error(request, _("Budget: %(reason)s") % {"reason": in_words(error.reason)})
    return redirect("creative:batch", batch_id)


@member_page("POST")
def retry_failed(request: MemberRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Another try for everything that failed or is held."""
    count = control.retry_failed(_bulk(request, batch_id))
    if count:
        words = ngettext("%(count)d ad is being made again", "%(count)d ads are being made again", count)
        messages.info(request, words % {"count": count})
    return redirect("creative:batch", batch_id)


@member_page("GET")
def sheet_picture(request: MemberRequest, batch_id: uuid.UUID) -> HttpResponseBase:
    """A contact sheet of ads spread over the batch, one row an ad, as one picture."""
    row = _bulk(request, batch_id)
    try:
        path = contact_sheet(row)
    except AdloomError:
        return HttpResponse(status=503, headers={"Retry-After": "30"})
    if path is None:
        raise Http404
    return send_file(request, path, "image/jpeg", "contact-sheet.jpg")


@member_page("GET")
def lineage(request: MemberRequest, batch_id: uuid.UUID) -> HttpResponseBase:
    """Where every frame of the batch comes from, as CSV, sent while it is read."""
    rows = Batch.objects.for_advertiser(request.advertiser).select_related("brief", "advertiser")
    parts = batch_lineage(get_object_or_404(rows, pk=batch_id))
    sent = _later(parts) if isinstance(request, ASGIRequest) else (part.encode() for part in parts)
    response = StreamingHttpResponse(sent, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, "lineage.csv") or "attachment"
    return response


async def _later(parts: Iterator[str]) -> AsyncIterator[bytes]:
    """Each part in the request's own thread, where its database connection is closed at the end."""
    step = sync_to_async(lambda: next(parts, None), thread_sensitive=True)
    while (part := await step()) is not None:
        yield part.encode()
