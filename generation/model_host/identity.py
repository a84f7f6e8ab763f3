"""What a shot is made of, as one hash: the same order is the same shot, whoever asks and whenever."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.errors import InputError
from core.storage.api import path_for, put_file
from generation.engines.clips.base import ClipRequest, bucket_of, plain_request

ENGINE_VERSION = 1
"""Raised when the same weights and request come out otherwise than before."""

FILE_FIELDS = ("image", "last_image", "extend", "sketch", "mask")


def stored_request(request: ClipRequest) -> ClipRequest:
    """`request` with its pictures and clips as SHA-256 of stored blobs, so that any machine can run it, and later too.

    InputError names the one that is not there.
    """
    given: dict[str, Any] = {name: _stored(name, getattr(request, name)) for name in FILE_FIELDS}
    return replace(request, references=tuple(_stored("references", path) for path in request.references), **given)


def opened_request(request: ClipRequest) -> ClipRequest:
    """The stored request with paths on this machine; BlobMissing."""
    given: dict[str, Any] = {name: _opened(getattr(request, name)) for name in FILE_FIELDS}
    return replace(request, references=tuple(_opened(sha256) for sha256 in request.references), **given)


def _stored(name: str, path: str) -> str:
    if not path:
        return ""
    if not Path(path).is_file():
        raise InputError(name, f"there is no file {path}", "missing_file")
    return put_file(path)


def _opened(sha256: str) -> str:
    return str(path_for(sha256)) if sha256 else ""


def pipeline_name(engine: str, checkpoint_hash: str) -> str:
    """The weights a run needs: what a host keeps warm."""
    return f"{engine}:{checkpoint_hash[:16]}"


def bucket_name(engine: str, checkpoint_hash: str, request: ClipRequest) -> str:
    """Shots of one bucket may share a run: same weights, kind, shapes, steps and guidance."""
    return f"{pipeline_name(engine, checkpoint_hash)}:{bucket_of(request)}"


def shot_key(engine: str, checkpoint_hash: str, request: ClipRequest, step_cache_percent: int = 0) -> str:
    """64 hex digits over all that decides the picture; `request` as `stored_request` gives it."""
    parts = [engine, ENGINE_VERSION, checkpoint_hash, step_cache_percent, plain_request(request)]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
