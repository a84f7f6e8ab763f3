"""Blobs in a bucket of any S3 API, with a local cache, because ffmpeg reads files.

Keys and credentials come from where boto3 looks for them (`AWS_ACCESS_KEY_ID`, an
instance role, …).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from django.core.files import File

from core.errors import RetryableError, ServiceDown
from core.storage.base import BlobMissing
from core.storage.hashing import check_sha256, copy_hashing, settle, temporary_beside
from core.storage.local import LocalBlobStore
from core.storage.trimming import trim

CACHE_BYTES = 20 * 1024**3


class BlobDamaged(RetryableError):
    """What came over the wire has another hash than its name; the next fetch may be whole."""

    code = "blob_damaged"


class S3BlobStore:
    """`s3://bucket/prefix`; every blob passes through `cache`."""

    def __init__(self, url: str, endpoint_url: str, cache: LocalBlobStore, cache_bytes: int = CACHE_BYTES) -> None:
        self.cache = cache
        self.cache_bytes = cache_bytes
        self._bucket = open_bucket(url, endpoint_url)

    def put(self, source: IO[bytes]) -> str:
        sha256 = self.cache.put(source)
        if not self._in_bucket(sha256):
            with self.cache.path(sha256).open("rb") as file:
                self._ask("save", _key(sha256), File(file))
        return sha256

    def path(self, sha256: str) -> Path:
        if not self.cache.has(sha256):
            self._fetch(sha256)
            trim([self.cache.folder], self.cache_bytes)
        path = self.cache.path(sha256)
        os.utime(path)
        return path

    def has(self, sha256: str) -> bool:
        return self.cache.has(sha256) or self._in_bucket(sha256)

    def _in_bucket(self, sha256: str) -> bool:
        return bool(self._ask("exists", _key(sha256)))

    def _fetch(self, sha256: str) -> None:
        if not self._in_bucket(sha256):
            raise BlobMissing(f"{sha256} is not in the bucket")
        with self._ask("open", _key(sha256)) as remote, temporary_beside(self.cache.folder / "incoming") as file:
            if copy_hashing(remote, file) != sha256:
                raise BlobDamaged(f"{sha256} came damaged")
            settle(file, self.cache.place(sha256))

    def _ask(self, method: str, *arguments: Any) -> Any:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return getattr(self._bucket, method)(*arguments)
        except (BotoCoreError, ClientError) as error:
            raise ServiceDown("storage", f"{method}: {error}") from error


def _key(sha256: str) -> str:
    check_sha256(sha256)
    return f"{sha256[:2]}/{sha256}"


def open_bucket(url: str, endpoint_url: str) -> Any:
    """The bucket and prefix of `s3://bucket/prefix`, as django-storages has it."""
    from storages.backends.s3 import S3Storage

    parts = urlsplit(url)
    return S3Storage(
        bucket_name=parts.netloc,
        location=parts.path.strip("/"),
        endpoint_url=endpoint_url or None,
        file_overwrite=True,
        default_acl=None,
    )


def ensure_bucket(url: str, endpoint_url: str) -> None:
    """Make the bucket where the server has none of that name. Raises ServiceDown when it does not answer or refuses."""
    from botocore.exceptions import BotoCoreError, ClientError

    name = urlsplit(url).netloc
    try:
        client = open_bucket(url, endpoint_url).connection.meta.client
        try:
            client.head_bucket(Bucket=name)
        except ClientError as error:
            if error.response["Error"]["Code"] not in ("404", "NoSuchBucket"):
                raise
            client.create_bucket(Bucket=name)
    except (BotoCoreError, ClientError) as error:
        raise ServiceDown("storage", f"bucket {name}: {error}") from error
