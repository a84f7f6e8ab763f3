"""A human host's script, as people keep it: plain text or subtitles, taken apart into sentences."""

from __future__ import annotations

import re

from avatar.scripts.marks import parse_marks
from avatar.speech.clauses import split_sentences
from core.errors import InputError
from creative.api import read_subtitles

LARGEST_BYTES = 512_000
MOST_LINES = 400
LONGEST_SENTENCE = 200
_NUMBERING = re.compile(r"^\s*(?:[-*•·]|[（(]?\d{1,3}[)）.、](?!\d))\s*")
_SPEAKER = re.compile(r"^\s*(?:主播|host|anchor|speaker(?: \d)?)\s*[:：]\s*", re.IGNORECASE)


def read_lines(payload: bytes, name: str) -> tuple[str, ...]:
    """The sentences of a script in order, cue marks kept; list numbers and speaker names go.

    `name` ending in .srt (or text that looks like it) is read as subtitles, whose lines may run
    on over several. InputError names the file: too large, no text, nothing in it, a bad cue mark.
    """
    if len(payload) > LARGEST_BYTES:
        raise InputError(name, f"is larger than {LARGEST_BYTES // 1000} kB", "script_too_large")
    if name.lower().endswith(".srt") or b"-->" in payload[:400]:
        text = _run_on([subtitle.text.replace("\n", " ") for subtitle in read_subtitles(payload, name)])
    else:
        text = _decode(payload, name)
    lines = [sentence for row in text.splitlines() for sentence in _sentences(row)]
    if not lines:
        raise InputError(name, "holds no sentence", "script_empty")
    if len(lines) > MOST_LINES:
        raise InputError(name, f"holds {len(lines)} sentences; at most {MOST_LINES}", "script_too_long")
    for number, line in enumerate(lines, 1):
        parse_marks(line, f"{name}, sentence {number}")
    return tuple(lines)


def _sentences(row: str) -> list[str]:
    bare = _SPEAKER.sub("", _NUMBERING.sub("", row)).strip()
    return [part for sentence in split_sentences(bare) for part in _short_enough(sentence)]


def _short_enough(sentence: str) -> list[str]:
    """A run of words without a full stop, parted at commas so that no line is too long to say."""
    if len(sentence) <= LONGEST_SENTENCE:
        return [sentence]
    parts = [""]
    for piece in re.findall(r"[^，,；;]*[，,；;]?", sentence):
        if len(parts[-1]) + len(piece) > LONGEST_SENTENCE * 2 // 3 and parts[-1]:
            parts.append("")
        parts[-1] += piece
    return [part.strip() for part in parts if part.strip()]


def _run_on(rows: list[str]) -> str:
    """Subtitles as running text: a row that ends in a mark closes its sentence, others run on."""
    text = ""
    for row in (row.strip() for row in rows):
        if text and text[-1] not in "。！？!?.…；;\n":
            text += "，" if re.search(r"[\u4e00-\u9fff]$", text) else " "
        text += row + ("\n" if row[-1:] in "。！？!?.…；;" else "")
    return text


def _decode(payload: bytes, name: str) -> str:
    encodings = ("utf-16",) if payload[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = payload.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InputError(name, "is no text in UTF-8, UTF-16 or GB 18030", "script_encoding")
