"""A portal that answers, and an advertiser whose leads go there."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator

import pytest

from agentbot.crm.base import CrmEvent, read_event
from agentbot.crm.callers import read_account
from agentbot.crm.hubspot import HubSpot
from agentbot.leads.deliveries import announce
from agentbot.leads.people import add_contact, make_person
from agentbot.models import CrmConnection, CrmDelivery, CrmLink, Lead
from agentbot.pii import unwrap_key, wrap_key
from core.models import Advertiser
from tests.agentbot.crm.portal import Portal


@pytest.fixture
def portal() -> Iterator[Portal]:
    portal = Portal()
    portal.open()
    yield portal
    portal.close()


@pytest.fixture
def advertiser(db: None) -> Advertiser:
    return Advertiser.objects.create(slug="tea", name="Tea")


@pytest.fixture
def connection(portal: Portal, advertiser: Advertiser) -> CrmConnection:
    return CrmConnection.objects.create(
        advertiser=advertiser,
        kind="hubspot",
        name="HubSpot",
        takes_all=True,
        url=f"http://127.0.0.1:{portal.port}",
        secret=wrap_key(json.dumps({"token": "pat-1"}).encode()),
    )


@pytest.fixture
def lead_of(connection: CrmConnection) -> Callable[[str], Lead]:
    """A lead that can be reached by phone, on its way to the CRM."""

    def make(phone: str) -> Lead:
        person = make_person(connection.advertiser_id)
        add_contact(person, "phone", phone, "valid", str(uuid.uuid4()))
        lead = Lead.objects.create(advertiser=connection.advertiser, person=person)
        announce(lead, None)
        return lead

    return make


def deliver(connection: CrmConnection, lead: Lead) -> None:
    """Every version of the lead, as the lane does it."""
    crm = HubSpot(read_account(connection.url, unwrap_key(bytes(connection.secret)), {}))
    for each in CrmDelivery.objects.filter(lead=lead, state="scheduled").order_by("lead_version"):
        event: CrmEvent = read_event(str(each.pk), each.event)
        assert crm.deliver([event])[0].status == 200
    mark_sent(lead)


def mark_sent(lead: Lead) -> None:
    """As the lane notes it."""
    for delivery in CrmDelivery.objects.filter(lead=lead):
        CrmDelivery.objects.filter(pk=delivery.pk).update(state="sent")
        CrmLink.objects.update_or_create(
            advertiser_id=lead.advertiser_id,
            lead=lead,
            connection=delivery.connection,
            defaults={"external_id": lead.external_key, "version": delivery.lead_version},
        )
