"""One home, one folder of footage and one run of make_ads for all tests that look at finished ads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.footage import make_footage, make_reference
from tests.real.running import Ran, make_ads
from tests.support.homes import a_home


@pytest.fixture(scope="session")
def footage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_footage(tmp_path_factory.mktemp("footage"))


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one small reference, for runs that are not about the sample library."""
    return make_reference(tmp_path_factory.mktemp("references"))


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """The home the commands of this run share."""
    with a_home(is_migrated=True) as folder:
        yield folder


@pytest.fixture
def own_home() -> Iterator[Path]:
    """A home that no other test uses."""
    with a_home(is_migrated=True) as folder:
        yield folder


@pytest.fixture(scope="session")
def made(home: Path, footage: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Two drafts of the sample need."""
    return make_ads(home, footage, tmp_path_factory.mktemp("ads"), "--count", "2", "--draft")
