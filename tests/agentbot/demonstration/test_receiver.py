"""The demo's CRM takes what is signed with its secret, once."""

import json
import time

import httpx

from agentbot.demonstration.receiver import receiving
from core.webhooks.signing import new_secret, secret_bytes, signed_headers

BODY = json.dumps({"type": "lead.created", "data": {"lead": "7"}}).encode()


def test_a_signed_event_is_taken_once_however_often_it_comes():
    with receiving() as crm:
        crm.secret = new_secret()
        headers = signed_headers([secret_bytes(crm.secret)], "event-1", int(time.time()), BODY)
        answers = [httpx.post(crm.url, content=BODY, headers=headers).status_code for _ in range(3)]

        assert answers == [200, 200, 200]
        assert crm.wait_for("lead.created", 1) == {"id": "event-1", "type": "lead.created", "data": {"lead": "7"}}
        assert len(crm.events) == 1


def test_what_somebody_else_signed_is_refused_and_counted():
    with receiving() as crm:
        crm.secret = new_secret()
        headers = signed_headers([secret_bytes(new_secret())], "event-1", int(time.time()), BODY)

        assert httpx.post(crm.url, content=BODY, headers=headers).status_code == 401
        assert httpx.post(crm.url, content=BODY).status_code == 401
        assert crm.refused == 2
        assert crm.events == []
