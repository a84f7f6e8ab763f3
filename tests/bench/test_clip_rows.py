"""The row of clips works as it stands: through the engine and through the bare pipeline, the same model and shape."""

from __future__ import annotations

import pytest

from bench.clips import measure_clips

pytest.importorskip("diffusers")


def test_without_a_model_of_ones_own_the_tiny_one_is_measured(tmp_path, settings):
    settings.CLIP_ENGINE = settings.CLIP_CHECKPOINT = ""

    figure = measure_clips(True, tmp_path)

    told = {key: figure.behind[key] for key in ("engine", "checkpoint", "size", "frames", "steps")}
    assert told == {"engine": "wan", "checkpoint": "tiny-wan", "size": "96x160", "frames": 9, "steps": 2}
    assert figure.value > 0
