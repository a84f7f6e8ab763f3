"""A shop with a room."""

from __future__ import annotations

import pytest

from tests.avatar.stage import Shop, a_live_shop


@pytest.fixture
def shop(db) -> Shop:
    return a_live_shop()
