"""Text of files that people saved: tables out of Excel, notes, pages."""

from __future__ import annotations

from core.errors import InputError


def decoded(name: str, body: bytes) -> str:
    """`body` as text in UTF-8, or in GB 18030, which Excel in Chinese saves tables in; else InputError by `name`."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return body.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise InputError(name, "is neither UTF-8 nor GB 18030 text", "bad_encoding")
