"""What a place for blobs has to do."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Protocol

from core.errors import TerminalError


class BlobMissing(TerminalError):
    """No blob has this hash; somebody removed it, or it was never stored."""

    code = "blob_missing"


class BlobStore(Protocol):
    """Blobs are named by the SHA-256 of their bytes, so they never change and storing one twice is one blob."""

    def put(self, source: IO[bytes]) -> str:
        """Store everything `source` holds; returns its SHA-256."""
        ...

    def path(self, sha256: str) -> Path:
        """A local file with these bytes, not to be written to; raises `BlobMissing`."""
        ...

    def has(self, sha256: str) -> bool: ...
