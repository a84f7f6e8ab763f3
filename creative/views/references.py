"""References: the library, imports, one reference large, the row for a brief and the pick."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.errors import InputError
from core.member_pages import MemberRequest, member_page
from creative.models import Brief, Reference
from creative.page_data import references as pages
from creative.page_data.rows import row_page
from creative.references import api
from creative.selectors import brief_data
from creative.services.references import pick_reference, remove_reference, set_reference_rights, write_first_script
from creative.services.uploads import take_reference


@member_page("GET")
def references(request: MemberRequest) -> HttpResponse:
    """The library."""
    library = pages.library(request.advertiser, request.GET.get("show", ""))
    is_part = request.htmx and not request.htmx.history_restore_request
    template = "creative/parts/references_body.html" if is_part else "creative/references.html"
    return render(request, template, {"library": library})


@member_page("POST")
def import_reference(request: MemberRequest) -> HttpResponse:
    """A video with its subtitles and record, when there are any."""
    video = request.FILES.get("video")
    try:
        if video is None:
            raise InputError(_("Video"), _("no file arrived"), "no-file")
        take_reference(request.advertiser, video, request.FILES.get("subtitles"), request.FILES.get("record"))
    except InputError as error:
        context = {"library": pages.library(request.advertiser), "error": error}
        return render(request, "creative/references.html", context, status=422)
    return redirect("creative:references")


@member_page("GET", "POST")
def reference(request: MemberRequest, reference_id: uuid.UUID) -> HttpResponse:
    """One reference; POST changes the rights of one's own."""
    row = get_object_or_404(pages.visible(request.advertiser), pk=reference_id)
    if request.method == "POST":
        own = get_object_or_404(Reference.objects.for_advertiser(request.advertiser), pk=reference_id)
        set_reference_rights(own, "may_reuse" in request.POST)
        return redirect("creative:reference", reference_id)
    return render(request, "creative/reference.html", pages.detail(row, request.advertiser))


@member_page("POST")
def remove(request: MemberRequest, reference_id: uuid.UUID) -> HttpResponse:
    """Take one's own reference out of the library."""
    remove_reference(get_object_or_404(Reference.objects.for_advertiser(request.advertiser), pk=reference_id))
    return redirect("creative:references")


@member_page("GET")
def row(request: MemberRequest, brief_id: uuid.UUID) -> HttpResponse:
    """Six to eight playable cards for a brief, and the picked structure large."""
    brief = get_object_or_404(Brief.objects.for_advertiser(request.advertiser), pk=brief_id)
    return render(request, "creative/row.html", {"page": row_page(request.advertiser, brief)})


@member_page("POST")
def pick(request: MemberRequest, brief_id: uuid.UUID, reference_id: uuid.UUID) -> HttpResponse:
    """Take a card; it counts as a preference for the next row."""
    brief = get_object_or_404(Brief.objects.for_advertiser(request.advertiser), pk=brief_id)
    chosen = get_object_or_404(api.visible_references(request.advertiser), pk=reference_id)
    entries = api.row_for(brief_data(brief), request.advertiser)
    pick_reference(brief, chosen, entries)
    if not request.htmx:
        return redirect("creative:row", brief_id)
    return render(request, "creative/parts/row_body.html", {"page": row_page(request.advertiser, brief, entries)})


@member_page("POST")
def use_structure(request: MemberRequest, brief_id: uuid.UUID) -> HttpResponse:
    """Write the first script on the picked structure."""
    brief = get_object_or_404(Brief.objects.for_advertiser(request.advertiser), pk=brief_id)
    try:
        script = write_first_script(brief)
    except InputError:
        return redirect("creative:row", brief_id)
    return redirect("creative:script", brief_id, script.pk)
