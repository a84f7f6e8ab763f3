"""EspoCRM against a site on the loopback."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator

import pytest

from agentbot.crm import calls
from agentbot.crm.base import Account, Kept, RefusedByCrm
from agentbot.crm.espocrm import EspoCrm
from core.outbox.rhythm import Outcome, judge
from tests.agentbot.crm.espo_site import BAD_PHONE, DENIED, Site
from tests.agentbot.crm.events import event
from tests.agentbot.crm.vendor import Stored

PHONE = "+8613800130001"


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    site.open()
    yield site
    site.close()


def connector(site: Site, **secret: str) -> EspoCrm:
    account = Account(f"http://127.0.0.1:{site.port}", {"api_key": site.key, **secret}, {})
    return EspoCrm(Account(account.url, account.secret, EspoCrm(account).prepare()))


@pytest.fixture
def crm(site: Site) -> EspoCrm:
    crm = connector(site)
    site.asked.clear()
    return crm


def test_a_lead_is_looked_for_by_phone_then_made(site, crm):
    assert crm.deliver([event(fields={"name": "张"})])[0].status == 200

    assert site.paths() == ["GET /api/v1/Lead", "POST /api/v1/Lead"]
    (row,) = site.leads.values()
    assert (row["cAdloomLeadKey"], row["cAdloomLeadVersion"], row["lastName"]) == (event().key, 1, "张")
    assert row["phoneNumber"] == PHONE


def test_the_same_again_and_a_later_version_are_one_lead(site, crm):
    crm.deliver([event()])
    crm.deliver([event()])
    crm.deliver([event(version=2)])
    assert ([row["cAdloomLeadVersion"] for row in site.leads.values()], site.made) == ([2], 1)


def test_taken_in_but_never_answered_is_found_by_its_key(site, crm, monkeypatch):
    monkeypatch.setattr(calls, "TIME_LIMIT_SECONDS", 0.2)
    site.weather = lambda asked: Stored(200, swallows=True) if asked.method == "POST" else None

    (lost,) = crm.deliver([event()])
    site.weather = lambda asked: None
    (taken,) = crm.deliver([event()])

    assert (lost.status, lost.may_have_arrived) == (0, True)
    assert (taken.status, site.made) == (200, 1)


@pytest.mark.parametrize("written", [PHONE, "13800130001"])
def test_somebody_with_the_same_phone_becomes_the_lead_and_keeps_their_name(site, crm, written):
    site.add(lastName="王", phoneNumber=written)
    crm.deliver([event()])
    (row,) = site.leads.values()
    assert (row["lastName"], row["cAdloomLeadKey"]) == ("王", event().key)


def test_somebody_with_the_same_name_alone_is_another(site, crm):
    site.add(lastName="张", phoneNumber="+8613900000000")

    assert crm.deliver([event(fields={"name": "张"})])[0].status == 200

    assert [each.headers.get("X-Skip-Duplicate-Check") for each in site.asked if each.method == "POST"] == [
        None,
        "true",
    ]
    assert [row.get("cAdloomLeadKey") for row in site.leads.values()] == [None, event().key]


def test_another_lead_with_the_same_email_is_not_taken_over(site, crm):
    site.add(lastName="李", emailAddress="li@example.com", cAdloomLeadKey="aip_lead_other")
    told = [{"type": "email", "value": "li@example.com", "status": "valid"}]

    crm.deliver([event(contacts=told)])

    assert [row["cAdloomLeadKey"] for row in site.leads.values()] == ["aip_lead_other", event().key]


def test_two_leads_with_one_phone_at_the_same_moment_are_one_record_each_and_none_twice(site, crm):
    """The second finds what the first has made, and leaves it to it."""
    told = [{"type": "phone", "value": PHONE, "status": "valid"}]
    threads = [threading.Thread(target=crm.deliver, args=([event(number, contacts=told)],)) for number in (1, 1, 2, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(row["cAdloomLeadKey"] for row in site.leads.values()) == [event(1).key, event(2).key]


def test_by_hmac_every_request_is_signed_and_no_key_is_sent(site):
    site.secret = "espo-secret"
    assert connector(site, secret_key="espo-secret").deliver([event()])[0].status == 200
    assert not any("X-Api-Key" in each.headers for each in site.asked)


@pytest.mark.parametrize(
    ("answer", "outcome", "failure"),
    [
        (Stored(503), Outcome.RETRY, "EspoCRM 503"),
        (Stored(401), Outcome.PAUSE, "EspoCRM 401"),
        (DENIED, Outcome.PAUSE, "EspoCRM 403: No 'edit' access."),
        (BAD_PHONE, Outcome.QUARANTINE, "EspoCRM 400: Field validation failure; entityType: Lead, field: phoneNumber."),
    ],
)
def test_what_it_answers_is_told_apart(site, crm, answer, outcome, failure):
    site.faults.append(("/Lead", answer))
    (found,) = crm.deliver([event()])
    assert (judge(found.status), found.failure) == (outcome, failure)


def test_it_waits_as_long_as_told_even_most_of_a_day(site, crm):
    site.faults.append(("/Lead", Stored(429, None, (("Retry-After", "43200"),))))
    assert crm.deliver([event()])[0].retry_after_seconds == 43200.0


def test_erased_here_is_emptied_and_deleted_there_and_twice_is_once(site, crm):
    crm.deliver([event()])
    site.asked.clear()

    answers = [crm.deliver([event(version=2, kind="lead.erased")])[0].status for _ in range(2)]

    assert (answers, site.leads) == ([200, 200], {})
    emptied = next(each.body for each in site.asked if each.method == "PUT")
    assert (emptied["lastName"], emptied["phoneNumber"], emptied["cAdloomDetails"]) == ("[erased]", "", "")


def test_what_it_has_is_read_back_with_its_stage(site, crm):
    crm.deliver([event(1), event(2, version=4)])
    site.leads["lead1"]["status"] = "In Process"
    found = crm.read_back([event(number).key for number in range(1, 60)])
    assert found == {event(1).key: Kept(1, "contacted"), event(2).key: Kept(4, "")}


def test_only_what_changed_since_is_told(site, crm):
    crm.deliver([event(1), event(2)])
    site.leads["lead2"] |= {"status": "Dead", "modifiedAt": "2026-11-23 02:00:00"}
    since = dt.datetime(2026, 11, 23, 1, 30, tzinfo=dt.UTC)
    assert crm.changed_since(since) == {event(2).key: Kept(1, "invalid")}


def test_fields_that_are_missing_are_named(site):
    site.fields = {"adloomLeadKey": {}}
    with pytest.raises(RefusedByCrm, match=r"no adloomLeadVersion \(Integer\), adloomDetails \(Text\)"):
        connector(site)
