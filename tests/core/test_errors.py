"""Errors keep what they say on the way from one process to another."""

from __future__ import annotations

import pickle

import pytest

from core.errors import InputError, LeaseLost, ServiceDown
from core.media import FfmpegBroke, Trouble


@pytest.mark.parametrize(
    "error",
    [
        InputError("product.price", "is missing", "missing"),
        ServiceDown("broker", "does not answer"),
        LeaseLost("job 7"),
        FfmpegBroke(Trouble.DISK_FULL, "No space left on device"),
    ],
)
def test_an_error_survives_the_way_between_processes(error):
    copy = pickle.loads(pickle.dumps(error))

    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))
