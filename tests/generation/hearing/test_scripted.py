"""The stand-in for hearing: texts word by word, while something sounds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from generation.hearing.base import HEARING_RATE, Heard, HeardWord, HearingRefused
from generation.hearing.engines import configured_hearing
from generation.hearing.scripted import ScriptedHearing, read_hearing_script

BLOCK = HEARING_RATE // 4


def tone(count: int = BLOCK) -> np.ndarray:
    return (0.3 * np.sin(np.arange(count) * 0.1)).astype(np.float32)


def silence(count: int = BLOCK) -> np.ndarray:
    return np.zeros(count, dtype=np.float32)


def test_words_come_as_sound_does():
    stream = ScriptedHearing(["能用冷水吗？", "谢谢"]).open("zh-CN")

    assert stream.accept(silence()) is None
    assert stream.accept(tone()) == Heard("能", False, (HeardWord("能", 0.25, 0.5),))
    heard = stream.accept(tone(2 * BLOCK))
    assert heard is not None
    assert (heard.text, heard.words[-1]) == ("能用冷", HeardWord("冷", 0.75, 1.0))
    assert stream.accept(silence()) is None


def test_a_turn_ends_with_the_whole_text_and_the_next_one_has_the_next():
    stream = ScriptedHearing(["how much is it?", "two please"]).open("en")

    stream.accept(tone())
    first = stream.finish()
    stream.accept(silence())
    stream.accept(tone())
    second, third = stream.finish(), stream.finish()

    assert (first.text, first.is_final, [word.text for word in first.words]) == (
        "how much is it?",
        True,
        ["how", "much", "is", "it?"],
    )
    assert (second.text, second.words[0].start_seconds) == ("two please", 0.5)
    assert third == Heard("", True)


def test_a_turn_without_sound_uses_no_text_up():
    engine = ScriptedHearing(["one"])
    stream = engine.open("en")

    stream.accept(silence())
    assert stream.finish() == Heard("", True)
    stream.accept(tone())
    assert stream.finish().text == "one"


def test_pieces_of_any_size_are_heard_alike():
    def heard(size: int) -> list[str]:
        stream = ScriptedHearing(["能用冷水吗"]).open("zh-CN")
        sound = tone(3 * BLOCK)
        parts = [stream.accept(sound[at : at + size]) for at in range(0, len(sound), size)]
        return [part.text for part in parts if part]

    assert heard(37) == heard(1_000) == ["能", "能用", "能用冷"]


def test_it_is_marked_as_a_stand_in(settings, tmp_path: Path):
    script = tmp_path / "guests.txt"
    script.write_text("第一位\n\n第二位\n", "utf-8")
    settings.HEARING_SCRIPT = script

    engine = configured_hearing()

    assert engine is not None
    assert (engine.capabilities.degraded, engine.next_text(), engine.next_text()) == (
        "hearing:scripted",
        "第一位",
        "第二位",
    )


def test_nothing_hears_where_nothing_is_set_up():
    assert configured_hearing() is None


def test_a_script_that_is_no_text_is_refused(tmp_path: Path):
    (tmp_path / "x").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(HearingRefused, match="cannot be read as text"):
        read_hearing_script(tmp_path / "x")
