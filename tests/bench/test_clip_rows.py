"""The row of clips works as it stands: through the engine and through the bare pipeline, the same model and shape."""

from __future__ import annotations

import json

import pytest

from bench.clips import measure_clips
from core.errors import InputError
from tests.generation.checkpoints.test_weights import safetensors

pytest.importorskip("diffusers")


def test_without_a_model_of_ones_own_the_tiny_one_is_measured(tmp_path, settings):
    settings.CLIP_ENGINE = settings.CLIP_CHECKPOINT = ""

    figure = measure_clips(True, tmp_path)

    told = {key: figure.behind[key] for key in ("engine", "checkpoint", "size", "frames", "steps")}
    assert told == {"engine": "wan", "checkpoint": "tiny-wan", "size": "96x160", "frames": 9, "steps": 2}
    assert set(figure.behind) - set(told) == {"device", "seconds_of_clip_a_second", "gpu_memory_gb"}


def test_a_model_of_pictures_is_refused_by_name(tmp_path, settings):
    folder = tmp_path / "tiny-picture"
    (folder / "unet").mkdir(parents=True)
    (folder / "model_index.json").write_text(json.dumps({"_class_name": "StableDiffusionPipeline"}))
    (folder / "unet" / "weights.safetensors").write_bytes(safetensors())
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT = "stable-diffusion", str(folder)

    with pytest.raises(InputError) as refused:
        measure_clips(True, tmp_path)

    assert refused.value.thing == "CLIP_CHECKPOINT"
    assert refused.value.reason.startswith("stable-diffusion with tiny-picture makes ")
    assert refused.value.reason.endswith("; this row measures text-to-video")
