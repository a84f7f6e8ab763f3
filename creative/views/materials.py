"""Materials: files come in, shots are looked at, tagged and set aside."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.errors import InputError
from core.member_pages import MemberRequest, member_page
from creative.contracts import ROLES
from creative.models import Material, Shot
from creative.page_data.materials import materials_page, role_choices, shot_card
from creative.page_data.sentences import in_words
from creative.services.materials import tag_shot
from creative.services.uploads import clean_name, remove_material, set_rights, take_material


@member_page("GET")
def materials(request: MemberRequest) -> HttpResponse:
    """Files, refused ones on top, and all shots."""
    page = materials_page(request.advertiser, request.GET.get("show", ""), request.GET.get("q", "").strip())
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(
        request, "creative/parts/materials_body.html" if is_part else "creative/materials.html", {"page": page}
    )


@member_page("POST")
def upload(request: MemberRequest) -> HttpResponse:
    """One file; the answer is its line in the list, or why it cannot be taken."""
    file, name = request.FILES.get("file"), request.POST.get("name", "")
    if file is None:
        return render(
            request, "creative/parts/upload_answer.html", {"name": name, "reason": _("no file arrived")}, status=422
        )
    try:
        material = take_material(request.advertiser, file, name)
    except InputError as error:
        context = {"name": clean_name(error.thing), "reason": in_words(error.reason)}
        return render(request, "creative/parts/upload_answer.html", context, status=422)
    return render(request, "creative/parts/upload_answer.html", {"name": material.name})


@member_page("GET", "POST")
def shot(request: MemberRequest, shot_id: uuid.UUID) -> HttpResponse:
    """A shot's card; POST writes role, words and whether it is set aside."""
    row = get_object_or_404(Shot.objects.for_advertiser(request.advertiser).select_related("material"), pk=shot_id)
    if request.method == "POST":
        role = request.POST.get("role", "")
        words = request.POST.get("words", "").replace("，", ",").replace("、", ",").split(",")
        row = tag_shot(row, words, role if role in ROLES else "", "is_hidden" in request.POST)
    return render(request, "creative/parts/shot_card.html", {"card": shot_card(row)})


@member_page("GET")
def edit_shot(request: MemberRequest, shot_id: uuid.UUID) -> HttpResponse:
    """The card as a small form."""
    row = get_object_or_404(Shot.objects.for_advertiser(request.advertiser).select_related("material"), pk=shot_id)
    return render(request, "creative/parts/shot_form.html", {"card": shot_card(row), "roles": role_choices()})


@member_page("POST")
def material_rights(request: MemberRequest, material_id: uuid.UUID) -> HttpResponse:
    """Whose footage it is."""
    row = get_object_or_404(Material.objects.for_advertiser(request.advertiser), pk=material_id)
    if request.POST.get("rights") in Material.Rights.values:
        set_rights(row, request.POST["rights"])
    return HttpResponse(status=204)


@member_page("POST")
def remove(request: MemberRequest, material_id: uuid.UUID) -> HttpResponse:
    """Take a file out of the list; made ads keep their own copies."""
    row = get_object_or_404(Material.objects.for_advertiser(request.advertiser), pk=material_id)
    remove_material(row)
    return redirect("creative:materials")
