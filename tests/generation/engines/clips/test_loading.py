"""Folders that are refused before anything in them is opened. None of it imports a model library."""

from __future__ import annotations

import json
import pickle
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from core.errors import InputError
from generation.engines.clips.base import CheckpointRefused
from generation.engines.clips.devices import EngineMissing, chosen_device
from generation.engines.clips.engines import engine_named
from generation.engines.clips.loading import checkpoint_hash


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    folder = tmp_path / "weights"
    (folder / "transformer").mkdir(parents=True)
    (folder / "model_index.json").write_text(json.dumps({"_class_name": "WanPipeline"}))
    save_file({"weight": np.ones((64, 64), np.float32)}, str(folder / "transformer" / "model.safetensors"))
    return folder


def refused(folder: Path, engine: str = "wan") -> CheckpointRefused:
    with pytest.raises(CheckpointRefused) as error:
        engine_named(engine).load(folder, "cpu")
    return error.value


@pytest.mark.parametrize("name", ["model.bin", "model.pt", "model.PTH", "model.pkl", "model.ckpt"])
def test_a_pickle_is_refused_by_name_and_never_opened(checkpoint, name):
    class Trap:
        def __reduce__(self):
            return Path.touch, (checkpoint / "sprung",)

    (checkpoint / "transformer" / name).write_bytes(pickle.dumps(Trap()))

    error = refused(checkpoint)

    assert error.thing == f"transformer/{name}"
    assert "pickle" in error.reason
    assert not (checkpoint / "sprung").exists()


def test_code_is_refused_by_name(checkpoint):
    (checkpoint / "pipeline.py").write_text("raise SystemExit")

    assert refused(checkpoint).thing == "pipeline.py"


@pytest.mark.parametrize("length", [0, 5, 40, 5000])
def test_safetensors_that_are_cut_off_are_refused_by_name(checkpoint, length):
    weights = checkpoint / "transformer" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:length])

    error = refused(checkpoint)

    assert error.thing == "transformer/model.safetensors"
    assert "cut short" in error.reason


def test_safetensors_with_a_broken_header_are_refused_by_name(checkpoint):
    weights = checkpoint / "transformer" / "model.safetensors"
    whole = bytearray(weights.read_bytes())
    whole[10] ^= 0xFF
    weights.write_bytes(bytes(whole))

    assert refused(checkpoint).thing == "transformer/model.safetensors"


def test_half_json_is_refused_by_name(checkpoint):
    (checkpoint / "transformer" / "config.json").write_text('{"half": ')

    assert refused(checkpoint).thing == "transformer/config.json"


def test_a_checkpoint_of_another_family_says_which_it_is(checkpoint):
    assert "names WanPipeline; ltx loads LTXConditionPipeline" in refused(checkpoint, "ltx").reason


def test_a_folder_without_an_index_is_no_checkpoint(checkpoint):
    (checkpoint / "model_index.json").unlink()

    assert refused(checkpoint).thing == "model_index.json"
    assert "is no folder" in refused(checkpoint / "absent").reason


@pytest.mark.parametrize(
    ("part", "files", "said"),
    [
        ("text_encoder", (), "is missing, and model_index.json counts on it"),
        ("vae", ("config.json",), "has settings and no weights"),
    ],
)
def test_a_part_that_is_missing_is_named(checkpoint, part, files, said):
    index = {"_class_name": "WanPipeline", "transformer_2": [None, None], part: ["diffusers", "Part"]}
    (checkpoint / "model_index.json").write_text(json.dumps(index))
    for name in files:
        (checkpoint / part).mkdir()
        (checkpoint / part / name).write_text("{}")

    error = refused(checkpoint)

    assert error.thing == f"weights/{part}"
    assert said in error.reason
    assert "checkpoints download" in error.reason


def test_a_setting_that_is_no_number_is_refused_by_name(checkpoint):
    (checkpoint / "model_index.json").write_text(json.dumps({"_class_name": "CogVideoXPipeline"}))
    (checkpoint / "transformer" / "config.json").write_text(json.dumps({"sample_frames": "many"}))

    with pytest.raises(CheckpointRefused, match="whole numbers"):
        engine_named("cogvideox").able(checkpoint)


@pytest.mark.parametrize("name", ["banana", "cuda:x", "mps", "cuda:999"])
def test_a_device_that_is_none_is_refused(name):
    with pytest.raises(InputError) as refusal:
        chosen_device(name)

    assert refusal.value.thing == "device"


def test_an_index_that_names_code_is_refused(checkpoint):
    (checkpoint / "model_index.json").write_text(json.dumps({"_class_name": ["pipeline", "Own"]}))

    assert refused(checkpoint).thing == "model_index.json"


def test_the_hash_is_of_weights_and_settings_alone(checkpoint):
    before = checkpoint_hash(checkpoint)
    (checkpoint / "README.md").write_text("words")
    unchanged = checkpoint_hash(checkpoint)
    (checkpoint / "model_index.json").write_text(json.dumps({"_class_name": "WanPipeline", "x": 1}))

    assert before == unchanged
    assert checkpoint_hash(checkpoint) != before


def test_a_pipeline_that_needs_a_package_more_says_which(checkpoint):
    """torchvision stays out: it has to be of the same build as the torch that is installed."""
    (checkpoint / "model_index.json").write_text(json.dumps({"_class_name": "QwenImageEditPipeline"}))
    if find_spec("torchvision") is not None:
        pytest.skip("torchvision is installed here")

    with pytest.raises(EngineMissing, match=r"python -m pip install -c constraints\.txt torchvision  # from the index"):
        engine_named("edit").load(checkpoint, "cpu")


@pytest.mark.parametrize("facts", [{"native_fps": 0}, {"window_frames": -8}, {"native_fps": "24"}])
def test_windows_that_are_none_are_refused_by_the_file_that_says_them(checkpoint, facts):
    (checkpoint / "adloom.json").write_text(json.dumps(facts))

    with pytest.raises(CheckpointRefused, match="as whole numbers from 1 on") as error:
        engine_named("wan").able(checkpoint)

    assert error.value.thing == "adloom.json"
