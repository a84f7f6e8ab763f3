"""Whatever cuts a script and wherever: every sentence is said or logged as skipped, in order, no clause twice over."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as some

from avatar.contracts import SAMPLES_A_TICK
from avatar.live.mixer import mix
from avatar.live.schedule import spoken_bounds
from bench.live_floor import fuzz_cuts, resume_faults
from bench.live_talk import answer, utterance
from tests.avatar.live.room_talk import Room

SCRIPTS = some.lists(some.lists(some.integers(1, 4), min_size=1, max_size=4), min_size=1, max_size=5)
CALLS = some.lists(some.tuples(some.integers(0, 60), some.sampled_from(["answer", "urgent", "skip"])), max_size=8)


def broadcast(script: list[list[int]], calls: list[tuple[int, str]], barge_in: str) -> Room:
    """Run `script` with a call so many ticks after the one before it, and on until it came round."""
    bridges = [utterance(f"bridge{each}", (1,), "bridge") for each in range(3)]
    room = Room([utterance(f"s{place}", each) for place, each in enumerate(script)], barge_in, bridges)
    for number, (wait, call) in enumerate(calls, 1):
        room.run(wait)
        room.airtime.spent = 0
        if call == "skip":
            room.floor.skip()
        else:
            room.offer(answer(f"a{number}", (number,), (2,), urgent=call == "urgent"))
    room.run(900)
    return room


@settings(max_examples=80, deadline=None)
@given(SCRIPTS, CALLS, some.sampled_from(["at_once", "at_clause"]))
def test_every_sentence_is_said_or_skipped_in_order_and_goes_on_at_the_clause_that_was_cut(script, calls, barge_in):
    room = broadcast(script, calls, barge_in)

    assert resume_faults(room.events, len(script)) == []


def test_re_entry_is_at_the_first_sample_of_the_clause():
    said = utterance("a", (2, 2, 2))
    room = Room([said, utterance("b", (2,))])
    room.run(30)
    room.offer(answer("yes"))
    resumed = room.run_until("resumed")

    speaker = room.floor.on_air(resumed.tick * SAMPLES_A_TICK + SAMPLES_A_TICK - 1)

    assert speaker is not None
    assert (speaker.turn.entry, speaker.turn.until) == (said.clauses[1].start, spoken_bounds(said)[1])


def test_of_hundreds_of_cuts_none_leaves_a_stale_sample():
    seen = fuzz_cuts(600)

    assert (seen.cuts, seen.stale) == (600, 0)


def test_a_mixer_that_lets_the_old_voice_run_on_is_seen():
    def careless(airings, tick, samples_of):
        return mix([replace(each, stop=None) for each in airings], tick, samples_of)

    assert fuzz_cuts(40, mixer=careless).stale > 10_000
