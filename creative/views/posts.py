"""Under which posts an ad or a material stands: viewers' questions there are answered from what it shows."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.errors import InputError
from core.member_pages import MemberRequest, member_page
from creative.models import Ad, Material
from creative.page_data.sentences import in_words
from creative.services.posts import book_post
from generation import api as generation


def _ad(request: MemberRequest, ad_id: uuid.UUID) -> Ad:
    rows = Ad.objects.for_advertiser(request.advertiser).select_related("batch", "advertiser")
    return get_object_or_404(rows.defer("batch__piece_keys"), pk=ad_id, state=Ad.State.READY, batch__is_draft=False)


def _material(request: MemberRequest, material_id: uuid.UUID) -> Material:
    rows = Material.objects.for_advertiser(request.advertiser).select_related("advertiser")
    return get_object_or_404(rows, pk=material_id)


@member_page("POST")
def book_of_ad(request: MemberRequest, ad_id: uuid.UUID) -> HttpResponse:
    """A post shows this ad."""
    _book(request, _ad(request, ad_id))
    return redirect("creative:ad", ad_id)


@member_page("POST")
def forget_of_ad(request: MemberRequest, ad_id: uuid.UUID, posted_video_id: int) -> HttpResponse:
    """A post shows this ad no more."""
    row = get_object_or_404(Ad.objects.for_advertiser(request.advertiser), pk=ad_id)
    _forget(request, row.pk, posted_video_id)
    return redirect("creative:ad", ad_id)


@member_page("POST")
def book_of_material(request: MemberRequest, material_id: uuid.UUID) -> HttpResponse:
    """A post shows this file as it is."""
    _book(request, _material(request, material_id))
    return redirect("creative:description", material_id)


@member_page("POST")
def forget_of_material(request: MemberRequest, material_id: uuid.UUID, posted_video_id: int) -> HttpResponse:
    """A post shows this file no more."""
    _forget(request, _material(request, material_id).pk, posted_video_id)
    return redirect("creative:description", material_id)


def _book(request: MemberRequest, work: Ad | Material) -> None:
    try:
        post = book_post(work, request.POST.get("post", ""))
    except InputError as error:
        messages.error(request, _("The post %(reason)s") % {"reason": in_words(error.reason)})
    else:
        messages.success(request, _("Questions under %(post)s are answered from this video") % {"post": post})


def _forget(request: MemberRequest, made_from: uuid.UUID, number: int) -> None:
    if not generation.forget_post(request.advertiser, made_from, number):
        raise Http404
