"""Kuaishou: comments of an interactive room, asked for page after page.

The platform's own pages could not be found in public. What stands here is how its interactive-live interface is
worded by a client for it (docs.rs/kwai_interactive_live, version 0.4.0, read 2026-11-23): `connect` gives a token,
`poll` answers `{"result": 1, "pCursor", "sleep": milliseconds, "data": [{"cmd": 3, "payload": {"user", "content"}}]}`,
and result 2 once the room is closed. Unconfirmed: whether a comment carries an id or a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from avatar.comments.contracts import Heard
from avatar.comments.feeds.fields import LONGEST_NAME, LONGEST_TEXT, mapping, objects, seconds, word
from core.errors import ServiceDown

COMMENT = 3
GOOD, CLOSED = 1, 2
MOST = 200
SHORTEST_WAIT, LONGEST_WAIT = 0.2, 30.0
CONNECT_PATH, POLL_PATH = "/openapi/sdk/v1/connect", "/openapi/sdk/v1/poll"


@dataclass(frozen=True)
class Page:
    """`cursor` asks for the next page after `wait_seconds`; `is_over` when the platform closed the room."""

    comments: tuple[Heard, ...]
    cursor: str
    wait_seconds: float
    is_over: bool = False


def connect_body(app_id: str, code: str) -> dict[str, Any]:
    """What is posted to CONNECT_PATH; `code` is the host's, from the platform's app."""
    return {"appId": app_id, "code": code, "useSdk": True}


def poll_query(token: str, cursor: str) -> dict[str, str]:
    """What POLL_PATH is asked with; an empty `cursor` begins."""
    return {"token": token, "pCursor": cursor, "len": str(MOST)}


def read_page(payload: Any, cursor: str) -> Page:
    """One answer of POLL_PATH; ServiceDown when the platform says it failed."""
    answer = mapping(payload)
    result = answer.get("result")
    if result == CLOSED:
        return Page((), cursor, LONGEST_WAIT, is_over=True)
    if result != GOOD:
        raise ServiceDown("Kuaishou", f"answered result {str(result)[:20]}")
    events = objects(answer.get("data"))
    comments = tuple(_comment(mapping(event.get("payload"))) for event in events if event.get("cmd") == COMMENT)
    sleep = answer.get("sleep")
    wait = min(max(float(sleep) / 1000, SHORTEST_WAIT), LONGEST_WAIT) if isinstance(sleep, int) else 1.0
    return Page(tuple(each for each in comments if each.text), word(answer, "pCursor") or cursor, wait)


def _comment(payload: Mapping[str, Any]) -> Heard:
    user = mapping(payload.get("user"))
    viewer = word(user, "id")
    name = word(user, "userName", longest=LONGEST_NAME)
    text = word(payload, "content", longest=LONGEST_TEXT)
    return Heard(viewer or name, name, text, word(payload, "msgId", "id"), seconds(payload, "timestamp"))
