"""Rows C4 and C7 at a small size: that they work, and that nothing wrong is said."""

from __future__ import annotations

from pathlib import Path

from bench.answers import ROWS as ANSWERS
from bench.contacts import ROWS as CONTACTS


def test_contacts_are_measured(tmp_path: Path):
    figure = CONTACTS[0].measure(True, tmp_path)

    assert figure.value == 1.0
    assert figure.behind["precision"] == 1.0


def test_no_wrong_number_and_no_promise_in_a_small_set(tmp_path: Path):
    figure = ANSWERS[0].measure(True, tmp_path)

    assert figure.behind["faults"] == []
    assert figure.behind["benign_flagged"] <= 0.02
