"""VBench's consistency over networks in a local folder; here small ones with random weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError
from generation.quality.scores.consistency import consistency, model_scores

SIZES = {
    "hidden_size": 16,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "intermediate_size": 16,
    "image_size": 32,
    "patch_size": 16,
}


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection, ViTConfig, ViTModel

    torch.manual_seed(1)
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("evaluation")
    ViTModel(ViTConfig(**SIZES), add_pooling_layer=False).save_pretrained(folder / "dino-vitb16")
    clip = CLIPVisionModelWithProjection(CLIPVisionConfig(**SIZES, projection_dim=8))
    clip.save_pretrained(folder / "clip-vit-base-patch32")
    return folder


def test_each_frame_is_set_against_the_one_before_and_the_first() -> None:
    # Third frame: at a right angle to the second, opposite to the first, which counts as nothing in common.
    features = np.array([[1.0, 0.0], [0.6, 0.8], [-0.8, 0.6]], np.float32)

    assert consistency(features) == pytest.approx(((0.6 + 0.6) / 2 + (0.0 + 0.0) / 2) / 2)


def test_a_clip_that_never_changes_is_wholly_consistent(networks: Path) -> None:
    frames = np.repeat(np.random.default_rng(2).integers(0, 256, (1, 40, 56, 3), dtype=np.uint8), 3, axis=0)

    scores = {score.name: score for score in model_scores(frames, networks)}

    assert set(scores) == {"subject_consistency", "background_consistency"}
    assert {score.tier for score in scores.values()} == {"model"}
    assert [score.value for score in scores.values()] == pytest.approx([1.0, 1.0], abs=1e-5)
    assert scores["subject_consistency"].version.startswith("dino-vitb16-")


def test_without_networks_there_are_no_such_scores(tmp_path: Path) -> None:
    frames = np.zeros((3, 32, 32, 3), np.uint8)

    assert model_scores(frames, None) == ()
    assert model_scores(frames, tmp_path) == ()


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "dino-vitb16").mkdir()

    with pytest.raises(InputError, match="dino-vitb16"):
        model_scores(np.zeros((2, 32, 32, 3), np.uint8), tmp_path)
