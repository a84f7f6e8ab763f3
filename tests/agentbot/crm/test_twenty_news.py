"""What Twenty's webhook tells, through the door it comes in at."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from typing import Any

import pytest

from agentbot.channels.asgi import current_desk, with_channels
from agentbot.crm.twenty_news import read_news
from agentbot.leads.people import make_person
from agentbot.models import CrmConnection, CrmFeedback, Lead
from agentbot.pii import wrap_key
from core.models import Advertiser

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "made-by-twenty"


@pytest.fixture
def connection() -> CrmConnection:
    secret = wrap_key(json.dumps({"api_key": "k", "webhook_secret": SECRET}).encode())
    return CrmConnection.objects.create(
        advertiser=Advertiser.objects.create(slug="tea", name="Tea"), kind="twenty", secret=secret
    )


@pytest.fixture
def lead(connection) -> Lead:
    return Lead.objects.create(advertiser=connection.advertiser, person=make_person(connection.advertiser_id))


def news(lead: Lead, stage: str, **more: Any) -> bytes:
    """As "Webhooks" on docs.twenty.com tells of it, read 2026-11-23; with the names its server sends."""
    told = {
        "eventName": "person.updated",
        "objectMetadata": {"id": "20202020", "nameSingular": "person"},
        "eventDate": "2026-11-23T01:00:00.000Z",
        "record": {"id": "person-1", "adloomLeadKey": lead.external_key, "adloomStage": stage},
        "updatedFields": ["adloomStage"],
    }
    return json.dumps(told | more).encode()


def post(connection: CrmConnection, body: bytes, secret: str = SECRET, seconds: float = 0.0) -> tuple[int, Any]:
    stamp = str(int((time.time() + seconds) * 1000))
    signature = hmac.new(secret.encode(), f"{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {"X-Twenty-Webhook-Timestamp": stamp, "X-Twenty-Webhook-Signature": signature}
    told: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    async def whole() -> None:
        pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": "POST", "path": f"/crm/{connection.pk}", "headers": pairs}
        try:
            await with_channels(None)(scope, receive, send)  # type: ignore[arg-type]  # nothing behind the door is asked
        finally:
            await (await current_desk()).close()

    asyncio.run(whole())
    return told[0]["status"], json.loads(told[1]["body"])


def test_a_stage_set_there_moves_the_lead_once(connection, lead):
    body = news(lead, "QUALIFIED")
    assert [post(connection, body) for _ in range(2)] == [(200, {"lead": str(lead.pk), "stage": "qualified"})] * 2
    assert CrmFeedback.objects.count() == 1


@pytest.mark.parametrize(("secret", "seconds"), [("guessed", 0.0), (SECRET, -400.0)])
def test_what_is_signed_otherwise_or_long_ago_is_turned_away(connection, lead, secret, seconds):
    assert post(connection, news(lead, "WON"), secret, seconds)[0] == 401
    lead.refresh_from_db()
    assert lead.stage == "new"


def test_changes_of_anything_else_say_nothing(connection, lead):
    others = (
        news(lead, "WON", updatedFields=["name"]),
        news(lead, "WON", eventName="company.updated"),
        news(lead, "somewhere"),
        news(lead, "WON", record={"id": "person-2", "adloomStage": "WON"}),
    )
    assert [post(connection, body) for body in others] == [(200, {"ignored": True})] * 4


def test_a_connection_without_the_webhook_s_secret_hears_nothing(connection, lead):
    CrmConnection.objects.update(secret=wrap_key(b'{"api_key": "k"}'))
    assert post(connection, news(lead, "WON"), "")[0] == 401


def test_the_page_s_own_names_and_words_of_theirs_are_read_too():
    told = {"event": "person.created", "data": {"adloomLeadKey": "aip_lead_1", "adloomStage": "visited"}}
    found = read_news(json.dumps(told).encode(), {"Visited": "qualified"})
    assert found is not None
    assert (found.key, found.stage, found.at) == ("aip_lead_1", "qualified", None)
