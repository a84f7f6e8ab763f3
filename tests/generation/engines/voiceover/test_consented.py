"""Another person's voice: only with a consent that stands."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError
from generation.engines.voiceover.consented import ConsentedVoice, VoiceConsentMissing, check_recording
from generation.sound.wave_files import write_wav


def recorded(path: Path, seconds: float, level: float = 0.4) -> Path:
    write_wav(path, np.sin(np.arange(int(16_000 * seconds)) * 0.05) * level, 16_000)
    return path


@pytest.mark.parametrize(("consent", "stands"), [("", True), ("c-1", False)])
def test_nobodys_voice_is_built_without_a_consent(tmp_path: Path, consent: str, stands: bool):
    with pytest.raises(VoiceConsentMissing, match="no voice consent of Lin stands; record it first"):
        ConsentedVoice("Lin", consent, tmp_path / "x.wav", "hello", stands=lambda: stands)


def test_its_key_changes_with_the_recording_its_words_and_the_consent(tmp_path: Path):
    one, other = recorded(tmp_path / "a.wav", 4.0), recorded(tmp_path / "b.wav", 5.0)

    def key(recording: Path = one, words: str = "hello", consent: str = "c-1") -> str:
        return ConsentedVoice("Lin", consent, recording, words, stands=lambda: True).key

    assert key() == key()
    assert len({key(), key(recording=other), key(words="hi"), key(consent="c-2")}) == 4


@pytest.mark.parametrize(
    ("seconds", "level", "words", "said"),
    [
        (4.0, 0.4, " ", "transcript: is missing"),
        (1.0, 0.4, "hello", "lasts 1.0 s; it has to last 3 to 30 s"),
        (40.0, 0.4, "hello", "lasts 40.0 s"),
        (4.0, 0.001, "hello", "too quiet to hear a voice in"),
    ],
)
def test_a_recording_that_cannot_be_used_says_why(tmp_path: Path, seconds: float, level: float, words: str, said: str):
    with pytest.raises(InputError, match=said):
        check_recording(recorded(tmp_path / "a.wav", seconds, level), words)


def test_a_recording_as_by_telephone_is_refused(tmp_path: Path):
    write_wav(tmp_path / "a.wav", np.sin(np.arange(8_000 * 4) * 0.05) * 0.4, 8_000)

    with pytest.raises(InputError, match="has 8000 samples a second; it needs 16000 or more"):
        check_recording(tmp_path / "a.wav", "hello")


def test_a_recording_is_a_wav(tmp_path: Path):
    (tmp_path / "a.wav").write_bytes(b"mp3")

    assert check_recording(recorded(tmp_path / "b.wav", 4.0), "hello") == 4.0
    with pytest.raises(InputError, match="is no WAV that can be read"):
        check_recording(tmp_path / "a.wav", "hello")
