"""The thousand labelled messages, each set for itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bench.contact_cases import Case, fresh_cases, held_out_cases, tuned_cases
from bench.contacts import tally


@pytest.mark.parametrize("draw", [tuned_cases, held_out_cases, fresh_cases])
def test_the_labelled_messages_are_read_right(draw: Callable[[], list[Case]]):
    told = tally(draw())

    assert told.wrong == ()
    assert (told.recall, told.precision) == (1.0, 1.0)
