"""Large bodies are taken from members only, and never written down for strangers."""

from __future__ import annotations

import asyncio

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from core.request_limits import OVERHEAD_BYTES, STRANGERS_BYTES, limit_bodies


class Site:
    """Takes in the whole body, as Django does, and remembers how much there was."""

    def __init__(self):
        self.taken = 0
        self.status = 0

    async def __call__(self, scope, receive, send):
        while True:
            message = await receive()
            self.taken += len(message["body"])
            if not message.get("more_body"):
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})

    def post(self, size, *, announced=True, cookie=""):
        """Send a body of `size` bytes; the status of the answer."""
        headers = [(b"content-length", str(size).encode())] if announced else []
        headers.append((b"cookie", cookie.encode()))
        scope = {"type": "http", "method": "POST", "headers": headers}
        pieces = [min(65536, size - start) for start in range(0, size, 65536)] or [0]

        async def receive():
            return {"type": "http.request", "body": bytes(pieces.pop(0)), "more_body": bool(pieces)}

        async def send(message):
            self.status = message.get("status", self.status)

        asyncio.run(limit_bodies(self)(scope, receive, send))
        return self.status


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def cookie(transactional_db):
    client = Client()
    client.force_login(get_user_model().objects.create_user("anna@example.com"))
    return f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"


def test_a_small_form_passes_for_everybody(site):
    assert site.post(1000) == 200
    assert site.taken == 1000


def test_a_strangers_large_body_is_refused_before_it_is_taken(site, transactional_db):
    assert site.post(STRANGERS_BYTES + 1) == 413
    assert site.taken == 0


def test_a_body_that_hides_its_length_is_cut_off(site, transactional_db):
    assert site.post(STRANGERS_BYTES * 3, announced=False) == 413
    assert site.taken <= STRANGERS_BYTES


@pytest.mark.parametrize("forged", ["sessionid=made-up", "sessionid=", "\x00=;;"])
def test_a_forged_cookie_opens_nothing(site, forged, transactional_db):
    assert site.post(STRANGERS_BYTES + 1, cookie=forged) == 413


def test_a_member_may_upload(site, cookie):
    assert site.post(STRANGERS_BYTES * 3, cookie=cookie) == 200
    assert site.taken == STRANGERS_BYTES * 3


def test_a_members_upload_has_a_limit_too(site, cookie, settings):
    settings.UPLOAD_MAX_BYTES = STRANGERS_BYTES

    assert site.post(STRANGERS_BYTES + OVERHEAD_BYTES + 1, cookie=cookie) == 413
    assert site.taken == 0
