"""Speech models through the real sherpa-onnx, and what is said of folders that hold none."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from generation.checkpoints.tiny.hearing import make
from generation.hearing.base import HEARING_RATE, Heard, HearingRefused
from generation.hearing.sherpa import SherpaHearing
from generation.hearing.sherpa_models import find_hearing_model
from tests.generation.hearing.conftest import Sound, quiet


def in_pieces(stream, sound: Sound, seconds: float = 0.1) -> list:
    step = int(seconds * HEARING_RATE)
    heard = [stream.accept(sound[at : at + step]) for at in range(0, len(sound), step)]
    return [each for each in heard if each is not None]


def test_partial_words_come_while_somebody_speaks_and_a_pause_ends_the_turn(transducer: Path, speech: Sound):
    stream = SherpaHearing(transducer).open("zh-CN")

    heard = in_pieces(stream, np.concatenate([quiet(0.5), speech, quiet(1.5)]))

    finals = [each for each in heard if each.is_final]
    partials = [each.text for each in heard if not each.is_final]
    assert len(finals) == 1
    assert len(partials) >= 4
    assert all(later.startswith(earlier) for earlier, later in pairwise(partials))
    assert finals[0].text == partials[-1]


def test_words_have_times_within_the_speech_and_say_how_sure_they_are(transducer: Path, speech: Sound):
    stream = SherpaHearing(transducer).open("zh-CN")

    (final,) = [each for each in in_pieces(stream, np.concatenate([quiet(1.0), speech, quiet(1.5)])) if each.is_final]

    starts = [word.start_seconds for word in final.words]
    assert starts == sorted(starts)
    assert starts[0] >= 0.9
    assert final.words[-1].end_seconds <= 1.0 + len(speech) / HEARING_RATE + 0.3
    assert all(0.0 < word.confidence < 1.0 for word in final.words)
    assert final.text == "".join(word.text for word in final.words) or " " in final.text


def test_times_go_on_counting_through_the_turns(transducer: Path, speech: Sound):
    stream = SherpaHearing(transducer).open("zh-CN")
    length = len(speech) / HEARING_RATE

    in_pieces(stream, speech)
    first = stream.finish()
    in_pieces(stream, speech)
    second = stream.finish()

    assert first.is_final
    assert abs(second.words[0].start_seconds - first.words[0].start_seconds - length) < 0.2


def test_what_comes_in_one_large_piece_is_parted_at_its_pauses(transducer: Path, speech: Sound):
    stream = SherpaHearing(transducer).open("zh-CN")
    whole = np.concatenate([speech, quiet(1.5), speech, quiet(1.5)])

    first, second = stream.accept(whole), stream.accept(quiet(0.1))

    assert first is not None
    assert second is not None
    assert (first.is_final, second.is_final) == (True, True)
    assert second.words[0].start_seconds > first.words[-1].start_seconds + 1.0


def test_silence_is_not_heard(transducer: Path):
    stream = SherpaHearing(transducer).open("zh-CN")

    assert in_pieces(stream, quiet(6.0)) == []
    assert stream.finish().text == ""


def test_a_model_of_one_file_is_a_ctc(tmp_path: Path, speech: Sound):
    make(tmp_path, kind="zipformer2_ctc")
    engine = SherpaHearing(tmp_path)

    in_pieces(stream := engine.open("en"), speech)

    assert engine.model.kind == "zipformer2_ctc"
    assert stream.finish().text != ""


def test_a_model_for_whole_stretches_answers_when_somebody_pauses(tmp_path: Path, speech: Sound):
    make(tmp_path, kind="whole_transducer")
    engine = SherpaHearing(tmp_path)
    length = len(speech) / HEARING_RATE

    stream = engine.open("zh-CN")
    (heard,) = in_pieces(stream, np.concatenate([quiet(1.0), speech, quiet(0.8)]))

    assert (engine.model.kind, engine.capabilities.streaming, heard.is_final) == ("transducer", False, True)
    assert 1.0 <= heard.words[0].start_seconds < heard.words[-1].start_seconds <= 1.0 + length
    assert stream.finish() == Heard("", True)


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("tokens.txt", r"needs \*\.onnx and tokens\.txt"),
        ("decoder.onnx", r"lacks the decoder\*\.onnx"),
        ("encoder.onnx", r"lacks the encoder\*\.onnx"),
    ],
)
def test_what_a_folder_lacks_is_named(transducer: Path, tmp_path: Path, missing: str, said: str):
    folder = tmp_path / "model"
    shutil.copytree(transducer, folder)
    (folder / missing).unlink()

    with pytest.raises(HearingRefused, match=said):
        SherpaHearing(folder)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(HearingRefused, match="is no folder: point it at an unpacked speech model"):
        SherpaHearing(tmp_path / "gone")


def test_a_file_that_was_not_copied_whole_is_refused_early(transducer: Path, tmp_path: Path):
    folder = tmp_path / "model"
    shutil.copytree(transducer, folder)
    encoder = folder / "encoder.onnx"
    encoder.write_bytes(encoder.read_bytes()[:-500])

    with pytest.raises(HearingRefused, match=r"encoder\.onnx ends in the middle"):
        find_hearing_model(folder)


def test_weights_that_do_not_fit_together_are_a_refusal_and_no_crash(transducer: Path, tmp_path: Path, speech: Sound):
    folder = tmp_path / "model"
    shutil.copytree(transducer, folder)
    model = onnx.load(folder / "decoder.onnx")
    table = model.graph.initializer[0]
    table.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(table)[:, :-3], table.name))
    onnx.save(model, folder / "decoder.onnx")
    stream = SherpaHearing(folder).open("zh-CN")

    with pytest.raises(HearingRefused, match="broke while it listened"):
        in_pieces(stream, speech)


def test_a_token_table_of_another_kind_ends_the_trial_and_not_this_process(transducer: Path, tmp_path: Path):
    folder = tmp_path / "model"
    shutil.copytree(transducer, folder)
    (folder / "tokens.txt").write_text("one two three four\n", "utf-8")
    engine = SherpaHearing(folder)

    with pytest.raises(HearingRefused, match="does not load"):
        engine.open("zh-CN")
