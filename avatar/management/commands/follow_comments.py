"""Follow the comments of a room's broadcast on a platform that has to be asked for them or listened to."""

from __future__ import annotations

import os
import signal
import threading
import uuid
from typing import Any

from django.core.management.base import CommandParser

from avatar.comments.contracts import Heard
from avatar.comments.feeds.following import KuaishouSource, Source, YouTubeSource, follow
from avatar.comments.feeds.sockets import BilibiliRoom, Spoken, TikTokConnector, listen
from avatar.rooms import load_room
from avatar.services.intake import LONGEST_NAME, NotOnAir, store_comment
from core.commands import AdloomCommand
from core.errors import InputError

TOKEN = "COMMENTS_TOKEN"
KEY = "COMMENTS_KEY"
APIS = {
    "bilibili": "https://live-open.biliapi.com",
    "kuaishou": "https://open.kuaishou.com",
    "tiktok": "",
    "youtube": "https://www.googleapis.com",
}


class Command(AdloomCommand):
    help = (
        f"Hand a platform's live comments to a room on air, until Ctrl-C. The access token comes in {TOKEN}; "
        f"for bilibili that is the host's code, and {KEY} holds the app's KEY:SECRET."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("room", help="the room's id or slug")
        parser.add_argument("platform", choices=sorted(APIS))
        parser.add_argument("--chat", default="", help="youtube: the broadcast's liveChatId")
        parser.add_argument("--app", type=int, default=0, help="bilibili: the app's id")
        parser.add_argument(
            "--api", default="", help="another address of the platform's interface; tiktok: a connector's"
        )

    def work(self, **options: Any) -> None:
        room_id = load_room(options["room"]).room_id
        platform, token = options["platform"], os.environ.get(TOKEN, "")
        api = options["api"] or APIS[platform]
        ending = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ending.set())

        def store(key: str, heard: Heard) -> None:
            self._store(room_id, key, heard)

        if platform in ("bilibili", "tiktok"):
            listen(_spoken(platform, api, options["app"], token), store, ending.wait)
        else:
            follow(_source(platform, api, options["chat"], token), store, ending.wait)

    def _store(self, room_id: uuid.UUID, key: str, heard: Heard) -> None:
        try:
            store_comment(room_id, key, (heard.name or heard.viewer)[:LONGEST_NAME], heard.text)
        except NotOnAir:
            self.stderr.write("the room is not on air: a comment was let go")


def _source(platform: str, api: str, chat: str, token: str) -> Source:
    if not token:
        raise InputError(TOKEN, "is not set; it holds the platform's access token", "missing")
    if platform == "kuaishou":
        return KuaishouSource(api, token)
    if not chat:
        raise InputError("chat", "is missing: youtube needs --chat LIVE_CHAT_ID", "missing")
    return YouTubeSource(api, chat, token)


def _spoken(platform: str, api: str, app: int, token: str) -> Spoken:
    if platform == "tiktok":
        if not api:
            raise InputError("api", "is missing: tiktok needs --api ws://… of a connector", "missing")
        return TikTokConnector(api)
    key, _, secret = os.environ.get(KEY, "").partition(":")
    if not (token and key and secret and app):
        raise InputError("bilibili", f"needs --app, {TOKEN} with the host's code and {KEY} with KEY:SECRET", "missing")
    return BilibiliRoom(api, app, token, key, secret)
