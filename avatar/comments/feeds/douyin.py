"""Douyin: comments of a room with an approved interactive app, pushed to an address of ours.

After the platform's page "数据开放说明" (developer.open-douyin.com …/live-room-scope/data-open/data-open-desc, read
2026-11-23): POST with x-nonce-str, x-timestamp (milliseconds), x-roomid, x-msg-type and x-signature, the body a list
of comments. The signature is base64(md5(the first four headers as name=value in order of their names, joined by &,
then body, then secret)). A comment may come twice and has to be told by its id; a push that is not answered within
2 s counts as failed. `live_data/task/start` asks for the pushes. The field that names the viewer is `sec_openid` in
some of its pages and `sec_open_id` in others; either is taken.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping

from avatar.comments.contracts import Heard
from avatar.comments.feeds.fields import LONGEST_NAME, LONGEST_TEXT, objects, parsed, seconds, word
from core.webhooks.signing import BadSignature

COMMENT = "live_comment"
SIGNED = ("x-msg-type", "x-nonce-str", "x-roomid", "x-timestamp")
SIGNATURE = "x-signature"
TOLERANCE_SECONDS = 300.0
START_PATH = "/api/live_data/task/start"


def start_body(app_id: str, room_id: str) -> dict[str, str]:
    """What is posted to START_PATH so that pushes begin."""
    return {"roomid": room_id, "appid": app_id, "msg_type": COMMENT}


def signature(headers: Mapping[str, str], body: bytes, secret: str) -> str:
    """What x-signature has to be; names of `headers` in lower case."""
    signed = "&".join(f"{name}={headers.get(name, '')}" for name in SIGNED)
    return base64.b64encode(hashlib.md5(signed.encode() + body + secret.encode()).digest()).decode()


def read_push(headers: Mapping[str, str], body: bytes, secret: str, now: float) -> tuple[Heard, ...]:
    """The comments of one push; () for other kinds of it. Raises BadSignature, InputError for a body that is none."""
    if not hmac.compare_digest(signature(headers, body, secret).encode(), headers.get(SIGNATURE, "").encode()):
        raise BadSignature("no signature fits")
    at = seconds(headers, "x-timestamp")
    if at is None or abs(now - at) > TOLERANCE_SECONDS:
        raise BadSignature("x-timestamp is more than 300 s off")
    if headers.get("x-msg-type") != COMMENT:
        return ()
    found = (
        Heard(
            viewer=word(each, "sec_openid", "sec_open_id"),
            name=word(each, "nickname", longest=LONGEST_NAME),
            text=word(each, "content", longest=LONGEST_TEXT),
            id=word(each, "msg_id"),
            sent_at=seconds(each, "timestamp"),
        )
        for each in objects(parsed(body, "body"))
    )
    return tuple(each for each in found if each.viewer and each.text)
