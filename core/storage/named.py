"""Files in a bucket by a name their owner chose, for caches that several machines share.

Unlike blobs they may be missing at any time and may be replaced.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from core.errors import ServiceDown


class NamedFiles:
    """`s3://bucket/prefix/folder/ab/abcd…`. Every call raises ServiceDown when the bucket does not answer."""

    def __init__(self, url: str, endpoint_url: str, folder: str) -> None:
        from core.storage.s3 import open_bucket

        self._bucket = open_bucket(f"{url.rstrip('/')}/{folder}", endpoint_url)

    def has(self, name: str) -> bool:
        return bool(self._ask("exists", _key(name)))

    def fetch(self, name: str, target: Path) -> bool:
        """Write the named file to `target`; False where there is none."""
        if not self.has(name):
            return False
        with self._ask("open", _key(name)) as remote, target.open("wb") as file:
            shutil.copyfileobj(remote, file)
        return True

    def keep(self, name: str, source: Path) -> None:
        """Keep `source` under this name, in place of what had it."""
        from django.core.files import File

        with source.open("rb") as file:
            self._ask("save", _key(name), File(file))

    def _ask(self, method: str, *arguments: Any) -> Any:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return getattr(self._bucket, method)(*arguments)
        except (BotoCoreError, ClientError) as error:
            raise ServiceDown("storage", f"{method}: {error}") from error


def _key(name: str) -> str:
    return f"{name[:2]}/{name}"
