"""Batches and finished ads: progress, contact sheet, player, downloads."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from core.member_pages import MemberRequest, member_page
from creative.models import Ad, Batch
from creative.page_data.ads import ad_page
from creative.page_data.batches import batch_page, batch_rows
from creative.page_data.cards import newest_ads
from creative.services.batches import cancel_batch, retry_ad
from creative.services.downloads import file_stem, lineage_csv, subtitles, zip_ads


@member_page("GET")
def batches(request: MemberRequest) -> HttpResponse:
    """All batches."""
    return render(request, "creative/batches.html", {"rows": batch_rows(request.advertiser)})


def _batch(request: MemberRequest, batch_id: uuid.UUID) -> Batch:
    rows = Batch.objects.for_advertiser(request.advertiser).select_related("brief", "advertiser")
    return get_object_or_404(rows, pk=batch_id)


@member_page("GET")
def batch(request: MemberRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Stages, contact sheet, what is held; its moving part alone for htmx."""
    page = batch_page(request.advertiser, _batch(request, batch_id), request.GET.get("show", ""))
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(request, "creative/parts/batch_body.html" if is_part else "creative/batch.html", {"page": page})


@member_page("POST")
def cancel(request: MemberRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Stop what is not made yet; ready ads stay."""
    cancel_batch(_batch(request, batch_id))
    return redirect("creative:batch", batch_id)


def _ad(request: MemberRequest, ad_id: uuid.UUID) -> Ad:
    ads = Ad.objects.for_advertiser(request.advertiser).select_related("batch__brief", "advertiser")
    return get_object_or_404(ads, pk=ad_id)


def _ready_ad(request: MemberRequest, ad_id: uuid.UUID) -> Ad:
    """An ad that may leave the house: one a check holds back is not found."""
    row = _ad(request, ad_id)
    if row.state != Ad.State.READY or not (row.path or row.is_recipe):
        raise Http404
    return row


@member_page("POST")
def retry(request: MemberRequest, ad_id: uuid.UUID) -> HttpResponse:
    """Make a held or stopped ad again as it was planned."""
    row = _ad(request, ad_id)
    retry_ad(row)
    messages.info(request, _("Ad %(number)d is being made again") % {"number": row.position + 1})
    return redirect("creative:batch", row.batch_id)


@member_page("GET")
def ad(request: MemberRequest, ad_id: uuid.UUID) -> HttpResponse:
    """The player."""
    return render(request, "creative/ad.html", {"page": ad_page(_ad(request, ad_id))})


@member_page("GET")
def ad_srt(request: MemberRequest, ad_id: uuid.UUID) -> HttpResponse:
    """The spoken lines of a ready ad as SRT."""
    row = _ready_ad(request, ad_id)
    return _download(subtitles(row), "application/x-subrip; charset=utf-8", f"{file_stem(row)}.srt")


@member_page("GET")
def ad_zip(request: MemberRequest, ad_id: uuid.UUID) -> HttpResponseBase:
    """One ready ad with captions and lineage."""
    row = _ready_ad(request, ad_id)
    return FileResponse(zip_ads([row]), as_attachment=True, filename=f"{file_stem(row)}.zip")


@member_page("GET")
def batch_zip(request: MemberRequest, batch_id: uuid.UUID) -> HttpResponseBase:
    """Every ready ad of a batch."""
    row = _batch(request, batch_id)
    ready = list(newest_ads(request.advertiser).filter(batch=row, state=Ad.State.READY).order_by("position"))
    if not ready:
        return HttpResponse(status=404)
    name = file_stem(ready[0]).rsplit("-", 1)[0]
    return FileResponse(zip_ads(ready), as_attachment=True, filename=f"{name}.zip")


@member_page("GET")
def batch_lineage(request: MemberRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Where every frame of the batch comes from."""
    row = _batch(request, batch_id)
    ads = list(newest_ads(request.advertiser).filter(batch=row).exclude(plan={}).order_by("position"))
    return _download(lineage_csv(ads), "text/csv; charset=utf-8", "lineage.csv")


def _download(text: str, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
