"""simple-salesforce against an org on the loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agentbot.crm import salesforce_session
from agentbot.crm.base import Account, Kept, RefusedByCrm
from agentbot.crm.salesforce import Salesforce
from core.outbox.rhythm import Outcome, judge
from tests.agentbot.crm.events import event
from tests.agentbot.crm.org import BAD_EMAIL, DUPLICATE, LOCKED, MATCHES, SPENT, Org
from tests.agentbot.crm.vendor import Stored, certificate

ROW = "/sobjects/Lead/"


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def org(tls, monkeypatch) -> Iterator[Org]:
    context, file = tls
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(file))
    org = Org()
    org.open(context)
    yield org
    org.close()


def connector(org: Org, secret: str = "right") -> Salesforce:
    return Salesforce(Account(f"https://127.0.0.1:{org.port}", {"client_id": "app", "client_secret": secret}, {}))


@pytest.fixture
def crm(org: Org) -> Salesforce:
    return connector(org)


def test_a_lead_is_made_under_its_key(org, crm):
    assert crm.deliver([event(fields={"name": "张"})])[0].status == 200
    assert org.paths()[-1] == f"PATCH /services/data/v62.0/sobjects/Lead/Adloom_Lead_Key__c/{event().key}"
    row = org.leads[event().key]
    assert (row["LastName"], row["Company"], row["Phone"]) == ("张", "[not provided]", "+8613800130001")


def test_a_later_version_leaves_what_people_wrote_there(org, crm):
    crm.deliver([event()])
    org.leads[event().key] |= {"LastName": "Zhang", "Company": "Zhang Tea"}

    crm.deliver([event(version=2)])

    row = org.leads[event().key]
    assert (row["LastName"], row["Company"], row["Adloom_Lead_Version__c"], org.made) == ("Zhang", "Zhang Tea", 2, 1)


def test_a_later_version_of_a_lead_that_is_not_there_makes_it(org, crm):
    assert crm.deliver([event(version=2)])[0].status == 200
    assert org.leads[event().key]["LastName"] == "[not provided]"


def test_taken_in_but_never_answered_is_written_once_by_its_key(org, crm, monkeypatch):
    monkeypatch.setattr(salesforce_session, "TIME_LIMIT_SECONDS", 0.3)
    org.faults.append((ROW, Stored(201, swallows=True)))

    (lost,) = crm.deliver([event()])
    (taken,) = crm.deliver([event()])

    assert (lost.status, lost.may_have_arrived) == (0, True)
    assert (taken.status, org.made) == (200, 1)


def test_a_token_that_has_run_out_is_replaced_once(org, crm):
    crm.deliver([event(1)])
    org.token = "second"

    assert crm.deliver([event(2)])[0].status == 200
    assert (org.tokens, len(org.leads)) == (2, 2)


def test_a_new_token_that_does_not_do_either_pauses(org, crm):
    crm.deliver([event(1)])
    org.faults.extend([(ROW, Stored(401, [{"message": "x", "errorCode": "INVALID_SESSION_ID"}]))] * 2)
    assert judge(crm.deliver([event(2)])[0].status) is Outcome.PAUSE
    assert org.tokens == 2


def test_an_app_that_may_not_sign_in_pauses(org):
    (answer,) = connector(org, "wrong").deliver([event()])
    assert judge(answer.status) is Outcome.PAUSE
    assert answer.failure == "Salesforce sign-in: invalid_client invalid client credentials"


@pytest.mark.parametrize(
    ("stored", "outcome", "wait", "words"),
    [
        (Stored(403, SPENT), Outcome.RETRY, 900.0, "REQUEST_LIMIT_EXCEEDED"),
        (Stored(503, [], (("Retry-After", "9"),)), Outcome.RETRY, 9.0, "503"),
        (Stored(500, None), Outcome.RETRY, None, "500"),
        (Stored(400, LOCKED), Outcome.RETRY, None, "UNABLE_TO_LOCK_ROW"),
        (Stored(400, DUPLICATE), Outcome.QUARANTINE, None, "DUPLICATES_DETECTED"),
        (Stored(400, BAD_EMAIL), Outcome.QUARANTINE, None, "INVALID_EMAIL_ADDRESS Email: "),
        (Stored(300, MATCHES), Outcome.QUARANTINE, None, "several leads have this key"),
        (
            Stored(403, [{"errorCode": "INSUFFICIENT_ACCESS", "message": "no"}]),
            Outcome.PAUSE,
            None,
            "INSUFFICIENT_ACCESS",
        ),
    ],
)
def test_what_an_answer_does_to_the_lead(org, crm, stored, outcome, wait, words):
    org.faults.append((ROW, stored))
    (answer,) = crm.deliver([event()])
    assert (judge(answer.status), answer.retry_after_seconds) == (outcome, wait)
    assert words in answer.failure


def test_duplicate_rules_are_not_bypassed(org, crm):
    crm.deliver([event()])
    assert "Sforce-Duplicate-Rule-Header" not in org.asked[-1].headers


def test_erased_here_is_erased_there_and_twice_is_once(org, crm):
    crm.deliver([event()])
    erasure = event(version=2, kind="lead.erased")
    assert [crm.deliver([erasure])[0].status for _ in range(2)] == [200, 200]
    assert org.leads == {}


def test_what_the_org_has_is_read_back_with_its_stage(org, crm):
    crm.deliver([event(1)])
    crm.deliver([event(2)])
    org.leads[event(1).key]["Status"] = "Working - Contacted"
    org.leads[event(2).key]["IsConverted"] = True
    found = crm.read_back([event(number).key for number in (1, 2, 3)])
    assert found == {event(1).key: Kept(1, "contacted"), event(2).key: Kept(1, "qualified")}


def test_fields_the_org_lacks_are_named(org, crm):
    crm.prepare()
    org.faults.append(("/describe", Stored(200, {"fields": [{"name": "Adloom_Lead_Version__c"}]})))
    with pytest.raises(RefusedByCrm, match="has no Adloom_Lead_Key__c, Adloom_Details__c"):
        crm.prepare()
