"""Connects an advertiser to HubSpot or Salesforce: credentials checked against the vendor, then kept wrapped."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from agentbot.crm.base import Account, RefusedByCrm
from agentbot.crm.callers import KINDS, make_connector
from agentbot.leads.deliveries import announce
from agentbot.models import CrmConnection, Lead
from agentbot.pii import wrap_key
from agentbot.services.channels import resume
from core.errors import InputError
from core.models import Advertiser

SECRETS = {"hubspot": ("token",), "salesforce": ("client_id", "client_secret")}
CLIENTS = {"hubspot": "hubspot", "salesforce": "simple_salesforce"}


def connect_vendor(
    advertiser: Advertiser,
    kind: str,
    secret: Mapping[str, str],
    *,
    url: str = "",
    name: str = "",
    stages: Mapping[str, str] | None = None,
) -> CrmConnection:
    """One connection an account, told of all leads from here on; connecting again replaces the credentials and tries
    again what was stuck. `stages`: {a word of theirs: a stage of ours}. Raises `InputError`, also for what the vendor
    refuses."""
    _check(kind, url, secret, stages or {})
    options: dict[str, Any] = {"stages": dict(stages)} if stages else {}
    try:
        options |= make_connector(kind, Account(url, secret, options)).prepare()
    except RefusedByCrm as error:
        raise InputError(kind, error.answer.failure, "refused_by_crm") from error
    connection, _ = CrmConnection.objects.for_advertiser(advertiser).update_or_create(
        advertiser=advertiser,
        kind=kind,
        url=url,
        defaults={
            "name": name or CrmConnection.Kind(kind).label,
            "takes_all": True,
            "may_be_private": True,
            "secret": wrap_key(json.dumps(dict(secret)).encode()),
            "options": options,
        },
    )
    resume(connection)
    return connection


def send_known(connection: CrmConnection) -> int:
    """The leads there were before, to CRMs that have not got them; gives how many."""
    leads = Lead.objects.filter(advertiser_id=connection.advertiser_id, state=Lead.State.OPEN)
    rows = leads.select_related("person__key", "conversation__account").order_by("created_at")
    return sum(announce(lead, None, only_missing=True) > 0 for lead in rows)


def _check(kind: str, url: str, secret: Mapping[str, str], stages: Mapping[str, str]) -> None:
    if kind not in KINDS:
        raise InputError("kind", f"{kind!r} is none of {', '.join(KINDS)}", "unknown_kind")
    if importlib.util.find_spec(CLIENTS[kind]) is None:
        way = ".venv/bin/python -m pip install -c constraints.txt -e '.[crm]'"
        raise InputError(kind, f"its client is not installed: {way}", "client_missing")
    missing = [name for name in SECRETS[kind] if not secret.get(name)]
    if missing:
        raise InputError(missing[0], "is missing", "missing")
    if kind == "salesforce" and (urlsplit(url).scheme != "https" or not urlsplit(url).hostname):
        raise InputError("url", "is the address of the org, https://NAME.my.salesforce.com", "bad_url")
    odd = [stage for stage in stages.values() if stage not in Lead.Stage.values]
    if odd:
        raise InputError("stage", f"{odd[0]!r} is none of {', '.join(Lead.Stage.values)}", "unknown_stage")
