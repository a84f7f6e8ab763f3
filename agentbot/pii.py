"""Personal data at rest: sealed under a key per person, found again by a keyed hash, shown masked.

A data key lies wrapped (AES-256-GCM under a key derived from `PII_KEY`) in a row of its own;
emptying that row makes everything sealed under it unreadable, in backups of the other tables
too. What is sealed is `nonce (12 bytes) ‖ ciphertext and tag`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from agentbot.contacts import digits_written_out, written_contacts

NONCE_BYTES = 12
ERASED = ""
"""What a sealed text reads as once its key is gone."""

_DIGITS = re.compile(r"\d(?:[\s-]?\d){5,}")
_HANDLE = re.compile(r"(?<![\w*@.-])(?=[A-Za-z0-9-]*_)[A-Za-z][\w-]{5,19}(?![\w@-])", re.ASCII)
"""With an underscore it is no word: an account's id, whatever app it belongs to."""
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def new_key() -> bytes:
    """A fresh data key, 32 bytes."""
    return os.urandom(32)


def wrap_key(key: bytes) -> bytes:
    """The data key as it may lie in the database."""
    return _seal(_derived("wrap"), key)


@lru_cache(maxsize=20_000)
def unwrap_key(wrapped: bytes) -> bytes:
    """The data key of `wrap_key`; ValueError when `PII_KEY` is another one by now."""
    return _unseal(_derived("wrap"), wrapped)


def seal(key: bytes, text: str) -> bytes:
    return _seal(key, text.encode())


def unseal(key: bytes, sealed: bytes) -> str:
    """ValueError when it was sealed under another key or altered."""
    return _unseal(key, bytes(sealed)).decode()


def blind_index(scope: str, kind: str, value: str) -> bytes:
    """Equal for equal values within `scope` (an advertiser's id), and says nothing without the key."""
    message = "\x1f".join((scope, kind, value)).encode()
    return hmac.new(_derived("index"), message, hashlib.sha256).digest()


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


def _seal(key: bytes, plain: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, None)


def _unseal(key: bytes, sealed: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
    except InvalidTag as error:
        raise ValueError("sealed under another key, or altered") from error


@lru_cache(maxsize=8)
def _derived(purpose: str) -> bytes:
    """One key per purpose from `PII_KEY` (HMAC-SHA-256 as the extract-and-expand of one block)."""
    master = base64.urlsafe_b64decode(settings.PII_KEY)
    return hmac.new(master, f"adloom agentbot {purpose}".encode(), hashlib.sha256).digest()
