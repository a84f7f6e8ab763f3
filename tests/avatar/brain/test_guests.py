"""What a viewer on air says is answered to them, always, and before anything else."""

from __future__ import annotations

import pytest

from avatar.brain.guests import answer_guest
from tests.avatar.brain.room import Room, ScriptedVoice


def asked(text: str, voice: ScriptedVoice | None = None) -> list[dict]:
    room = Room(voice)
    answer_guest(room.brain, 3, "小满", text)
    return room.sent


def test_a_question_is_written_down_and_answered_to_the_guest():
    first, second = asked("一瓶多少钱")

    assert (first["kind"], first["by_guest"], first["comment"]["number"]) == ("comment", True, 3)
    reply = second["answer"]
    assert reply["to_guest"]
    assert reply["urgent"]
    assert reply["comments"] == [3]
    assert "39.9" in reply["text"]


@pytest.mark.parametrize("text", ["今天天气不错啊", "嘿嘿嘿", "加我微信"])
def test_whatever_they_say_something_is_said_to_it(text):
    sent = asked(text)

    assert sent[-1]["kind"] == "answer"
    assert sent[-1]["answer"]["text"]


def test_where_no_voice_speaks_the_engine_hears_of_it():
    sent = asked("一瓶多少钱", ScriptedVoice(is_dead=True))

    assert sent[-1] == {"kind": "dropped", "comment": 3, "reason": "no voice"}
