"""Asking a CRM that does not tell, and what runs by the clock."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import timezone

from agentbot.crm.base import Account, read_event
from agentbot.crm.espocrm import EspoCrm
from agentbot.crm.polling import POLLED, poll_due
from agentbot.crm.vendors import KINDS
from agentbot.leads.board import set_stage
from agentbot.leads.deliveries import announce
from agentbot.leads.people import add_contact, make_person
from agentbot.models import CrmConnection, CrmDelivery, Lead
from agentbot.pii import wrap_key
from config.celery import app
from tests.agentbot.crm.conftest import mark_sent
from tests.agentbot.crm.espo_site import Site
from tests.agentbot.crm.vendor import Stored

FIELDS = {
    "adloomLeadKey": "cAdloomLeadKey",
    "adloomLeadVersion": "cAdloomLeadVersion",
    "adloomDetails": "cAdloomDetails",
}
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(minutes=6)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site(now="2026-11-23 11:00:00")
    site.open()
    yield site
    site.close()


@pytest.fixture
def espo(site, advertiser) -> CrmConnection:
    return CrmConnection.objects.create(
        advertiser=advertiser,
        kind="espocrm",
        url=f"http://127.0.0.1:{site.port}",
        may_be_private=True,
        takes_all=True,
        secret=wrap_key(json.dumps({"api_key": site.key}).encode()),
        options={"fields": FIELDS},
        polled_at=NOON - dt.timedelta(hours=2),
    )


@pytest.fixture
def lead(espo, site) -> Lead:
    person = make_person(espo.advertiser_id)
    add_contact(person, "phone", "+8613800138000", "valid", str(uuid.uuid4()))
    lead = Lead.objects.create(advertiser=espo.advertiser, person=person)
    announce(lead, None)
    delivery = CrmDelivery.objects.get()
    account = Account(espo.url, {"api_key": site.key}, espo.options)
    assert EspoCrm(account).deliver([read_event(str(delivery.pk), delivery.event)])[0].status == 200
    mark_sent(lead)
    site.asked.clear()
    return lead


def test_how_far_their_people_came_moves_the_lead_and_is_asked_for_now_and_then(espo, lead, site):
    site.leads["lead1"] |= {"status": "In Process", "modifiedAt": "2026-11-23 11:59:00"}

    assert [poll_due(NOON), poll_due(NOON + dt.timedelta(minutes=1))] == [1, 0]

    lead.refresh_from_db()
    assert (lead.stage, len(site.asked)) == ("contacted", 1)


def test_what_did_not_change_since_is_not_read_again(espo, lead, site):
    poll_due(NOON)
    site.leads["lead1"] |= {"status": "In Process", "modifiedAt": "2026-11-23 11:30:00"}
    assert poll_due(LATER) == 0


def test_what_our_people_decided_is_not_taken_back(espo, lead, site):
    set_stage(espo.advertiser, lead.pk, "lost")
    site.leads["lead1"] |= {"status": "In Process", "modifiedAt": "2026-11-23 11:59:00"}
    assert poll_due(NOON) == 0


def test_a_site_that_is_down_is_asked_from_the_same_moment_on(espo, lead, site):
    site.leads["lead1"] |= {"status": "Converted", "modifiedAt": "2026-11-23 11:59:00"}
    site.faults.append(("/Lead", Stored(503)))
    assert [poll_due(NOON), poll_due(LATER)] == [0, 1]
    lead.refresh_from_db()
    assert lead.stage == "qualified"


def test_a_paused_connection_is_left_alone(espo, lead, site):
    CrmConnection.objects.update(state="disabled")
    assert (poll_due(timezone.now()), site.asked) == (0, [])


def test_those_asked_are_those_that_say_they_have_to_be():
    from agentbot.crm.hubspot import HubSpot
    from agentbot.crm.salesforce import Salesforce
    from agentbot.crm.twenty import Twenty

    kinds = {"hubspot": HubSpot, "salesforce": Salesforce, "espocrm": EspoCrm, "twenty": Twenty}
    assert sorted(kinds) == sorted(KINDS)
    assert tuple(kind for kind, each in kinds.items() if each.capabilities.polls) == POLLED


def test_every_task_the_clock_rings_for_is_there():
    app.loader.import_default_modules()
    rung = {str(each["task"]) for each in settings.CELERY_BEAT_SCHEDULE.values()}
    assert rung - set(app.tasks) == set()
