"""Voiced sentences on disk."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np

from avatar.speech.kept import SpeechStore

SAMPLES = np.arange(4_800, dtype=np.int16)


def test_what_is_kept_is_found(tmp_path: Path):
    store = SpeechStore(tmp_path / "speech")
    path = store.keep("a", SAMPLES, {"text": "好"})
    found = store.find("a")

    assert found is not None
    assert found[0]["text"] == "好"
    assert found[1] == path
    assert np.array_equal(np.load(path), SAMPLES)
    assert sorted(each.name for each in path.parent.iterdir()) == ["a.json", "a.npy"]


def test_what_was_never_kept_is_not_found(tmp_path: Path):
    assert SpeechStore(tmp_path).find("a") is None


def test_damaged_samples_count_as_never_made(tmp_path: Path):
    store = SpeechStore(tmp_path)
    path = store.keep("a", SAMPLES, {})
    path.write_bytes(path.read_bytes()[:-10])

    assert store.find("a") is None


def test_damaged_facts_count_as_never_made(tmp_path: Path):
    store = SpeechStore(tmp_path)
    store.keep("a", SAMPLES, {})
    (tmp_path / "a.json").write_text("{", "utf-8")

    assert store.find("a") is None


def test_the_least_recently_used_goes_first(tmp_path: Path):
    store = SpeechStore(tmp_path, most_bytes=25_000, young_seconds=0.0)
    for place, key in enumerate("abc"):
        path = store.keep(key, SAMPLES, {})
        os.utime(path, (1_000 + place, 1_000 + place))
    store.find("a")

    assert store.sweep() == 1
    assert [key for key in "abc" if store.find(key)] == ["a", "c"]


def test_what_was_just_used_stays_even_beyond_the_bound(tmp_path: Path):
    store = SpeechStore(tmp_path, most_bytes=1)
    store.keep("a", SAMPLES, {})

    assert store.sweep() == 0
    assert store.find("a") is not None


def test_beyond_twice_the_bound_hours_count_instead_of_days(tmp_path: Path):
    store = SpeechStore(tmp_path, most_bytes=10_000)
    two_hours_ago = time.time() - 7_200
    for key in "abc":
        os.utime(store.keep(key, SAMPLES, {}), (two_hours_ago, two_hours_ago))

    assert store.sweep() == 1
    assert sum(store.find(key) is not None for key in "abc") == 2
