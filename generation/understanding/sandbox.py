"""Children that read strangers' files: bounded in time, memory and output, never a shell.

A crash or a hang of a decoder costs one refusal and leaves the worker as it was.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from core.errors import RetryableError
from generation.understanding.refusals import Refused

_ROOT = Path(__file__).resolve().parents[2]
_LARGEST_OUTPUT = 12 * 1024**3


class ChildSlow(RetryableError):
    """A child got too little of the machine: the wall clock ran out before its CPU time did."""

    code = "intake_slow"


def start_bounded(
    command: Sequence[str], *, cpu_seconds: float, memory_bytes: int, stderr: IO[bytes], stdin: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start `command` with its stdout as a pipe, under limits of its own.

    The limits are set from outside right after the start: code between fork and exec is
    not safe in a process with threads.
    """
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    process = subprocess.Popen(list(command), stdin=stdin, stdout=subprocess.PIPE, stderr=stderr, env=environment)
    whole_seconds = int(cpu_seconds) + 1
    bounds = {
        resource.RLIMIT_CPU: whole_seconds,
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_FSIZE: _LARGEST_OUTPUT,
        resource.RLIMIT_CORE: 0,
    }
    for kind, bound in bounds.items():
        # Between the soft and the hard limit of CPU time lies SIGXCPU, which tells it from a kill by somebody else.
        hard = bound + 5 if kind == resource.RLIMIT_CPU else bound
        try:
            resource.prlimit(process.pid, kind, (bound, hard))
        except ProcessLookupError:
            break  # it has already ended
    return process


def ask_child(module: str, request: dict[str, Any], *, seconds: float, memory_bytes: int) -> dict[str, Any]:
    """Run `python -m module` with `request` as JSON on stdin; its answer as JSON.

    Refused for what the child refuses, and when it dies or spends its time or memory.
    ChildSlow when the machine gave it no time.
    """
    command = [sys.executable, "-m", module]
    process = start_bounded(
        command, cpu_seconds=seconds, memory_bytes=memory_bytes, stderr=_nowhere(), stdin=subprocess.PIPE
    )
    try:
        # The wall clock is generous: on a busy machine only CPU time says something about the file.
        answer, _ = process.communicate(json.dumps(request).encode(), timeout=seconds * 5)
    except subprocess.TimeoutExpired as error:
        process.kill()
        process.communicate()
        raise ChildSlow(f"{module} had no end after {seconds * 5:.0f} s") from error
    return _understood(answer, process.returncode)


def _nowhere() -> IO[bytes]:
    return open(os.devnull, "wb")


def _understood(answer: bytes, exit_code: int) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(answer)
    except ValueError:
        told = {}
    if "refused" in told:
        raise Refused(told["refused"], **told.get("details", {}))
    if exit_code == -signal.SIGXCPU:
        raise Refused("too_heavy", what="time")
    if exit_code == -signal.SIGKILL:
        raise ChildSlow("somebody killed it")
    if exit_code != 0 or not told:
        raise Refused("corrupt", what="the decoder gave up on it")
    return told
