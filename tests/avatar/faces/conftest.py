"""One small sheet for all tests of the host: drawing it is what takes time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from avatar.faces.personas import load_persona
from avatar.faces.sheet import LayerSheet, rasterise

WIDTH, HEIGHT = 180, 320


@pytest.fixture(scope="session")
def sheet_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faces")


@pytest.fixture(scope="session")
def sheet(sheet_folder: Path) -> LayerSheet:
    return rasterise(load_persona("ama"), WIDTH, HEIGHT, sheet_folder)


@pytest.fixture(scope="session")
def bottle() -> np.ndarray:
    """A slim product on clear ground."""
    picture = np.zeros((120, 60, 4), np.uint8)
    picture[10:, 12:48] = (20, 110, 120, 255)
    return picture
