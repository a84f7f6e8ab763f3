"""CRMs on pages: connected, tried, paused, and secrets shown once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import pytest
from django.utils import timezone

from agentbot.leads.deliveries import announce
from agentbot.models import CrmConnection, CrmDelivery
from agentbot.page_data.crm_guides import guides
from agentbot.pii import unwrap_key, wrap_key
from agentbot.services import connecting
from tests.agentbot.crm.espo_site import Site
from tests.agentbot.crm.vendor import Asked, Stored, Vendor
from tests.agentbot.views.talks import a_lead, a_talk

URL = "https://crm.example/leads"


class Receiver(Vendor):
    """An advertiser's own CRM."""

    def answer(self, asked: Asked) -> Stored:
        return Stored(200)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    receiver.open()
    yield receiver
    receiver.close()


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    site.open()
    yield site
    site.close()


def a_webhook(shop, **values) -> CrmConnection:
    return CrmConnection.objects.create(advertiser=shop.advertiser, kind="webhook", url=URL, takes_all=True, **values)


def test_a_webhook_s_secret_is_shown_once_and_not_when_it_is_connected_again(page):
    first = page.post("/channels/crm", {"kind": "webhook", "url": URL, "takes_all": "yes"}).content.decode()
    again = page.post("/channels/crm", {"kind": "webhook", "url": URL, "takes_all": "yes"}, follow=True)

    assert first.count("whsec_") == 2
    assert "whsec_" not in again.content.decode()
    assert CrmConnection.objects.get().takes_all


def test_a_new_secret_is_shown_once_and_the_old_one_still_signs(page, shop):
    page.post("/channels/crm", {"kind": "webhook", "url": URL})
    crm = CrmConnection.objects.get()
    before = bytes(crm.secret)

    html = page.post(f"/channels/crm/{crm.pk}/secret").content.decode()

    crm.refresh_from_db()
    assert html.count("whsec_") == 2
    assert "还管 7 天" in html
    assert bytes(crm.secret) != before
    assert len(crm.old_secrets) == 1
    assert "whsec_" not in page.get("/channels/").content.decode()


def test_every_crm_has_its_steps_and_fields(page):
    for guide in guides():
        html = page.get(f"/channels/crm?kind={guide.kind}").content.decode()
        assert all(f'name="{field.name}"' in html for field in guide.fields)
        assert html.count("<li>") >= len(guide.steps) >= 3


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"kind": "webhook", "url": "http://127.0.0.1/x"}, "https://"),
        ({"kind": "espocrm", "url": "https://10.0.0.8", "api_key": "k-secret"}, "内部网络"),
        ({"kind": "salesforce", "url": "https://evil.example", "client_id": "a", "client_secret": "k-secret"}, "url"),
        ({"kind": "hubspot", "url": "https://evil.example", "token": "k-secret"}, "url"),
        ({"kind": "twenty"}, "api_key"),
        ({"kind": "siebel"}, "请选一个 CRM"),
    ],
)
def test_what_cannot_be_connected_is_said_and_no_secret_comes_back(page, form, said):
    answer = page.post("/channels/crm", form)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert "k-secret" not in html
    assert not CrmConnection.objects.exists()


def test_a_vendor_is_connected_and_an_empty_field_leaves_its_secret_as_it_was(page, shop, site, monkeypatch):
    """The loopback stands for an address of the internet."""
    monkeypatch.setattr(connecting, "connect_vendor", _anywhere(connecting.connect_vendor))
    form = {"kind": "espocrm", "url": f"http://127.0.0.1:{site.port}", "api_key": site.key}
    page.post("/channels/crm", form)
    html = page.post("/channels/crm", form | {"api_key": "", "label": "门店 CRM"}, follow=True).content.decode()

    crm = CrmConnection.objects.get()
    assert (crm.name, crm.takes_all, json.loads(unwrap_key(bytes(crm.secret)))) == (
        "门店 CRM",
        True,
        {"api_key": site.key},
    )
    assert "门店 CRM 已连上" in html
    assert site.key not in html


def test_trying_a_connection_sends_no_lead_and_says_what_came(page, shop, receiver):
    crm = a_webhook(shop, may_be_private=True, secret=wrap_key(b"k"))
    CrmConnection.objects.update(url=f"http://127.0.0.1:{receiver.port}/leads")

    well = page.post(f"/channels/crm/{crm.pk}/try", follow=True).content.decode()
    receiver.faults.append(("/leads", Stored(401)))
    refused = page.post(f"/channels/crm/{crm.pk}/try")

    assert "应答正常，收线索" in well
    assert (receiver.asked[0].body["type"], receiver.asked[0].body["data"]) == ("connection.test", {})
    assert receiver.asked[0].headers["webhook-signature"].startswith("v1,")
    assert refused.status_code == 422
    assert "answered 401" in refused.content.decode()


def test_a_paused_crm_loses_nothing(page, shop):
    crm = a_webhook(shop)
    page.post(f"/channels/crm/{crm.pk}/pause")
    lead = a_lead(a_talk(shop, "打我电话 13800138000"))
    assert list(CrmDelivery.objects.values_list("state", flat=True)) == ["scheduled"]
    lead.version += 1
    announce(lead, None)

    page.post(f"/channels/crm/{crm.pk}/resume")

    crm.refresh_from_db()
    assert (crm.state, CrmDelivery.objects.filter(state="scheduled").count()) == ("open", 2)


def test_resuming_does_not_wait_for_the_hour_the_crm_told(page, shop):
    crm = a_webhook(shop, failure="answered 429")
    a_lead(a_talk(shop, "打我电话 13800138000"))
    CrmDelivery.objects.update(due_at=timezone.now() + dt.timedelta(hours=20))

    html = page.post(f"/channels/crm/{crm.pk}/resume", follow=True).content.decode()

    assert "1 次投递重新再试" in html
    assert CrmDelivery.objects.get().due_at <= timezone.now()


def test_the_first_page_tells_of_a_crm_that_refuses_us(page, shop):
    a_webhook(shop, name="门店 CRM", state="paused", failure="answered 401")
    html = page.get("/").content.decode()
    assert "门店 CRM 不收线索了" in html
    assert "answered 401" in html


def test_another_advertiser_s_crm_is_not_there(page, shop):
    from tests.agentbot.views.talks import a_shop

    other = a_webhook(a_shop("tea", "茶"))
    for what in ("try", "pause", "resume", "secret"):
        assert page.post(f"/channels/crm/{other.pk}/{what}").status_code == 404
    other.refresh_from_db()
    assert (other.state, other.secret) == ("open", None)


def _anywhere(connect):
    return lambda *values, **named: connect(*values, **(named | {"may_be_private": True}))
