"""The platform's one store of blobs, by settings: a folder under the home, or a bucket."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import IO

from django.conf import settings

from core.storage.base import BlobStore
from core.storage.local import LocalBlobStore
from core.storage.named import NamedFiles


def put_file(path: Path | str) -> str:
    """Store the file; returns its SHA-256. The file itself stays where it is."""
    with Path(path).open("rb") as file:
        return blob_store().put(file)


def put_bytes(content: bytes) -> str:
    """Store these bytes; returns their SHA-256."""
    return blob_store().put(io.BytesIO(content))


def path_for(sha256: str) -> Path:
    """A local file with the blob's bytes, to read only; raises `BlobMissing`."""
    return blob_store().path(sha256)


def open_blob(sha256: str) -> IO[bytes]:
    """The blob opened for reading; raises `BlobMissing`."""
    return path_for(sha256).open("rb")


def has_blob(sha256: str) -> bool:
    return blob_store().has(sha256)


def blob_store() -> BlobStore:
    return _store_for(settings.STORAGE_URL, settings.S3_ENDPOINT_URL, settings.ADLOOM_HOME)


def named_files(folder: str) -> NamedFiles | None:
    """Files that machines share by name under `folder` of the bucket; None where this install has no bucket."""
    return _named_for(settings.STORAGE_URL, settings.S3_ENDPOINT_URL, folder) if settings.STORAGE_URL else None


def prepare_bucket() -> None:
    """Make the bucket of an S3 server of one's own; a bucket that Amazon keeps is its operator's to make."""
    if settings.STORAGE_URL and settings.S3_ENDPOINT_URL:
        from core.storage.s3 import ensure_bucket

        ensure_bucket(settings.STORAGE_URL, settings.S3_ENDPOINT_URL)


@cache
def _named_for(url: str, endpoint_url: str, folder: str) -> NamedFiles:
    return NamedFiles(url, endpoint_url, folder)


@cache
def _store_for(url: str, endpoint_url: str, home: Path) -> BlobStore:
    if not url:
        return LocalBlobStore(home / "blobs")
    from core.storage.s3 import S3BlobStore

    return S3BlobStore(url, endpoint_url, LocalBlobStore(home / "cache" / "blobs"))
