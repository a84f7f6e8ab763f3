"""Who signed a request: known answers, and everything altered, forged or lengthened turned away."""

from __future__ import annotations

import dataclasses
import hashlib
import struct
from collections.abc import Callable

import pytest

from agentbot.channels.vendors import douyin, kuaishou, meta, wecom_crypto
from agentbot.channels.vendors.base import Request, Vendor
from agentbot.channels.vendors.known import VENDORS
from core.errors import InputError
from core.webhooks.signing import BadSignature
from tests.agentbot.channels.vendors import samples

NOW = 1_700_000_000
CASES: list[tuple[str, dict[str, str], Callable[[], Request]]] = [
    ("douyin", samples.DOUYIN, samples.douyin_message),
    ("kuaishou", samples.KUAISHOU, lambda: samples.kuaishou_request("IM_RECEIVE_MSG", {"from_open_id": "v1"})),
    ("messenger", samples.MESSENGER, lambda: samples.messenger_page(samples.messenger_message())),
    ("whatsapp", samples.WHATSAPP, lambda: samples.whatsapp_request(messages=[samples.whatsapp_message()])),
    ("wecom", samples.WECOM, lambda: samples.wecom_request(NOW)),
]


def test_known_answers():
    body = b'{"event":"verify_webhook","client_key":"abc","content":{"challenge":12345}}'
    assert douyin.sign("key", body) == hashlib.sha1(b"key" + body).hexdigest()
    assert kuaishou.sign("key", body) == hashlib.md5(body + b"key").hexdigest()
    # hexdocs.pm/whatsapp_sdk, WhatsApp.Webhook.compute_signature("test", "secret"), read 2026-11-23.
    assert meta.sign("secret", b"test") == "sha256=0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914"


def test_the_handshake_that_wecom_prints_with_its_libraries():
    """cnblogs.com/hnbiao/p/5056604.html and the vendor's samples, read 2026-11-23."""
    query = {"timestamp": "1409659589", "nonce": "263014780"}
    query["msg_signature"] = "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3"
    query["echostr"] = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="

    reply = VENDORS["wecom"].greet(samples.WECOM, Request("GET", query, {}, b""), 1409659589.0)

    assert reply is not None
    assert reply.body == b"1616140317555161061"


@pytest.mark.parametrize(("kind", "secrets", "make"), CASES)
def test_what_is_signed_is_read(kind, secrets, make):
    assert VENDORS[kind].read(secrets, make(), NOW) is not None


@pytest.mark.parametrize(("kind", "secrets", "make"), CASES)
def test_any_byte_changed_is_noticed(kind, secrets, make):
    request = make()
    for place in range(0, len(request.body), 7):
        altered = bytearray(request.body)
        altered[place] ^= 1
        with pytest.raises((BadSignature, InputError)):
            VENDORS[kind].read(secrets, dataclasses.replace(request, body=bytes(altered)), NOW)


@pytest.mark.parametrize(("kind", "secrets", "make"), CASES)
def test_no_signature_is_no_signature(kind, secrets, make):
    request = make()
    with pytest.raises((BadSignature, InputError)):
        VENDORS[kind].read(secrets, dataclasses.replace(request, headers={}, query={}), NOW)


@pytest.mark.parametrize(("kind", "secrets", "make"), CASES)
def test_somebody_elses_secret_does_not_do(kind, secrets, make):
    names = {"client_secret": "x", "app_secret": "x", "token": "x"}
    other = {name: names.get(name, value) for name, value in secrets.items()}
    with pytest.raises(BadSignature):
        VENDORS[kind].read(other, make(), NOW)


def test_a_body_lengthened_under_douyins_signature_is_no_body():
    """SHA-1 over secret and body lets a stranger append; what they append to is no text any more."""
    request = samples.douyin_message()
    secret_size = len(samples.DOUYIN["client_secret"])
    glue = _padding(secret_size + len(request.body))
    suffix = b',"event":"im_receive_msg"}'
    forged = request.body + glue + suffix
    signature = _extended(request.headers["x-douyin-signature"], suffix, secret_size + len(request.body) + len(glue))
    assert signature == douyin.sign(samples.DOUYIN["client_secret"], forged)

    lengthened = Request("POST", {}, {"x-douyin-signature": signature}, forged)
    with pytest.raises(InputError):
        VENDORS["douyin"].read(samples.DOUYIN, lengthened, NOW)


