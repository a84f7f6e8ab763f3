"""Blobs in a folder: the store of a single machine, and the cache in front of a bucket."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from core.storage.base import BlobMissing
from core.storage.hashing import check_sha256, copy_hashing, settle, temporary_beside


class LocalBlobStore:
    """`folder/ab/cd/abcd…`: two levels, so that no folder grows past what file systems like."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, source: IO[bytes]) -> str:
        with temporary_beside(self.folder / "incoming") as file:
            sha256 = copy_hashing(source, file)
            if not self.has(sha256):
                settle(file, self.place(sha256))
        return sha256

    def path(self, sha256: str) -> Path:
        path = self.place(sha256)
        if not path.is_file():
            raise BlobMissing(f"{sha256} is not in {self.folder}")
        return path

    def has(self, sha256: str) -> bool:
        return self.place(sha256).is_file()

    def place(self, sha256: str) -> Path:
        check_sha256(sha256)
        return self.folder / sha256[:2] / sha256[2:4] / sha256
