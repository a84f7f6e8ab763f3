"""The contract of a talking head, on tiny random weights."""

from __future__ import annotations

import math
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest

from generation.engines.heads.contracts import HeadBroken, HeadMissing, HeadRefused
from generation.engines.heads.hearing import frame_count, speaking_frames
from generation.engines.heads.musetalk import load_musetalk
from generation.engines.heads.pasting import as_i420
from generation.heads import load_head
from tests.support.heads import footage, speech, tiny_model


def test_every_picture_hears_ten_steps_of_five_layers(head):
    features = head.features(speech(0.4), 0, 10)

    assert tuple(features.shape) == (10, 50, 384)


def test_a_stretch_of_features_is_that_stretch_of_the_whole(head):
    pcm = speech(0.4)

    assert bool((head.features(pcm, 3, 4) == head.features(pcm, 0, 10)[3:7]).all())


def test_what_lies_before_and_after_an_utterance_is_silence_to_the_network(head):
    features = head.features(speech(0.2), 0, 5)

    assert float(features[0, : 4 * 5].abs().max()) == 0.0
    assert float(features[4, -2 * 5 :].abs().max()) == 0.0


@pytest.mark.parametrize("samples", [1, 640, 641, 16_000, 80_123])
def test_the_frames_cover_the_sound_and_no_more(samples):
    assert frame_count(np.zeros(samples, np.float32)) == math.ceil(samples / 640)


def test_longer_sound_than_the_ears_take_at_once_is_heard_in_parts(head):
    assert tuple(head.features(speech(5.4), 134, 1).shape) == (1, 50, 384)


def test_faces_are_rgb_bytes_of_256(head, cache):
    faces = head.render(cache, np.array([0, 5]), head.features(speech(0.1), 0, 2))

    assert (faces.shape, faces.dtype) == ((2, 256, 256, 3), np.uint8)
    assert faces.std() > 1


def test_a_face_is_the_same_whatever_it_shares_its_batch_with(head, cache):
    features = head.features(speech(0.2), 0, 4)
    bases = np.array([0, 3, 6, 9])

    whole = head.render(cache, bases, features)

    halves = [head.render(cache, bases[at : at + 2], features[at : at + 2]) for at in (0, 2)]
    alone = [head.render(cache, bases[[at]], features[[at]]) for at in (3, 1)]
    assert (whole == np.concatenate(halves)).all()
    assert (whole[[3, 1]] == np.concatenate(alone)).all()


def test_a_wrong_number_of_latents_is_a_mistake_of_the_caller(head, cache):
    with pytest.raises(ValueError, match="2 latents for 3"):
        head.render_latents(cache.latents[:2], head.features(speech(0.2), 0, 3))


def test_nan_is_said_and_shown_to_nobody(head, cache):
    features = head.features(speech(0.1), 0, 1) * float("nan")

    with pytest.raises(HeadBroken, match="NaN"):
        head.render(cache, np.array([0]), features)


def test_pasting_touches_the_lower_face_alone(head, cache):
    yuv = as_i420(footage()[0])
    before = yuv.copy()
    red = np.zeros((256, 256, 3), np.uint8)
    red[..., 0] = 255

    (box,) = head.paste(cache, 0, red, yuv)

    face, height = cache.box(0), cache.facts.height
    changed = np.argwhere(yuv[:height] != before[:height])
    assert (box.x % 2, box.y % 2, box.width % 2, box.height % 2) == (0, 0, 0, 0)
    assert changed[:, 0].min() >= face.y + face.height // 2
    assert changed[:, 0].max() < face.bottom
    assert changed[:, 1].min() >= face.x
    assert changed[:, 1].max() < face.right
    middle = box.y + box.height // 2, box.x + box.width // 2
    assert abs(int(yuv[middle]) - 63) <= 2
    edge = np.abs(yuv[box.y].astype(int) - before[box.y])[box.x : box.right]
    assert edge.max() <= 2


def test_nobody_speaks_in_silence_and_lips_open_a_picture_before_the_sound():
    pcm = np.concatenate([np.zeros(3200, np.float32), speech(0.2), np.zeros(3200, np.float32)])

    assert np.flatnonzero(speaking_frames(pcm)).tolist() == list(range(4, 11))


def test_the_same_folder_loads_to_the_same_hash(model, head):
    assert load_head(model).checkpoint_hash == head.checkpoint_hash


def test_other_weights_have_another_hash(tmp_path, head):
    assert load_musetalk(tiny_model(tmp_path / "other", seed=1)).checkpoint_hash != head.checkpoint_hash


def test_weights_that_are_not_there_are_named(tmp_path):
    with pytest.raises(HeadRefused, match=r"unet/config.json: is missing"):
        load_musetalk(tmp_path)


def copied(model: Path, folder: Path) -> Path:
    shutil.copytree(model, folder)
    return folder


def test_a_pickle_beside_the_weights_is_refused_by_its_name(model, tmp_path):
    folder = copied(model, tmp_path / "model")
    (folder / "unet" / "unet.pth").write_bytes(pickle.dumps({}))

    with pytest.raises(HeadRefused, match=r"unet/unet.pth: is a pickle"):
        load_musetalk(folder)


def test_weights_cut_short_are_refused_by_their_name(model, tmp_path):
    folder = copied(model, tmp_path / "model")
    path = folder / "vae" / "diffusion_pytorch_model.safetensors"
    path.write_bytes(path.read_bytes()[:-100])

    with pytest.raises(HeadRefused, match=r"vae/diffusion_pytorch_model.safetensors: is cut short"):
        load_musetalk(folder)


def test_another_network_is_no_head(model, tmp_path):
    folder = copied(model, tmp_path / "model")
    config = folder / "unet" / "config.json"
    config.write_text(config.read_text().replace('"in_channels": 8', '"in_channels": 4'))

    with pytest.raises(HeadRefused, match="in_channels is 4, a talking head of this kind has 8"):
        load_musetalk(folder)


def test_a_network_of_real_size_is_not_even_tried_on_a_processor(model, monkeypatch):
    monkeypatch.setattr("generation.engines.heads.checkpoint.MOST_BYTES_ON_CPU", 1000)

    with pytest.raises(HeadMissing, match="needs a GPU"):
        load_musetalk(model, "cpu")


def test_a_gpu_that_is_not_there_is_said_before_anything_is_drawn(model):
    import torch

    if torch.cuda.is_available():
        pytest.skip("there is a GPU here")
    with pytest.raises(HeadMissing, match="sees no CUDA device"):
        load_musetalk(model, "cuda")
