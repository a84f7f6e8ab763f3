"""Voiced sentences on disk under ADLOOM_HOME/speech: made once, found again, the least used thrown away.

Each is two files: the samples and, written last, its facts with the samples' checksum. A pair
that does not hold together counts as never made.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_BYTES = 2 * 1024**3
"""About six hours of speech."""
_YOUNG_SECONDS = 24 * 3600.0
"""What was used within a day may be on air any moment: a room holds its bridges and answers by their paths."""
_NEWBORN_SECONDS = 3600.0
"""Beyond twice the bound only this much is spared."""
_WRITES_BETWEEN_SWEEPS = 64


class SpeechStore:
    """One folder of voiced sentences; any number of processes may share it."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES, young_seconds: float = _YOUNG_SECONDS) -> None:
        self.folder = folder
        self.most_bytes = most_bytes
        self.young_seconds = young_seconds
        self._writes = 0

    def find(self, key: str) -> tuple[dict[str, Any], Path] | None:
        """The facts and the path of the samples; None when there are none or they are damaged."""
        facts_path, sound = self.folder / f"{key}.json", self.folder / f"{key}.npy"
        try:
            facts: dict[str, Any] = json.loads(facts_path.read_text("utf-8"))
            if facts["checksum"] != _checksum(sound.read_bytes()):
                return None
            now = time.time()
            os.utime(sound, (now, now))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return facts, sound

    def keep(self, key: str, samples: NDArray[np.int16], facts: dict[str, Any]) -> Path:
        """Write samples and facts, whole or not at all, and return the path of the samples."""
        self.folder.mkdir(parents=True, exist_ok=True)
        sound = self.folder / f"{key}.npy"
        mark = f".{key}.{os.getpid()}.{threading.get_ident()}"
        content = io.BytesIO()
        np.save(content, samples)
        temporary = self.folder / f"{mark}.npy.part"
        temporary.write_bytes(content.getbuffer())
        os.replace(temporary, sound)
        temporary = self.folder / f"{mark}.json.part"
        temporary.write_text(
            json.dumps({**facts, "checksum": _checksum(content.getbuffer())}, ensure_ascii=False), "utf-8"
        )
        os.replace(temporary, self.folder / f"{key}.json")
        self._writes += 1
        if self._writes % _WRITES_BETWEEN_SWEEPS == 1:
            self.sweep()
        return sound

    def sweep(self) -> int:
        """Throw away the least recently used beyond the bound, beyond twice the bound also younger; how many went."""
        self._drop_halves()
        spared = min(_NEWBORN_SECONDS, self.young_seconds)
        return self._sweep(self.most_bytes, self.young_seconds) + self._sweep(2 * self.most_bytes, spared)

    def _drop_halves(self) -> None:
        """What a process that died left half written."""
        for path in self.folder.glob(".*.part"):
            try:
                if time.time() - path.stat().st_mtime > _NEWBORN_SECONDS:
                    path.unlink(missing_ok=True)
            except OSError:
                continue

    def _sweep(self, most_bytes: int, young_seconds: float) -> int:
        entries = sorted(self._entries(), key=lambda entry: entry[1])
        held = sum(size for _, _, size in entries)
        gone = 0
        for path, used, size in entries:
            if held <= most_bytes or time.time() - used < young_seconds:
                break
            # Facts first: samples without facts count as never made, facts without samples would be looked at twice.
            path.with_suffix(".json").unlink(missing_ok=True)
            path.unlink(missing_ok=True)
            held -= size
            gone += 1
        return gone

    def _entries(self) -> list[tuple[Path, float, int]]:
        found = []
        for path in self.folder.glob("*.npy"):
            try:
                status = path.stat()
            except OSError:
                continue
            found.append((path, status.st_mtime, status.st_size))
        return found


def _checksum(content: bytes | memoryview) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
