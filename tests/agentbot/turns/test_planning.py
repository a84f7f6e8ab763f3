"""What a finished turn writes, without a database."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from dataclasses import replace

from agentbot.contracts import Part, PrePass, Said, TurnResult
from agentbot.pii import new_key, unseal
from agentbot.turns.claiming import Claim
from agentbot.turns.context import Waiting
from agentbot.turns.planning import plan_turn

NOW = dt.datetime(2026, 1, 31, 8, 30, tzinfo=dt.UTC)
KEY = new_key()
IDS = [uuid.UUID(int=number) for number in range(5)]


def waiting(**more: object) -> Waiting:
    claim = Claim(
        id=IDS[0],
        advertiser_id=IDS[1],
        account_id=IDS[2],
        visitor="v1",
        person_id=None,
        key_id=IDS[3],
        owner="bot",
        epoch=3,
        last_inbound_seq=4,
        read_seq=0,
        is_disclosed=False,
        opted_out=False,
        failures=0,
        last_seq=4,
    )
    said = Said("m1", "visitor", "多少钱？我的电话 13800138000", NOW)
    return Waiting(claim, KEY, (said,), (), (), (), **more)


def result(*after: float, **more: object) -> TurnResult:
    return TurnResult(tuple(Part(f"part {seconds}", "expert", seconds) for seconds in after), PrePass(), **more)


def test_parts_are_due_counted_from_the_visitor_s_last_message():
    plan = plan_turn(waiting(), result(5.0, 8.5), NOW + dt.timedelta(seconds=3))
    assert [(part.due_at - NOW).total_seconds() for part in plan.parts] == [5.0, 8.5]
    assert [part.part_no for part in plan.parts] == [1, 2]


def test_late_parts_keep_their_rhythm():
    plan = plan_turn(waiting(), result(5.0, 8.5), NOW + dt.timedelta(seconds=12))
    assert [(part.due_at - NOW).total_seconds() for part in plan.parts] == [12.0, 15.5]


def test_the_same_turn_taken_again_has_the_same_ids():
    first, again = (plan_turn(waiting(), result(5.0, 8.5), NOW) for _ in range(2))
    assert first.turn_id == again.turn_id
    assert [part.id for part in first.parts] == [part.id for part in again.parts]


def test_a_part_says_what_it_answers():
    part = plan_turn(waiting(), result(5.0, degraded=("answer:quoted",)), NOW).parts[0]
    event = json.loads(unseal(KEY, part.body))
    assert (event["type"], event["timestamp"]) == ("message.part", "2026-01-31T08:30:00.000Z")
    assert event["data"] == {
        "conversation": str(IDS[0]),
        "visitor": "v1",
        "turn": str(plan_turn(waiting(), result(5.0), NOW).turn_id),
        "part": 1,
        "of": 1,
        "text": "part 5.0",
        "author": "expert",
        "asks_contact": False,
        "answers": ["m1"],
        "degraded": ["answer:quoted"],
    }


def test_a_handoff_is_told_before_two_holding_parts_at_most_and_without_contacts():
    plan = plan_turn(waiting(), result(5.0, 8.0, 11.0, handoff_reason="asked"), NOW)
    assert [part.event_type for part in plan.parts] == ["conversation.handed_off", "message.part", "message.part"]
    assert not any(part.is_fenced for part in plan.parts)
    summary = json.loads(unseal(KEY, plan.parts[0].body))["data"]["summary"]
    assert summary == "asked\nvisitor: 多少钱？我的电话 138****8000"


def test_silence_is_a_turn_too():
    plan = plan_turn(waiting(), result(discloses=True), NOW)
    assert plan.parts == ()
    assert not plan.discloses


def test_in_shadow_mode_a_person_is_called_in_silence():
    watched = waiting()
    watched = replace(watched, claim=replace(watched.claim, owner="shadow"))
    plan = plan_turn(watched, result(5.0, handoff_reason="asked"), NOW)
    assert [part.event_type for part in plan.parts] == ["conversation.handed_off"]
