"""Sends a file with byte ranges, as players need to seek; the caller has checked who may have it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import BinaryIO

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe

CHUNK_BYTES = 256 * 1024
KEPT_SECONDS = 3600
_RANGE = re.compile(r"bytes=(?:(\d+)-(\d*)|-(\d+))$")


def send_file(
    request: HttpRequest, path: Path, content_type: str, download_name: str = "", is_immutable: bool = False
) -> HttpResponseBase:
    """`path` whole, or the one range asked for (206), or 416 where it lies outside the file.

    With `download_name` the browser saves it under that name. `is_immutable` says that
    this address never shows other bytes, so that browsers need not ask again.
    """
    size, changed = path.stat().st_size, int(path.stat().st_mtime)
    wanted_range = request.headers.get("Range", "")
    if parse_http_date_safe(request.headers.get("If-Modified-Since", "")) == changed and not wanted_range:
        return HttpResponse(status=304)
    first, last = _wanted(wanted_range, size)
    if first > last and size:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    is_part = (first, last) != (0, size - 1) or bool(_RANGE.match(wanted_range.strip()))
    response = StreamingHttpResponse(_content(request, path, first, last), content_type=content_type)
    if is_part:
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    response["Last-Modified"] = http_date(changed)
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}, immutable" if is_immutable else "private, no-cache"
    if download_name:
        response["Content-Disposition"] = content_disposition_header(True, download_name) or "attachment"
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


def _content(request: HttpRequest, path: Path, first: int, last: int) -> Iterator[bytes] | AsyncIterator[bytes]:
    """Under ASGI a plain iterator would be read into memory whole before the first byte leaves."""
    file = path.open("rb")
    return _read_later(file, first, last) if isinstance(request, ASGIRequest) else _read(file, first, last)


def _read(file: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := file.read(min(CHUNK_BYTES, left))):
            left -= len(chunk)
            yield chunk


async def _read_later(file: BinaryIO, first: int, last: int) -> AsyncIterator[bytes]:
    with file:
        await asyncio.to_thread(file.seek, first)
        left = last - first + 1
        while left > 0 and (chunk := await asyncio.to_thread(file.read, min(CHUNK_BYTES, left))):
            left -= len(chunk)
            yield chunk
