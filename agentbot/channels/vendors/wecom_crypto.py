"""How WeCom signs and seals what it calls back with.

After developer.work.weixin.qq.com "加解密方案说明" (document/path/91144, updated 2024-07-18, read 2026-11-23): the
signature is SHA-1 over token, timestamp, nonce and the sealed text, sorted; sealed is AES-256-CBC under the
EncodingAESKey, padded to 32 bytes, `16 random bytes ‖ length (4 bytes, big-endian) ‖ message ‖ receiver`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from lxml import etree

from core.errors import InputError
from core.webhooks.signing import TOLERANCE_SECONDS, BadSignature

BLOCK_BYTES = 32
RANDOM_BYTES = 16
LENGTH_BYTES = 4


def sign(token: str, timestamp: str, nonce: str, sealed: str) -> str:
    return hashlib.sha1("".join(sorted((token, timestamp, nonce, sealed))).encode()).hexdigest()


def verify(token: str, query: Mapping[str, str], sealed: str, now: float) -> None:
    """Raises `BadSignature`, also for a moment more than 5 minutes off."""
    timestamp = query.get("timestamp", "")
    expected = sign(token, timestamp, query.get("nonce", ""), sealed)
    if not hmac.compare_digest(expected.encode(), query.get("msg_signature", "").encode()):
        raise BadSignature("msg_signature does not fit")
    if not timestamp.isdecimal() or len(timestamp) > 12 or abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        raise BadSignature(f"timestamp is more than {TOLERANCE_SECONDS} s off")


def aes_key(encoding_key: str) -> bytes:
    """The 32 bytes behind the 43 characters of an EncodingAESKey, or `InputError`."""
    try:
        key = base64.b64decode(encoding_key + "=")
    except (binascii.Error, ValueError) as error:
        raise InputError("aes_key", "is not the 43 characters of an EncodingAESKey", "bad_credential") from error
    if len(key) != 32:
        raise InputError("aes_key", "is not the 43 characters of an EncodingAESKey", "bad_credential")
    return key


def unseal(encoding_key: str, sealed: str, receiver: str) -> bytes:
    """The message; `BadSignature` when it was sealed with another key or for somebody else."""
    key = aes_key(encoding_key)
    try:
        body = base64.b64decode(sealed, validate=True)
        decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
        plain = decryptor.update(body) + decryptor.finalize()
    except (binascii.Error, ValueError) as error:
        raise BadSignature("what is sealed cannot be opened") from error
    padding = plain[-1] if plain else 0
    if not 1 <= padding <= BLOCK_BYTES or len(plain) - padding < RANDOM_BYTES + LENGTH_BYTES:
        raise BadSignature("what is sealed cannot be opened")
    inner = plain[RANDOM_BYTES:-padding]
    size = int.from_bytes(inner[:LENGTH_BYTES], "big")
    message, owner = inner[LENGTH_BYTES : LENGTH_BYTES + size], inner[LENGTH_BYTES + size :]
    if len(message) != size or not hmac.compare_digest(owner, receiver.encode()):
        raise BadSignature("this is sealed for somebody else")
    return message


def read_xml(body: bytes) -> dict[str, str]:
    """The children of `<xml>` as text; nothing outside the body is ever read, and entities stay what they are."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError("body", "is not XML", "bad_xml") from error
    return {str(each.tag): each.text or "" for each in root if isinstance(each.tag, str)}
