"""Twenty against a workspace on the loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agentbot.crm import calls
from agentbot.crm.base import Account, Kept, RefusedByCrm
from agentbot.crm.twenty import Twenty
from core.outbox.rhythm import Outcome, judge
from tests.agentbot.crm.events import event
from tests.agentbot.crm.vendor import Stored
from tests.agentbot.crm.workspace import BROKEN, FORBIDDEN, LIMITED, Workspace


@pytest.fixture
def space() -> Iterator[Workspace]:
    space = Workspace()
    space.open()
    yield space
    space.close()


@pytest.fixture
def crm(space: Workspace) -> Twenty:
    return Twenty(Account(f"http://127.0.0.1:{space.port}", {"api_key": "twenty-key"}, {}))


def test_leads_leave_together_and_each_is_a_person(space, crm):
    answers = crm.deliver([event(number, fields={"name": "张"}) for number in (1, 2, 3)])

    assert ([each.status for each in answers], len(space.asked)) == ([200] * 3, 1)
    person = space.people[event(2).key]
    assert person["phones"] == {
        "primaryPhoneNumber": "13800130002",
        "primaryPhoneCallingCode": "+86",
        "primaryPhoneCountryCode": "CN",
    }
    assert (person["adloomLeadVersion"], person["name"]) == (1, {"firstName": "张", "lastName": ""})


def test_no_request_holds_more_than_sixty(crm):
    assert crm.capabilities.batch == 60
    assert crm.capabilities.burst + 60 * crm.capabilities.rate < 100


def test_the_same_again_makes_nobody_twice(space, crm):
    crm.deliver([event()])
    crm.deliver([event(), event(2)])
    assert space.made == 2


def test_taken_in_but_never_answered_is_one_person(space, crm, monkeypatch):
    monkeypatch.setattr(calls, "TIME_LIMIT_SECONDS", 0.2)
    space.faults.append(("/graphql", Stored(200, swallows=True)))

    (lost,) = crm.deliver([event()])
    (taken,) = crm.deliver([event()])

    assert (lost.status, lost.may_have_arrived, taken.status, space.made) == (0, True, 200, 1)


@pytest.mark.parametrize(
    ("answer", "outcome", "wait"),
    [
        (Stored(200, LIMITED), Outcome.RETRY, 60.0),
        (Stored(429, None, (("Retry-After", "7"),)), Outcome.RETRY, 7.0),
        (Stored(200, BROKEN), Outcome.RETRY, None),
        (Stored(502), Outcome.RETRY, None),
        (Stored(200, FORBIDDEN), Outcome.PAUSE, None),
        (Stored(401, {"messages": ["Token invalid."]}), Outcome.PAUSE, None),
    ],
)
def test_what_it_answers_is_told_apart(space, crm, answer, outcome, wait):
    space.faults.append(("/graphql", answer))
    (found,) = crm.deliver([event()])
    assert (judge(found.status), found.retry_after_seconds) == (outcome, wait)


def test_one_odd_lead_is_set_aside_and_holds_nobody_up(space, crm):
    odd = event(2, contacts=[{"type": "email", "value": "nobody", "status": "valid"}])

    answers = crm.deliver([event(1), odd, event(3), event(4)])

    assert [judge(each.status) for each in answers] == [Outcome.SENT, Outcome.QUARANTINE, Outcome.SENT, Outcome.SENT]
    assert answers[1].failure == "Twenty: Invalid email: nobody"


def test_erased_here_is_gone_there_and_twice_is_once(space, crm):
    crm.deliver([event()])
    answers = [crm.deliver([event(version=2, kind="lead.erased")])[0].status for _ in range(2)]
    assert (answers, space.people) == ([200, 200], {})


def test_what_it_has_is_read_back_with_its_stage(space, crm):
    crm.deliver([event(1), event(2, version=4)])
    space.people[event(2).key]["adloomStage"] = "Won"
    found = crm.read_back([event(number).key for number in range(1, 70)])
    assert found == {event(1).key: Kept(1, ""), event(2).key: Kept(4, "won")}


def test_fields_that_are_missing_or_not_unique_are_named(space, crm):
    del space.fields["adloomStage"]
    with pytest.raises(RefusedByCrm, match=r"no adloomStage \(Text or Select\)"):
        crm.prepare()
    space.fields |= {"adloomStage": False, "adloomLeadKey": False}
    with pytest.raises(RefusedByCrm, match="adloomLeadKey has to be unique"):
        crm.prepare()
