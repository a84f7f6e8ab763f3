"""After an erasure no word of the visitor's is left anywhere: every table, every log line, what goes to the CRM."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from agentbot.channels.opening import open_channel
from agentbot.crm.lane import CrmLane
from agentbot.inbox.replies import send_as_person
from agentbot.leads.capture import Given, keep_contacts
from agentbot.leads.erasing import erase_visitor, forget_old_leads
from agentbot.leads.suppressing import is_suppressed
from agentbot.models import (
    ChannelAccount,
    ContactPoint,
    Conversation,
    CrmDelivery,
    CrmLink,
    Lead,
    LeadNote,
    LeadTask,
    Message,
    OutboundPart,
)
from agentbot.pre_pass import read
from agentbot.sending.parts import PartLane
from core.models import Advertiser, Member
from core.pools import make_pool
from tests.agentbot.stage import on_stage
from tests.agentbot.talking import NOON, Said

NUMBER, NAME, SECRET, VISITOR = "13900001234", "李小茶", "糖尿病", "web_visitor_77"
NEEDLES = (NUMBER, NUMBER[3:], NAME, SECRET, VISITOR, "周六下午两点")


def left_behind() -> list[str]:
    """`table: needle` wherever one stands in plain, as text or as bytes."""
    with connection.cursor() as cursor:
        cursor.execute("select table_name from information_schema.tables where table_schema = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            for needle in NEEDLES:
                shapes = [f"%{needle}%", f"%{needle.encode().hex()}%", f"%{json.dumps(needle)[1:-1]}%"]
                cursor.execute(f"select count(*) from {table} t where t::text like any(%s)", [shapes])
                found += [f"{table}: {needle}"] if cursor.fetchone()[0] else []
    return found


@pytest.fixture
def account() -> ChannelAccount:
    advertiser = Advertiser.objects.create(slug="tea", name="Tea", vertical="clinic")
    urls = {"callback_url": "http://127.0.0.1:9/cb", "crm_url": "http://127.0.0.1:9/crm"}
    return open_channel(advertiser, "webhook", **urls, may_be_private=True).account


def a_customer(account: ChannelAccount) -> Conversation:
    """A whole life: asked, answered, left a number, was noted about, written to, told to the CRM."""

    async def play(stage):
        await stage.hear(VISITOR, f"我有{SECRET}，能种牙吗")
        await stage.pass_(20, 1.0)
        await stage.hear(VISITOR, f"我叫{NAME}，电话 {NUMBER}")
        await stage.pass_(5, 1.0)

    on_stage(account, play)
    talk = Conversation.objects.get()
    message = Message.objects.filter(direction="in").latest("seq")
    seen = read((Said(str(message.pk), "visitor", f"电话 {NUMBER}", NOON),))
    told = {"name": {"value": NAME, "message": str(message.pk)}}
    lead = keep_contacts(talk.pk, Given(seen.contacts, str(message.pk), "电话 139****1234", fields=told))
    user = get_user_model().objects.create_user("anna@example.com")
    member = Member.objects.create(user=user, advertiser=account.advertiser)
    LeadNote.objects.create(advertiser=account.advertiser, lead=lead, member=member, text=f"{NAME}有{SECRET}")
    LeadTask.objects.create(advertiser=account.advertiser, lead=lead, text=f"周六下午两点打给{NAME}")
    CrmLink.objects.create(advertiser=account.advertiser, lead=lead, connection=account.crm, external_id="x")
    send_as_person(talk.pk, member, f"{NAME}您好，周六下午两点见")
    return talk


@pytest.mark.django_db(transaction=True)
def test_nothing_of_an_erased_visitor_can_be_read_anywhere(account, caplog):
    caplog.set_level(logging.DEBUG)
    talk = a_customer(account)
    assert {"agentbot_leadnote: 李小茶", "agentbot_conversation: web_visitor_77"} <= set(left_behind())

    report = erase_visitor(account.advertiser, talk.pk)

    assert left_behind() == []
    assert not any(needle in caplog.text for needle in NEEDLES)
    assert report.finished_at is not None
    told = [json.loads(row.event) for row in CrmDelivery.objects.select_related("key") if row.event]
    assert [event["type"] for event in told] == ["lead.erased"]
    assert set(told[0]["data"]) == {"lead", "external_key", "version"}
    assert Lead.objects.get().fields == {}


@pytest.mark.django_db(transaction=True)
def test_whoever_was_erased_is_not_written_to_again(account):
    talk = a_customer(account)
    erase_visitor(account.advertiser, talk.pk)

    async def play(stage):
        await stage.hear(VISITOR, "你好")

    on_stage(account, play)
    assert is_suppressed(Conversation.objects.get(visitor=VISITOR))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("state", "attempts", "told"), [("sending", 0, 1), ("scheduled", 1, 1), ("scheduled", 0, 0)])
def test_a_crm_that_may_have_the_lead_without_having_said_so_is_told_too(account, state, attempts, told):
    talk = a_customer(account)
    CrmLink.objects.all().delete()
    CrmDelivery.objects.update(state=state, attempts=attempts)

    report = erase_visitor(account.advertiser, talk.pk)

    assert CrmDelivery.objects.filter(event_type="lead.erased").count() == len(report.outstanding) == told


@pytest.mark.django_db(transaction=True)
def test_what_was_on_its_way_when_it_was_erased_is_not_sent_again(account):
    talk = a_customer(account)
    CrmDelivery.objects.update(state="sending")
    OutboundPart.objects.update(state="sending")
    erase_visitor(account.advertiser, talk.pk)
    again = {"state": "scheduled", "due_at": timezone.now(), "attempts": 1, "claimed_by": None}
    CrmDelivery.objects.filter(state="sending").update(**again)
    OutboundPart.objects.filter(state="sending").update(**again, is_fenced=False)

    async def claimed() -> list[str]:
        async with make_pool(2, "test") as pool:
            lanes = (CrmLane(pool), PartLane(pool))
            return [each.url for lane in lanes for each in await lane.claim(7, 50, [])]

    urls = asyncio.run(claimed())
    assert urls
    assert set(urls) == {""}


@pytest.mark.django_db(transaction=True)
def test_a_lead_nobody_touched_for_two_years_is_forgotten_here_and_left_alone_at_the_crm(account):
    talk = a_customer(account)
    Conversation.objects.update(last_message_at=timezone.now())
    now = timezone.now()

    assert [forget_old_leads(now + dt.timedelta(days=days)) for days in (729, 731, 731)] == [0, 1, 0]

    assert not CrmDelivery.objects.filter(event_type="lead.erased").exists()
    assert (Lead.objects.get().state, ContactPoint.objects.count()) == ("erased", 0)
    message = Message.objects.filter(direction="in").latest("seq")
    seen = read((Said(str(message.pk), "visitor", f"电话 {NUMBER}", NOON),))
    again = keep_contacts(talk.pk, Given(seen.contacts, str(message.pk), "电话 139****1234"))
    assert again is not None
    assert again.version == 1
