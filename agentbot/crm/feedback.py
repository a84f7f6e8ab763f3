"""What a CRM reports back about a lead: `POST /crm/CONNECTION`, signed like everything else, or as Twenty signs.

`{"external_key": "aip_lead_…", "stage": "contacted|qualified|won|lost|invalid", "at": moment in ISO 8601}`
→ `{lead, stage}`, as it stands then. `at` is optional: with it the newest news counts, without it a lead is not taken
back by "contacted" or "qualified".
"""

from __future__ import annotations

import datetime as dt
import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from asgiref.sync import sync_to_async
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from agentbot.channels.base import LARGEST_BODY_BYTES
from agentbot.channels.desk import Desk
from agentbot.channels.http import Receive, Scope, Send, answer, headers_of, read_body
from agentbot.channels.messages import text_field
from agentbot.crm.base import RANKS
from agentbot.crm.twenty_news import read_news, verify_twenty
from agentbot.crm.webhook_secrets import valid_keys
from agentbot.leads.board import set_stage
from agentbot.models import CrmFeedback, Lead
from agentbot.pii import unwrap_key
from core.errors import InputError
from core.models import Advertiser
from core.pools import Row
from core.webhooks.bodies import parse_object
from core.webhooks.signing import ID_HEADER, read_headers, verify

PREFIX = "/crm/"
KEY_START = "aip_lead_"
ON_THE_WAY = ("new", "contacted", "qualified")
_CONNECTION = """
select advertiser_id, kind, secret, old_secrets, options from agentbot_crmconnection
where id = %s and kind in ('webhook', 'twenty') and secret is not null
"""


async def take_feedback(desk: Desk, scope: Scope, receive: Receive, send: Send) -> None:
    """Hearing the same news twice changes nothing."""
    body = await read_body(scope, receive, LARGEST_BODY_BYTES)
    known = _uuid(scope["path"].removeprefix(PREFIX))
    async with desk.pool.connection() as link:
        row = await (await link.execute(_CONNECTION, [known])).fetchone()
    if row is None or known is None:
        return await answer(send, 404, {"error": "there is no such connection"})
    headers = headers_of(scope)
    report = _from_twenty(row, headers, body) if row["kind"] == "twenty" else _from_webhook(row, headers, body)
    if report is None:
        return await answer(send, 200, {"ignored": True})
    shown = await sync_to_async(_take)(row["advertiser_id"], known, report)
    await answer(send, 200, shown)


def _from_webhook(row: Row, headers: Mapping[str, str], body: bytes) -> Report:
    keys = valid_keys(row["secret"], row["old_secrets"], dt.datetime.now(dt.UTC))
    verify(keys, read_headers(headers), body, time.time())
    fields = parse_object(body)
    key, stage = text_field(fields, "external_key", 80), text_field(fields, "stage", 20)
    lead = lead_id(key)
    if lead is None:
        raise InputError("external_key", f"does not look like {KEY_START}…", "bad_key")
    return Report(headers[ID_HEADER], lead, stage, _moment(fields.get("at")))


def _from_twenty(row: Row, headers: Mapping[str, str], body: bytes) -> Report | None:
    """None for what says nothing about a lead of ours."""
    secret = json.loads(unwrap_key(bytes(row["secret"]))).get("webhook_secret", "")
    verify_twenty(secret, headers, body, time.time())
    told = read_news(body, dict(row["options"]).get("stages", {}))
    lead = lead_id(told.key) if told else None
    return Report(told.id, lead, told.stage, _moment(told.at)) if told and lead else None


@dataclass(frozen=True)
class Report:
    """One piece of news; `id` is the same at every try of the CRM's."""

    id: str
    lead: uuid.UUID
    stage: str
    at: dt.datetime | None = None


def _take(advertiser_id: uuid.UUID, connection_id: uuid.UUID, report: Report) -> dict[str, str]:
    try:
        lead = take_report(Advertiser.objects.get(pk=advertiser_id), connection_id, report)
    except Lead.DoesNotExist as error:
        raise InputError("external_key", "is no lead of this advertiser", "unknown_lead") from error
    finally:
        # Outside of Django's requests nobody else closes it.
        connection.close()
    return {"lead": str(lead.pk), "stage": lead.stage}


@transaction.atomic
def take_report(advertiser: Advertiser, connection_id: uuid.UUID, report: Report) -> Lead:
    """The lead with the report taken, once by its id, and never after newer news. Raises Lead.DoesNotExist."""
    lead = _standing(advertiser, report.lead)
    if report.stage not in Lead.Stage.values:
        raise InputError("stage", f"{report.stage!r} is none of {', '.join(Lead.Stage.values)}", "unknown_stage")
    is_taken = _is_newer(lead, report)
    _, is_new = CrmFeedback.objects.get_or_create(
        connection_id=connection_id,
        external_id=report.id,
        defaults={
            "advertiser": advertiser,
            "lead": lead,
            "stage": report.stage,
            "at": report.at or timezone.now(),
            "is_taken": is_taken,
        },
    )
    return set_stage(advertiser, lead.pk, report.stage) if is_new and is_taken else lead


def _standing(advertiser: Advertiser, lead_id: uuid.UUID) -> Lead:
    """The lead, locked; of one that was merged the one it became part of."""
    rows = Lead.objects.for_advertiser(advertiser).select_for_update()
    lead = rows.get(pk=lead_id)
    merged = lead.events.filter(kind="merged").order_by("-version").first()
    return rows.get(pk=merged.detail["into"]) if lead.state == Lead.State.MERGED and merged else lead


def _is_newer(lead: Lead, report: Report) -> bool:
    if report.at is not None:
        newest = CrmFeedback.objects.filter(lead=lead, is_taken=True).aggregate(at=Max("at"))["at"]
        return newest is None or report.at >= newest
    return report.stage not in ON_THE_WAY or RANKS[report.stage] >= RANKS[lead.stage]


def _moment(found: object) -> dt.datetime | None:
    """Without an offset it is UTC; a moment still to come counts as now."""
    if found is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(found) if isinstance(found, str) else None
    except ValueError:
        moment = None
    if moment is None:
        raise InputError("at", "must be a moment in ISO 8601, such as 2026-01-31T08:30:00Z", "bad_moment")
    return min(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC), timezone.now())


def lead_id(key: str) -> uuid.UUID | None:
    """Of a lead's name at every CRM."""
    return _uuid(key.removeprefix(KEY_START)) if key.startswith(KEY_START) else None


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
