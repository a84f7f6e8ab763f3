"""HubSpot's own client against a portal on the loopback."""

from __future__ import annotations

import pytest

from agentbot.crm import hubspot as module
from agentbot.crm.base import Account, CrmEvent, Kept
from agentbot.crm.hubspot import HubSpot
from core.outbox.rhythm import Outcome, judge
from tests.agentbot.crm.events import event
from tests.agentbot.crm.portal import LIMITED, NO_TOKEN, SPENT, Portal
from tests.agentbot.crm.vendor import Stored

UPSERT = "/contacts/batch/upsert"


@pytest.fixture
def crm(portal: Portal) -> HubSpot:
    return HubSpot(Account(f"http://127.0.0.1:{portal.port}", {"token": "pat-1"}, {}))


def test_leads_leave_together_and_each_is_a_contact_with_a_note(portal, crm):
    events = [event(number) for number in (1, 2, 3)]

    answers = crm.deliver(events)

    assert [each.status for each in answers] == [200] * 3
    assert portal.paths() == [
        "POST /crm/v3/objects/contacts/batch/upsert",
        "POST /crm/v3/objects/notes/batch/upsert",
        "POST /crm/v4/associations/notes/contacts/batch/associate/default",
    ]
    assert portal.asked[0].headers["Authorization"] == "Bearer pat-1"
    assert portal.contacts[events[1].key]["properties"] == {
        "adloom_lead_key": events[1].key,
        "adloom_lead_version": "1",
        "phone": "+8613800130002",
    }
    assert "&lt;b&gt;请打给我" in portal.notes[events[0].delivery]["properties"]["hs_note_body"]
    assert len(portal.ties) == 3


def test_a_contact_without_a_phone_is_one_too(portal, crm):
    crm.deliver([event(contacts=[{"type": "wechat", "value": "tea_lover", "status": "valid"}])])
    assert portal.contacts[event().key]["properties"]["adloom_wechat"] == "tea_lover"


def test_the_same_again_makes_nothing_twice(portal, crm):
    crm.deliver([event()])
    crm.deliver([event()])
    assert (len(portal.contacts), len(portal.notes), portal.made) == (1, 1, 2)


def test_taken_in_but_never_answered_is_written_once_by_its_key(portal, crm, monkeypatch):
    monkeypatch.setattr(module, "TIME_LIMIT_SECONDS", 0.2)
    portal.faults.append((UPSERT, Stored(200, swallows=True)))

    (lost,) = crm.deliver([event()])
    (taken,) = crm.deliver([event()])

    assert (lost.status, lost.may_have_arrived, judge(lost.status)) == (0, True, Outcome.RETRY)
    assert (taken.status, len(portal.contacts), len(portal.notes)) == (200, 1, 1)


def test_too_many_requests_wait_as_long_as_told(portal, crm):
    portal.faults.append((UPSERT, Stored(429, LIMITED, (("Retry-After", "7"),))))
    (answer,) = crm.deliver([event()])
    assert (answer.status, answer.retry_after_seconds) == (429, 7.0)
    assert len(portal.asked) == 1


def test_a_day_s_quota_waits_though_nothing_is_told(portal, crm):
    portal.faults.append((UPSERT, Stored(429, SPENT)))
    assert crm.deliver([event()])[0].retry_after_seconds == 900.0


def test_an_error_of_the_server_is_tried_again(portal, crm):
    portal.faults.append((UPSERT, Stored(502, None)))
    assert [judge(crm.deliver([event()])[0].status) for _ in range(2)] == [Outcome.RETRY, Outcome.SENT]


def test_a_refused_token_pauses(portal, crm):
    portal.faults.append((UPSERT, Stored(401, NO_TOKEN)))
    (answer,) = crm.deliver([event()])
    assert judge(answer.status) is Outcome.PAUSE
    assert answer.failure == "HubSpot 401: Authentication credentials not found."


