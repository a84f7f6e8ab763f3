"""An engine that grew too large ends with a sentence, and its successor goes on with the next one."""

from __future__ import annotations

from avatar.live.memory import MemoryWatch, resident_bytes
from avatar.live.schedule import Event
from tests.avatar.live.test_engine import setup_in
from tests.avatar.live.test_processes import lines, meanwhile, supervisor_of, wait_for


def test_it_is_looked_at_every_ten_seconds_and_gives_way_at_the_end_of_a_sentence():
    sizes = iter((100, 300))
    watch = MemoryWatch(200, lambda: next(sizes))
    ended = [Event("sentence_ended", 0, 0)]

    told = [tick for tick in range(400) if watch.look(tick, ended if tick % 30 == 29 else [])]

    assert told[0] == 269
    assert watch.is_over
    assert resident_bytes() > 1 << 20


def test_a_room_without_a_limit_never_gives_way():
    watch = MemoryWatch(0, lambda: 1 << 40)

    assert not any(watch.look(tick, [Event("sentence_ended", tick, 0)]) for tick in range(1000))


def test_the_successor_goes_on_with_the_next_sentence_and_none_is_said_twice(tmp_path):
    """The first engine is over its limit from the start: it gives way after each sentence."""
    setup = setup_in(tmp_path, None, is_paced=True, memory_bytes=1, outputs=(str(tmp_path / "out.ts"),))
    supervisor = supervisor_of(setup, tmp_path)

    def stop() -> None:
        wait_for(setup.log, "sentence_ended", 2)
        supervisor.stop()

    helper = meanwhile(stop)
    code = supervisor.run()
    helper.join()

    log = lines(setup.log)
    said = [line["sentence"] for line in log if line["event"] == "sentence_ended"]
    resumed = [(line["rule"], line["sentence"]) for line in log if line["event"] == "resumed"]
    assert (code, said[:2], resumed[0]) == (0, [0, 1], ("restart", 1))
