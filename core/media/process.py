"""Runs ffmpeg as a child with an argument list, a time limit and its CPU time counted."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import IO

from core.media.binary import ffmpeg_binary
from core.media.errors import explain_failure

LOG_BYTES = 64_000
FIRST_LOOK_SECONDS = 0.001
LONGEST_LOOK_SECONDS = 0.02


@dataclass(frozen=True)
class FfmpegRun:
    """What a finished ffmpeg cost and said; `output` is its stdout when that was captured."""

    cpu_seconds: float
    wall_seconds: float
    log: str
    output: bytes = b""


class FfmpegProcess:
    """A running ffmpeg; `stdin` and `stdout` are pipes where asked for."""

    def __init__(self, process: subprocess.Popen[bytes], log: IO[bytes], deadline: float) -> None:
        self._process = process
        self._log = log
        self._deadline = deadline
        self._started_at = time.monotonic()
        self.cpu_seconds = 0.0

    @property
    def stdin(self) -> IO[bytes]:
        assert self._process.stdin is not None, "started without with_stdin"
        return self._process.stdin

    @property
    def stdout(self) -> IO[bytes]:
        assert self._process.stdout is not None, "started without with_stdout"
        return self._process.stdout

    def finish(self) -> FfmpegRun:
        """Wait for the end; raises an `FfmpegError` when it was not a good one."""
        self._close_pipes()
        timed_out = not self._wait_until(self._deadline)
        if timed_out:
            self.kill()
        log = self._read_log()
        if self._process.returncode != 0 or timed_out:
            raise explain_failure(self._process.returncode, log, timed_out=timed_out)
        return FfmpegRun(self.cpu_seconds, time.monotonic() - self._started_at, log)

    def kill(self) -> None:
        """End it now; safe to call on one that has ended."""
        if self._process.returncode is None:
            os.kill(self._process.pid, 9)
            self._wait_until(float("inf"))

    def _close_pipes(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                try:
                    pipe.close()
                except BrokenPipeError:
                    pass  # it ended before it took everything; its exit code tells why

    def _wait_until(self, deadline: float) -> bool:
        """Whether it ended by then. `os.wait4` is the only way to one child's own CPU time."""
        look = FIRST_LOOK_SECONDS
        while self._process.returncode is None:
            pid, status, usage = os.wait4(self._process.pid, os.WNOHANG)
            if pid:
                self._process.returncode = os.waitstatus_to_exitcode(status)
                self.cpu_seconds = usage.ru_utime + usage.ru_stime
            elif time.monotonic() > deadline:
                return False
            else:
                time.sleep(look)
                look = min(look * 2, LONGEST_LOOK_SECONDS)
        return True

    def _read_log(self) -> str:
        size = self._log.seek(0, os.SEEK_END)
        self._log.seek(max(0, size - LOG_BYTES))
        return self._log.read().decode("utf-8", "replace")


def run_ffmpeg(arguments: Sequence[str], *, timeout_seconds: float = 900.0, capture: bool = False) -> FfmpegRun:
    """Run ffmpeg with `arguments` (what follows the program's name) to its end.

    `-hide_banner -nostdin -y` come first, and `-v error` unless the arguments name a
    log level. `capture` keeps stdout. Raises `FfmpegRefused` or `FfmpegBroke`.
    """
    with tempfile.TemporaryFile() as output:
        with _started(arguments, timeout_seconds, subprocess.DEVNULL, output if capture else subprocess.DEVNULL) as run:
            result = run.finish()
        if not capture:
            return result
        output.seek(0)
        return FfmpegRun(result.cpu_seconds, result.wall_seconds, result.log, output.read())


@contextmanager
def ffmpeg_process(
    arguments: Sequence[str],
    *,
    timeout_seconds: float = 900.0,
    with_stdin: bool = False,
    with_stdout: bool = False,
    pass_fds: Sequence[int] = (),
) -> Iterator[FfmpegProcess]:
    """A running ffmpeg to write frames into or read them from; call `finish()` at the end.

    `pass_fds` are further pipe ends it inherits, for inputs named `pipe:N`. Leaving the
    block without `finish()` kills it.
    """
    stdin = subprocess.PIPE if with_stdin else subprocess.DEVNULL
    stdout = subprocess.PIPE if with_stdout else subprocess.DEVNULL
    with _started(arguments, timeout_seconds, stdin, stdout, pass_fds) as run:
        yield run


@contextmanager
def _started(
    arguments: Sequence[str],
    timeout_seconds: float,
    stdin: int,
    stdout: int | IO[bytes],
    pass_fds: Sequence[int] = (),
) -> Iterator[FfmpegProcess]:
    deadline = time.monotonic() + timeout_seconds
    with tempfile.TemporaryFile() as log:
        command = _command(arguments, stdin)
        process = subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=log, pass_fds=pass_fds)
        run = FfmpegProcess(process, log, deadline)
        try:
            yield run
        finally:
            run._close_pipes()
            run.kill()


def _command(arguments: Sequence[str], stdin: int) -> list[str]:
    level = [] if {"-v", "-loglevel"} & set(arguments) else ["-v", "error"]
    quiet = [] if stdin == subprocess.PIPE else ["-nostdin"]
    return [*_dies_with_us(), ffmpeg_binary(), "-hide_banner", *quiet, "-y", *level, *arguments]


@cache
def _dies_with_us() -> tuple[str, ...]:
    """Where util-linux is there, a killed worker's ffmpeg ends too rather than encode for nobody."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return ()
    works = subprocess.run([setpriv, "--pdeathsig", "KILL", setpriv, "--version"], capture_output=True, check=False)
    return (setpriv, "--pdeathsig", "KILL") if works.returncode == 0 else ()
