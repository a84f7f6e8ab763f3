"""Which pages may show a widget, and the headers that say so to a browser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings

from core.errors import InputError

ANY = "*"
MOST_ORIGINS = 40
_HOST = re.compile(r"^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?$|^\[[0-9a-f:]+\]$")


def parse_origins(text: str) -> tuple[str, ...]:
    """One origin a line (`https://shop.example`, `https://*.shop.example` or `*`); `InputError` names an odd one."""
    found = dict.fromkeys(clean_origin(line) for line in re.split(r"[\s,，、]+", text.strip()) if line)
    if len(found) > MOST_ORIGINS:
        raise InputError("origins", f"are more than {MOST_ORIGINS}; *.example.com covers a whole domain", "too_many")
    return tuple(found)


def clean_origin(line: str) -> str:
    """A page's address or a bare host becomes its origin."""
    if line == ANY:
        return ANY
    whole = line if "://" in line else f"https://{line}"
    try:
        parts = urlsplit(whole.lower())
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise InputError(line, "is not the address of a page, such as https://shop.example", "bad_origin") from error
    host = parts.netloc.rpartition("@")[2].removesuffix(port)
    if parts.scheme not in ("http", "https") or not _HOST.match(host):
        raise InputError(line, "is not the address of a page, such as https://shop.example", "bad_origin")
    return f"{parts.scheme}://{host}{port}"


def is_allowed(origin: str, allowed: Sequence[str]) -> bool:
    """Our own pages always; no origin at all is a request that no other site's page made."""
    if not origin or ANY in allowed or origin in allowed or origin == own_origin():
        return True
    scheme, _, host = origin.partition("://")
    return any(
        host.endswith("." + each.partition("://*.")[2]) and each.startswith(f"{scheme}://*.")
        for each in allowed
        if "://*." in each
    )


def own_origin() -> str:
    parts = urlsplit(settings.PUBLIC_URL)
    return f"{parts.scheme}://{parts.netloc}"


def cors_headers(origin: str) -> dict[str, str]:
    """No credentials: a widget brings a token of its own and no cookie."""
    if not origin:
        return {"vary": "origin"}
    return {
        "access-control-allow-origin": origin,
        "access-control-allow-methods": "GET, POST, OPTIONS",
        "access-control-allow-headers": "content-type, last-event-id",
        "access-control-max-age": "600",
        "cross-origin-resource-policy": "cross-origin",
        "vary": "origin",
    }