@pytest.mark.parametrize("off", [-301, 301])
def test_wecoms_callback_has_to_be_of_now(off: int):
    with pytest.raises(BadSignature, match="300 s off"):
        VENDORS["wecom"].read(samples.WECOM, samples.wecom_request(NOW + off), NOW)


def test_what_is_sealed_for_another_corporation_is_not_opened():
    with pytest.raises(BadSignature, match="somebody else"):
        VENDORS["wecom"].read(samples.WECOM, samples.wecom_request(NOW, receiver="wwother"), NOW)


@pytest.mark.parametrize("sealed", ["", "!!!", "AAAA", "A" * 44])
def test_what_cannot_be_opened_is_refused(sealed: str):
    with pytest.raises(BadSignature):
        wecom_crypto.unseal(samples.WECOM["aes_key"], sealed, "corp")


def test_entities_of_a_body_are_never_followed():
    bomb = (
        b'<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY file SYSTEM "file:///etc/passwd">]>'
        b"<xml><Encrypt>&b;&file;</Encrypt></xml>"
    )
    assert wecom_crypto.read_xml(bomb)["Encrypt"] == ""


@pytest.mark.parametrize(("kind", "secrets"), [("messenger", samples.MESSENGER), ("whatsapp", samples.WHATSAPP)])
def test_metas_handshake_gives_the_challenge_to_whoever_knows_the_token(kind, secrets):
    vendor: Vendor = VENDORS[kind]
    query = {"hub.mode": "subscribe", "hub.verify_token": "vt-1", "hub.challenge": "1158201444"}

    reply = vendor.greet(secrets, Request("GET", query, {}, b""), NOW)

    assert reply is not None
    assert reply.body == b"1158201444"
    with pytest.raises(BadSignature):
        vendor.greet(secrets, Request("GET", {**query, "hub.verify_token": "guess"}, {}, b""), NOW)


def test_douyins_handshake_is_signed_and_answered():
    """ "Webhooks 概述", developer.open-douyin.com, 2026-11-23."""
    body = b'{"event":"verify_webhook","client_key":"","content":{"challenge":12345}}'
    vendor = VENDORS["douyin"]

    reply = vendor.greet(samples.DOUYIN, samples.douyin_signed(body), NOW)

    assert reply is not None
    assert reply.body == b'{"challenge": 12345}'
    with pytest.raises(BadSignature):
        vendor.greet(samples.DOUYIN, Request("POST", {}, {}, body), NOW)


def _padding(size: int) -> bytes:
    """SHA-1's own, for a message of `size` bytes."""
    return b"\x80" + b"\0" * ((55 - size) % 64) + struct.pack(">Q", size * 8)


def _extended(digest: str, suffix: bytes, size: int) -> str:
    """The digest of what hashed to `digest` with `suffix` behind it, without knowing what it was."""
    state = [int(digest[at : at + 8], 16) for at in range(0, 40, 8)]
    data = suffix + _padding(size + len(suffix))
    for at in range(0, len(data), 64):
        state = _round(state, data[at : at + 64])
    return "".join(f"{each:08x}" for each in state)


def _round(state: list[int], block: bytes) -> list[int]:
    def turned(value: int, by: int) -> int:
        return ((value << by) | (value >> (32 - by))) & 0xFFFFFFFF

    words = list(struct.unpack(">16I", block))
    for at in range(16, 80):
        words.append(turned(words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16], 1))
    a, b, c, d, e = state
    for at, word in enumerate(words):
        if at < 20:
            mixed, constant = (b & c) | (~b & d), 0x5A827999
        elif at < 40:
            mixed, constant = b ^ c ^ d, 0x6ED9EBA1
        elif at < 60:
            mixed, constant = (b & c) | (b & d) | (c & d), 0x8F1BBCDC
        else:
            mixed, constant = b ^ c ^ d, 0xCA62C1D6
        a, b, c, d, e = (turned(a, 5) + mixed + e + constant + word) & 0xFFFFFFFF, a, turned(b, 30), c, d
    return [(before + after) & 0xFFFFFFFF for before, after in zip(state, (a, b, c, d, e), strict=True)]
