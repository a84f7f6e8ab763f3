"""Written conversations with simulated visitors."""

from __future__ import annotations

import itertools
import json

import pytest
from django.core.management import call_command

from agentbot.language import sentences
from agentbot.simulator.hazards import read_hazards
from agentbot.simulator.talking import simulate
from agentbot.wording import bare


@pytest.fixture(scope="module")
def chats():
    return simulate(read_hazards(), "learned", 66, 5)[1]


def test_the_rules_of_asking_hold_in_every_conversation(chats):
    for chat in chats:
        asked = [any(part.asks_contact for part in result.parts) for result in chat.results]
        assert not asked[0] or chat.results[0].pre_pass.offers_contact
        assert sum(asked) <= 3
        assert not any(first and second for first, second in itertools.pairwise(asked))


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
