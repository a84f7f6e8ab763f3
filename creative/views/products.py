"""Products: what may be said of one, its picture, and the colours of the advertiser's cards."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import InputError, RetryableError
from core.member_pages import MemberRequest, member_page
from core.models import Product
from core.ranges import send_file
from creative.brief import BriefError, parse_product
from creative.page_data import products as data
from creative.page_data.briefs_values import from_post, to_payload
from creative.page_data.sentences import in_words
from creative.selectors import product_data
from creative.services import products as services
from creative.services.remakes import order_remakes
from generation import api as generation

UNPROCESSABLE = 422
STATUS_OF = {"too_large": 413, "format_not_supported": 415}
BUSY = 503


def _product(request: MemberRequest, product_id: uuid.UUID) -> Product:
    products = Product.objects.for_advertiser(request.advertiser).select_related("advertiser")
    return get_object_or_404(products, pk=product_id)


@member_page("GET")
def products(request: MemberRequest) -> HttpResponse:
    """All products."""
    return render(request, "creative/products.html", {"rows": data.product_rows(request.advertiser)})


@member_page("GET", "POST")
def product(request: MemberRequest, product_id: uuid.UUID) -> HttpResponse:
    """A product's form; POST saves it whole, and every brief of it with it."""
    row = _product(request, product_id)
    if request.method == "POST":
        return _save(request, row)
    return render(request, "creative/product.html", data.context(row, data.values_of(row)))


@member_page("POST")
def make_again(request: MemberRequest, product_id: uuid.UUID, change_id: int) -> HttpResponse:
    """Every ad that shows what a fact said before is made again with what it says now."""
    row = _product(request, product_id)
    order_remakes(get_object_or_404(row.changes, pk=change_id))
    messages.success(request, _("The ads are being made again; the old ones go out no more"))
    return redirect("creative:product", row.pk)


def _save(request: MemberRequest, row: Product) -> HttpResponse:
    values = from_post(request.POST)
    try:
        parsed = parse_product(to_payload(values)["product"], data.language_of(row))
        services.save_product(row, parsed)
    except BriefError as error:
        return render(request, "creative/product.html", data.context(row, values, error), status=UNPROCESSABLE)
    except InputError as error:
        context = data.context(row, values, BriefError([(error.thing, error.reason)]))
        return render(request, "creative/product.html", context, status=UNPROCESSABLE)
    messages.success(request, _("Saved %(clock)s") % {"clock": timezone.localtime().strftime("%H:%M:%S")})
    return redirect("creative:product", row.pk)


@member_page("GET", "POST")
def picture(request: MemberRequest, product_id: uuid.UUID) -> HttpResponseBase:
    """The product's own picture; POST takes another: 413 too large, 415 of the wrong kind, 422 damaged."""
    row = _product(request, product_id)
    if request.method != "POST":
        return _send_picture(request, row)
    file = request.FILES.get("picture")
    if file is None:
        return _picture_panel(request, row, _("Picture"), _("no file arrived"), UNPROCESSABLE)
    try:
        services.set_picture(row, file)
    except InputError as error:
        status = STATUS_OF.get(error.code, UNPROCESSABLE)
        return _picture_panel(request, row, error.thing, in_words(error.reason), status)
    except RetryableError:
        return _picture_panel(request, row, file.name or "", _("the machine is busy; send it again"), BUSY)
    return _picture_panel(request, row)


def _send_picture(request: MemberRequest, row: Product) -> HttpResponseBase:
    if not row.picture_sha256:
        raise Http404
    path, content_type = generation.stored_picture(row.picture_sha256)
    return send_file(request, Path(path), content_type, is_immutable=True)


@member_page("POST")
def remove_picture(request: MemberRequest, product_id: uuid.UUID) -> HttpResponse:
    """No picture of its own any more."""
    row = _product(request, product_id)
    services.remove_picture(row)
    return _picture_panel(request, row)


def _picture_panel(
    request: MemberRequest, row: Product, thing: str = "", reason: str = "", status: int = 200
) -> HttpResponse:
    """The panel with what came of an upload; without htmx the page goes back to itself."""
    if not request.htmx and not reason:
        return redirect("creative:product", row.pk)
    context = data.picture_context(row)
    if reason:
        context["refused"] = {"thing": thing, "reason": reason}
    else:
        context["brand"] = data.brand_view(row, data.colours_of(row.advertiser))
    return render(request, "creative/parts/product_picture.html", context, status=status)


def _typed_colours(request: MemberRequest) -> dict[str, str]:
    sent = request.POST if request.method == "POST" else request.GET
    return {name: sent.get(name, "").strip() for name in data.COLOUR_FIELDS}


@member_page("GET")
def preview(request: MemberRequest, product_id: uuid.UUID) -> HttpResponse:
    """How cards would look in the colours typed; nothing is saved."""
    row = _product(request, product_id)
    brand = data.brand_view(row, _typed_colours(request))
    status = 200 if brand.is_drawn else UNPROCESSABLE
    return render(request, "creative/parts/brand_preview.html", {"brand": brand}, status=status)


@member_page("POST")
def colours(request: MemberRequest, product_id: uuid.UUID) -> HttpResponse:
    """Save the advertiser's three colours."""
    row, typed = _product(request, product_id), _typed_colours(request)
    try:
        services.set_colours(row.advertiser, *(typed[name] for name in data.COLOUR_FIELDS))
    except InputError:
        context = data.context(row, data.values_of(row)) | {"brand": data.brand_view(row, typed)}
        return render(request, "creative/product.html", context, status=UNPROCESSABLE)
    messages.success(request, _("Colours saved; ads made from now on carry them"))
    return redirect("creative:product", row.pk)


@member_page("GET")
def card(request: MemberRequest, product_id: uuid.UUID, kind: str) -> HttpResponse:
    """One card of the product as a still, in the colours asked for."""
    row = _product(request, product_id)
    found = {each.card: each for each in data.cards_of(product_data(row))}
    if kind not in found:
        raise Http404
    try:
        still = generation.card_still(found[kind], data.brand_of(row, _typed_colours(request)), data.language_of(row))
    except InputError as error:
        raise Http404(str(error)) from error
    return HttpResponse(still, content_type="image/png", headers={"Cache-Control": "private, max-age=600"})
