"""A shop, and its member's browser."""

from __future__ import annotations

import pytest

from tests.agentbot.views.talks import a_shop


@pytest.fixture
def shop(db):
    return a_shop()


@pytest.fixture
def page(shop, client):
    client.force_login(shop.member.user, backend="django.contrib.auth.backends.ModelBackend")
    return client
