"""Samples of utterances: where sound begins and ends, and files that are not what they say."""

from dataclasses import replace

import numpy as np
import pytest

from avatar.live.stage import without_unknown
from avatar.live.takes import LEAD, TAIL, Takes, audible
from bench.live_talk import QUIET, utterance
from core.errors import InputError


def test_silence_at_both_ends_is_left_out(tmp_path):
    said = utterance("a", (2,), folder=tmp_path)

    first, until = Takes().bounds(said)

    assert abs(first - (QUIET - LEAD)) < 10
    assert abs(until - (said.words[-1].end + TAIL)) < 100


def test_an_utterance_of_silence_is_taken_whole():
    assert audible(np.zeros(1000, np.int16)) == (0, 1000)


def test_a_file_that_holds_something_else_is_refused_when_it_comes(tmp_path):
    said = utterance("a", (2,), folder=tmp_path)
    np.save(said.path, np.zeros(10, np.int16))

    with pytest.raises(InputError, match="a: its file does not hold"):
        Takes().admit(said)


def test_samples_that_vanish_while_on_air_are_silence_and_told_once(tmp_path):
    said = utterance("a", (2,), folder=tmp_path)
    takes = Takes()
    takes.admit(said)
    said.path.unlink()

    assert not takes.samples(said).any()
    assert takes.take_lost() == {"a"}
    assert takes.take_lost() == set()


def test_an_utterance_without_a_path_is_refused():
    with pytest.raises(InputError):
        Takes().admit(replace(utterance("a", (1,)), path=None))


def test_a_caption_leaves_out_what_no_font_draws():
    assert without_unknown(("@小鱼🐟 ", "好的")) == ("@小鱼 ", "好的")
