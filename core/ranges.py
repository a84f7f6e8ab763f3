"""Sends a file with byte ranges, as players need to seek; the caller has checked who may have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe

CHUNK_BYTES = 256 * 1024
KEPT_SECONDS = 3600
_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


def send_file(
    request: HttpRequest, path: Path, content_type: str, download_name: str = "", is_immutable: bool = False
) -> HttpResponseBase:
    """`path` whole, or the one range asked for (206), or 416 where it lies outside the file.

    With `download_name` the browser saves it under that name. `is_immutable` says that
    this address never shows other bytes, so that browsers need not ask again.
    """
    size, changed = path.stat().st_size, int(path.stat().st_mtime)
    if parse_http_date_safe(request.headers.get("If-Modified-Since", "")) == changed and "Range" not in request.headers:
        return HttpResponse(status=304)
    wanted = _wanted(request.headers.get("Range", ""), size)
    response: HttpResponseBase
    if wanted is None:
        response = FileResponse(path.open("rb"), content_type=content_type)
        response["Content-Length"] = str(size)
    elif wanted[0] > wanted[1]:
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        first, last = wanted
        response = StreamingHttpResponse(_stretch(path.open("rb"), first, last), 206, content_type=content_type)
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
        response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    response["Last-Modified"] = http_date(changed)
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}, immutable" if is_immutable else "private, no-cache"
    if download_name:
        response["Content-Disposition"] = content_disposition_header(True, download_name) or "attachment"
    return response


def _wanted(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for; None for the whole file or a form we do not serve (several ranges)."""
    found = _RANGE.match(header.strip())
    if not found or found.group(0) == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _stretch(file: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := file.read(min(CHUNK_BYTES, left))):
            left -= len(chunk)
            yield chunk

