"""What is read back by night, and what follows from it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from agentbot.channels.opening import open_channel
from agentbot.crm.reconcile import reconcile_connection, reconcile_due
from agentbot.leads.board import set_stage
from agentbot.leads.erasing import erase_visitor
from agentbot.models import Conversation, CrmConnection, CrmDelivery, Lead
from tests.agentbot.crm.conftest import deliver, mark_sent
from tests.agentbot.crm.portal import NO_TOKEN
from tests.agentbot.crm.vendor import Stored

NIGHT = timezone.make_aware(dt.datetime(2026, 11, 23, 3, 0))


@pytest.fixture
def lead(connection, lead_of) -> Lead:
    lead = lead_of("+8613800138000")
    deliver(connection, lead)
    return lead


def test_nothing_to_mend_changes_nothing(connection, lead, portal):
    assert reconcile_connection(connection) == {"checked": 1, "repaired": 0, "staged": 0, "erased": 0}
    assert CrmDelivery.objects.get().state == "sent"


def test_a_lead_the_crm_lost_is_sent_again_under_its_id(connection, lead, portal):
    portal.contacts.clear()

    assert reconcile_connection(connection)["repaired"] == 1

    assert CrmDelivery.objects.get().state == "scheduled"
    deliver(connection, lead)
    assert list(portal.contacts) == [lead.external_key]
    assert (len(portal.notes), reconcile_connection(connection)["repaired"]) == (1, 0)


def test_an_older_version_there_is_brought_up_to_date(connection, lead, portal):
    set_stage(connection.advertiser, lead.pk, "contacted")
    mark_sent(lead)

    reconcile_connection(connection)

    waiting = CrmDelivery.objects.get(state="scheduled")
    assert (waiting.lead_version, waiting.event_type) == (2, "lead.updated")


def test_how_far_their_people_came_moves_the_lead(connection, lead, portal):
    portal.contacts[lead.external_key]["properties"]["lifecyclestage"] = "customer"

    assert reconcile_connection(connection)["staged"] == 1

    lead.refresh_from_db()
    assert lead.stage == "won"


def test_what_was_heard_once_is_not_heard_again_when_our_people_know_better(connection, lead, portal):
    portal.contacts[lead.external_key]["properties"]["lifecyclestage"] = "customer"
    reconcile_connection(connection)
    set_stage(connection.advertiser, lead.pk, "lost")
    deliver(connection, lead)

    assert reconcile_connection(connection)["staged"] == 0

    lead.refresh_from_db()
    assert lead.stage == "lost"


def test_what_our_people_decided_is_not_taken_back(connection, lead, portal):
    set_stage(connection.advertiser, lead.pk, "lost")
    deliver(connection, lead)
    portal.contacts[lead.external_key]["properties"]["hs_lead_status"] = "CONNECTED"

    assert reconcile_connection(connection)["staged"] == 0


def test_an_account_that_cannot_be_read_says_why(connection, lead, portal):
    portal.faults.append(("/batch/read", Stored(401, NO_TOKEN)))
    reconcile_connection(connection)
    connection.refresh_from_db()
    assert connection.reconciliation == {"failure": "HubSpot 401: Authentication credentials not found."}


def test_by_night_each_account_is_read_once(connection, lead):
    times = (NIGHT, NIGHT + dt.timedelta(minutes=30), NIGHT.replace(hour=15), NIGHT + dt.timedelta(days=1))
    counts = []
    for now in times:
        counts.append(reconcile_due(now))
        CrmConnection.objects.update(reconciled_at=NIGHT)
    assert counts == [1, 0, 0, 1]


def test_what_was_erased_here_but_stands_there_is_erased_again(connection, lead, portal):
    standing = dict(portal.contacts)
    account = open_channel(connection.advertiser, "widget", origins=("https://tea.example",)).account
    conversation = Conversation.objects.create(
        advertiser=connection.advertiser, account=account, visitor="v1", person=lead.person
    )
    erase_visitor(connection.advertiser, conversation.pk)
    deliver(connection, lead)
    assert (portal.contacts, reconcile_connection(connection)["erased"]) == ({}, 0)

    portal.contacts.update(standing)

    assert reconcile_connection(connection)["erased"] == 1
    deliver(connection, lead)
    assert portal.contacts == {}
