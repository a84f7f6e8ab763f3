"""Standard Webhooks signatures: `v1,base64(HMAC-SHA256(secret, id.timestamp.body))` over the raw bytes."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.errors import InputError, TerminalError

PREFIX = "whsec_"
SECRET_BYTES = 24
TOLERANCE_SECONDS = 300
ID_HEADER, TIME_HEADER, SIGNATURE_HEADER = "webhook-id", "webhook-timestamp", "webhook-signature"
LONGEST_ID = 200


class BadSignature(TerminalError):
    """Not signed by somebody who has the secret, or not now."""

    code = "bad_signature"


@dataclass(frozen=True)
class SignedHeaders:
    """The three headers of a request, as they came."""

    id: str
    timestamp: str
    signature: str


def new_secret() -> str:
    """`whsec_` and 24 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def secret_bytes(secret: str) -> bytes:
    """The key behind `secret`, with or without its prefix; `InputError` when it is not base64."""
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise InputError("secret", "is not whsec_ followed by base64", "bad_secret") from error


def sign(key: bytes, event_id: str, timestamp: int, body: bytes) -> str:
    signed = b".".join((event_id.encode(), str(timestamp).encode(), body))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def signed_headers(keys: Iterable[bytes], event_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Headers of a request to send; several keys give several signatures while a secret is replaced."""
    return {
        ID_HEADER: event_id,
        TIME_HEADER: str(timestamp),
        SIGNATURE_HEADER: " ".join(sign(key, event_id, timestamp, body) for key in keys),
    }


def read_headers(headers: Mapping[str, str]) -> SignedHeaders:
    """The three headers (names in lower case); `BadSignature` names the one that is missing."""
    for name in (ID_HEADER, TIME_HEADER, SIGNATURE_HEADER):
        if not headers.get(name):
            raise BadSignature(f"{name} is missing")
    if len(headers[ID_HEADER]) > LONGEST_ID:
        raise BadSignature(f"{ID_HEADER} is longer than {LONGEST_ID} characters")
    return SignedHeaders(headers[ID_HEADER], headers[TIME_HEADER], headers[SIGNATURE_HEADER])


def verify(keys: Iterable[bytes], headers: SignedHeaders, body: bytes, now: float) -> None:
    """Raise `BadSignature` unless one signature fits one key and the timestamp is within 5 minutes of `now`.

    Every pair is compared, each in constant time, so that the answer's delay says nothing.
    """
    _check_time(headers.timestamp, now)
    offered = [part.encode() for part in headers.signature.split()[:10] if part.startswith("v1,")]
    fits = False
    for key in keys:
        expected = sign(key, headers.id, int(headers.timestamp), body).encode()
        for signature in offered:
            fits |= hmac.compare_digest(expected, signature)
    if not fits:
        raise BadSignature("no signature fits")


def _check_time(timestamp: str, now: float) -> None:
    if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 12 or str(int(timestamp)) != timestamp:
        raise BadSignature(f"{TIME_HEADER} is not a whole number of seconds")
    if abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        raise BadSignature(f"{TIME_HEADER} is more than {TOLERANCE_SECONDS} s off")
