"""What a server's answer does to a delivery and to its connection; the server is real, on the loopback."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection as database
from django.utils import timezone

from agentbot.channels.opening import connect_webhook
from agentbot.crm.lane import CrmLane
from agentbot.leads.people import make_person
from agentbot.models import CrmConnection, CrmDelivery, Lead, PiiKey
from agentbot.pii import new_key, seal, wrap_key
from agentbot.sending.sender import Sender
from bench.talk_server import Outside, Reply
from core.models import Advertiser
from core.pools import make_pool
from core.webhooks.posting import Poster

pytestmark = pytest.mark.django_db(transaction=True)


def deliveries(connection: CrmConnection, lead: Lead, count: int) -> list[CrmDelivery]:
    key = new_key()
    row = PiiKey.objects.create(advertiser=lead.advertiser, wrapped=wrap_key(key))
    return [
        CrmDelivery.objects.create(
            advertiser=lead.advertiser,
            connection=connection,
            lead=lead,
            lead_version=version,
            event_type="lead.created" if version == 1 else "lead.updated",
            key=row,
            body=seal(key, f'{{"type":"lead.updated","timestamp":"x","data":{{"version":{version}}}}}'),
        )
        for version in range(1, count + 1)
    ]


@contextmanager
def made(port: int) -> Iterator[tuple[CrmConnection, Lead]]:
    advertiser, _ = Advertiser.objects.get_or_create(slug="tea", defaults={"name": "Tea"})
    connection, _ = connect_webhook(advertiser, f"http://127.0.0.1:{port}/crm", may_be_private=True)
    yield connection, Lead.objects.create(advertiser=advertiser, person=make_person(advertiser.pk))


def send(count: int, manners: Callable[..., Reply], until: Callable[[Outside], bool]) -> Outside:
    """Let a sender work on `count` versions of one lead until `until` or three seconds have passed."""

    async def whole() -> Outside:
        outside = Outside(manners)
        await outside.open()
        await asyncio.to_thread(prepare, outside.port)
        async with make_pool(4, "test") as pool:
            poster = Poster()
            sender = Sender(CrmLane(pool), poster, 7, pool)
            running = asyncio.create_task(sender.run())
            deadline = time.monotonic() + 3.0
            while not until(outside) and time.monotonic() < deadline:
                await asyncio.sleep(0.02)
            sender.stop()
            await running
            await poster.close()
        await outside.close()
        return outside

    def prepare(port: int) -> None:
        with made(port) as (connection, lead):
            deliveries(connection, lead, count)
        database.close()

    return asyncio.run(whole())


def states() -> list[Any]:
    return list(CrmDelivery.objects.order_by("lead_version").values_list("state", flat=True))


def test_versions_of_a_lead_arrive_in_order():
    outside = send(4, lambda *_: Reply(), lambda outside: len(outside.taken) == 4)
    assert [each.event["data"]["version"] for each in outside.taken] == [1, 2, 3, 4]
    assert states() == ["sent"] * 4


def test_a_server_error_is_tried_again_later_and_the_next_version_waits():
    send(2, lambda *_: Reply(503, stores=False), lambda outside: bool(outside.seen))
    first = CrmDelivery.objects.get(lead_version=1)
    assert states() == ["scheduled", "scheduled"]
    assert (first.attempts, first.failure) == (1, "answered 503")
    assert 0 < (first.due_at - timezone.now()).total_seconds() < 30


def test_what_is_refused_for_what_it_is_is_put_aside_and_the_next_goes_on():
    send(2, lambda path, _, event: Reply(422 if event["data"]["version"] == 1 else 200), lambda o: len(o.seen) == 2)
    assert states() == ["quarantined", "sent"]


@pytest.mark.parametrize("status", [401, 403])
def test_refused_credentials_pause_the_connection_and_keep_what_waits(status):
    send(2, lambda *_: Reply(status), lambda outside: bool(outside.seen))
    connection = CrmConnection.objects.get()
    assert (connection.state, connection.failure) == ("paused", f"answered {status}")
    assert connection.paused_until > timezone.now()
    assert states() == ["scheduled", "scheduled"]


def test_gone_disables_the_connection():
    send(1, lambda *_: Reply(410), lambda outside: bool(outside.seen))
    assert CrmConnection.objects.get().state == "disabled"


def test_too_many_requests_holds_back_the_whole_connection():
    send(1, lambda *_: Reply(429, (("retry-after", "20"),)), lambda outside: bool(outside.seen))
    connection = CrmConnection.objects.get()
    assert 15 < (connection.paused_until - timezone.now()).total_seconds() <= 20
    assert connection.state == "open"


def test_taken_in_but_never_answered_comes_again_under_its_id():
    replies = iter([Reply(0)])
    outside = send(1, lambda *_: next(replies, Reply()), lambda outside: bool(outside.seen))
    CrmDelivery.objects.update(due_at=timezone.now())
    assert states() == ["scheduled"]
    assert outside.seen[0].id == str(CrmDelivery.objects.get().pk)
