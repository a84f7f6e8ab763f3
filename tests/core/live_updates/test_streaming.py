"""What is published reaches the open pages of that advertiser, and nobody else's."""

from __future__ import annotations

import asyncio
import json
import uuid

import psycopg
import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections

from core.live_updates import publish
from core.live_updates.hub import MISSED, Hub, Subscription, Update
from core.live_updates.streaming import encode_event, stream_events

ONE, OTHER = str(uuid.uuid4()), str(uuid.uuid4())


async def full_state():
    return [("batch.state", {"made": 3})]


async def tell(advertiser, topic, payload):
    await sync_to_async(publish)(advertiser, topic, payload)


def run(coroutine):
    """To its end, within 20 s; the thread that did the publishing closes its connection."""

    async def whole():
        try:
            return await asyncio.wait_for(coroutine, 20)
        finally:
            await sync_to_async(connections.close_all)()

    return asyncio.run(whole())


@pytest.mark.django_db(transaction=True)
def test_a_page_gets_its_state_and_then_what_happens():
    async def watch():
        events = stream_events(ONE, ("batch.",), full_state, hub=Hub())
        first = await anext(events)
        await tell(OTHER, "batch.progress", {"of": "somebody else"})
        await tell(ONE, "script.changed", {"not": "asked for"})
        await tell(ONE, "batch.progress", {"share": 0.5})
        second = await anext(events)
        await events.aclose()
        return first, second

    first, second = run(watch())

    assert first == b'event: batch.state\ndata: {"made": 3}\n\n'
    assert second == b'event: batch.progress\ndata: {"share": 0.5}\n\n'


@pytest.mark.django_db(transaction=True)
def test_a_page_whose_listener_was_cut_off_gets_its_full_state_again():
    async def watch():
        events = stream_events(ONE, ("batch.",), full_state, hub=Hub())
        await anext(events)
        await sync_to_async(cut_off_listeners)()
        again = await anext(events)
        await events.aclose()
        return again

    assert run(watch()) == b'event: batch.state\ndata: {"made": 3}\n\n'


def cut_off_listeners():
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'")


@pytest.mark.django_db(transaction=True)
def test_a_quiet_stream_breathes():
    async def watch():
        events = stream_events(ONE, ("batch.",), full_state, breath_seconds=0.01, hub=Hub())
        await anext(events)
        breath = await anext(events)
        await events.aclose()
        return breath

    assert run(watch()) == b": still here\n\n"


@pytest.mark.django_db(transaction=True)
def test_nothing_listens_once_the_last_page_is_closed():
    hub = Hub()

    async def visit():
        async with hub.subscribe(ONE, lambda topic: True):
            assert hub._listener is not None

    run(visit())

    assert hub._listener is None


def test_a_page_too_slow_to_follow_gets_its_state_instead_of_a_backlog():
    page = Subscription(ONE, lambda topic: True)
    for number in range(201):
        page.offer(Update("batch.progress", number))

    assert page.updates.get_nowait() is MISSED
    assert page.updates.empty()


def test_a_fragment_of_several_lines_stays_one_event():
    assert encode_event("row", "<p>\n</p>") == b"event: row\ndata: <p>\ndata: </p>\n\n"


@pytest.mark.django_db
def test_an_update_too_long_for_postgresql_is_refused_before_it_is_sent():
    with pytest.raises(ValueError, match=r"live update on batch\.x is longer"):
        publish(ONE, "batch.x", {"text": "长" * 3000})


@pytest.mark.django_db(transaction=True)
def test_an_update_is_plain_json_on_the_wire(embedded_postgres):
    name = connection.settings_dict["NAME"]
    host = str(embedded_postgres.postgres_sockets)
    with psycopg.connect(host=host, user="postgres", dbname=name, autocommit=True) as listener:
        listener.execute("listen adloom_live")
        publish(ONE, "batch.x", {"n": 1})
        notice = next(listener.notifies(timeout=10, stop_after=1))

    assert json.loads(notice.payload) == {"advertiser": ONE, "topic": "batch.x", "payload": {"n": 1}}
