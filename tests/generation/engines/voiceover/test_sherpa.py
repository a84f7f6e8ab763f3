"""Voices of model folders through the real sherpa-onnx, and what is said when a folder holds none."""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest

from generation.checkpoints.tiny import kokoro, matcha
from generation.checkpoints.tiny.voice import make
from generation.engines.voiceover.base import SpeechRequest, VoiceCancelled, VoiceRefused
from generation.engines.voiceover.sherpa import SherpaEngine, find_model_files
from generation.sherpa.model_notes import ModelFileBroken, model_notes

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


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("voice")
    make(folder)
    return folder


LINE = "你好，这个咖啡只要三十九块九。两盒更便宜"


def test_a_tiny_voice_speaks_through_the_real_loader(chinese: Path) -> None:
    engine = SherpaEngine(chinese)

    short, long = engine.speak(SpeechRequest("你好", "zh-CN")), engine.speak(SpeechRequest(LINE, "zh-CN"))

    assert long.sample_rate == 16_000
    assert len(long.samples) > 4 * len(short.samples)
    assert 0.1 < float(np.sqrt((long.samples**2).mean())) < 0.5
    assert engine.version.startswith(f"{chinese.name}-")


def test_the_same_line_sounds_the_same_and_another_speaker_or_pace_otherwise(chinese: Path) -> None:
    engine = SherpaEngine(chinese)
    said = engine.speak(SpeechRequest("你好", "zh-CN"))

    assert np.array_equal(said.samples, engine.speak(SpeechRequest("你好", "zh-CN")).samples)
    assert not np.array_equal(said.samples, engine.speak(SpeechRequest("你好", "zh-CN", voice="2")).samples)
    assert len(engine.speak(SpeechRequest("你好", "zh-CN", speed=2.0)).samples) == len(said.samples) // 2


def test_english_is_spoken_letter_by_letter(tmp_path: Path) -> None:
    make(tmp_path, language="en")

    speech = SherpaEngine(tmp_path).speak(SpeechRequest("Hello there", "en"))

    assert len(speech.samples) == len("Hello there") * 1_280


def test_a_tiny_kokoro_speaks_with_a_style_for_each_length_and_speaker(tmp_path: Path) -> None:
    kokoro.make(tmp_path)
    engine, parts = SherpaEngine(tmp_path), []
    line = SpeechRequest("Hello there. This is coffee, and it is good", "en")

    whole = engine.stream(line, lambda samples, rate: parts.append(len(samples)))

    assert (whole.sample_rate, len(parts), sum(parts)) == (24_000, 2, len(whole.samples))
    assert float(np.sqrt((whole.samples**2).mean())) > 0.1
    assert not np.array_equal(engine.speak(replace(line, voice="1")).samples, whole.samples)


def test_a_matcha_as_it_is_downloaded_says_what_is_published_apart(tmp_path: Path) -> None:
    matcha.make(tmp_path)
    (vocoder,) = [*tmp_path.glob("vocos*.onnx"), *tmp_path.glob("hifigan*.onnx")]
    vocoder.unlink()

    with pytest.raises(VoiceRefused, match=r"first half of a Matcha; its vocoder is published apart"):
        find_model_files(tmp_path)


def test_a_tiny_matcha_speaks_through_its_vocoder(tmp_path: Path) -> None:
    matcha.make(tmp_path)
    engine, parts = SherpaEngine(tmp_path), []

    whole = engine.stream(SpeechRequest(LINE, "zh-CN"), lambda samples, rate: parts.append(len(samples)))

    assert (whole.sample_rate, len(parts), sum(parts)) == (16_000, 2, len(whole.samples))
    assert float(np.sqrt((whole.samples**2).mean())) > 0.1
    assert len(engine.speak(SpeechRequest(LINE, "zh-CN", speed=2.0)).samples) == len(whole.samples) // 2


