"""A tiny head with random weights, and a second of a drawn host as its footage."""

from __future__ import annotations

from pathlib import Path

import pytest

from generation.engines.heads.cache import AvatarCache
from generation.engines.heads.musetalk import MuseTalkHead
from tests.support.heads import filmed, tiny_head, tiny_model


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="session")
def head(model: Path) -> MuseTalkHead:
    return tiny_head(model)


@pytest.fixture(scope="session")
def cache(head: MuseTalkHead, tmp_path_factory: pytest.TempPathFactory) -> AvatarCache:
    return filmed(head, tmp_path_factory.mktemp("heads") / "ann")
