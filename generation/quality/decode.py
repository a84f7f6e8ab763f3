"""One ffmpeg process decodes the file once and feeds every measurement from that one decode.

Small luma frames, luma of the corner the visible label lives in, a few whole frames
for the text's contrast, the sound, and the readings of ffmpeg's own loudness meter
leave through pipes; the decoder's complaints are its log.
"""

from __future__ import annotations

import math
import os
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from core.errors import InputError
from core.media import FfmpegRefused, ffmpeg_process
from generation.quality.probe import FORMATS, PROTOCOLS, FileFacts

TIMEOUT_SECONDS = 1800.0
AT_ONCE = ("-threads", "2")
"""For those who wait: exact frames, soon."""
CHEAPLY = ("-threads", "1", "-skip_loop_filter", "all")
"""A tenth less CPU: edges of blocks stay unsmoothed, which no watch over black, still or flashing frames sees.

Every bit is still read and every complaint heard. For frames that were looked at exactly before.
"""
_COMPLAINT = re.compile(r"\[(error|fatal|panic)\]")


@dataclass(frozen=True)
class Outlet:
    """One pipe out of the decoder: its filter chain and who takes what comes out.

    `source` is the stream it hangs on, `chunk_bytes` how much `take` is given at once;
    the last chunk may be shorter. ``{meter}`` in the chain is the pipe of the loudness meter.
    """

    source: str
    chain: str
    options: tuple[str, ...]
    chunk_bytes: int
    take: Callable[[bytes], None]


@dataclass
class LoudnessMeter:
    """Takes what ``ametadata=print`` writes for EBU R128: integrated LUFS and true peaks in dBTP so far."""

    loudness: float | None = None
    peaks: list[tuple[float, float]] = field(default_factory=list)
    _moment: float = 0.0
    _rest: str = ""

    def take(self, chunk: bytes) -> None:
        *lines, self._rest = (self._rest + chunk.decode("ascii", "replace")).split("\n")
        for line in lines:
            self._read(line)

    def _read(self, line: str) -> None:
        name, _, value = line.rpartition("=")
        if name == "lavfi.r128.I":
            self.loudness = _number(value)
        elif name == "lavfi.r128.true_peak":
            self.peaks.append((self._moment, 20 * math.log10(max(_number(value), 1e-6))))
        elif "pts_time:" in line:
            self._moment = _number(line.rpartition("pts_time:")[2])


@dataclass(frozen=True)
class DecodeReport:
    """What the decoder complained about, and the CPU seconds it took."""

    complaints: tuple[str, ...]
    cpu_seconds: float


def decode(
    facts: FileFacts,
    outlets: Sequence[Outlet],
    meter: LoudnessMeter,
    filters: Sequence[str],
    decoder: Sequence[str] = AT_ONCE,
) -> DecodeReport:
    """Run the decoder and drain every outlet. `filters` feed the outlets' sources; `decoder` is AT_ONCE or CHEAPLY.

    Raises InputError when nothing at all can be decoded, FfmpegBroke when the machine was in the way.
    """
    meter_outlet = Outlet("", "", (), 1 << 12, meter.take)
    pipes = [os.pipe() for _ in (*outlets, meter_outlet)]
    readers = [_Reader(end, each) for (end, _), each in zip(pipes, (*outlets, meter_outlet), strict=True)]
    ends = [end for _, end in pipes]
    for reader in readers:
        reader.start()
    try:
        with ffmpeg_process(
            _arguments(facts, outlets, filters, ends, decoder), timeout_seconds=TIMEOUT_SECONDS, pass_fds=ends
        ) as process:
            _close(ends)
            for reader in readers:
                reader.finish()
            done = process.finish()
            return DecodeReport(_complaints(done.log), done.cpu_seconds)
    except FfmpegRefused as refused:
        if not any(reader.took for reader in readers):
            raise InputError(
                facts.path.name, f"cannot be decoded: {refused.last_lines[-200:]}", "undecodable"
            ) from refused
        return DecodeReport(_complaints(refused.last_lines) or (refused.last_lines[:300],), 0.0)
    finally:
        _close(ends)


class _Reader(threading.Thread):
    """Drains one pipe; an error in a measurement comes out of `finish`, not into nowhere."""

    def __init__(self, descriptor: int, outlet: Outlet) -> None:
        super().__init__(daemon=True)
        self.took = False
        self._descriptor = descriptor
        self._outlet = outlet
        self._error: Exception | None = None

    def run(self) -> None:
        outlet = self._outlet
        with os.fdopen(self._descriptor, "rb", buffering=max(outlet.chunk_bytes, 1 << 16)) as pipe:
            try:
                while chunk := pipe.read(outlet.chunk_bytes):
                    self.took = True
                    outlet.take(chunk)
            except Exception as error:  # handed on by `finish`; closing the pipe ends the decoder
                self._error = error

    def finish(self) -> None:
        self.join()
        if self._error is not None:
            raise self._error


def _close(ends: list[int]) -> None:
    """Our copies of the writing ends, without which a reader never sees the end; each once."""
    while ends:
        os.close(ends.pop())


def _arguments(
    facts: FileFacts, outlets: Sequence[Outlet], filters: Sequence[str], ends: Sequence[int], decoder: Sequence[str]
) -> list[str]:
    meter = f"pipe\\\\\\:{ends[-1]}"
    chains = [f"{each.source}{each.chain.replace('{meter}', meter)}[out{i}]" for i, each in enumerate(outlets)]
    arguments = [
        "-nostats", "-loglevel", "level+warning", *decoder,
        "-protocol_whitelist", PROTOCOLS, "-format_whitelist", FORMATS, "-i", f"file:{facts.path}",
        "-filter_complex", ";".join([*filters, *chains]),
    ]  # fmt: skip
    for index, (outlet, end) in enumerate(zip(outlets, ends, strict=False)):
        arguments += ["-map", f"[out{index}]", *outlet.options, f"pipe:{end}"]
    return arguments


def _complaints(log: str) -> tuple[str, ...]:
    return tuple(line.strip()[:300] for line in log.splitlines() if _COMPLAINT.search(line))


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if math.isfinite(value) else 0.0
