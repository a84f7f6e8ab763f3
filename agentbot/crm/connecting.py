"""Connects an advertiser to the CRM of a vendor: credentials checked against the vendor, then kept wrapped."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from agentbot.crm.base import Account, RefusedByCrm
from agentbot.crm.reconcile import connector_of
from agentbot.crm.vendors import KINDS, VENDORS, make_connector
from agentbot.crm.webhook_secrets import valid_keys
from agentbot.leads.deliveries import announce
from agentbot.models import CrmConnection, Lead
from agentbot.pii import wrap_key
from agentbot.services.crm import resume
from agentbot.turns.events import event_body
from core.errors import InputError
from core.models import Advertiser
from core.webhooks.addresses import check_url
from core.webhooks.posting import Answer, Poster

TEST_EVENT = "connection.test"
"""Sent to a signed webhook when somebody tries the connection; it tells of no lead."""


def connect_vendor(
    advertiser: Advertiser,
    kind: str,
    secret: Mapping[str, str],
    *,
    url: str = "",
    name: str = "",
    stages: Mapping[str, str] | None = None,
    may_be_private: bool = True,
) -> CrmConnection:
    """One connection an account, told of all leads from here on; connecting again replaces the credentials and tries
    again what was stuck. `stages`: {a word of theirs: a stage of ours}. `may_be_private` only for an address the
    operator typed. Raises `InputError`, also for what the vendor refuses."""
    _check(kind, url, secret, stages or {}, may_be_private)
    kept = {key: value for key, value in secret.items() if value}
    options: dict[str, Any] = {"stages": dict(stages)} if stages else {}
    try:
        options |= make_connector(kind, Account(url, kept, options, may_be_private)).prepare()
    except RefusedByCrm as error:
        raise InputError(kind, error.answer.failure, "refused_by_crm") from error
    connection, _ = CrmConnection.objects.for_advertiser(advertiser).update_or_create(
        advertiser=advertiser,
        kind=kind,
        url=url,
        defaults={
            "name": name or CrmConnection.Kind(kind).label,
            "takes_all": True,
            "may_be_private": may_be_private,
            "secret": wrap_key(json.dumps(kept).encode()),
            "options": options,
        },
    )
    resume(connection)
    return connection


def try_connection(connection: CrmConnection) -> str:
    """ "" when the CRM takes what we would send it, else why not. Writes nothing there."""
    if connection.kind == CrmConnection.Kind.WEBHOOK:
        answer = asyncio.run(_post_test(connection))
        return "" if 200 <= answer.status < 300 else answer.failure
    try:
        connector_of(connection).prepare()
    except RefusedByCrm as error:
        return error.answer.failure
    return ""


def send_known(connection: CrmConnection) -> int:
    """The leads there were before, to CRMs that have not got them; gives how many."""
    leads = Lead.objects.filter(advertiser_id=connection.advertiser_id, state=Lead.State.OPEN)
    rows = leads.select_related("person__key", "conversation__account").order_by("created_at")
    return sum(announce(lead, None, only_missing=True) > 0 for lead in rows)


async def _post_test(connection: CrmConnection) -> Answer:
    now = timezone.now()
    keys = valid_keys(connection.secret, connection.old_secrets, now)
    body = event_body(TEST_EVENT, now, {}).encode()
    poster = Poster()
    try:
        return await poster.post(
            connection.url, keys, str(uuid.uuid4()), body, may_be_private=connection.may_be_private
        )
    finally:
        await poster.close()


def _check(kind: str, url: str, secret: Mapping[str, str], stages: Mapping[str, str], may_be_private: bool) -> None:
    if kind not in KINDS:
        raise InputError("kind", f"{kind!r} is none of {', '.join(KINDS)}", "unknown_kind")
    vendor = VENDORS[kind]
    if vendor.client and importlib.util.find_spec(vendor.client) is None:
        way = ".venv/bin/python -m pip install -c constraints.txt -e '.[crm]'"
        raise InputError(kind, f"its client is not installed: {way}", "client_missing")
    missing = [name for name in vendor.secrets if not secret.get(name)]
    if missing:
        raise InputError(missing[0], "is missing", "missing")
    _check_url(kind, url, may_be_private)
    odd = [stage for stage in stages.values() if stage not in Lead.Stage.values]
    if odd:
        raise InputError("stage", f"{odd[0]!r} is none of {', '.join(Lead.Stage.values)}", "unknown_stage")


def _check_url(kind: str, url: str, may_be_private: bool) -> None:
    """A member may not make us call what is not the vendor's or lies in our own network."""
    vendor = VENDORS[kind]
    host = urlsplit(url).hostname or ""
    if kind == "salesforce" and (urlsplit(url).scheme != "https" or not host):
        raise InputError("url", "is the address of the org, https://NAME.my.salesforce.com", "bad_url")
    if url or vendor.url == "needed":
        check_url(url, "url", may_be_private=may_be_private)
    if url and not may_be_private and (not vendor.url or (vendor.hosts and not host.endswith(vendor.hosts))):
        raise InputError("url", f"is no address of {CrmConnection.Kind(kind).label}", "bad_url")
