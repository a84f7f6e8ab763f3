"""Secrets and personal data at rest: AES-256-GCM under keys derived from `PII_KEY`, one per purpose.

What is sealed is `nonce (12 bytes) ‖ ciphertext and tag`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


def seal(key: bytes, plain: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, None)


def unseal(key: bytes, sealed: bytes) -> bytes:
    """ValueError when it was sealed under another key, or altered."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
    except InvalidTag as error:
        raise ValueError("sealed under another key, or altered") from error


@lru_cache(maxsize=16)
def key_for(purpose: str) -> bytes:
    """One key per purpose from `PII_KEY` (HMAC-SHA-256 as the extract-and-expand of one block)."""
    master = base64.urlsafe_b64decode(settings.PII_KEY)
    return hmac.new(master, f"adloom {purpose}".encode(), hashlib.sha256).digest()