def test_one_odd_contact_is_set_aside_with_the_field_and_holds_nobody_up(portal, crm):
    odd = event(2, contacts=[{"type": "email", "value": "zhang@example", "status": "valid"}])

    first, second, third = crm.deliver([event(1), odd, event(3)])

    assert (first.status, third.status, len(portal.contacts)) == (200, 200, 2)
    assert judge(second.status) is Outcome.QUARANTINE
    assert second.failure.startswith("HubSpot 400: email: Email address")


def test_an_address_a_vendor_quotes_is_masked(portal, crm):
    told = {"message": "Email address zhang@example.com has bounced"}
    portal.faults.append((UPSERT, Stored(400, told)))
    assert crm.deliver([event()])[0].failure == "HubSpot 400: Email address z***@example.com has bounced"


def test_erased_here_is_erased_there_and_twice_is_once(portal, crm):
    crm.deliver([event()])
    erasure = event(version=2, kind="lead.erased")

    answers = [crm.deliver([erasure])[0].status for _ in range(2)]

    assert (answers, portal.contacts) == ([200, 200], {})


def test_what_the_portal_has_is_read_back_with_its_stage(portal, crm):
    crm.deliver([event(1), event(2, version=4), event(3)])
    portal.contacts[event(1).key]["properties"]["hs_lead_status"] = "CONNECTED"
    portal.contacts[event(2).key]["properties"]["lifecyclestage"] = "customer"

    found = crm.read_back([event(number).key for number in (1, 2, 3, 4)])

    assert found == {event(1).key: Kept(1, "contacted"), event(2).key: Kept(4, "won"), event(3).key: Kept(1, "")}


def test_properties_that_are_there_already_are_fine(portal, crm):
    crm.prepare()
    assert [each.body["name"] for each in portal.asked if each.body["hasUniqueValue"]] == [
        "adloom_lead_key",
        "adloom_delivery",
    ]


def with_email(number: int) -> CrmEvent:
    return event(number, contacts=[{"type": "email", "value": "zhang@example.com", "status": "valid"}])


def test_somebody_the_portal_knows_by_email_becomes_the_lead(portal, crm):
    portal.add(email="zhang@example.com", firstname="Zhang")

    answers = crm.deliver([with_email(1), event(2)])

    assert [each.status for each in answers] == [200, 200]
    assert portal.contacts[event(1).key]["properties"]["firstname"] == "Zhang"
    assert len(portal.contacts) == 2


def test_an_email_of_another_lead_sets_this_one_aside(portal, crm):
    crm.deliver([with_email(1)])
    (answer,) = crm.deliver([with_email(2)])
    assert (answer.status, answer.failure) == (409, "HubSpot 409: Contact already exists. Existing ID: 501")


def test_what_spoils_a_batch_is_found_by_halves(portal, crm):
    odd = event(7, contacts=[{"type": "email", "value": "zhang@example", "status": "valid"}])

    answers = crm.deliver([odd if number == 7 else event(number) for number in range(1, 33)])

    assert [number for number, each in enumerate(answers, 1) if each.status != 200] == [7]
    assert sum(UPSERT in path for path in portal.paths()) == 11


def test_while_a_batch_is_taken_apart_an_outage_ends_it(portal, crm):
    portal.faults.extend([(UPSERT, Stored(400, {"message": "x"})), (UPSERT, Stored(503, None))])
    answers = crm.deliver([event(number) for number in range(1, 9)])
    assert ([each.status for each in answers], len(portal.asked)) == ([503] * 8, 2)


def test_a_portal_that_keeps_no_notes_of_ours_gets_contacts_alone(portal):
    portal.faults.append(("/properties/notes", Stored(403, {"message": "missing scopes"})))
    account = Account(f"http://127.0.0.1:{portal.port}", {"token": "pat-1"}, {})
    options = HubSpot(account).prepare()

    (answer,) = HubSpot(Account(account.url, account.secret, options)).deliver([event()])

    assert (answer.status, options, len(portal.contacts), portal.notes) == (200, {"notes": False}, 1, {})
