"""Channels: opening, the tag to copy, modes, secrets shown once; and the CRMs beside them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agentbot.channels.opening import OWN_KINDS
from agentbot.models import ChannelAccount
from agentbot.page_data.channels import channels_page, script_tag
from agentbot.page_data.errors import in_words
from agentbot.services import channels as service
from core.errors import InputError
from core.member_pages import MemberRequest, member_page


@member_page("GET")
def channels(request: MemberRequest) -> HttpResponse:
    """All channels, all CRMs, and what could not be delivered."""
    return page_of(request)


@member_page("POST")
def open_new(request: MemberRequest) -> HttpResponse:
    """A channel; its secrets stand in this answer and nowhere else."""
    given = {key: request.POST.get(key, "") for key in ("kind", "label", "mode", "address", "crm_url")}
    try:
        opened = service.open_on_page(
            request.advertiser, given["kind"], given["label"], given["mode"], given["address"], given["crm_url"]
        )
    except InputError as error:
        return page_of(request, status=422, given=given, problem=in_words(error))
    secrets = [(_("Secret of the CRM address"), opened.crm_secret)] if opened.crm_secret else []
    if opened.account.kind == ChannelAccount.Kind.WEBHOOK:
        secrets = [(_("Address for messages"), opened.inbound_url), (_("Secret"), opened.secret), *secrets]
    else:
        secrets = [(_("Script tag for your pages"), script_tag(opened.account)), *secrets]
    return page_of(request, opened=opened.account, secrets=secrets)


@member_page("POST")
def change(request: MemberRequest, account_id: uuid.UUID) -> HttpResponse:
    """Name, mode, pages."""
    row = row_of(ChannelAccount, request, account_id)
    try:
        service.change(row, request.POST.get("label", ""), request.POST.get("mode", ""), request.POST.get("origins"))
    except InputError as error:
        return page_of(request, status=422, problem=in_words(error))
    messages.info(request, _("Saved; it holds within a few seconds"))
    return redirect("agentbot:channels")


@member_page("POST")
def switch(request: MemberRequest, account_id: uuid.UUID) -> HttpResponse:
    """On or off."""
    row = row_of(ChannelAccount, request, account_id)
    service.switch(row, request.POST.get("is_on") == "yes")
    return redirect("agentbot:channels")


@member_page("POST")
def rotate(request: MemberRequest, account_id: uuid.UUID) -> HttpResponse:
    """A new secret, shown in this answer and nowhere else."""
    row = row_of(ChannelAccount, request, account_id)
    if row.kind not in OWN_KINDS:
        # A platform's secrets are the platform's to make.
        raise Http404
    return page_of(request, opened=row, secrets=[(_("New secret"), service.rotate_secret(row))])


@member_page("GET")
def preview(request: MemberRequest, account_id: uuid.UUID) -> HttpResponse:
    """The widget on a page of ours, to try."""
    row = row_of(ChannelAccount, request, account_id)
    if row.kind != ChannelAccount.Kind.WIDGET:
        raise Http404
    return render(request, "agentbot/preview.html", {"account": row})


def page_of(request: MemberRequest, status: int = 200, **more: Any) -> HttpResponse:
    """The channels page, with what this answer alone says."""
    page = {"page": channels_page(request.advertiser), "given": {"kind": "widget", "mode": "auto"}, **more}
    return render(request, "agentbot/channels.html", page, status=status)


def row_of(model: Any, request: MemberRequest, key: uuid.UUID) -> Any:
    """The advertiser's own, else 404."""
    row = model.objects.for_advertiser(request.advertiser).filter(pk=key).first()
    if row is None:
        raise Http404
    return row
