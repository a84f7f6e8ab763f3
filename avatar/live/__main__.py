"""The engine of one room as a process: `python -m avatar.live --wire FD --setup FD`. Started by `avatar.processes`.

It imports no Django, no model and no voice: a database that hangs or a model that thinks is nothing to it.
"""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
import time
from collections.abc import Sequence

from avatar.contracts import TICKS_A_SECOND
from avatar.live.clock import MediaClock, PacedClock, VirtualClock
from avatar.live.cursor import Cursor, read_cursor
from avatar.live.desk import Desk
from avatar.live.engine import Engine
from avatar.live.guest import GuestSeat
from avatar.live.guest_line import GuestLine, window_of
from avatar.live.log import EventLog
from avatar.live.phase import Phase
from avatar.live.programme import Programme
from avatar.live.setup import RoomSetup, read_from_memory
from avatar.live.stage import Stage, make_stage
from avatar.live.takes import Takes
from avatar.live.wire import Wire
from avatar.outputs.delay import DelayLine, encode_slate
from avatar.outputs.encoder import Encoder
from avatar.outputs.output import Output
from avatar.outputs.sinks import make_sink

PRIORITY = 10
FIRST_VOICE_SECONDS = 30.0
"""A brain takes seconds to start and to voice a sentence; after this long the host goes on air without a word."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="avatar.live", description="The engine of one live room.")
    parser.add_argument("--wire", type=int, required=True, help="file descriptor of the socket to the brain")
    parser.add_argument("--setup", type=int, required=True, help="file descriptor of the room's setup")
    parser.add_argument("--guest", type=int, nargs=2, help="file descriptors of the guest's wire and memory")
    chosen = parser.parse_args(arguments)
    setup = read_from_memory(chosen.setup)
    return run_room(setup, Wire.from_fd(chosen.wire), _guest_seat(setup, chosen.guest))


def _guest_seat(setup: RoomSetup, given: Sequence[int] | None) -> GuestSeat | None:
    if not given:
        return None
    wire, memory = given
    return GuestSeat(Wire.from_fd(wire), GuestLine(memory, window_of(setup.config.width, setup.config.height)))


def run_room(setup: RoomSetup, wire: Wire, guest: GuestSeat | None = None) -> int:
    """Make everything, then start the clock: nothing slow happens once it runs."""
    start = read_cursor(setup.cursor)
    if setup.has_priority:
        _take_priority()
    takes = Takes()
    desk = Desk(wire, takes)
    desk.send("hello", again=start is not None)
    stage = make_stage(setup)
    encoder = Encoder(setup.config.width, setup.config.height, setup.preset)
    outputs = _outputs(setup, encoder, goes_on=start is not None)
    programme = Programme(setup, desk, takes.bounds, start)
    log, delay = EventLog(setup.log), _delay_line(setup, stage)
    engine = Engine(setup, programme, desk, takes, stage, encoder, outputs, log, guest, delay)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: engine.stop())
    _settle()
    if setup.is_paced and start is None:
        programme.await_voice(FIRST_VOICE_SECONDS, lambda: engine.is_stopping)
    phase = Phase()
    first, began, clock = _clock(setup, start, phase)
    try:
        return engine.run(clock, first, began)
    finally:
        phase.release()
        engine.finish()
        if setup.figures is not None:
            engine.figures.save(setup.figures)


def _delay_line(setup: RoomSetup, stage: Stage) -> DelayLine | None:
    ticks = round(setup.guest_delay_seconds * TICKS_A_SECOND)
    if not ticks:
        return None
    config = setup.config
    return DelayLine(ticks, encode_slate(stage.slate(), config.width, config.height, setup.preset, ticks))


def _outputs(setup: RoomSetup, encoder: Encoder, goes_on: bool) -> list[Output]:
    made = []
    for number, output in enumerate(setup.outputs, 1):
        made.append(Output(number, make_sink(output, encoder, goes_on), is_patient=not setup.is_paced))
        made[-1].start()
    return made


def _settle() -> None:
    """What lives as long as the room is looked at by no garbage collection any more."""
    gc.collect()
    gc.freeze()


def _take_priority() -> None:
    """For this thread and those it starts: whoever reads the wire late cuts late."""
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(PRIORITY))
    except PermissionError:
        print("real-time priority is not allowed here; it takes CAP_SYS_NICE", file=sys.stderr, flush=True)


def _clock(setup: RoomSetup, start: Cursor | None, phase: Phase) -> tuple[int, float, MediaClock]:
    """First tick, when tick 0 was due, and the clock. After a crash the time that went by is a gap in both tracks."""
    if not setup.is_paced:
        return (start.tick + 1 if start else 0), 0.0, VirtualClock()
    now = time.monotonic()
    if start is None or not 0 < start.began <= now:
        began = phase.next_start(now)
        return 0, began, PacedClock(began)
    first = max(start.tick + 1, int((now - start.began) * TICKS_A_SECOND) + 1)
    return first, start.began, PacedClock(start.began)


if __name__ == "__main__":
    sys.exit(main())
