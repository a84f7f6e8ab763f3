"""What a CRM reports back about a lead: `POST /crm/CONNECTION`, signed like everything else.

`{"external_key": "aip_lead_…", "stage": "contacted|qualified|won|lost|invalid"}` → `{lead, stage}`.
"""

from __future__ import annotations

import time
import uuid

from asgiref.sync import sync_to_async
from django.db import connection

from agentbot.channels.base import LARGEST_BODY_BYTES
from agentbot.channels.desk import Desk
from agentbot.channels.http import Receive, Scope, Send, answer, headers_of, read_body
from agentbot.channels.messages import parse_object, text_field
from agentbot.leads.board import set_stage
from agentbot.models import Lead
from agentbot.pii import unwrap_key
from core.errors import InputError
from core.models import Advertiser
from core.webhooks.signing import read_headers, verify

PREFIX = "/crm/"
KEY_START = "aip_lead_"
_CONNECTION = """
select advertiser_id, secret from agentbot_crmconnection where id = %s and kind = 'webhook' and secret is not null
"""


async def take_feedback(desk: Desk, scope: Scope, receive: Receive, send: Send) -> None:
    """Hearing the same news twice changes nothing."""
    body = await read_body(scope, receive, LARGEST_BODY_BYTES)
    known = _uuid(scope["path"].removeprefix(PREFIX))
    async with desk.pool.connection() as link:
        row = await (await link.execute(_CONNECTION, [known])).fetchone()
    if row is None:
        return await answer(send, 404, {"error": "there is no such connection"})
    verify([unwrap_key(bytes(row["secret"]))], read_headers(headers_of(scope)), body, time.time())
    fields = parse_object(body)
    key, stage = text_field(fields, "external_key", 80), text_field(fields, "stage", 20)
    lead = _uuid(key.removeprefix(KEY_START))
    if lead is None:
        raise InputError("external_key", f"does not look like {KEY_START}…", "bad_key")
    shown = await sync_to_async(_set)(row["advertiser_id"], lead, stage)
    await answer(send, 200, shown)


def _set(advertiser_id: uuid.UUID, lead_id: uuid.UUID, stage: str) -> dict[str, str]:
    try:
        lead = set_stage(Advertiser.objects.get(pk=advertiser_id), lead_id, stage)
    except Lead.DoesNotExist as error:
        raise InputError("external_key", "is no lead of this advertiser", "unknown_lead") from error
    finally:
        # Outside of Django's requests nobody else closes it.
        connection.close()
    return {"lead": str(lead.pk), "stage": lead.stage}


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
