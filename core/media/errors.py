"""What ffmpeg's failures mean: whose fault, and whether trying again can help."""

from __future__ import annotations

from enum import StrEnum

from core.errors import AdloomError, RetryableError, TerminalError


class Trouble(StrEnum):
    """Kinds of failure, told from the exit code and the last lines of the log."""

    INPUT = "input"
    ENCODER = "encoder"
    DISK_FULL = "disk_full"
    MEMORY = "memory"
    TIMEOUT = "timeout"
    KILLED = "killed"
    UNKNOWN = "unknown"


class FfmpegError(AdloomError):
    """ffmpeg failed; `last_lines` is the end of its log, `trouble` the kind of failure."""

    def __init__(self, trouble: Trouble, last_lines: str) -> None:
        super().__init__(f"ffmpeg failed ({trouble}): {last_lines or 'no message'}")
        self.code = f"ffmpeg_{trouble}"
        self.trouble = trouble
        self.last_lines = last_lines

    def __reduce__(self) -> tuple[type, tuple[Trouble, str]]:
        return type(self), (self.trouble, self.last_lines)


class FfmpegRefused(FfmpegError, TerminalError):
    """The same call can only fail again: bad input, an encoder that does not know what it was asked."""


class FfmpegBroke(FfmpegError, RetryableError):
    """The machine was in the way: disk full, memory, a time limit, a kill."""


SIGNS: dict[Trouble, tuple[str, ...]] = {
    Trouble.DISK_FULL: ("No space left on device", "Disk quota exceeded"),
    Trouble.MEMORY: ("Cannot allocate memory", "Out of memory", "malloc of size"),
    Trouble.ENCODER: (
        *("Unknown encoder", "Error while opening encoder", "Error initializing output stream", "No such filter"),
        *("Error parsing filterchain", "Error parsing a filter description", "Unrecognized option", "Option not found"),
        *("Error submitting video frame to the encoder", "Error opening output file"),
    ),
    Trouble.INPUT: (
        *("Invalid data found when processing input", "Error opening input", "moov atom not found"),
        *("No such file or directory", "not on whitelist", "Invalid argument", "End of file"),
    ),
}
"""Looked through in this order: a full disk also makes an encoder complain."""
PASSING = {Trouble.DISK_FULL, Trouble.MEMORY, Trouble.TIMEOUT, Trouble.KILLED}


def explain_failure(return_code: int, log: str, *, timed_out: bool = False) -> FfmpegError:
    """The error for an ffmpeg that ended with `return_code` (negative: by that signal)."""
    trouble = _classify(return_code, log, timed_out)
    last_lines = "\n".join(log.strip().splitlines()[-8:])
    kind = FfmpegBroke if trouble in PASSING else FfmpegRefused
    return kind(trouble, last_lines)


def _classify(return_code: int, log: str, timed_out: bool) -> Trouble:
    if timed_out:
        return Trouble.TIMEOUT
    for trouble, signs in SIGNS.items():
        if any(sign in log for sign in signs):
            return trouble
    return Trouble.KILLED if return_code < 0 else Trouble.UNKNOWN
