"""Which model a folder holds, and what is said when it holds none."""

from __future__ import annotations

from pathlib import Path

import pytest

from generation.engines.voiceover.base import SpeechRequest, VoiceRefused
from generation.engines.voiceover.sherpa import SherpaEngine, find_model_files

KINDS = {
    "vits": ("model.onnx", "tokens.txt", "lexicon.txt"),
    "matcha": ("model-steps-3.onnx", "vocos-22khz.onnx", "tokens.txt"),
    "kokoro": ("model.onnx", "voices.bin", "tokens.txt"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_of_model_is_told_from_its_files(kind: str, tmp_path: Path) -> None:
    for name in KINDS[kind]:
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "espeak-ng-data").mkdir()

    found, arguments = find_model_files(tmp_path)

    assert found == kind
    assert arguments["tokens"] == str(tmp_path / "tokens.txt")
    assert arguments["data_dir"] == str(tmp_path / "espeak-ng-data")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(VoiceRefused, match="is no folder: point it at an unpacked voice model"):
        SherpaEngine(tmp_path / "gone").speak(SpeechRequest("你好", "zh-CN"))


def test_a_folder_without_a_model_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(VoiceRefused, match=r"needs \*\.onnx and tokens\.txt"):
        SherpaEngine(tmp_path).speak(SpeechRequest("你好", "zh-CN"))
