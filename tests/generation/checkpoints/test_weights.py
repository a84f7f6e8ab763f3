"""Files that are not what they say are named before anything loads them."""

from __future__ import annotations

import json
import pickle
import struct
import zipfile
from pathlib import Path

import pytest

from generation.checkpoints.manifest import MANIFEST, read_manifest, verify_folder
from generation.checkpoints.weights import FileProblem, safetensors_problem, weight_problems
from generation.engines.clips.base import CheckpointRefused
from generation.engines.clips.loading import check_files


def safetensors(numbers: int = 4) -> bytes:
    header = json.dumps({"w": {"dtype": "F32", "shape": [numbers], "data_offsets": [0, 4 * numbers]}}).encode()
    return struct.pack("<Q", len(header)) + header + bytes(4 * numbers)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "weights.safetensors").write_bytes(safetensors())
    (tmp_path / "model_index.json").write_text('{"_class_name": "WanPipeline"}')
    return tmp_path


def test_whole_weights_are_found_sound(folder):
    assert weight_problems(folder) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x01", "cut short: not even the length"),
        (struct.pack("<Q", 900) + b"{}", "cut short inside its header: 10 bytes of at least 908"),
        (safetensors()[:-3], "cut short: "),
        (safetensors() + b"more", "damaged: "),
        (struct.pack("<Q", 4) + b"oops", "its header cannot be read"),
        (struct.pack("<Q", 1 << 60) + b"{}", "no safetensors file"),
    ],
)
def test_safetensors_that_are_not_whole_are_told_from_each_other(tmp_path, content, reason):
    path = tmp_path / "w.safetensors"
    path.write_bytes(content)

    assert reason in safetensors_problem(path)


def test_pickles_are_refused_by_name_and_by_content(folder):
    (folder / "unet.pth").write_bytes(b"whatever")
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps({"w": 1}))
    with zipfile.ZipFile(folder / "torch.bin", "w") as archive:
        archive.writestr("archive/data.pkl", "")
    (folder / "voices.bin").write_bytes(bytes(64))

    problems = weight_problems(folder)

    assert [problem.name for problem in problems] == ["pytorch_model.bin", "torch.bin", "unet.pth"]
    assert all("convert it to safetensors" in problem.reason for problem in problems)


def test_code_is_no_part_of_a_checkpoint(folder):
    (folder / "modeling_ours.py").write_text("print('hello')")

    assert weight_problems(folder) == [
        FileProblem("modeling_ours.py", "is code; a checkpoint is weights and settings only")
    ]


def test_a_file_is_named_whole_whatever_its_name_holds(folder):
    (folder / "model" / "a: b.pth").write_bytes(b"x")

    assert str(weight_problems(folder)[0]).startswith("model/a: b.pth: is a pickle, ")
    with pytest.raises(CheckpointRefused) as refused:
        check_files(folder)
    assert refused.value.thing == "model/a: b.pth"


def test_what_verifies_whole_is_what_the_engines_load(folder):
    (folder / "vae").mkdir()
    (folder / "vae" / "openvino_model.bin").write_bytes(bytes(64))
    assert verify_folder(folder).problems == ()
    check_files(folder)

    (folder / "vae" / "more.NPZ").write_bytes(b"x")
    assert verify_folder(folder).problems[0].startswith("vae/more.NPZ: is a pickle")
    with pytest.raises(CheckpointRefused, match=r"vae/more\.NPZ: is a pickle"):
        check_files(folder)


def test_a_sound_folder_nobody_registered_is_recorded_with_its_licence_unknown(folder):
    report = verify_folder(folder)

    assert (report.is_new, report.problems, report.manifest.licence) == (True, (), "unknown")
    assert sorted(read_manifest(folder).files) == ["model/weights.safetensors", "model_index.json"]


def test_what_changed_since_is_named(folder):
    verify_folder(folder)
    changed = bytearray(safetensors())
    changed[-1] = 1
    (folder / "model" / "weights.safetensors").write_bytes(bytes(changed))
    (folder / "model_index.json").unlink()
    (folder / "extra.txt").write_text("x")

    report = verify_folder(folder)

    assert sorted(report.problems) == [
        "model/weights.safetensors: its bytes are not those that were downloaded (SHA-256 differs)",
        "model_index.json: is missing",
    ]
    assert report.unlisted == ("extra.txt",)


def test_a_folder_with_a_fault_gets_no_manifest(folder):
    (folder / "w.ckpt").write_bytes(b"x")

    report = verify_folder(folder)

    assert report.problems
    assert not (folder / MANIFEST).exists()
