"""From the outbox through a vendor's client: what an answer does to the delivery and to its connection."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable

import pytest
from django.utils import timezone

from agentbot.crm import hubspot
from agentbot.crm.base import Capabilities
from agentbot.crm.lane import CrmLane
from agentbot.crm.reconcile import reconcile_connection
from agentbot.models import CrmConnection, CrmDelivery, CrmLink
from agentbot.sending.sender import Sender
from core.outbox.rhythm import Rhythm
from core.pools import make_pool
from core.webhooks.posting import Poster
from tests.agentbot.crm.portal import LIMITED, NO_TOKEN, Portal
from tests.agentbot.crm.vendor import Asked, Stored

pytestmark = pytest.mark.django_db(transaction=True)
UPSERT = "/contacts/batch/upsert"


def send(portal: Portal, until: Callable[[], bool], lane: type[CrmLane] = CrmLane, seconds: float = 4.0) -> None:
    """Until `until`, at most `seconds`; then what is on its way arrives."""

    async def whole() -> None:
        async with make_pool(4, "test") as pool:
            poster = Poster()
            sender = Sender(lane(pool), poster, 7, pool)
            running = asyncio.create_task(sender.run())
            deadline = time.monotonic() + seconds
            while not until() and time.monotonic() < deadline:
                await asyncio.sleep(0.02)
            sender.stop()
            await running
            await poster.close()

    asyncio.run(whole())


class HastyLane(CrmLane):
    """Tries again at once, so that a storm is over in seconds."""

    rhythm = Rhythm(first_seconds=0.05, calm_seconds=0.1, longest_seconds=0.2, give_up_seconds=3600)


def states() -> list[str]:
    return list(CrmDelivery.objects.order_by("created_at").values_list("state", flat=True))


def test_leads_that_wait_together_leave_in_one_batch(portal, lead_of):
    leads = [lead_of(f"+861380013800{number}") for number in range(3)]

    send(portal, lambda: len(portal.ties) == 3)

    assert states() == ["sent"] * 3
    assert [path for path in portal.paths() if UPSERT in path] == [f"POST /crm/v3/objects{UPSERT}"]
    assert set(CrmLink.objects.values_list("external_id", flat=True)) == {each.external_key for each in leads}


def test_taken_in_but_never_answered_is_one_contact(portal, lead_of, monkeypatch):
    monkeypatch.setattr(hubspot, "TIME_LIMIT_SECONDS", 0.2)
    portal.faults.append((UPSERT, Stored(200, swallows=True)))
    lead_of("+8613800138000")
    send(portal, lambda: bool(portal.contacts))
    assert states() == ["scheduled"]

    CrmDelivery.objects.update(due_at=timezone.now())
    send(portal, lambda: bool(portal.ties))

    assert (states(), len(portal.contacts), len(portal.notes)) == (["sent"], 1, 1)


def test_a_refused_token_pauses_the_connection_and_keeps_what_waits(portal, lead_of):
    portal.faults.append((UPSERT, Stored(401, NO_TOKEN)))
    lead_of("+8613800138000")

    send(portal, lambda: bool(portal.asked))

    connection = CrmConnection.objects.get()
    assert (states(), connection.state) == (["scheduled"], "paused")
    assert connection.failure == "HubSpot 401: Authentication credentials not found."


def test_too_many_requests_hold_back_the_whole_account(portal, lead_of):
    portal.faults.append((UPSERT, Stored(429, LIMITED, (("Retry-After", "20"),))))
    lead_of("+8613800138000")

    send(portal, lambda: bool(portal.asked))

    left = (CrmConnection.objects.get().paused_until - timezone.now()).total_seconds()
    assert states() == ["scheduled"]
    assert 10 < left <= 20


def test_a_refused_field_sets_the_lead_aside_with_the_vendor_s_words(portal, lead_of):
    told = {"errors": [{"message": "is no phone", "context": {"propertyName": ["phone"]}}]}
    portal.faults.append((UPSERT, Stored(400, told)))
    lead_of("+8613800138000")

    send(portal, lambda: bool(portal.asked))

    delivery = CrmDelivery.objects.get()
    assert (delivery.state, delivery.failure) == ("quarantined", "HubSpot 400: phone: is no phone")


def test_in_a_storm_every_lead_arrives_exactly_once_and_nothing_is_left_to_mend(
    portal, connection, lead_of, monkeypatch
):
    """One answer in five is an error, one in ten never comes though the portal did as it was asked."""
    monkeypatch.setattr(hubspot, "TIME_LIMIT_SECONDS", 0.15)
    monkeypatch.setattr(hubspot.HubSpot, "capabilities", Capabilities(batch=5, parallel=1, rate=200.0, burst=60))
    leads = [lead_of(f"+86138001380{number:02}") for number in range(20)]
    chance = random.Random(4)
    heard: list[float] = []

    def weather(asked: Asked) -> Stored | None:
        heard.append(time.monotonic())
        drawn = chance.random()
        return Stored(503) if drawn < 0.2 else Stored(200, swallows=True) if drawn < 0.3 else None

    portal.weather = weather
    send(portal, lambda: len(portal.ties) == 20 and time.monotonic() - heard[-1] > 0.6, HastyLane, 12.0)
    portal.weather = lambda asked: None

    assert states() == ["sent"] * 20
    assert set(portal.contacts) == {each.external_key for each in leads}
    assert (len(portal.notes), portal.made) == (20, 40)
    assert reconcile_connection(connection) == {"checked": 20, "repaired": 0, "staged": 0, "erased": 0}
