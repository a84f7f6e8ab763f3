"""Shots looked at by a real vLLM on a tiny random model that takes pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.llm.base import Message
from core.llm.capabilities import Capabilities, capabilities, forget, one_dot
from generation.describing.describe import ToDescribe, describe
from tests.real.footage import CLIPS
from tests.real.llm_serving import ServedModel, serving

A_LINE = {
    "type": "object",
    "properties": {"says": {"type": "string", "minLength": 30, "maxLength": 40}},
    "required": ["says"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedModel]:
    import torch

    from generation.checkpoints.tiny_kinds import make_tiny

    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("model") / "looking"
    make_tiny("vision", folder)
    with serving(folder, "LLM", "--max-tokens", "8192", "--at-once", "4") as up:
        yield up


def picture(light: np.ndarray) -> bytes:
    """A PNG of greys, 0 to 255, as (h, w)."""
    import cv2

    return cv2.imencode(".png", light.astype(np.uint8))[1].tobytes()


def test_it_says_that_it_takes_pictures(served: ServedModel) -> None:
    forget()

    assert capabilities(served.model()) == Capabilities(images=True, context_tokens=8192)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_picture_is_read_as_eight_tokens_of_the_prompt(served: ServedModel, count: int) -> None:
    """Four of what it shows, three marks around them and a line break."""
    completion = served.model().complete([Message("user", "?", (one_dot(),) * count)], max_tokens=1)

    assert completion.usage.prompt_tokens == 20 + 8 * count


def test_what_is_said_hangs_on_what_is_shown(served: ServedModel) -> None:
    black, slope = np.zeros((64, 64)), np.tile(np.linspace(0, 255, 64), (64, 1))
    said = [
        served.model().complete([Message("user", "?", (picture(each),))], schema=A_LINE, temperature=0.0).text
        for each in (black, slope, black)
    ]

    assert said[0] == said[2] != said[1]


def test_every_shot_of_a_video_gets_its_caption(served: ServedModel, footage: Path) -> None:
    model = served.model()
    file = ToDescribe("0" * 64, str(footage / next(iter(CLIPS))), "冷萃", "zh-CN", "video", ((0, 60), (60, 120)))
    found = describe(file, model, lambda share: None)

    assert (found.model, found.degraded) == ("looking", ())
    assert [(shot.start_frame, shot.end_frame) for shot in found.shots] == [(0, 60), (60, 120)]
    assert all(shot.caption for shot in found.shots)
    assert found.summary
    assert model.ledger.calls == 3
