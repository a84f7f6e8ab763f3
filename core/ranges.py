"""Sends bytes with ranges, as players need to seek; the caller has checked who may have them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Protocol

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header, http_date, parse_etags, parse_http_date_safe

CHUNK_BYTES = 256 * 1024
KEPT_SECONDS = 3600
_RANGE = re.compile(r"bytes=(?:(\d+)-(\d*)|-(\d+))$")


class Body(Protocol):
    """Something of a known size that can be read from any place on."""

    @property
    def size(self) -> int: ...

    def iter_range(self, first: int, last: int) -> Iterator[bytes]:
        """Bytes `first` to `last`, both inclusive, in parts."""
        ...

    def close(self) -> None:
        """Called once when nothing more is read."""
        ...


class FileBody:
    """A file on disk."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self.size = self._file.seek(0, 2)

    def iter_range(self, first: int, last: int) -> Iterator[bytes]:
        self._file.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := self._file.read(min(CHUNK_BYTES, left))):
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        self._file.close()


def send_file(
    request: HttpRequest, path: Path, content_type: str, download_name: str = "", is_immutable: bool = False
) -> HttpResponseBase:
    """`path` by `send_body`; browsers that have it already are told so by its time of change."""
    changed = int(path.stat().st_mtime)
    return send_body(request, FileBody(path), content_type, download_name, is_immutable, changed_at=changed)


def send_body(
    request: HttpRequest,
    body: Body,
    content_type: str,
    download_name: str = "",
    is_immutable: bool = False,
    etag: str = "",
    changed_at: int | None = None,
) -> HttpResponseBase:
    """`body` whole, or the one range asked for (206), or 416 where it lies outside; it is closed at the end.

    With `download_name` the browser saves it under that name. `is_immutable` says that
    this address never shows other bytes, so that browsers need not ask again. `etag`
    (without quotes) and `changed_at` (seconds since 1970) name these bytes: what was cut
    off goes on only from the same ones.
    """
    quoted = f'"{etag}"' if etag else ""
    if _is_known(request, quoted, changed_at):
        body.close()
        return _told(HttpResponse(status=304), quoted, changed_at, is_immutable)
    wanted_range = request.headers.get("Range", "") if _goes_on(request, quoted, changed_at) else ""
    first, last = _wanted(wanted_range, body.size)
    if first > last and body.size:
        body.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{body.size}"})
    response = _answer(request, body, first, last, content_type)
    if _RANGE.match(wanted_range.strip()):
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{last}/{body.size}"
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    if download_name:
        response["Content-Disposition"] = content_disposition_header(True, download_name) or "attachment"
    return _told(response, quoted, changed_at, is_immutable)


def _is_known(request: HttpRequest, etag: str, changed_at: int | None) -> bool:
    """Whether the browser says that it has these bytes."""
    known = request.headers.get("If-None-Match")
    if known is not None:
        return bool(etag) and etag in parse_etags(known)
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return changed_at is not None and since == changed_at and "Range" not in request.headers


def _goes_on(request: HttpRequest, etag: str, changed_at: int | None) -> bool:
    """Whether a range is of the bytes the browser began with; where it does not say, it is."""
    begun = request.headers.get("If-Range", "")
    if not begun:
        return True
    return begun == etag if begun.startswith('"') else parse_http_date_safe(begun) == changed_at


def _told(response: HttpResponseBase, etag: str, changed_at: int | None, is_immutable: bool) -> HttpResponseBase:
    if etag:
        response["ETag"] = etag
    if changed_at is not None:
        response["Last-Modified"] = http_date(changed_at)
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}, immutable" if is_immutable else "private, no-cache"
    return response


def _wanted(header: str, size: int) -> tuple[int, int]:
    """First and last byte asked for; the whole file for none, or for a form we do not serve (several ranges)."""
    found = _RANGE.match(header.strip())
    if not found:
        return 0, size - 1
    first, last, tail = found.groups()
    if tail:
        return (max(0, size - int(tail)), size - 1) if int(tail) else (size, size - 1)
    return int(first), min(int(last), size - 1) if last else size - 1


def _answer(request: HttpRequest, body: Body, first: int, last: int, content_type: str) -> HttpResponseBase:
    if request.method == "HEAD":
        body.close()
        return HttpResponse(content_type=content_type)
    parts = body.iter_range(first, last)
    # Under ASGI a plain iterator would be read into memory whole before the first byte leaves.
    sent = _PartsLater(body, parts) if isinstance(request, ASGIRequest) else _Parts(body, parts)
    return StreamingHttpResponse(sent, content_type=content_type)


class _Parts:
    """Parts of a body, which the response closes when it ends, even one that was never begun."""

    def __init__(self, body: Body, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self.close = body.close

    def __iter__(self) -> Iterator[bytes]:
        return self._parts


class _PartsLater:
    """The same, each part read in a thread."""

    def __init__(self, body: Body, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self.close = body.close

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while part := await asyncio.to_thread(next, self._parts, b""):
            yield part
