"""Runs a program and sees to it that nothing it starts outlives it.

Run as a plain script (`python -I -S offspring.py PIDFILE PROGRAM ARG…`). The program leads a process
group of its own, named in PIDFILE, and gets SIGTERM from the kernel should this process be killed. What it
leaves behind (engines it spawned, their helpers) falls to this process as their nearest subreaper, whatever
group it moved to, and is killed.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

PR_SET_CHILD_SUBREAPER = 36
POLITE_SECONDS = 8.0
"""A server drops its connections and ends its engine in about two seconds; one that hangs gets no more than this."""
LOOK_SECONDS = 0.1


class Warden:
    """The program, and how long it still has."""

    def __init__(self, pid_file: Path, program: list[str]) -> None:
        wrapper = Path(__file__).with_name("child.py")
        wishes = [str(int(signal.SIGTERM)), "-1", str(os.getpid())]
        self._ends_at = float("inf")
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(wrapper), *wishes, *program], start_new_session=True
        )
        pid_file.write_text(str(self.process.pid))

    def ask(self, number: int, frame: FrameType | None) -> None:
        """SIGTERM: the program may end in order, for a while."""
        self._ends_at = min(self._ends_at, time.monotonic() + POLITE_SECONDS)
        self.process.terminate()

    def insist(self, number: int, frame: FrameType | None) -> None:
        self._ends_at = 0.0

    def run(self) -> int:
        """Until the program has ended; its exit code."""
        while time.monotonic() < self._ends_at:
            try:
                return self.process.wait(LOOK_SECONDS)
            except subprocess.TimeoutExpired:
                continue
        return int(signal.SIGKILL)


def kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def bury() -> None:
    """Kill and wait for every child there is, the adopted ones included, until there is none."""
    while True:
        for task in Path("/proc/self/task").iterdir():
            for pid in (task / "children").read_text().split():
                kill_group(int(pid)) if os.getpgid(int(pid)) == int(pid) else os.kill(int(pid), signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def main(arguments: list[str]) -> int:
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    pid_file = Path(arguments[0])
    warden = Warden(pid_file, arguments[1:])
    signal.signal(signal.SIGTERM, warden.ask)
    signal.signal(signal.SIGINT, warden.ask)
    signal.signal(signal.SIGQUIT, warden.insist)
    try:
        return warden.run()
    finally:
        kill_group(warden.process.pid)
        bury()
        pid_file.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
