"""The same promises on a GPU, where there is one."""

from __future__ import annotations

import numpy as np
import pytest

from generation.engines.heads.musetalk import load_musetalk
from tests.support.heads import filmed, speech, tiny_model


@pytest.fixture(scope="module")
def head(tmp_path_factory):
    torch = pytest.importorskip("torch")
    if not torch.cuda.is_available():
        pytest.skip("there is no CUDA device here")
    return load_musetalk(tiny_model(tmp_path_factory.mktemp("model")), "cuda", 4)


def test_a_face_is_the_same_whatever_it_shares_its_batch_with(head, tmp_path):
    cache = filmed(head, tmp_path / "ann")
    features = head.features(speech(0.4), 0, 8)
    bases = np.arange(8)

    whole = head.render(cache, bases, features)

    assert (whole.shape, whole.dtype) == ((8, 256, 256, 3), np.uint8)
    halves = [head.render(cache, bases[at : at + 4], features[at : at + 4]) for at in (0, 4)]
    assert (whole == np.concatenate(halves)).all()


def test_the_same_footage_gives_the_same_latents(head, tmp_path):
    assert (filmed(head, tmp_path / "ann").latents == filmed(head, tmp_path / "bob").latents).all()
