"""Reads a reference's subtitles (SubRip) the way people really save them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from core.errors import InputError

MAX_BYTES = 512_000
MAX_LINES = 2_000
MAX_TEXT = 500
_MAX_SECONDS = 4 * 3600.0
_TIME = r"(\d{1,3}):(\d{1,2}):(\d{1,2})(?:[,.:](\d{1,3}))?"
_TIMING = re.compile(rf"^\s*{_TIME}\s*-{{1,3}}>\s*{_TIME}(?:\s.*)?$")
_TAGS = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,200}\}|\{[a-z]:[^{}\n]{0,200}\}", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\u3000\u00a0]+")


@dataclass(frozen=True)
class Subtitle:
    """One spoken line with its time in seconds."""

    start: float
    end: float
    text: str


def read_subtitles(payload: bytes, name: str) -> tuple[Subtitle, ...]:
    """The lines of an .srt file in order of time.

    Byte order marks, UTF-16, GB 18030, any line ends, missing or wrong numbers, formatting
    tags and overlaps are put right; InputError names the file when it is too large or holds
    no subtitle at all.
    """
    if len(payload) > MAX_BYTES:
        raise InputError(name, f"subtitles are larger than {MAX_BYTES // 1000} kB", "subtitles-too-large")
    blocks = _blocks(_decode(payload, name))
    lines = sorted(filter(None, (_subtitle(*block) for block in blocks)), key=lambda line: (line.start, line.end))
    if not lines:
        raise InputError(name, "holds no subtitle with a time such as 00:00:01,000 --> 00:00:02,500", "subtitles-empty")
    if len(lines) > MAX_LINES:
        raise InputError(name, f"holds more than {MAX_LINES} subtitles", "subtitles-too-many")
    return _without_overlaps(lines)


def _decode(payload: bytes, name: str) -> str:
    encodings = ("utf-16",) if payload[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = payload.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    raise InputError(name, "is no text in UTF-8, UTF-16 or GB 18030", "subtitles-encoding")


def _blocks(text: str) -> list[tuple[re.Match[str], list[str]]]:
    """Each timing line with the text lines under it: the numbers above are not needed."""
    blocks: list[tuple[re.Match[str], list[str]]] = []
    for line in text.split("\n"):
        timing = _TIMING.match(line) if len(line) < 200 else None
        if timing:
            _drop_counter(blocks)
            blocks.append((timing, []))
        elif blocks:
            blocks[-1][1].append(line)
    return blocks


def _drop_counter(blocks: list[tuple[re.Match[str], list[str]]]) -> None:
    """The number of the next subtitle stands at the end of the block before it."""
    if not blocks:
        return
    lines = blocks[-1][1]
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines or not lines[-1].strip().isdecimal():
        return
    stands_apart = len(lines) == 1 or not lines[-2].strip()
    if stands_apart or lines[-1].strip() == str(len(blocks) + 1):
        lines.pop()


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + float(f"0.{fraction or 0}")


def _subtitle(timing: re.Match[str], lines: list[str]) -> Subtitle | None:
    groups = timing.groups()
    start, end = _seconds(groups[:4]), _seconds(groups[4:])
    text = _clean("\n".join(lines))
    if not text or end <= start or end > _MAX_SECONDS:
        return None
    return Subtitle(round(start, 3), round(end, 3), text)


def _clean(text: str) -> str:
    plain = html.unescape(_TAGS.sub("", text[: MAX_TEXT * 8])).replace("\\N", " ").replace("\\n", " ")
    return _SPACES.sub(" ", " ".join(part.strip() for part in plain.split("\n"))).strip()[:MAX_TEXT]


def _without_overlaps(lines: list[Subtitle]) -> tuple[Subtitle, ...]:
    """A line ends where the next begins; two lines at one time become one."""
    result: list[Subtitle] = []
    for line in lines:
        if result and line.start - result[-1].start < 0.05:
            last = result.pop()
            text = last.text if line.text == last.text else f"{last.text} {line.text}"
            line = Subtitle(last.start, max(last.end, line.end), text[:MAX_TEXT])
        elif result and result[-1].end > line.start:
            last = result.pop()
            result.append(Subtitle(last.start, line.start, last.text))
        result.append(line)
    return tuple(result)


_SENTENCE = re.compile(r"[^。！？!?;；\n]+[。！？!?;；]?|[^\n]+")


def spread_over(script: str, seconds: float) -> tuple[Subtitle, ...]:
    """A script without times, laid over `seconds` sentence by sentence by spoken weight."""
    sentences = [part for part in (_clean(found) for found in _SENTENCE.findall(_dotted(script))) if part]
    weights = [_weight(sentence) for sentence in sentences[:MAX_LINES]]
    total = sum(weights)
    lines: list[Subtitle] = []
    at = 0.0
    for sentence, weight in zip(sentences, weights, strict=False):
        length = seconds * weight / total
        lines.append(Subtitle(round(at, 3), round(at + length, 3), sentence))
        at += length
    return tuple(lines)


def _dotted(script: str) -> str:
    """English sentences end at a dot before a space: not inside a number, not in "p.m." or "vs."."""
    return re.sub(
        r"(?<![ap]\.m)(?<!\bvs)(?<!\bDr)(?<!\bMr)(?<=[a-zA-Z0-9)\"'])\.(?=\s)", ".\n", script[: MAX_LINES * MAX_TEXT]
    )


def _weight(text: str) -> float:
    """Rough seconds of speech: a Chinese character 0.22, an English letter 0.06."""
    han = sum("\u3400" <= character <= "\u9fff" for character in text)
    return 0.22 * han + 0.06 * (len(text) - han) + 0.2