def test_american_words_are_taken_where_a_folder_holds_both(tmp_path: Path) -> None:
    for name in ("model.onnx", "voices.bin", "tokens.txt", "lexicon-gb-en.txt", "lexicon-us-en.txt", "lexicon-zh.txt"):
        (tmp_path / name).write_bytes(b"x")

    lexicons = find_model_files(tmp_path)[1]["lexicon"].split(",")

    assert [Path(each).name for each in lexicons] == ["lexicon-us-en.txt", "lexicon-zh.txt"]


def test_parts_come_in_order_while_the_rest_is_still_spoken(chinese: Path) -> None:
    engine, parts = SherpaEngine(chinese), []

    whole = engine.stream(SpeechRequest(LINE, "zh-CN"), lambda samples, rate: parts.append((samples, rate)))

    assert len(parts) == 2
    assert {rate for _, rate in parts} == {whole.sample_rate}
    assert np.array_equal(np.concatenate([samples for samples, _ in parts]), whole.samples)


def test_a_line_is_broken_off_from_another_thread_between_its_parts(chinese: Path) -> None:
    engine, parts, wanted_no_more = SherpaEngine(chinese), [], threading.Event()

    def heard(samples: np.ndarray, rate: int) -> None:
        parts.append(len(samples))
        other = threading.Thread(target=wanted_no_more.set)
        other.start()
        other.join()

    with pytest.raises(VoiceCancelled, match="broken off"):
        engine.stream(SpeechRequest(LINE, "zh-CN"), heard, wanted_no_more.is_set)

    assert len(parts) == 1
    assert len(engine.speak(SpeechRequest("你好", "zh-CN")).samples) > 0


def test_what_goes_wrong_in_a_listener_ends_the_line(chinese: Path) -> None:
    def broken(samples: np.ndarray, rate: int) -> None:
        raise OSError("the pipe is gone")

    with pytest.raises(OSError, match="the pipe is gone"):
        SherpaEngine(chinese).stream(SpeechRequest(LINE, "zh-CN"), broken)


def test_a_speaker_that_is_not_there_is_named(chinese: Path) -> None:
    with pytest.raises(VoiceRefused, match="has speakers 0 to 2, no 7"):
        SherpaEngine(chinese).speak(SpeechRequest("你好", "zh-CN", voice="7"))


def test_a_line_without_a_sound_in_the_lexicon_is_refused(chinese: Path) -> None:
    with pytest.raises(VoiceRefused, match="gave no sound for this line"):
        SherpaEngine(chinese).speak(SpeechRequest("hello", "zh-CN"))


def test_a_model_that_lacks_its_notes_is_refused_by_their_names(chinese: Path, tmp_path: Path) -> None:
    shutil.copytree(chinese, tmp_path / "voice")
    model = onnx.load(tmp_path / "voice" / "model.onnx")
    kept = [note for note in model.metadata_props if note.key not in ("sample_rate", "comment")]
    del model.metadata_props[:]
    model.metadata_props.extend(kept)
    onnx.save(model, tmp_path / "voice" / "model.onnx")

    with pytest.raises(VoiceRefused, match="it lacks the notes sample_rate, comment"):
        SherpaEngine(tmp_path / "voice").speak(SpeechRequest("你好", "zh-CN"))


def test_a_model_that_ends_the_process_ends_one_of_its_own(chinese: Path, tmp_path: Path) -> None:
    shutil.copytree(chinese, tmp_path / "voice")
    (tmp_path / "voice" / "lexicon.txt").unlink()

    with pytest.raises(VoiceRefused, match="does not load"):
        SherpaEngine(tmp_path / "voice").speak(SpeechRequest("你好", "zh-CN"))


def test_what_a_model_says_of_itself_is_read_without_loading_it(chinese: Path, tmp_path: Path) -> None:
    notes = model_notes(chinese / "model.onnx")
    (tmp_path / "page.onnx").write_text("<html>not found</html>")

    assert (notes["sample_rate"], notes["n_speakers"], notes["language"]) == ("16000", "3", "Chinese")
    with pytest.raises(ModelFileBroken, match="page"):
        model_notes(tmp_path / "page.onnx")
