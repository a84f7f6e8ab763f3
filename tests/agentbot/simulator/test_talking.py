"""Written conversations with simulated visitors."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from agentbot.language import sentences
from agentbot.simulator.hazards import read_hazards
from agentbot.simulator.keeping import asked, broken_rules
from agentbot.simulator.talking import simulate
from agentbot.wording import bare


@pytest.fixture(scope="module")
def chats():
    return simulate(read_hazards(), "learned", 66, 5)[1]


@pytest.mark.parametrize("policy", ["learned", "rules"])
def test_the_rules_of_asking_hold_and_what_is_asked_is_answered_in_the_same_turn(chats, policy):
    talks = chats if policy == "learned" else simulate(read_hazards(), policy, 44, 6)[1]

    assert [broken_rules(chat) for chat in talks if broken_rules(chat)] == []
    assert sum(asked(result) for chat in talks for result in chat.results) > 40


def test_a_bot_without_the_mask_is_caught_by_the_same_eye():
    found = {rule for chat in simulate(read_hazards(), "single_prompt", 22, 6)[1] for rule in broken_rules(chat)}

    assert {"asked too often", "asked two turns running"} <= found


def test_guards_find_nothing_in_what_is_quoted(chats):
    assert [finding for chat in chats for result in chat.results for finding in result.guard_findings] == []


def test_no_number_is_said_back(chats):
    said = [line.text for chat in chats for line in chat.history if line.author != "visitor"]

    assert not any("1390000" in text or "7700 900" in text for text in said)


def test_no_sentence_stands_twice_in_a_conversation(chats):
    for chat in chats:
        said = [bare(piece) for line in chat.history if line.author != "visitor" for piece in sentences(line.text)]
        assert len(said) == len(set(said))


def test_the_command_says_what_came_of_it(capsys):
    call_command(
        "simulate_conversations", "--count", "12", "--seed", "3", "--policy", "rules", "--transcripts", "1", "--json"
    )

    found = json.loads(capsys.readouterr().out)
    assert found["conversations"] == 12
    assert found["asked_two_turns_running"] == found["asked_in_first_turn"] == 0
    assert 0 <= found["lead_rate"] <= 1
    assert found["transcripts"][0].startswith("## ")
