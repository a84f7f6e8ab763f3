"""One child process: started with a log, watched, started anew after a pause, stopped in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 10.0
SETTLED_SECONDS = 30.0
"""A child that lived this long starts its next pause from the first one again."""
LOG_BYTES = 10_000_000


def nothing_to_prepare() -> None:
    return None


@dataclass(frozen=True)
class ChildSpec:
    """How to run one program.

    `stop_signal` asks it to finish, `hard_signal` follows after `stop_seconds`, SIGKILL
    to its whole process group after as long again; `death_signal` is what the kernel
    sends should we die first. `fds` stay open in it, under the same numbers.
    `prepare` runs before every start and may raise; that counts as a failed start.
    """

    name: str
    command: tuple[str, ...]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    uid: int = -1
    stop_signal: signal.Signals = signal.SIGTERM
    hard_signal: signal.Signals = signal.SIGQUIT
    death_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0
    prepare: Callable[[], None] = nothing_to_prepare
    shows_log: bool = False
    fds: tuple[int, ...] = ()


class Child:
    """A running (or waiting) `ChildSpec`. Not thread-safe: the kernel ties a child to the thread that started it."""

    def __init__(self, spec: ChildSpec) -> None:
        self.spec = spec
        self.failures = 0
        self.last_error = ""
        self.last_code: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._next_start_at = 0.0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self._process.returncode is None else None

    @property
    def is_running(self) -> bool:
        """Asked of the kernel, unlike `pid`, which is what the last look found."""
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """Of a process that has ended and that no look has noticed yet."""
        return None if self._process is None else self._process.poll()

    def look_after(self) -> bool:
        """Start the child when it is due, notice its death; True when it was just started."""
        now = time.monotonic()
        if self._process is not None:
            code = self._process.poll()
            if code is None:
                if now - self._started_at > SETTLED_SECONDS:
                    self.failures = 0
                return False
            self.last_code = code
            self._note_failure(f"ended with code {code}")
        if now < self._next_start_at:
            return False
        return self._start()

    def ask_to_stop(self) -> None:
        """The first, polite signal; `stop` waits for its effect."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(self.spec.stop_signal)

    def stop(self) -> None:
        """Wait for the effect of `ask_to_stop`, then insist; returns when the child is gone."""
        process, self._process = self._process, None
        if process is None or _ends_within(process, self.spec.stop_seconds):
            return
        process.send_signal(self.spec.hard_signal)
        if not _ends_within(process, self.spec.stop_seconds):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _start(self) -> bool:
        try:
            self.spec.prepare()
            self._process = self._open()
        except Exception as error:
            self._note_failure(str(error))
            return False
        self._started_at = time.monotonic()
        return True

    def _open(self) -> subprocess.Popen[bytes]:
        spec = self.spec
        wrapper = Path(__file__).with_name("child.py")
        wishes = (str(int(spec.death_signal)), str(spec.uid), str(os.getpid()))
        command = [sys.executable, "-I", "-S", str(wrapper), *wishes]
        with open_log(spec.log) as log:
            return subprocess.Popen(
                [*command, *spec.command],
                stdin=subprocess.DEVNULL,
                stdout=None if spec.shows_log else log,
                stderr=None if spec.shows_log else subprocess.STDOUT,
                env={**os.environ, **spec.environment},
                cwd=spec.folder,
                pass_fds=spec.fds,
                start_new_session=True,
            )

    def _note_failure(self, reason: str) -> None:
        self._process = None
        self.failures += 1
        self.last_error = reason
        pause = min(FIRST_PAUSE_SECONDS * 2 ** min(self.failures - 1, 10), LONGEST_PAUSE_SECONDS)
        self._next_start_at = time.monotonic() + pause


def stop_all(children: list[Child]) -> None:
    """Ask all of them at once, then see each of them off, the last one started first."""
    for child in children:
        child.ask_to_stop()
    for child in reversed(children):
        child.stop()


def _ends_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def open_log(path: Path):  # type: ignore[no-untyped-def]  # the kind of file `open` returns is private
    """The log, appended to; one that has grown too long is put aside first."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".old.log"))
    return path.open("ab")
