"""The loop of a room: one tick after the other, sound and picture from one schedule, never waiting for anybody."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from avatar.contracts import SAMPLES_A_TICK, TICKS_A_SECOND
from avatar.live.clock import MediaClock, Moment
from avatar.live.cursor import Cursor, save_cursor
from avatar.live.desk import Desk
from avatar.live.easing import Easing
from avatar.live.figures import Figures
from avatar.live.guest import GuestSeat
from avatar.live.log import EventLog
from avatar.live.look import look_at
from avatar.live.memory import MemoryWatch
from avatar.live.mixer import mix
from avatar.live.on_show import OnShow
from avatar.live.programme import Programme
from avatar.live.schedule import Event
from avatar.live.setup import RoomSetup
from avatar.live.stage import Stage, Yuv
from avatar.live.takes import Takes
from avatar.outputs.delay import DelayLine
from avatar.outputs.encoder import Encoder
from avatar.outputs.output import Output
from avatar.outputs.renewing import Renewals

LABEL_LOOK_TICKS = TICKS_A_SECOND
LABEL_CHECK_TICKS = 8 * TICKS_A_SECOND
"""The label is looked for every second; what was seen is written down at least this often."""

DRAIN_SECONDS, DRAIN_PACKETS = 4.0, 50
"""What the delay line holds at the end leaves in portions that the outputs' queues have room for."""

DONE, ALL_LOST, GIVES_WAY = 0, 5, 75
"""Exit codes; after the last one the supervisor starts a new engine, which goes on with the next sentence."""


