"""Batches and finished ads: progress, contact sheet, player, downloads."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from core.member_pages import MemberRequest, member_page
from core.zip_streams import send_zip
from creative.models import Ad
from creative.page_data.ads import ad_page
from creative.page_data.batches import batch_page, batch_rows
from creative.page_data.posts import posts_of_ad
from creative.services.batches import cancel_batch, retry_ad
from creative.services.bulk import control
from creative.services.downloads import file_stem, subtitles, zip_ads, zip_batch
from creative.services.held import FOR_GOOD
from creative.views import bulk


@member_page("GET")
def batches(request: MemberRequest) -> HttpResponse:
    """All batches."""
    return render(request, "creative/batches.html", {"rows": batch_rows(request.advertiser)})


@member_page("GET")
def batch(request: MemberRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Stages, contact sheet, what is held; its moving part alone for htmx."""
    row = bulk.batch_of(request, batch_id)
    if row.is_bulk:
        return bulk.page(request, row)
    page = batch_page(request.advertiser, row, request.GET.get("show", ""))
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(request, "creative/parts/batch_body.html" if is_part else "creative/batch.html", {"page": page})


@member_page("POST")
def cancel(request: MemberRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Stop what is not made yet; ready ads stay."""
    row = bulk.batch_of(request, batch_id)
    if row.is_bulk:
        control.cancel(row)
    else:
        cancel_batch(row)
    return redirect("creative:batch", batch_id)


def _ad(request: MemberRequest, ad_id: uuid.UUID) -> Ad:
    ads = Ad.objects.for_advertiser(request.advertiser).select_related("batch__brief", "advertiser")
    return get_object_or_404(ads.defer("batch__slot_plan", "batch__piece_keys"), pk=ad_id)


def _ready_ad(request: MemberRequest, ad_id: uuid.UUID) -> Ad:
    """An ad that may leave the house: one a check holds back is not found."""
    row = _ad(request, ad_id)
    if row.state != Ad.State.READY or not (row.path or row.is_recipe):
        raise Http404
    return row


@member_page("POST")
def retry(request: MemberRequest, ad_id: uuid.UUID) -> HttpResponse:
    """Make a held or stopped ad again as it was planned; one that is held for good is not."""
    row = _ad(request, ad_id)
    if row.held_reason in FOR_GOOD:
        raise Http404
    if row.choices:
        control.retry_failed(row.batch, row)
    else:
        retry_ad(row)
    messages.info(request, _("Ad %(number)d is being made again") % {"number": row.position + 1})
    return redirect("creative:batch", row.batch_id)


@member_page("GET")
def ad(request: MemberRequest, ad_id: uuid.UUID) -> HttpResponse:
    """The player."""
    row = _ad(request, ad_id)
    return render(request, "creative/ad.html", {"page": ad_page(row), "posts": posts_of_ad(row)})


@member_page("GET")
def ad_srt(request: MemberRequest, ad_id: uuid.UUID) -> HttpResponse:
    """The spoken lines of a ready ad as SRT."""
    row = _ready_ad(request, ad_id)
    answer = HttpResponse(subtitles(row), content_type="application/x-subrip; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"{file_stem(row)}.srt") or "attachment"
    return answer


@member_page("GET")
def ad_zip(request: MemberRequest, ad_id: uuid.UUID) -> HttpResponseBase:
    """One ready ad with captions and lineage."""
    row = _ready_ad(request, ad_id)
    return send_zip(request, zip_ads([row]), f"{file_stem(row)}.zip")


@member_page("GET")
def batch_zip(request: MemberRequest, batch_id: uuid.UUID) -> HttpResponseBase:
    """Every ready ad of a batch, or one thousand of them (?part=2)."""
    row = bulk.batch_of(request, batch_id)
    part = bulk.number_in(request, "part", 0)
    stream = zip_batch(row, part)
    if stream is None:
        return HttpResponse(status=404)
    name = file_stem(Ad(batch=row, position=0)).rsplit("-", 1)[0]
    return send_zip(request, stream, f"{name}-{part}.zip" if part else f"{name}.zip")
