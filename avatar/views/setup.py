"""The set-up page of a room, block by block."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from avatar.hosts import say_name
from avatar.models import Room, StreamOutput
from avatar.page_data.errors import in_words, problem_of
from avatar.page_data.setup import line_view, preview_view, setup_page, writing_view
from avatar.services import backgrounds
from avatar.services import outputs as output_services
from avatar.services import products as product_services
from avatar.services import rooms as room_services
from avatar.services import scripts as script_services
from avatar.services.guests import change_guests
from avatar.services.previews import order_preview
from avatar.services.scripts import rewrite_in_order
from avatar.services.writing import order_script
from avatar.views.rooms import UNPROCESSABLE, is_key, room_of
from core.contracts import Language
from core.errors import InputError
from core.member_pages import MemberRequest, member_page
from core.models import Product

BLOCKS = {
    "host": room_services.change_host,
    "overlays": room_services.change_overlays,
    "campaign": room_services.change_campaign,
    "guests": change_guests,
}


@member_page("GET")
def room(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """Who hosts, what is said, what is shown, where it goes; the first minute; on air."""
    row = room_of(request, room_id)
    if request.htmx and request.GET.get("part") == "writing":
        view = writing_view(row, request.GET.get("shown", ""))
        return render(request, "avatar/parts/writing.html", {"room": row, "writing": view})
    if request.htmx:
        return render(request, "avatar/parts/preview.html", {"room": row, "preview": preview_view(row)})
    return render(request, "avatar/setup.html", setup_page(row))


@member_page("POST")
def change(request: MemberRequest, room_id: uuid.UUID, block: str) -> HttpResponse:
    """One block saved whole, or not at all."""
    row = room_of(request, room_id)
    service = BLOCKS.get(block)
    if service is None:
        raise Http404
    try:
        service(row, {name: request.POST.get(name, "") for name in request.POST})
    except InputError as error:
        return _refused(request, room_of(request, room_id), block, error)
    return _saved(request, row, block)


@member_page("POST")
def save_script(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """All lines at once: a version more, or each refused line with its reason."""
    row = room_of(request, room_id)
    texts = [text for text in request.POST.getlist("text") if text.strip()]
    try:
        script_services.save_script(row, texts)
    except InputError as error:
        return _refused(request, row, "script", error, texts)
    return _saved(request, row, "script")


@member_page("POST")
def check_line(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """One line as typed: its cues, and what stops it. Nothing is saved."""
    row = room_of(request, room_id)
    text, number = request.POST.get("text", ""), request.POST.get("number", "1")
    problems = [problem_of(found) for found in script_services.check_texts(row, [text])]
    line = line_view(int(number) if number.isdecimal() else 1, text, problems, [])
    return render(request, "avatar/parts/line_notes.html", {"line": line})


@member_page("POST")
def suggest_cues(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """The line with the cues its words call for, to be looked at; nothing is saved."""
    row = room_of(request, room_id)
    try:
        text = script_services.suggested(request.POST.get("text", ""), cast(Language, row.language))
    except InputError:
        text = request.POST.get("text", "")
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@member_page("POST")
def write_again(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """A new script from the product as it is now; the one before stays in the books."""
    row = room_of(request, room_id)
    Room.objects.filter(pk=row.pk).update(seed=row.seed + 1)
    row.seed += 1
    if order_script(row) is not None:
        return _saved(request, row, "script", says=False)
    try:
        script_services.write_script(row, say_name(row))
    except InputError as error:
        return _refused(request, row, "script", error)
    return _saved(request, row, "script")


@member_page("POST")
def import_script(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """A human host's script as text or subtitles; refused lines stand in the editor with their reasons."""
    row = room_of(request, room_id)
    file = request.FILES.get("script")
    if file is None:
        raise Http404
    try:
        texts = script_services.read_script(file.read(), file.name or "script.txt")
    except InputError as error:
        return _refused(request, row, "script", error)
    try:
        script_services.save_script(row, texts, is_imported=True)
    except InputError as error:
        return _refused(request, row, "script", error, texts)
    return _saved(request, row, "script")


