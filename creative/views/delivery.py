"""Ads of a bulk batch for whoever has a signed link: ad platforms fetch them here."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from core.ranges import send_body
from creative.services.bulk.delivery import ad_of_link, file_name, mark_delivered
from generation import api as generation


@require_safe
def delivered_ad(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """The signed ad a link names, whole or the range asked for; a link that is false or too old finds nothing."""
    ad = ad_of_link(token)
    if ad is None or name != file_name(ad):
        raise Http404
    body = generation.signed_file(ad.id)
    if request.method == "GET":
        mark_delivered([ad.id])
    return send_body(request, body, "video/mp4", etag=f"{ad.id}-{body.size}")
