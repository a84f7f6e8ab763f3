"""EspoCRM and Twenty through the outbox while a fifth of their answers are errors and some never come."""

from __future__ import annotations

import json
import random
import time
import uuid
from collections.abc import Iterator

import pytest

from agentbot.crm import calls
from agentbot.crm.base import Capabilities
from agentbot.crm.espocrm import EspoCrm
from agentbot.crm.reconcile import reconcile_connection
from agentbot.crm.twenty import Twenty
from agentbot.leads.deliveries import announce
from agentbot.leads.people import add_contact, make_person
from agentbot.models import CrmConnection, CrmDelivery, Lead
from agentbot.pii import wrap_key
from core.models import Advertiser
from tests.agentbot.crm.espo_site import Site
from tests.agentbot.crm.test_polling import FIELDS
from tests.agentbot.crm.test_vendor_lane import HastyLane, send
from tests.agentbot.crm.vendor import Asked, Stored, Vendor
from tests.agentbot.crm.workspace import Workspace

pytestmark = pytest.mark.django_db(transaction=True)
LEADS = 12


@pytest.fixture(params=["espocrm", "twenty"])
def vendor(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vendor]:
    vendor: Vendor = Site() if request.param == "espocrm" else Workspace()
    monkeypatch.setattr(calls, "TIME_LIMIT_SECONDS", 0.15)
    monkeypatch.setattr(EspoCrm, "capabilities", Capabilities(batch=1, parallel=4, rate=300.0, burst=60, polls=True))
    monkeypatch.setattr(Twenty, "capabilities", Capabilities(batch=4, parallel=1, rate=300.0, burst=60))
    vendor.open()
    yield vendor
    vendor.close()


@pytest.fixture
def connection(vendor: Vendor) -> CrmConnection:
    is_espo = isinstance(vendor, Site)
    return CrmConnection.objects.create(
        advertiser=Advertiser.objects.create(slug="tea", name="Tea"),
        kind="espocrm" if is_espo else "twenty",
        url=f"http://127.0.0.1:{vendor.port}",
        may_be_private=True,
        takes_all=True,
        secret=wrap_key(json.dumps({"api_key": "espo-key" if is_espo else "twenty-key"}).encode()),
        options={"fields": FIELDS} if is_espo else {},
    )


def a_lead(connection: CrmConnection, number: int) -> Lead:
    person = make_person(connection.advertiser_id)
    add_contact(person, "phone", f"+86138001380{number:02}", "valid", str(uuid.uuid4()))
    lead = Lead.objects.create(advertiser=connection.advertiser, person=person)
    announce(lead, None)
    return lead


def keys_at(vendor: Vendor) -> list[str]:
    if isinstance(vendor, Site):
        return [row["cAdloomLeadKey"] for row in vendor.leads.values()]
    return list(vendor.people) if isinstance(vendor, Workspace) else []


def test_every_lead_arrives_exactly_once_and_nothing_is_left_to_mend(vendor, connection):
    leads = [a_lead(connection, number) for number in range(LEADS)]
    chance = random.Random(7)
    heard: list[float] = []

    def weather(asked: Asked) -> Stored | None:
        heard.append(time.monotonic())
        drawn = chance.random()
        return Stored(503) if drawn < 0.2 else Stored(200, swallows=True) if drawn < 0.3 else None

    vendor.weather = weather
    send(vendor, lambda: len(keys_at(vendor)) == LEADS and time.monotonic() - heard[-1] > 0.6, HastyLane, 12.0)
    vendor.weather = lambda asked: None

    assert list(CrmDelivery.objects.values_list("state", flat=True)) == ["sent"] * LEADS
    assert sorted(keys_at(vendor)) == sorted(each.external_key for each in leads)
    assert reconcile_connection(connection) == {"checked": LEADS, "repaired": 0, "staged": 0, "erased": 0}
