"""Comments over a socket: each message signed by itself, stored, then answered."""

from __future__ import annotations

import asyncio
import json
import time

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from avatar.comments.socket_door import with_comment_sockets
from avatar.models import LiveComment
from avatar.services.rooms import new_intake_secret
from core.webhooks.signing import secret_bytes, signed_headers
from tests.avatar.stage import a_broadcast, a_live_shop


class Sender:
    """Speaks to the door as a server would: what it sends is scripted, what it hears is kept."""

    def __init__(self, path, messages):
        self.path, self.heard = path, []
        self._script = [{"type": "websocket.connect"}, *({"type": "websocket.receive", "text": each} for each in messages),
                        {"type": "websocket.disconnect"}]  # fmt: skip

    def run(self):
        async def nothing_else(scope, receive, send):
            raise AssertionError("not a socket")

        async def receive():
            return self._script.pop(0)

        async def send(message):
            self.heard.append(message)

        async def talk():
            await with_comment_sockets(nothing_else)({"type": "websocket", "path": self.path}, receive, send)
            await sync_to_async(connections.close_all)()

        asyncio.run(talk())
        return [json.loads(each["text"]) for each in self.heard if each["type"] == "websocket.send"]


def signed(secret, event_id, payload):
    body = json.dumps(payload, ensure_ascii=False)
    headers = signed_headers([secret_bytes(secret)], event_id, int(time.time()), body.encode())
    return json.dumps(headers | {"body": body})


@pytest.mark.django_db(transaction=True)
def test_signed_comments_are_stored_and_answered_and_others_are_not():
    room = a_live_shop().room
    a_broadcast(room)
    secret = new_intake_secret(room)
    good = signed(secret, "e1", {"viewer": "小李", "text": "多少钱"})
    forged = good.replace("e1", "e2")

    answers = Sender(f"/live/in/{room.intake_token}/ws", [good, good, forged, "{", '{"body": 1}']).run()

    assert answers[:2] == [
        {"id": "e1", "comment": 1, "duplicate": False},
        {"id": "e1", "comment": 1, "duplicate": True},
    ]
    assert answers[2] == {"id": "e2", "error": "no signature fits", "broken": True}
    assert [each["error"].split(":")[0] for each in answers[3:]] == ["message", "message"]
    assert list(LiveComment.objects.values_list("viewer", "text")) == [("小李", "多少钱")]


@pytest.mark.django_db(transaction=True)
def test_a_room_that_is_not_on_air_says_so_and_an_unknown_one_is_closed():
    room = a_live_shop().room
    secret = new_intake_secret(room)

    assert Sender(f"/live/in/{room.intake_token}/ws", [signed(secret, "e1", {"viewer": "a", "text": "b"})]).run() == [
        {"id": "e1", "error": "the room is not on air"}
    ]
    stranger = Sender("/live/in/0123456789abcdef/ws", [])
    stranger.run()
    assert stranger.heard == [{"type": "websocket.close", "code": 4404}]


@pytest.mark.django_db(transaction=True)
def test_a_sender_who_only_sends_rubbish_is_cut_off():
    room = a_live_shop().room
    sender = Sender(f"/live/in/{room.intake_token}/ws", ["{"] * 25)

    assert len(sender.run()) == 20
    assert sender.heard[-1] == {"type": "websocket.close", "code": 4400}
