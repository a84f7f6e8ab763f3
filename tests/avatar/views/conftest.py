"""A shop with a room, and its member's browser."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.avatar.stage import Shop, a_live_shop


@pytest.fixture
def shop(db) -> Shop:
    return a_live_shop()


@pytest.fixture
def page(shop: Shop, client: Client) -> Client:
    """A browser of the member, in Chinese."""
    client.force_login(shop.member.user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "zh-hans"
    return client
