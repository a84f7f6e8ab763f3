"""What is said in a file: lines with times, in memory that does not grow, marked as heard."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command

from core.media import run_ffmpeg
from generation.contracts import HeardLine
from generation.hearing.base import Heard, HeardWord
from generation.hearing.recorded import hear_recording, lines_of
from generation.hearing.scripted import ScriptedHearing
from generation.management.commands.hear import as_srt
from generation.sound.wave_files import write_wav
from generation.understanding.intake import understand_file
from tests.generation.hearing.conftest import Sound, quiet


@pytest.fixture
def recording(speech: Sound, tmp_path: Path) -> Path:
    path = tmp_path / "said.wav"
    write_wav(path, np.concatenate([quiet(0.5), speech, quiet(1.5), speech]).astype(np.float64), 16_000)
    return path


def test_a_file_is_understood_with_its_speech(settings, transducer: Path, recording: Path, tmp_path: Path):
    settings.HEARING_MODEL_DIR = transducer

    understood = understand_file(recording, "said.wav", tmp_path / "home")

    assert understood.heard_by.startswith(f"sherpa:{transducer.name}-")
    assert len(understood.speech) >= 2
    assert understood.speech[0].start_seconds >= 0.4
    assert all(0.0 < line.confidence < 1.0 for line in understood.speech)
    assert understand_file(recording, "said.wav", tmp_path / "home").speech == understood.speech


def test_a_stand_in_is_never_asked_what_a_file_says(settings, recording: Path, tmp_path: Path):
    script = tmp_path / "script.txt"
    script.write_text("买它买它", "utf-8")
    settings.HEARING_SCRIPT = script

    understood = understand_file(recording, "said.wav", tmp_path / "home")

    assert (understood.speech, understood.heard_by) == ((), "")


def test_a_file_is_taken_in_though_its_speech_could_not_be_recognised(settings, recording: Path, tmp_path: Path):
    settings.HEARING_MODEL_DIR = tmp_path

    understood = understand_file(recording, "said.wav", tmp_path / "home")

    assert understood.speech == ()
    assert "its speech was not recognised: HEARING_MODEL_DIR" in understood.notes[-1]


def test_a_long_file_is_heard_a_second_at_a_time(tmp_path: Path):
    sizes: list[int] = []

    class Listening(ScriptedHearing):
        def open(self, language: str):
            stream = super().open(language)
            accept = stream.accept
            stream.accept = lambda samples: (sizes.append(len(samples)), accept(samples))[1]
            return stream

    path = tmp_path / "long.flac"
    run_ffmpeg(["-f", "lavfi", "-i", "sine=frequency=300:duration=30.5:sample_rate=48000", str(path)])

    lines = hear_recording(path, Listening(["一" * 200]))

    assert (sum(sizes), max(sizes)) == (488_000, 16_000)
    assert 29.0 < lines[-1].end_seconds <= 30.5


def test_a_pause_and_a_long_breath_begin_a_new_line():
    words = [HeardWord(str(place), place * 1.0, place * 1.0 + 0.9) for place in range(7)]
    words.append(HeardWord("late", 8.0, 8.4, 0.5))

    lines = lines_of(Heard("…", True, tuple(words)), 0.0, 9.0)

    assert [line.text for line in lines] == ["0 1 2 3 4", "5 6", "late"]
    assert lines[-1] == HeardLine("late", 8.0, 8.4, 0.5)


def test_lines_become_subtitles():
    assert (
        as_srt((HeardLine("这杯挂耳只要三十九块九", 1.6, 4.0, 0.8),))
        == "1\n00:00:01,600 --> 00:00:04,000\n这杯挂耳只要三十九块九\n"
    )


def test_the_command_names_what_is_not_set_up(recording: Path, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        call_command("hear", str(recording))

    assert ended.value.code == 2
    assert "HEARING_MODEL_DIR: is not set" in capsys.readouterr().err


def test_the_command_prints_the_script_and_writes_subtitles(
    settings, transducer: Path, recording: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    settings.HEARING_MODEL_DIR, settings.ADLOOM_HOME = transducer, tmp_path / "home"

    call_command("hear", str(recording), "--srt", str(tmp_path / "said.srt"), "--json")

    told = json.loads(capsys.readouterr().out)
    first = told["lines"][0]["text"]
    assert told["heard_by"].startswith("sherpa:")
    assert (tmp_path / "said.srt").read_text("utf-8").splitlines()[2] == first
