"""Channels on platforms: what to paste where, opening one, and new credentials for one."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agentbot.channels.opening_vendors import open_vendor_channel, replace_credentials
from agentbot.channels.vendors.known import VENDORS
from agentbot.models import ChannelAccount
from agentbot.page_data.errors import in_words
from agentbot.page_data.platforms import platform_for, platforms
from agentbot.views.channels import page_of, row_of
from core.errors import InputError
from core.member_pages import MemberRequest, member_page


@member_page("GET", "POST")
def platform(request: MemberRequest) -> HttpResponse:
    """The guide of a platform and its form; secrets are not shown again, not even when refused."""
    if request.method != "POST":
        return _form(request, request.GET.get("kind", ""))
    kind = request.POST.get("kind", "")
    given = {name: request.POST.get(name, "") for name in ("label", "mode", "crm_url")}
    told = _credentials(request, kind)
    try:
        opened = open_vendor_channel(
            request.advertiser,
            kind,
            told,
            crm_url=given["crm_url"].strip(),
            mode=given["mode"],
            name=given["label"].strip()[:80],
        )
    except InputError as error:
        return _form(request, kind, status=422, problem=in_words(error), given=given, told=told)
    secrets = [(_("Address to paste there"), opened.inbound_url)]
    secrets += [(_("Verify token"), opened.secret)] if opened.secret else []
    secrets += [(_("Secret of the CRM address"), opened.crm_secret)] if opened.crm_secret else []
    return page_of(request, opened=opened.account, secrets=secrets)


@member_page("GET", "POST")
def change_credentials(request: MemberRequest, account_id: uuid.UUID) -> HttpResponse:
    """What is left empty stays as it was."""
    row = row_of(ChannelAccount, request, account_id)
    if row.kind not in VENDORS:
        raise Http404
    if request.method != "POST":
        return _form(request, row.kind, account=row)
    try:
        replace_credentials(row, _credentials(request, row.kind))
    except InputError as error:
        return _form(request, row.kind, status=422, problem=in_words(error), account=row)
    messages.info(request, _("Saved; it holds within a few seconds"))
    return redirect("agentbot:channels")


def _credentials(request: MemberRequest, kind: str) -> dict[str, str]:
    names = [each.name for each in VENDORS[kind].credentials] if kind in VENDORS else []
    return {name: request.POST.get(f"credential_{name}", "") for name in names}


def _form(
    request: MemberRequest, kind: str, status: int = 200, told: dict[str, str] | None = None, **more: Any
) -> HttpResponse:
    page = {"platforms": platforms(), "platform": platform_for(kind, told), **more}
    return render(request, "agentbot/platform.html", page, status=status)
