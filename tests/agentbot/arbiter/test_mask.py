"""What may be done at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from agentbot.arbiter import Situation, allowed_actions
from agentbot.arbiter.situation import features
from agentbot.contracts import ASKING, AnswerSegment, ExpertDraft, LeadDraft, PrePass, Said, TurnInput
from tests.agentbot.talking import CARS, NOON

SAID = Said("m", "visitor", "X3多少钱", NOON)
TURN = TurnInput("c", "t", 1, NOON, CARS, (SAID,), turns=2)
ANSWERED = ExpertDraft((AnswerSegment("129,800 元", "", ("p1",)),))
WORRIED = ExpertDraft((AnswerSegment("先做预审", "poor_credit", ("credit",), is_sensitive=True),))
READY = LeadDraft(0.8, dict.fromkeys(ASKING, "方便留个电话吗?"))


NOTHING_SEEN = PrePass()


def allowed(turn=TURN, seen=NOTHING_SEEN, expert=ANSWERED, lead=READY):
    return set(allowed_actions(Situation(turn, seen, expert, lead)))


def test_a_ready_visitor_may_be_asked_in_any_way_but_a_card_the_channel_lacks():
    assert allowed() == {"answer", *ASKING} - {"lead_card"}
    assert "lead_card" in allowed(replace(TURN, has_lead_card=True))


@pytest.mark.parametrize(
    "turn",
    [
        replace(TURN, turns=0),
        replace(TURN, held_contacts=("+8613900001234",)),
        replace(TURN, asks=3),
        replace(TURN, refusals=2),
        replace(TURN, turns_since_ask=0),
        replace(TURN, turns_since_ask=1),
        replace(TURN, history=(Said("p", "lead", "留个电话吗?", NOON - dt.timedelta(minutes=1), True, "t0"),)),
    ],
    ids=["first turn", "held", "three asks", "two refusals", "just asked", "asked before last", "history asks"],
)
def test_nobody_is_asked_when_it_is_not_the_time(turn):
    assert allowed(turn) == {"answer"}


def test_a_first_turn_asks_only_when_the_visitor_offers():
    assert allowed(replace(TURN, turns=0), PrePass(offers_contact=True)) == {"answer", "answer_then_ask"}


def test_the_ask_does_not_come_first_before_readiness():
    assert "ask_then_answer" not in allowed(lead=replace(READY, readiness=0.3))


def test_nobody_is_asked_beside_a_private_worry_nor_right_after_it_unless_ready():
    after = replace(TURN, history=(Said("v", "visitor", "我征信不好", NOON), Said("e", "expert", "可以先预审。", NOON)))

    assert allowed(expert=WORRIED) == {"answer"}
    assert allowed(after, lead=replace(READY, readiness=0.25)) == {"answer"}
    assert allowed(after) > {"answer"}
    assert allowed(seen=PrePass(offers_contact=True), expert=WORRIED) == {"answer", "answer_then_ask"}


def test_nobody_is_asked_who_is_not_going_to_buy_or_under_age():
    after = replace(TURN, history=(Said("v", "visitor", "不买了", NOON), Said("e", "expert", "好的。", NOON)))

    assert allowed(seen=PrePass(declines=True)) == {"answer"}
    assert allowed(seen=PrePass(is_minor=True)) == {"answer"}
    assert allowed(seen=PrePass(declines=True), expert=replace(ANSWERED, wants_handoff="unanswered")) == {"answer"}
    assert allowed(after, lead=replace(READY, readiness=0.3)) == {"answer"}


def test_after_a_no_nobody_is_asked_in_a_turn_without_an_answer():
    refused, unanswered = replace(TURN, refusals=1), ExpertDraft((AnswerSegment("不清楚", "unknown"),))

    assert allowed(expert=unanswered) > {"answer"}
    assert allowed(refused) > {"answer"}
    assert allowed(refused, expert=unanswered) == {"answer"}
    assert allowed(refused, PrePass(offers_contact=True), unanswered) == {"answer", "answer_then_ask"}


def test_deferred_is_only_what_was_asked():
    def deferred(*segments):
        return features(Situation(TURN, NOTHING_SEEN, ExpertDraft(segments), READY))["is_deferred"]

    assert deferred(AnswerSegment("不清楚", "unknown"))
    assert not deferred(AnswerSegment("好的", ""), AnswerSegment("您好", "talk"))
    assert not deferred(AnswerSegment("不清楚", "unknown"), AnswerSegment("9:00", "", ("a",)))


@pytest.mark.parametrize("seen", [PrePass(is_emergency=True), PrePass(is_complaint=True), PrePass(wants_person=True)])
def test_distress_complaints_and_wishes_for_a_person_are_handed_over(seen):
    assert allowed(seen=seen) == {"hand_off"}


def test_a_failed_agent_leaves_no_naked_ask():
    assert allowed(expert=None) == {"hand_off"}
    assert allowed(lead=None) == {"answer"}


@pytest.mark.parametrize(
    "seen",
    [PrePass(refuses_contact=True), PrePass(injection=0.9), PrePass(asks_if_human=True), PrePass(partial_contact=True)],
)
def test_some_messages_are_no_moment_to_ask(seen):
    assert allowed(seen=seen) == {"answer"}