@member_page("POST")
def set_background(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """A picture of one's own behind the host."""
    row = room_of(request, room_id)
    file = request.FILES.get("picture")
    if file is None:
        raise Http404
    try:
        backgrounds.set_background(row, file)
    except InputError as error:
        return _refused(request, row, "host", error)
    return _saved(request, row, "host")


@member_page("POST")
def add_product(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """One more product; its lines follow those that are there."""
    row = room_of(request, room_id)
    product = _product_of(request)
    return _products_changed(request, row, lambda: product_services.add_product(row, product, rewrite_in_order))


@member_page("POST")
def remove_product(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """A product and its lines go."""
    row, key = room_of(request, room_id), request.POST.get("product", "")
    return _products_changed(request, row, lambda: product_services.remove_product(row, key, rewrite_in_order))


@member_page("POST")
def move_product(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """A product and its lines come one place sooner or later."""
    row, key = room_of(request, room_id), request.POST.get("product", "")
    by = -1 if request.POST.get("by") == "-1" else 1
    return _products_changed(request, row, lambda: product_services.move_product(row, key, by, rewrite_in_order))


@member_page("POST")
def change_card(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """What the card of a further product says."""
    row, given = room_of(request, room_id), {name: request.POST.get(name, "") for name in request.POST}
    key = given.get("product", "")
    return _products_changed(request, row, lambda: product_services.change_card(row, key, given))


def _product_of(request: MemberRequest) -> Product:
    key = request.POST.get("product", "")
    found = Product.objects.for_advertiser(request.advertiser).filter(pk=key).first() if is_key(key) else None
    if found is None:
        raise Http404
    return found


def _products_changed(request: MemberRequest, row: Room, change: Callable[[], None]) -> HttpResponse:
    try:
        change()
    except InputError as error:
        return _refused(request, room_of(request, row.pk), "products", error)
    return _saved(request, row, "products")


@member_page("POST")
def add_output(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """A platform with its address and key; the key is never shown again."""
    row = room_of(request, room_id)
    given = [request.POST.get(name, "").strip() for name in ("platform", "url", "key")]
    try:
        output_services.add_output(row, *given)
    except InputError as error:
        return _refused(request, row, "outputs", error)
    return _saved(request, row, "outputs")


@member_page("POST")
def remove_output(request: MemberRequest, output_id: uuid.UUID) -> HttpResponse:
    """Not streamed there any more, from the next broadcast on."""
    rows = StreamOutput.objects.for_advertiser(request.advertiser).select_related("room")
    output = get_object_or_404(rows, pk=output_id)
    output_services.remove_output(output)
    return _saved(request, output.room, "outputs")


@member_page("POST")
def new_secret(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """The secret that comments and orders are signed with, in this answer and nowhere else."""
    row = room_of(request, room_id)
    secret = room_services.new_intake_secret(row)
    return render(request, "avatar/setup.html", {**setup_page(row), "secret": secret})


@member_page("POST")
def preview(request: MemberRequest, room_id: uuid.UUID) -> HttpResponse:
    """The first minute as a file; the page hears how far it is."""
    row = room_of(request, room_id)
    order_preview(row)
    return _saved(request, row, "preview", says=False)


def _saved(request: MemberRequest, row: Room, block: str, says: bool = True) -> HttpResponse:
    if says:
        messages.success(request, _("Saved %(clock)s") % {"clock": timezone.localtime().strftime("%H:%M:%S")})
    answer = redirect("avatar:room", row.pk)
    answer["Location"] += f"#{block}"
    return answer


def _refused(
    request: MemberRequest, row: Room, block: str, error: InputError, texts: list[str] | None = None
) -> HttpResponse:
    page = {**setup_page(row, texts), "refused": {"block": block, "reason": in_words(error), "thing": error.thing}}
    return render(request, "avatar/setup.html", page, status=UNPROCESSABLE)
