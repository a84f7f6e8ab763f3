"""What one file shows: looked at by a model, looked over by a member, then free to be quoted."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.errors import InputError
from core.member_pages import MemberRequest, member_page
from creative.models import Material
from creative.page_data.describing import description_page
from creative.page_data.posts import posts_of_material
from creative.services.describing import order_description
from generation import api as generation


def _material(request: MemberRequest, material_id: uuid.UUID) -> Material:
    rows = Material.objects.for_advertiser(request.advertiser).select_related("advertiser")
    return get_object_or_404(rows, pk=material_id)


@member_page("GET")
def description(request: MemberRequest, material_id: uuid.UUID) -> HttpResponse:
    """Shots with what was found in them."""
    material = _material(request, material_id)
    page = description_page(material)
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(
        request,
        "creative/parts/description_body.html" if is_part else "creative/description.html",
        {"page": page, "posts": posts_of_material(material)},
    )


@member_page("POST")
def describe(request: MemberRequest, material_id: uuid.UUID) -> HttpResponse:
    """Have it looked at, once more where it was."""
    material = _material(request, material_id)
    order_description(material)
    return redirect("creative:description", material.pk)


@member_page("POST")
def approve(request: MemberRequest, material_id: uuid.UUID) -> HttpResponse:
    """What the member read and put right may be quoted to visitors."""
    material = _material(request, material_id)
    member, captions = request.member.user.get_username(), request.POST.getlist("caption")
    try:
        generation.approve_description(
            request.advertiser, material.sha256, member, request.POST.get("title", ""), captions
        )
    except InputError:
        messages.error(request, _("The file was described anew meanwhile: read it again, then approve"))
    else:
        messages.success(request, _("Questions about this video are answered from it now"))
    return redirect("creative:description", material.pk)


@member_page("POST")
def withdraw(request: MemberRequest, material_id: uuid.UUID) -> HttpResponse:
    """Nothing of it is quoted any more."""
    material = _material(request, material_id)
    generation.withdraw_description(request.advertiser, material.sha256)
    messages.success(request, _("Nothing of this video is quoted any more"))
    return redirect("creative:description", material.pk)