class Engine:
    """Runs a broadcast from tick `first` on. `stop` may be called by a signal handler."""

    def __init__(
        self,
        setup: RoomSetup,
        programme: Programme,
        desk: Desk,
        takes: Takes,
        stage: Stage,
        encoder: Encoder,
        outputs: Sequence[Output],
        log: EventLog,
        guest: GuestSeat | None = None,
        delay: DelayLine | None = None,
    ) -> None:
        self._setup, self._programme, self._desk, self._takes = setup, programme, desk, takes
        self._stage, self._encoder, self._outputs, self._log = stage, encoder, outputs, log
        self.figures = Figures(round(setup.settle_seconds * TICKS_A_SECOND))
        self._guest, self._delay = guest, delay
        self._on_show = OnShow(setup.config, programme.rundown.place.sentence)
        self._easing, self._renewals = Easing(), Renewals(outputs)
        self._memory = MemoryWatch(setup.memory_bytes if setup.is_paced else 0)
        self.is_stopping = False
        self._began = 0.0
        self._label_is_whole = True
        self._looked_at = self._written_at = -LABEL_CHECK_TICKS
        self._yuv: Yuv | None = None
        self._degraded: tuple[str, ...] = ()

    def stop(self) -> None:
        """End after the tick at hand, as if the time were up."""
        self.is_stopping = True

    def run(self, clock: MediaClock, first: int = 0, began: float = 0.0) -> int:
        """Until the pictures that were asked for are made; the exit code."""
        self._began = began
        wanted = None if self._setup.seconds is None else round(self._setup.seconds * TICKS_A_SECOND) - first
        tick = first
        while not self.is_stopping and (wanted is None or self.figures.pictures < wanted):
            moment = clock.wait(tick)
            if moment.jump:
                tick += moment.jump
                self._programme.shift(moment.jump)
            self.figures.note(moment)
            self._ease(tick, moment)
            events = self._tick(tick, moment)
            tick += 1
            if self._all_lost():
                return ALL_LOST
            if self._memory.look(tick - 1, events):
                self._save_cursor(tick - 1)
                return GIVES_WAY
        return DONE

    def finish(self) -> None:
        """Send what the encoders hold, close every output."""
        last = self._encoder.finish()
        if self._delay is not None:
            last = self._delay.drain(last)
        until = time.monotonic() + DRAIN_SECONDS
        for first in range(0, len(last), DRAIN_PACKETS):
            for output in self._outputs:
                output.await_room(DRAIN_PACKETS, until - time.monotonic())
                output.offer(last[first : first + DRAIN_PACKETS])
        for output in self._outputs:
            output.finish()
        self._encoder.close()
        self._log.close()

    def _tick(self, tick: int, moment: Moment) -> list[Event]:
        events = self._programme.advance(tick, self._guest.take() if self._guest else ())
        for event in events:
            self._log.write(event)
        self._keep_cursor(events, tick)
        airings = self._programme.floor.airings
        samples = mix(airings, tick, self._takes.samples)
        if self._programme.take_dump():
            self._dump(tick)
        if self._guest is not None:
            samples = self._guest.hear(samples, is_silent=self._programme.wants_slate)
        if self._takes.lost:
            self._programme.forget_voices(self._takes.take_lost())
        draws = moment.composes and self._easing.draws(tick)
        if self._yuv is None or draws or self._label_is_due(tick):
            self._yuv = self._compose(tick)
        wishes = [each.take_key_wish() for each in (*self._outputs, self._delay) if each is not None]
        packets = self._encoder.picture(self._yuv, tick, any(wishes)) + self._encoder.sound(samples, tick)
        if self._delay is not None:
            packets = self._delay.put(packets, tick)
        for output in self._outputs:
            output.offer(packets)
        self._note_outputs(tick)
        if tick % TICKS_A_SECOND == 0:
            self._tell_status(tick)
        return events

    def _ease(self, tick: int, moment: Moment) -> None:
        """Late for long: fewer pictures are drawn; calm again: all of them."""
        pace = self._easing.note(moment.late_seconds)
        if pace is not None:
            self._write("pace_changed", tick, drawn=pace.drawn, late_ms=pace.late_ms)

    def _dump(self, tick: int) -> None:
        """Nothing of what is held goes out, and a guest is one no more; `tick` is the first that is kept."""
        if self._guest is not None:
            self._guest.cut_off("dumped")
        seconds = self._delay.dump(tick) if self._delay is not None else 0.0
        self._write("dumped", tick, seconds=seconds)

    def _compose(self, tick: int) -> Yuv:
        if self._programme.wants_slate:
            yuv = self._stage.slate()
        else:
            airings = self._programme.floor.airings
            look = replace(
                look_at(airings, tick, self._takes.samples),
                product=self._on_show.at(airings, tick),
                guest=self._guest.view() if self._guest else None,
                airings=tuple(airings),
                ahead=self._programme.ahead(),
                epoch=self._programme.floor.epoch,
            )
            yuv = self._stage.compose(look)
            self._note_stand_ins(tick)
        if self._label_is_due(tick):
            self._check_label(yuv, tick)
        return yuv if self._label_is_whole else self._stage.slate()

    def _note_stand_ins(self, tick: int) -> None:
        """Somebody else than was asked for is to be seen, or is no longer."""
        if self._stage.degraded != self._degraded:
            self._degraded = self._stage.degraded
            self._write("degraded", tick, degraded=list(self._degraded))

    def _label_is_due(self, tick: int) -> bool:
        return not self._label_is_whole or tick - self._looked_at >= LABEL_LOOK_TICKS

    def _check_label(self, yuv: Yuv, tick: int) -> None:
        """A picture without its label does not go out: until it is back the safe slate does."""
        check = self._stage.check_label(yuv)
        if check.ok != self._label_is_whole or tick - self._written_at >= LABEL_CHECK_TICKS:
            box = [check.box.x, check.box.y, check.box.width, check.box.height]
            self._write("label_check", tick, ok=check.ok, box=box)
            self._written_at = tick
        self._label_is_whole, self._looked_at = check.ok, tick

    def _note_outputs(self, tick: int) -> None:
        for output in self._outputs:
            for is_lost in output.take_changes():
                self._write("output_lost" if is_lost else "output_restored", tick, output=output.number)
        is_quiet = self._programme.floor.on_air(tick * SAMPLES_A_TICK) is None
        renewed = self._renewals.look(tick, is_quiet)
        if renewed is not None:
            self._write("output_renewed", tick, output=renewed)

    def _all_lost(self) -> bool:
        since = [output.lost_since for output in self._outputs]
        now = time.monotonic()
        return bool(since) and all(each is not None and now - each >= self._setup.lost_seconds for each in since)

    def _keep_cursor(self, events: Sequence[Event], tick: int) -> None:
        """At the start of each sentence, and when a comment was handed on: it is not asked again."""
        if any(each.event in ("sentence_started", "resumed", "comment_received") for each in events):
            self._save_cursor(tick)

    def _save_cursor(self, tick: int) -> None:
        programme = self._programme
        place = programme.rundown.place
        cursor = Cursor(place.sentence, place.lap, tick, programme.floor.epoch, programme.released, self._began)
        save_cursor(self._setup.cursor, cursor)

    def _tell_status(self, tick: int) -> None:
        place = self._programme.rundown.place
        lost = [output.number for output in self._outputs if output.lost_since is not None]
        fields = {"tick": tick, "sentence": place.sentence, "lap": place.lap, "lost": lost}
        fields |= {"drawn": self._easing.drawn, "skew_ms": self._encoder.skew_ms}
        self._desk.send("status", **fields, **self.figures.lately())

    def _write(self, event: str, tick: int, **fields: object) -> None:
        self._log.write(Event(event, tick, self._programme.floor.epoch, dict(fields)))
