"""One ffmpeg process decodes the file once and feeds every measurement from that one decode.

Small luma frames, luma of the corner the visible label lives in, a few whole frames
for the text's contrast, and the sound leave through pipes of their own; loudness and
true peak (EBU R128) and every decoder complaint come with the log.
"""

from __future__ import annotations

import math
import os
import re
import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import InputError
from generation.quality.probe import FORMATS, PROTOCOLS, FileFacts
from generation.quality.program import ffmpeg_binary

TIMEOUT_SECONDS = 1800
_LEVEL = re.compile(r"\[(error|fatal|panic)\]")
_PEAK = re.compile(r"lavfi\.r128\.true_peak=(\S+)")
_LOUDNESS = re.compile(r"lavfi\.r128\.I=(\S+)")
_MOMENT = re.compile(r"pts_time:(\S+)")


@dataclass(frozen=True)
class Outlet:
    """One pipe out of the decoder: its filter chain and who takes what comes out.

    `source` is the stream it hangs on, `chunk_bytes` how much `take` is given at once;
    the last chunk may be shorter.
    """

    source: str
    chain: str
    options: tuple[str, ...]
    chunk_bytes: int
    take: Callable[[bytes], None]


@dataclass(frozen=True)
class DecodeReport:
    """What the decoder said. Loudness in LUFS, peaks as (seconds, dBTP so far) in order of time."""

    complaints: tuple[str, ...]
    loudness: float | None
    peaks: tuple[tuple[float, float], ...]


def decode(facts: FileFacts, outlets: Sequence[Outlet], filters: Sequence[str]) -> DecodeReport:
    """Run the decoder and drain every outlet. `filters` feed the outlets' sources.

    Raises InputError when nothing at all can be decoded.
    """
    pipes = [os.pipe() for _ in outlets]
    readers = [_Reader(reading, outlet) for (reading, _), outlet in zip(pipes, outlets, strict=True)]
    with tempfile.TemporaryFile() as log:
        writing = [end for _, end in pipes]
        process = subprocess.Popen(
            _command(facts.path, outlets, filters, writing), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            pass_fds=writing,
        )  # fmt: skip
        for end in writing:
            os.close(end)
        for reader in readers:
            reader.start()
        code = _wait(process, facts.path)
        for reader in readers:
            reader.finish()
        log.seek(0)
        lines = log.read().decode("utf-8", "replace").splitlines()
    report = _report(lines)
    if code != 0 and not report.complaints:
        raise InputError(facts.path.name, f"cannot be decoded (ffmpeg ended with {code})", "undecodable")
    return report


def _wait(process: subprocess.Popen[bytes], path: Path) -> int:
    try:
        return process.wait(timeout=TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired as error:
        process.kill()
        process.wait()
        raise InputError(path.name, f"takes longer than {TIMEOUT_SECONDS} s to decode", "too_long") from error


class _Reader(threading.Thread):
    """Drains one pipe; an error in a measurement comes out of `finish`, not into nowhere."""

    def __init__(self, descriptor: int, outlet: Outlet) -> None:
        super().__init__(daemon=True)
        self._descriptor = descriptor
        self._outlet = outlet
        self._error: Exception | None = None

    def run(self) -> None:
        outlet = self._outlet
        with os.fdopen(self._descriptor, "rb", buffering=max(outlet.chunk_bytes, 1 << 16)) as pipe:
            try:
                while chunk := pipe.read(outlet.chunk_bytes):
                    outlet.take(chunk)
            except Exception as error:  # handed on by `finish`; closing the pipe ends the decoder
                self._error = error

    def finish(self) -> None:
        self.join()
        if self._error is not None:
            raise self._error


def _command(path: Path, outlets: Sequence[Outlet], filters: Sequence[str], ends: Sequence[int]) -> list[str]:
    graph = [*filters, *(f"{each.source}{each.chain}[out{index}]" for index, each in enumerate(outlets))]
    command = [
        ffmpeg_binary(), "-hide_banner", "-nostdin", "-nostats", "-y", "-loglevel", "level+info",
        "-threads", "2", "-protocol_whitelist", PROTOCOLS, "-format_whitelist", FORMATS, "-i", f"file:{path}",
        "-filter_complex", ";".join(graph),
    ]  # fmt: skip
    for index, (outlet, end) in enumerate(zip(outlets, ends, strict=True)):
        command += ["-map", f"[out{index}]", *outlet.options, f"pipe:{end}"]
    return command


def _report(lines: Sequence[str]) -> DecodeReport:
    complaints: list[str] = []
    peaks: list[tuple[float, float]] = []
    loudness: float | None = None
    moment = 0.0
    for line in lines:
        if found := _MOMENT.search(line):
            moment = _number(found[1])
        elif found := _PEAK.search(line):
            peaks.append((moment, _decibels(_number(found[1]))))
        elif found := _LOUDNESS.search(line):
            loudness = _number(found[1])
        elif _LEVEL.search(line):
            complaints.append(line.strip()[:300])
    return DecodeReport(tuple(complaints), loudness, tuple(peaks))


def _number(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else 0.0


def _decibels(amplitude: float) -> float:
    """ebur128 gives true peaks as amplitudes; digital silence counts as -120 dB."""
    return 20 * math.log10(max(amplitude, 1e-6))
