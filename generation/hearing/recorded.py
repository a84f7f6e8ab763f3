"""What is said in recorded sound, as lines with times. Memory does not grow with the length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.media import ffmpeg_process
from generation.contracts import HeardLine
from generation.hearing.base import HEARING_RATE, Heard, HeardWord, HearingEngine

PAUSE_SECONDS, LONGEST_LINE_SECONDS = 0.45, 5.0
"""Between words further apart than this a new line begins, and so does one that would grow longer."""
_PIECE_SECONDS = 1.0


def hear_recording(path: Path, engine: HearingEngine, language: str = "") -> tuple[HeardLine, ...]:
    """The lines of a FLAC of our own; () where nobody speaks. HearingRefused, HearingDown or FfmpegError otherwise."""
    stream = engine.open(language)
    lines: list[HeardLine] = []
    at = told_until = 0.0
    for piece in _pieces(path):
        at += len(piece) / HEARING_RATE
        heard = stream.accept(piece)
        if heard is not None and heard.is_final:
            lines += lines_of(heard, told_until, at)
            told_until = at
    last = stream.finish()
    return (*lines, *lines_of(last, told_until, at))


def lines_of(heard: Heard, earliest: float, latest: float) -> list[HeardLine]:
    """One turn as lines of a breath each; where the engine gives no times, one line over the whole turn."""
    if not heard.text:
        return []
    if not heard.words:
        return [HeardLine(heard.text, round(earliest, 3), round(latest, 3), heard.confidence)]
    return [_line(group) for group in _groups(heard.words)]


def _groups(words: Sequence[HeardWord]) -> Iterator[list[HeardWord]]:
    group: list[HeardWord] = []
    for word in words:
        is_apart = group and word.start_seconds - group[-1].end_seconds >= PAUSE_SECONDS
        is_full = group and word.end_seconds - group[0].start_seconds > LONGEST_LINE_SECONDS
        if is_apart or is_full:
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _line(words: Sequence[HeardWord]) -> HeardLine:
    text = ""
    for word in words:
        text += (" " if text[-1:].isascii() and word.text[:1].isascii() and text else "") + word.text
    sure = sum(word.confidence for word in words) / len(words)
    return HeardLine(text, words[0].start_seconds, words[-1].end_seconds, round(sure, 4))


def _pieces(path: Path) -> Iterator[NDArray[np.float32]]:
    """The sound at 16 kHz mono, a second at a time."""
    source = ["-protocol_whitelist", "file", "-f", "flac", "-i", str(path.absolute())]
    raw = ["-map", "0:a:0", "-ac", "1", "-ar", str(HEARING_RATE), "-f", "s16le", "pipe:1"]
    size = int(_PIECE_SECONDS * HEARING_RATE) * 2
    with ffmpeg_process([*source, *raw], with_stdout=True) as running:
        while content := running.stdout.read(size):
            yield np.frombuffer(content[: len(content) // 2 * 2], dtype="<i2").astype(np.float32) / 32768.0
        running.finish()
