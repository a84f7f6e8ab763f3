"""Pictures and videos of an advertiser, with ranges; another's give 404."""

from __future__ import annotations

import logging
import uuid
from pathlib import Path

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404

from core.contracts import load
from core.errors import AdloomError
from core.member_pages import MemberRequest, member_page
from core.ranges import send_body, send_file
from core.storage import bring_here
from creative.models import Ad, Material, Shot
from creative.page_data.references import visible
from creative.services.bulk.delivery import mark_delivered
from creative.services.downloads import file_stem
from creative.services.posters import poster_of
from generation import api as generation
from generation.contracts import Understanding

logger = logging.getLogger(__name__)

_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".mp4": "video/mp4"}


def _send(request: MemberRequest, path: str, name: str = "", is_immutable: bool = True) -> HttpResponseBase:
    file = bring_here(path) if path else Path()
    if not file.is_file():
        raise Http404
    return send_file(request, file, _TYPES.get(file.suffix.lower(), "application/octet-stream"), name, is_immutable)


@member_page("GET")
def shot_picture(request: MemberRequest, shot_id: uuid.UUID) -> HttpResponseBase:
    """A shot's thumbnail."""
    return _send(request, get_object_or_404(Shot.objects.for_advertiser(request.advertiser), pk=shot_id).thumbnail_path)


@member_page("GET")
def material_video(request: MemberRequest, material_id: uuid.UUID) -> HttpResponseBase:
    """A material's constant-frame-rate copy."""
    row = get_object_or_404(Material.objects.for_advertiser(request.advertiser), pk=material_id, state="ready")
    return _send(request, load(Understanding, row.understanding).source.path, is_immutable=False)


@member_page("GET")
def reference_video(request: MemberRequest, reference_id: uuid.UUID) -> HttpResponseBase:
    """A reference's video."""
    return _send(
        request, get_object_or_404(visible(request.advertiser), pk=reference_id).video_path, is_immutable=False
    )


@member_page("GET")
def reference_poster(request: MemberRequest, reference_id: uuid.UUID) -> HttpResponseBase:
    """A reference's first picture."""
    return _send(
        request, get_object_or_404(visible(request.advertiser), pk=reference_id).poster_path, is_immutable=False
    )


@member_page("GET")
def ad_video(request: MemberRequest, ad_id: uuid.UUID) -> HttpResponseBase:
    """A made ad to watch; ?download saves a ready one under its name. A held ad can be watched, not saved."""
    row = get_object_or_404(Ad.objects.for_advertiser(request.advertiser).select_related("batch__brief"), pk=ad_id)
    is_download = "download" in request.GET
    if is_download and row.state != Ad.State.READY:
        raise Http404
    name = f"{file_stem(row)}.mp4" if is_download else ""
    response = _send_recipe(request, row, name) if row.is_recipe else _send(request, row.path, name)
    if is_download and request.method == "GET" and response.status_code in (200, 206):
        # Watching is not delivering: only what leaves the house counts for the account's similarity.
        mark_delivered([row.id])
    return response


def _send_recipe(request: MemberRequest, row: Ad, name: str) -> HttpResponseBase:
    """A bulk ad, put together as it is sent."""
    try:
        body = generation.signed_file(row.id)
    except AdloomError:
        logger.exception("ad %s cannot be sent", row.id)
        return HttpResponse(status=503, headers={"Retry-After": "30"})
    return send_body(request, body, "video/mp4", name, etag=f"{row.id}-{body.size}")


@member_page("GET")
def ad_poster(request: MemberRequest, ad_id: uuid.UUID) -> HttpResponseBase:
    """A still of a made ad."""
    row = get_object_or_404(Ad.objects.for_advertiser(request.advertiser), pk=ad_id)
    return _send(request, poster_of(row))
