"""Cuts, answers and the way back, on a clock that is moved by hand."""

import itertools

from avatar.contracts import SAMPLES_A_TICK
from avatar.live.schedule import FADE
from bench.live_talk import answer, utterance
from tests.avatar.live.room_talk import Room

SCRIPT = [utterance("a", (2, 2, 2)), utterance("b", (2, 2)), utterance("c", (3,))]
BRIDGES = [utterance(f"bridge{number}", (1,), "bridge") for number in range(12)]


def fields(room: Room, event: str) -> list[dict]:
    return [each.fields for each in room.of(event)]


def test_sentences_follow_one_another_and_the_script_begins_anew():
    room = Room(SCRIPT)

    room.run(300)

    assert [each["sentence"] for each in fields(room, "sentence_started")][:5] == [0, 1, 2, 0, 1]
    assert room.names()[:4] == ["sentence_started", "sentence_ended", "sentence_started", "sentence_ended"]
    assert fields(room, "sentence_started")[0] == {"sentence": 0, "clauses": 3, "text": SCRIPT[0].text}


def test_an_answer_at_once_cuts_in_the_next_tick_and_the_script_comes_back_at_the_clause_that_was_cut():
    room = Room(SCRIPT, bridges=BRIDGES)
    room.run(30)
    room.offer(answer("yes"))

    room.run_until("resumed")

    cut = room.of("cut")[0]
    assert (cut.tick, cut.fields) == (30, {"kind": "hard", "sentence": 0, "clause": 1, "heard": "a00 a01, a10"})
    assert room.of("answer_started")[0].tick == cut.tick
    assert fields(room, "resumed") == [{"rule": "clause", "sentence": 0, "clause": 1}]
    since = [each.event for each in room.events if each.tick >= 30]
    assert since == ["cut", "answer_started", "answer_ended", "sentence_started", "sentence_ended", "resumed"]


def test_nothing_of_the_old_voice_is_left_60_ms_after_the_cut():
    room = Room(SCRIPT)
    room.run(30)
    room.offer(answer("yes"))

    room.run(1)

    old = [each for each in room.floor.airings if each.turn.sentence == 0]
    assert [each.stop for each in old] == [30 * SAMPLES_A_TICK + FADE]


def test_at_clause_waits_for_the_end_of_the_clause_when_it_is_near():
    room = Room(SCRIPT, barge_in="at_clause")
    started = room.run_until("sentence_started").tick
    room.run(8)
    room.offer(answer("yes"))

    cut = room.run_until("cut")

    assert cut.fields == {"kind": "clause", "sentence": 0, "clause": 1, "heard": "a00 a01"}
    assert cut.tick - started < 8 + 15


def test_at_clause_cuts_600_ms_after_the_answer_is_ready_when_the_clause_goes_on():
    room = Room([utterance("long", (20, 2))], barge_in="at_clause")
    room.run(30)
    room.offer(answer("yes"))

    cut = room.run_until("cut")

    assert (cut.tick, cut.fields["kind"], cut.fields["clause"]) == (45, "hard", 0)


def test_a_sentence_heard_to_85_percent_is_not_said_again():
    room = Room(SCRIPT)
    started = room.run_until("sentence_started").tick
    room.run_until("sentence_ended")
    length = room.tick - started
    room = Room(SCRIPT)
    room.run(started + int(length * 0.9))
    room.offer(answer("yes"))

    room.run_until("resumed")

    assert fields(room, "sentence_skipped") == [{"sentence": 0, "reason": "mostly heard"}]
    assert fields(room, "resumed") == [{"rule": "next_sentence", "sentence": 1, "clause": 0}]
    assert [each["sentence"] for each in fields(room, "sentence_ended")] == []


def test_an_answer_in_the_pause_between_two_sentences_cuts_nothing():
    room = Room(SCRIPT)
    room.run_until("sentence_ended")
    room.run(2)
    room.offer(answer("yes"))

    room.run_until("resumed")

    assert room.of("cut") == []
    assert fields(room, "resumed") == [{"rule": "sentence", "sentence": 1, "clause": 0}]


def test_an_answer_before_the_first_word_cuts_nothing_and_the_script_begins_at_its_head():
    room = Room(SCRIPT)
    room.offer(answer("yes"))

    room.run_until("sentence_started")

    assert room.names() == ["answer_started", "answer_ended", "resumed", "sentence_started"]


