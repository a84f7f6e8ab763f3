"""Which pictures the network draws next."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.heads.plan import Piece, Play, choose, open_ticks, urgent_pieces
from avatar.heads.ring import MOUTH
from avatar.heads.sentences import Sentence
from tests.support.heads import speech


@pytest.fixture
def said(ann):
    def make(key: str, seconds: float = 1.2, silent_from: float = 1e9) -> Sentence:
        voice = speech(seconds, 48_000, silent_from)
        return Sentence(key, ann, 0, np.rint(voice * 32_767).astype(np.int16))

    return make


def test_a_second_is_drawn_ahead_and_nothing_that_is_over(said):
    play = Play(0, 100, 0, 30, said("a"))

    assert open_ticks(play, 90) == range(100, 115)
    assert open_ticks(play, 110) == range(110, 130)
    assert [piece.index for piece in urgent_pieces([play], 110)] == list(range(10, 30))


def test_silence_is_done_before_it_is_drawn(said):
    sentence = said("a", 1.2, silent_from=0.4)

    assert sentence.undrawn() == list(range(11))
    assert sentence.mouth(20) is None


def test_the_earliest_goes_first_whichever_room_it_is_of(said):
    one, other = said("a"), said("b")
    urgent = [Piece(one, 0, 5), Piece(one, 1, 6), Piece(other, 0, 2), Piece(other, 1, 5)]

    chosen = choose(urgent, (), 3)

    assert [(piece.sentence.key, piece.index) for piece in chosen] == [("b", 0), ("a", 0), ("b", 1)]


def test_what_two_rooms_say_at_once_is_drawn_once(said):
    sentence = said("a")

    assert len(choose([Piece(sentence, 0, 1), Piece(sentence, 0, 3)], (), 4)) == 1


def test_what_is_left_of_a_batch_goes_to_sentences_that_will_be_said(said):
    now, later = said("a"), said("b")
    later.keep(0, np.zeros(MOUTH, np.uint8))

    chosen = choose([Piece(now, 4, 1)], [later], 3)

    assert [(piece.sentence.key, piece.index) for piece in chosen] == [("a", 4), ("b", 1), ("b", 2)]
