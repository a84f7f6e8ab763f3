"""The supervisor of one room: starts the engine and the brain, starts them again when they die, drains on SIGTERM."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import uuid
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from avatar.live.engine import ALL_LOST, DONE
from avatar.live.guest_line import make_line_memory, window_of
from avatar.live.setup import RoomSetup, keep_in_memory
from core.errors import TerminalError
from core.processes.children import Child, ChildSpec
from core.processes.workers import ROOT

LOOK_SECONDS = 0.05
ENGINE_STOP_SECONDS = 20.0
BRAIN_STOP_SECONDS = 5.0
HEADS_STOP_SECONDS = 5.0
HOPELESS_STARTS = 4
"""An engine that dies this often without putting one sentence on air will not do better."""


class RoomBroken(TerminalError):
    """The engine does not start."""

    code = "room_broken"


@dataclass(frozen=True)
class RoomProcesses:
    """What is started: `brain` is the arguments after `python`, the wire's number is put in place of "{wire}".

    `heads` start the worker for filmed hosts, () where the host is drawn.
    `guests` likewise, the process in which viewers come on air; only in rooms that let them, of a broadcast.
    """

    setup: RoomSetup
    brain: tuple[str, ...] = ("-m", "avatar.brain", "--wire", "{wire}", "--setup", "{setup}")
    broadcast: uuid.UUID | None = None
    guests: tuple[str, ...] = ("-m", "avatar.costream", "--wire", "{wire}", "--line", "{line}", "--setup", "{setup}")
    heads: tuple[str, ...] = ()

    @property
    def lets_guests_in(self) -> bool:
        is_there = self.guests[:2] != ("-m", "avatar.costream") or find_spec("aiortc") is not None
        return self.setup.guest_delay_seconds > 0 and self.broadcast is not None and is_there


class Supervisor:
    """Runs one room until its engine ends by itself or `stop` is called. The kernel ties children to this thread."""

    def __init__(self, room: RoomProcesses) -> None:
        self._folder = room.setup.folder
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._memory = keep_in_memory(room.setup)
        self._ends = _wire_ends()
        self._guest_line = _GuestEnds(room.setup) if room.lets_guests_in else None
        self._wishes = threading.Event()
        self.engine, self.brain = Child(self._engine_spec()), Child(self._brain_spec(room))
        self.helpers = (
            self.brain,
            *([Child(self._guests_spec(room))] if self._guest_line else []),
            *([Child(self._heads_spec(room.heads))] if room.heads else []),
        )
        self._cursor = room.setup.cursor

    def run(self) -> int:
        """The exit code of the broadcast: 0, or 5 when every output was lost. RoomBroken when nothing starts."""
        try:
            while not self._wishes.wait(LOOK_SECONDS):
                if (code := self.engine.exit_code) in (DONE, ALL_LOST):
                    return code
                for child in (*self.helpers, self.engine):
                    child.look_after()
                self._give_up_when_hopeless()
            return self._drain()
        finally:
            self._end()

    def stop(self) -> None:
        """End the broadcast in order; may be called by a signal handler."""
        self._wishes.set()

    def _give_up_when_hopeless(self) -> None:
        if self.engine.failures >= HOPELESS_STARTS and not self._cursor.exists():
            raise RoomBroken(f"the room does not start: {last_words(self._folder / 'engine.log')}")

    def _drain(self) -> int:
        self.engine.ask_to_stop()
        self.engine.stop()
        return DONE

    def _end(self) -> None:
        for child in (self.engine, *self.helpers):
            child.ask_to_stop()
            child.stop()
        for end in self._ends:
            end.close()
        if self._guest_line is not None:
            self._guest_line.close()
        os.close(self._memory)

    def _engine_spec(self) -> ChildSpec:
        fd = self._ends[0].fileno()
        command = (sys.executable, "-m", "avatar.live", "--wire", str(fd), "--setup", str(self._memory))
        if self._guest_line is None:
            return self._spec("engine", command, (fd,), ENGINE_STOP_SECONDS)
        ends = self._guest_line.ends[0].fileno(), self._guest_line.memory
        return self._spec("engine", (*command, "--guest", *map(str, ends)), (fd, *ends), ENGINE_STOP_SECONDS)

    def _brain_spec(self, room: RoomProcesses) -> ChildSpec:
        fd = self._ends[1].fileno()
        numbers = {"{wire}": str(fd), "{setup}": str(self._memory)}
        arguments = tuple(numbers.get(each, each) for each in room.brain)
        if room.broadcast is not None:
            arguments += ("--broadcast", str(room.broadcast))
        return self._spec("brain", (sys.executable, *arguments), (fd,), BRAIN_STOP_SECONDS)

    def _guests_spec(self, room: RoomProcesses) -> ChildSpec:
        assert self._guest_line is not None
        fd, memory = self._guest_line.ends[1].fileno(), self._guest_line.memory
        numbers = {"{wire}": str(fd), "{line}": str(memory), "{setup}": str(self._memory)}
        arguments = tuple(numbers.get(each, each) for each in room.guests)
        command = (sys.executable, *arguments, "--broadcast", str(room.broadcast))
        return self._spec("guests", command, (fd, memory), BRAIN_STOP_SECONDS)

    def _heads_spec(self, arguments: tuple[str, ...]) -> ChildSpec:
        """It gets no setup: stream keys are none of its business. One thread: an engine's core is not its to take."""
        spec = self._spec("heads", (sys.executable, *arguments), (), HEADS_STOP_SECONDS)
        return replace(spec, fds=(), environment={"OMP_NUM_THREADS": "1"})

    def _spec(self, name: str, command: tuple[str, ...], fds: tuple[int, ...], stop_seconds: float) -> ChildSpec:
        return ChildSpec(
            name=name,
            command=command,
            log=self._folder / f"{name}.log",
            folder=ROOT,
            stop_signal=signal.SIGTERM,
            stop_seconds=stop_seconds,
            fds=(*fds, self._memory),
        )


class _GuestEnds:
    """The wire and the memory between the engine and the process in which viewers come on air."""

    def __init__(self, setup: RoomSetup) -> None:
        self.ends = _wire_ends()
        self.memory = make_line_memory(window_of(setup.config.width, setup.config.height))

    def close(self) -> None:
        for end in self.ends:
            end.close()
        os.close(self.memory)


def _wire_ends() -> tuple[socket.socket, socket.socket]:
    ends = socket.socketpair()
    for end in ends:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    return ends


def last_words(log: Path, longest: int = 400) -> str:
    """The end of a process's log."""
    try:
        return log.read_text(encoding="utf-8", errors="replace").strip()[-longest:]
    except OSError:
        return ""


def run_room(room: RoomProcesses) -> int:
    """Run a room in this process's main thread; SIGTERM and SIGINT drain it."""
    supervisor = Supervisor(room)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: supervisor.stop())
    return supervisor.run()
