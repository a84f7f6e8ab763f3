"""What Douyin pushes to a room's address is verified, stored once, and answered in time."""

from __future__ import annotations

import json
import time

import pytest

from avatar.comments.feeds import douyin
from avatar.models import LiveComment
from avatar.services.rooms import new_intake_secret
from tests.avatar.stage import a_broadcast, a_live_shop


@pytest.mark.django_db
def test_pushed_comments_reach_the_broadcast_once(client):
    room = a_live_shop().room
    a_broadcast(room)
    secret = new_intake_secret(room)
    room.refresh_from_db()
    body = json.dumps([{"msg_id": "7", "sec_openid": "u", "content": "几天到", "nickname": "阿强"}]).encode()
    headers = {
        "x-nonce-str": "n",
        "x-timestamp": str(int(time.time() * 1000)),
        "x-roomid": "1",
        "x-msg-type": "live_comment",
    }
    signed = headers | {"x-signature": douyin.signature(headers, body, secret)}

    def push(headers):
        answer = client.post(f"/live/in/{room.intake_token}/douyin", body, "application/json", headers=headers)
        return answer.status_code, answer.json()

    assert [push(signed), push(signed)] == [(200, {"comments": 1}), (200, {"comments": 1})]
    assert push(signed | {"x-signature": "forged"}) == (401, {"error": "no signature fits"})
    assert list(LiveComment.objects.values_list("viewer", "text")) == [("阿强", "几天到")]
