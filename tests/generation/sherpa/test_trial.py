"""A model folder is tried in a process of its own, once for each content."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from generation.checkpoints.tiny.voice import make
from generation.sherpa.trial import TrialFailed, content_key, try_out


def kept(home: Path) -> list[Path]:
    return sorted((home / "model-trials").glob("voice-*.json"))


def test_what_came_of_a_trial_is_kept_until_the_folder_changes(settings, tmp_path: Path):
    settings.ADLOOM_HOME = tmp_path / "home"
    folder = tmp_path / "voice"
    make(folder)

    assert try_out("voice", folder) == {"sample_rate": 16_000, "speakers": 3}
    (only,) = kept(settings.ADLOOM_HOME)
    only.write_text(json.dumps({"kept": 1}))
    assert try_out("voice", folder) == {"kept": 1}

    os.utime(folder / "model.onnx", ns=(1, 2**62))
    assert try_out("voice", folder) == {"sample_rate": 16_000, "speakers": 3}
    assert len(kept(settings.ADLOOM_HOME)) == 2


def test_a_folder_that_failed_is_tried_again(settings, tmp_path: Path):
    settings.ADLOOM_HOME = tmp_path / "home"
    folder = tmp_path / "voice"
    make(folder)
    tokens = (folder / "tokens.txt").read_bytes()
    (folder / "tokens.txt").write_text("one two three\n")

    with pytest.raises(TrialFailed):
        try_out("voice", folder)
    assert kept(settings.ADLOOM_HOME) == []

    (folder / "tokens.txt").write_bytes(tokens)
    assert try_out("voice", folder)["speakers"] == 3


def test_the_key_of_a_folder_is_of_its_names_and_sizes(tmp_path: Path):
    (tmp_path / "a.onnx").write_bytes(b"12")
    before = content_key(tmp_path)
    (tmp_path / "a.onnx").write_bytes(b"34")
    assert content_key(tmp_path) == before

    (tmp_path / "a.onnx").write_bytes(b"345")
    assert content_key(tmp_path) != before
