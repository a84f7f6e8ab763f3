"""Knowledge: articles, prices, imports, the vertical's pack, and questions people answered."""

from __future__ import annotations

import uuid
from typing import Any

from asgiref.sync import async_to_sync
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agentbot.page_data.errors import in_words
from agentbot.page_data.knowledge import PACK_WORDS, knowledge_page, written_price
from agentbot.services import knowledge as service
from core.errors import InputError
from core.member_pages import MemberRequest, member_page
from core.models import AdvertiserArticle, AdvertiserPrice

LEFT_OUT = "mined-left-out"
MOST_LEFT_OUT = 300


@member_page("GET")
def knowledge(request: MemberRequest) -> HttpResponse:
    """Everything approved, and what waits to be."""
    return _page(request)


@member_page("POST")
def add_article(request: MemberRequest) -> HttpResponse:
    """A new article; from a mined question, too."""
    return _write(request, None)


@member_page("POST")
def change_article(request: MemberRequest, article_id: uuid.UUID) -> HttpResponse:
    """Changed, or taken away."""
    row = _row_of(AdvertiserArticle, request, article_id)
    if "remove" not in request.POST:
        return _write(request, row)
    title, text = row.title, row.text
    row.delete()
    return _page(request, gone={"headline": title, "body": text})


@member_page("POST")
def add_price(request: MemberRequest) -> HttpResponse:
    """A price the agents may name."""
    return _price(request, None)


@member_page("POST")
def change_price(request: MemberRequest, price_id: uuid.UUID) -> HttpResponse:
    """Changed, or taken away: then it is named to nobody any more."""
    row = _row_of(AdvertiserPrice, request, price_id)
    if "remove" in request.POST:
        gone = {
            "item": row.item,
            "sum": written_price(row),
            "per": row.unit,
            "begins": row.valid_from,
            "ends": row.valid_until,
        }
        row.delete()
        return _page(request, gone_price=gone)
    return _price(request, row)


@member_page("POST")
def import_any(request: MemberRequest) -> HttpResponse:
    """A file or the address of a page."""
    file, url = request.FILES.get("file"), request.POST.get("url", "").strip()
    try:
        if file is not None:
            done = service.import_file(request.advertiser, file.name or "", file.read(service.LARGEST_BYTES + 1))
        elif url:
            title, text = async_to_sync(service.fetch_page)(url)
            service.save_or_replace(request.advertiser, title, text)
            done = service.Imported(1, 0)
        else:
            raise InputError("file", "is missing", "no_file")
    except InputError as error:
        return _page(request, status=422, problem=in_words(error))
    words = _("Imported: %(articles)d articles, %(prices)d prices")
    messages.info(request, words % {"articles": done.articles, "prices": done.prices})
    return redirect("agentbot:knowledge")


@member_page("POST")
def choose_pack(request: MemberRequest) -> HttpResponse:
    """Which vertical's words and limits hold."""
    chosen = request.POST.get("pack", "")
    if chosen not in PACK_WORDS:
        raise Http404
    service.set_pack(request.advertiser, "" if chosen == "general" else chosen)
    messages.info(request, _("Saved; it holds within a few seconds"))
    return redirect("agentbot:knowledge")


@member_page("POST")
def leave_out(request: MemberRequest) -> HttpResponse:
    """A mined question that is no article; gone from this member's list."""
    known = request.session.get(LEFT_OUT, [])
    request.session[LEFT_OUT] = [*known, request.POST.get("key", "")[:12]][-MOST_LEFT_OUT:]
    return redirect("agentbot:knowledge")


def _write(request: MemberRequest, row: AdvertiserArticle | None) -> HttpResponse:
    headline, body = request.POST.get("headline", ""), request.POST.get("body", "")
    try:
        service.save_article(request.advertiser, headline, body, row)
    except InputError as error:
        return _page(request, status=422, problem=in_words(error), given={"headline": headline, "body": body})
    messages.info(request, _("Saved; it holds within a few seconds"))
    return redirect("agentbot:knowledge")


def _price(request: MemberRequest, row: AdvertiserPrice | None) -> HttpResponse:
    fields = (request.POST.get(key, "") for key in ("thing", "sum", "per", "begins", "ends"))
    try:
        service.save_price(request.advertiser, service.PriceForm(*fields), row)
    except InputError as error:
        return _page(request, status=422, problem=in_words(error))
    messages.info(request, _("Saved; it holds within a few seconds"))
    return redirect("agentbot:knowledge")


def _page(request: MemberRequest, status: int = 200, **more: Any) -> HttpResponse:
    page = knowledge_page(request.advertiser, request.session.get(LEFT_OUT, ()))
    return render(request, "agentbot/knowledge.html", {"page": page, **more}, status=status)


def _row_of(model: Any, request: MemberRequest, key: uuid.UUID) -> Any:
    row = model.objects.for_advertiser(request.advertiser).filter(pk=key).first()
    if row is None:
        raise Http404
    return row
