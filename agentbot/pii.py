"""Personal data at rest: sealed under a key per person, found again by a keyed hash, shown masked.

A data key lies wrapped (AES-256-GCM under a key derived from `PII_KEY`) in a row of its own;
emptying that row makes everything sealed under it unreadable, in backups of the other tables
too.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from functools import lru_cache

from agentbot.contacts import digits_written_out, written_contacts
from core import sealing

ERASED = ""
"""What a sealed text reads as once its key is gone."""
WRAP = "agentbot wrap"

_DIGITS = re.compile(r"\d(?:[\s-]?\d){5,}")
_HANDLE = re.compile(r"(?<![\w*@.-])(?=[A-Za-z0-9-]*_)[A-Za-z][\w-]{5,19}(?![\w@-])", re.ASCII)
"""With an underscore it is no word: an account's id, whatever app it belongs to."""
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def new_key() -> bytes:
    """A fresh data key, 32 bytes."""
    return os.urandom(32)


def wrap_key(key: bytes) -> bytes:
    """The data key as it may lie in the database."""
    return sealing.seal(sealing.key_for(WRAP), key)


@lru_cache(maxsize=20_000)
def unwrap_key(wrapped: bytes) -> bytes:
    """The data key of `wrap_key`; ValueError when `PII_KEY` is another one by now."""
    return sealing.unseal(sealing.key_for(WRAP), wrapped)


def seal(key: bytes, text: str) -> bytes:
    return sealing.seal(key, text.encode())


def unseal(key: bytes, sealed: bytes) -> str:
    """ValueError when it was sealed under another key or altered."""
    return sealing.unseal(key, bytes(sealed)).decode()


def blind_index(scope: str, kind: str, value: str) -> bytes:
    """Equal for equal values within `scope` (an advertiser's id), and says nothing without the key."""
    message = "\x1f".join((scope, kind, value)).encode()
    return hmac.new(sealing.key_for("agentbot index"), message, hashlib.sha256).digest()


def mask(value: str) -> str:
    """A contact as it may be shown in a list or a log: 138****8000, z***@example.com."""
    if "@" in value:
        name, _, domain = value.partition("@")
        return f"{name[:1]}***@{domain}"
    if len(value) < 7:
        return f"{value[:1]}***"
    bare = value.removeprefix("+86")
    return f"{bare[:3]}****{bare[-4:]}"


def mask_text(text: str) -> str:
    """`text` with every contact in it masked, however it is written, and whatever else looks like a number
    to call, an address to write to or an account's id."""
    for start, end, shown in sorted(_personal(text), reverse=True):
        text = text[:start] + shown + text[end:]
    rest = _EMAIL.sub(lambda found: mask(found.group()), text)
    return _HANDLE.sub(lambda found: mask(found.group()[:6]), _DIGITS.sub(lambda found: mask(found.group()), rest))


def _personal(text: str) -> list[tuple[int, int, str]]:
    """Where contacts and spelled-out numbers stand, none overlapping, with what is shown instead."""
    found = [(each.start, each.end, _shown(each.type, each.value)) for each in written_contacts(text)]
    for start, end in digits_written_out(text):
        if all(end <= first or start >= last for first, last, _ in found):
            found.append((start, end, "****"))
    return found


def _shown(kind: str, value: str) -> str:
    return f"{value[:1]}***" if kind == "wechat" else mask(value)
