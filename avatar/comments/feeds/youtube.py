"""YouTube: live chat messages, asked for page after page.

After "LiveChatMessages: list" (developers.google.com/youtube/v3/live/docs/liveChatMessages/list, read 2026-11-23):
GET with liveChatId, part and the pageToken of the page before; `pollingIntervalMillis` says how long to wait, and
`offlineAt` that the broadcast is over. The first page holds what was said before, so it is only a place to begin.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from avatar.comments.contracts import Heard
from avatar.comments.feeds.fields import LONGEST_NAME, LONGEST_TEXT, mapping, objects, word
from core.errors import ServiceDown

PATH = "/youtube/v3/liveChat/messages"
TEXT = "textMessageEvent"
SHORTEST_WAIT, LONGEST_WAIT, USUAL_WAIT = 0.5, 60.0, 5.0


@dataclass(frozen=True)
class Page:
    """`token` asks for the next page after `wait_seconds`."""

    comments: tuple[Heard, ...]
    token: str
    wait_seconds: float
    is_over: bool = False


def query(chat: str, token: str = "") -> dict[str, str]:
    """What PATH is asked with; the access token goes in the Authorization header, never in the address."""
    asked = {"liveChatId": chat, "part": "snippet,authorDetails", "maxResults": "200"}
    return {**asked, "pageToken": token} if token else asked


def read_page(payload: Any, token: str = "") -> Page:
    """One answer of PATH; of the first page (no `token`) only where to go on. ServiceDown for an answer in error."""
    answer = mapping(payload)
    if error := mapping(answer.get("error")):
        raise ServiceDown("YouTube", f"answered {word(error, 'code')} {word(error, 'message', longest=80)}".strip())
    found = (_comment(each) for each in objects(answer.get("items"))) if token else ()
    wait = answer.get("pollingIntervalMillis")
    return Page(
        comments=tuple(each for each in found if each is not None),
        token=word(answer, "nextPageToken") or token,
        wait_seconds=min(max(wait / 1000, SHORTEST_WAIT), LONGEST_WAIT) if isinstance(wait, int) else USUAL_WAIT,
        is_over="offlineAt" in answer,
    )


def _comment(item: Mapping[str, Any]) -> Heard | None:
    snippet, author = mapping(item.get("snippet")), mapping(item.get("authorDetails"))
    text = word(snippet, "displayMessage", longest=LONGEST_TEXT)
    if snippet.get("type") != TEXT or not text or author.get("isChatOwner") is True:
        return None
    viewer = word(author, "channelId") or word(snippet, "authorChannelId")
    name = word(author, "displayName", longest=LONGEST_NAME).lstrip("@")
    return Heard(viewer or name, name, text, word(item, "id"), _moment(word(snippet, "publishedAt")))


def _moment(written: str) -> float | None:
    try:
        return dt.datetime.fromisoformat(written).timestamp() if written else None
    except ValueError:
        return None
