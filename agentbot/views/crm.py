"""CRMs: connecting each vendor, trying the connection, pausing, secrets shown once, dead letters."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agentbot.crm.connecting import try_connection
from agentbot.models import CrmConnection, CrmDelivery
from agentbot.page_data.crm_guides import guide_for, guides, secret_names
from agentbot.page_data.errors import in_words
from agentbot.services import crm as service
from agentbot.services import importing_stages
from agentbot.services.connecting import connect_on_page
from agentbot.services.knowledge import LARGEST_BYTES
from agentbot.views.channels import page_of, row_of
from core.errors import InputError
from core.member_pages import MemberRequest, member_page


@member_page("GET", "POST")
def connect(request: MemberRequest) -> HttpResponse:
    """The guide of a vendor and its form; what was typed as a secret is not shown again, not even when refused."""
    if request.method != "POST":
        return _form(
            request, request.GET.get("kind", ""), given={"takes_all": "yes", "url": request.GET.get("url", "")}
        )
    kind = request.POST.get("kind", "")
    given = {name: request.POST.get(name, "") for name in ("url", "label", "takes_all", *secret_names())}
    try:
        row, secret = connect_on_page(request.advertiser, kind, given)
    except InputError as error:
        return _form(request, kind, status=422, problem=in_words(error), given=given)
    if secret:
        return page_of(request, opened=row, secrets=[(_("Secret of the CRM address"), secret)])
    messages.info(request, _("%(name)s is connected") % {"name": row})
    return redirect("agentbot:channels")


@member_page("POST")
def attempt(request: MemberRequest, connection_id: uuid.UUID) -> HttpResponse:
    """Asks the CRM, and says what it said."""
    row = row_of(CrmConnection, request, connection_id)
    failure = try_connection(row)
    if failure:
        return page_of(
            request, status=422, problem=_("%(name)s does not take it: %(why)s") % {"name": row, "why": failure}
        )
    messages.info(request, _("%(name)s answers and takes leads") % {"name": row})
    return redirect("agentbot:channels")


@member_page("POST")
def pause(request: MemberRequest, connection_id: uuid.UUID) -> HttpResponse:
    """Nothing is sent; leads wait."""
    service.pause(row_of(CrmConnection, request, connection_id))
    return redirect("agentbot:channels")


@member_page("POST")
def resume(request: MemberRequest, connection_id: uuid.UUID) -> HttpResponse:
    """Open again; what is stuck is tried once more."""
    count = service.resume(row_of(CrmConnection, request, connection_id))
    words = ngettext("%(count)d delivery is tried again", "%(count)d deliveries are tried again", count)
    messages.info(request, words % {"count": count})
    return redirect("agentbot:channels")


@member_page("POST")
def new_secret(request: MemberRequest, connection_id: uuid.UUID) -> HttpResponse:
    """A new secret, shown in this answer and nowhere else."""
    row = row_of(CrmConnection, request, connection_id)
    try:
        secret = service.new_secret_of(row)
    except InputError as error:
        return page_of(request, status=422, problem=in_words(error))
    return page_of(request, opened=row, secrets=[(_("New secret"), secret)], is_crm_secret=True)


@member_page("POST")
def replay(request: MemberRequest, delivery_id: uuid.UUID) -> HttpResponse:
    """One dead letter, again."""
    row = row_of(CrmDelivery, request, delivery_id)
    service.replay(CrmDelivery.objects.filter(pk=row.pk))
    return redirect("agentbot:channels")


@member_page("POST")
def take_stages(request: MemberRequest) -> HttpResponse:
    """What became of leads, from a file."""
    file = request.FILES.get("file")
    try:
        if file is None:
            raise InputError("file", "is missing", "no_stage_file")
        taken = importing_stages.take_stages(request.member, file.name or "", file.read(LARGEST_BYTES + 1))
    except InputError as error:
        return page_of(request, status=422, problem=in_words(error))
    words = _("%(moved)d leads moved, %(same)d stood there already, %(unknown)d keys are no open lead of yours")
    messages.info(request, words % {"moved": taken.moved, "same": taken.same, "unknown": taken.unknown})
    return redirect("agentbot:channels")


def _form(request: MemberRequest, kind: str, status: int = 200, **more: Any) -> HttpResponse:
    page = {"guides": guides(), "guide": guide_for(kind), **more}
    return render(request, "agentbot/connect_crm.html", page, status=status)
