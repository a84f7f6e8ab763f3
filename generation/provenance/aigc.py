"""The implicit label of GB 45438-2025: one `AIGC` key in the file's own metadata.

Annex E gives the seven fields; the practice guide TC260-PG-20257A puts them, as JSON
directly under the key, into ``moov.udta.meta`` of an MP4 or MOV file.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from core.errors import InputError, TerminalError
from core.media import FfmpegRefused, run_ffmpeg
from generation.contracts import Provenance
from generation.provenance import boxes

KEY = "AIGC"
FIELDS = (
    "Label",
    "ContentProducer",
    "ProduceID",
    "ReservedCode1",
    "ContentPropagator",
    "PropagateID",
    "ReservedCode2",
)
IS_GENERATED = "1"
_PLAIN = re.compile(r"^[\x20\x21\x23-\x5b\x5d-\x7e]*$")
_WRITER_TIMEOUT_SECONDS = 300.0


class LabelNotWritten(TerminalError):
    """The implicit label could not be written; nothing was left at the destination."""

    code = "label_not_written"


def build_label(provenance: Provenance) -> dict[str, str]:
    """The seven fields on first generation, where the producer is also the propagator.

    Raises InputError for a value outside printable ASCII or with a quote or backslash,
    which Annex E forbids.
    """
    for field, value in (("producer", provenance.producer), ("produce_id", provenance.produce_id)):
        if not value or not _PLAIN.match(value):
            raise InputError(field, "must be printable ASCII without quotes or backslash", "aigc_charset")
    return {
        "Label": IS_GENERATED,
        "ContentProducer": provenance.producer,
        "ProduceID": provenance.produce_id,
        "ReservedCode1": "",
        "ContentPropagator": provenance.producer,
        "PropagateID": provenance.produce_id,
        "ReservedCode2": "",
    }


def write_label(source: Path, destination: Path, label: dict[str, str], title: str) -> None:
    """Copy `source` to `destination` with the label as its only `AIGC` key; no frame is touched.

    Other metadata of the container stays behind: a phone's place and time of filming
    have no business in an ad. `title` may be in any language. Raises LabelNotWritten
    with ffmpeg's words, FfmpegBroke when the machine was in the way.
    """
    arguments = [
        "-protocol_whitelist", "file,crypto,data", "-i", f"file:{source}",
        "-map", "0", "-c", "copy", "-map_metadata", "-1",
        "-metadata", f"{KEY}={json.dumps(label, separators=(',', ':'))}", "-metadata", f"title={title}",
        "-movflags", "use_metadata_tags+faststart", "-f", "mp4", f"file:{destination}",
    ]  # fmt: skip
    try:
        run_ffmpeg(arguments, timeout_seconds=_WRITER_TIMEOUT_SECONDS)
    except FfmpegRefused as error:
        raise LabelNotWritten(error.last_lines[-500:] or "ffmpeg failed") from error


def read_labels(path: Path) -> tuple[str, ...]:
    """Every `AIGC` value in the file as written, read box by box; a lawful file has exactly one."""
    return tuple(entry.text for entry in boxes.read_metadata(path) if entry.key == KEY)


def parse_label(text: str) -> dict[str, str]:
    """The fields of one label; accepts the wrapped form ``{"AIGC": {…}}`` some carriers use.

    Raises ValueError, saying why, for anything Annex E does not allow.
    """
    payload = json.loads(text)
    if isinstance(payload, dict) and set(payload) == {KEY}:
        payload = payload[KEY]
    if not isinstance(payload, dict) or set(payload) != set(FIELDS):
        raise ValueError(f"must hold exactly {', '.join(FIELDS)}")
    bad = [name for name, value in payload.items() if not isinstance(value, str) or not _PLAIN.match(value)]
    if bad:
        raise ValueError(f"{', '.join(bad)}: must be printable ASCII without quotes or backslash")
    if payload["Label"] not in ("1", "2", "3"):
        raise ValueError("Label must be 1, 2 or 3")
    return {name: payload[name] for name in FIELDS}
