"""TikTok: no public interface gives a sales room's comments; connectors that people run beside a room do.

Unconfirmed by the platform: the form is that of such connectors (TikTok-Live-Connector's and TikTokLive's pages, both
"not an official API", read 2026-11-23): one JSON object a socket message, its `type` or `event` naming the chat
message, the comment in `comment` or `content`, the viewer in `user` or beside it. The signed intake takes comments
from a connector as well, and needs no guess.
"""

from __future__ import annotations

from typing import Any

from avatar.comments.contracts import Heard
from avatar.comments.feeds.fields import LONGEST_NAME, LONGEST_TEXT, mapping, seconds, word

CHAT = frozenset(("WebcastChatMessage", "chat", "CommentEvent"))


def read_message(payload: Any) -> Heard | None:
    """The comment in one message of a connector, or None."""
    message = mapping(payload)
    fields = mapping(message.get("data")) or message
    text = word(fields, "comment", "content", longest=LONGEST_TEXT)
    if word(message, "type", "event") not in CHAT or not text:
        return None
    user = mapping(fields.get("user")) or fields
    name = word(user, "nickname", "uniqueId", longest=LONGEST_NAME)
    viewer = word(user, "userId", "uniqueId") or name
    return Heard(viewer, name, text, word(fields, "msgId", "messageId"), seconds(fields, "createTime"))