def test_an_urgent_word_cuts_the_answer_that_cut_the_script_and_the_cursor_stays_where_the_first_cut_was():
    room = Room(SCRIPT)
    room.run(30)
    room.offer(answer("slow", (1,), (9,)))
    room.run(20)
    room.offer(answer("operator", (), (2,), urgent=True))

    room.run_until("resumed", 600)

    assert [each["sentence"] for each in fields(room, "cut")] == [0, None]
    assert [each["comments"] for each in fields(room, "answer_started")] == [[1], [], [1]]
    assert fields(room, "resumed") == [{"rule": "clause", "sentence": 0, "clause": 1}]


def test_a_second_cut_in_the_clause_that_is_repeated_comes_back_to_the_same_clause():
    room = Room(SCRIPT)
    room.run(30)
    room.offer(answer("one", (1,)))
    room.run_until("resumed")
    room.run(4)
    room.offer(answer("two", (2,)))

    room.run_until("resumed")

    assert [(each["sentence"], each["clause"]) for each in fields(room, "resumed")] == [(0, 1), (0, 1)]
    assert [each["heard"] for each in fields(room, "cut")] == ["a00 a01, a10", "a00 a01, a10"]


def test_two_answers_follow_each_other_without_going_back_to_the_script():
    room = Room(SCRIPT, bridges=BRIDGES)
    room.run(30)
    room.offer(answer("one", (1,)))
    room.offer(answer("two", (2,)))

    room.run_until("resumed")

    assert [each.event for each in room.events if each.tick >= 30] == [
        *("cut", "answer_started", "answer_ended", "answer_started", "answer_ended"),
        *("sentence_started", "sentence_ended", "resumed"),
    ]


def test_silence_around_an_answer_is_never_longer_than_300_ms():
    room = Room(SCRIPT, bridges=BRIDGES)
    room.run(30)
    room.offer(answer("yes"))
    spans = {}
    for _ in range(200):
        room.run(1)
        spans |= {each.start: each.end for each in room.floor.airings}
    ordered = sorted(spans.items())

    gaps = [later[0] - earlier[1] for earlier, later in itertools.pairwise(ordered)]

    assert max(gaps) <= 0.3 * 48_000


def test_an_answer_30_s_after_its_comment_is_dropped():
    room = Room(SCRIPT)
    room.airtime.is_paused = True
    room.run(10)
    room.offer(answer("late", (7,)))

    room.run(30 * 25)

    assert fields(room, "comment_dropped") == [{"comment": 7, "reason": "too late"}]


def test_answers_take_at_most_40_percent_of_the_air():
    room = Room(SCRIPT)
    for number in range(1, 200):
        room.offer(answer(f"answer{number}", (number,), (12,)))
        room.run(40)

    spoken = sum(12 * 0.25 for _ in room.of("answer_ended"))

    assert 0.3 <= spoken / (room.tick / 25) <= 0.4


def test_no_bridge_comes_again_within_ten():
    room = Room(SCRIPT, bridges=BRIDGES)
    for number in range(1, 40):
        room.run(60)
        room.offer(answer(f"answer{number}", (number,), (1,)))
    said = [each["text"] for each in fields(room, "sentence_started") if each["sentence"] is None]

    assert len(said) > 20
    assert all(len(set(said[at : at + 11])) == 11 for at in range(len(said) - 10))


def test_an_operator_skips_a_sentence():
    room = Room(SCRIPT)
    room.run(30)
    room.floor.skip()

    room.run(20)

    assert fields(room, "sentence_skipped") == [{"sentence": 0, "reason": "operator"}]
    assert [each["sentence"] for each in fields(room, "sentence_started")] == [0, 1]
    assert room.of("resumed") == []


def test_a_slate_silences_the_host_and_afterwards_the_clause_is_said_again():
    room = Room(SCRIPT)
    room.run(30)
    room.floor.silence(True)
    room.run(100)
    quiet = room.floor.on_air(room.tick * SAMPLES_A_TICK)
    room.floor.silence(False)

    room.run(10)

    assert quiet is None
    assert fields(room, "resumed") == [{"rule": "clause", "sentence": 0, "clause": 1}]


def test_a_sentence_without_a_voice_is_waited_for_and_then_left_out():
    room = Room(SCRIPT)
    del room.voices.script[1]

    room.run_until("sentence_skipped")
    room.run(20)

    assert fields(room, "sentence_skipped") == [{"sentence": 1, "reason": "no voice"}]
    assert [each["sentence"] for each in fields(room, "sentence_started")] == [0, 2]


def test_when_the_clock_jumps_no_word_is_lost():
    room = Room(SCRIPT)
    room.run(30)
    room.floor.shift(50)
    room.tick += 50

    ended = room.run_until("sentence_ended")

    assert ended.tick == Room(SCRIPT).run_until("sentence_ended").tick + 50
