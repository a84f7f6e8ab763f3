"""Pictures changed as told, with what lies in a second picture: what swaps a product and tries clothes on.

Qwen-Image-Edit sees pictures through torchvision, of which no processor-only build fits the pinned torch; where it is
installed (with the CUDA build of torch), the path is run whole.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.errors import InputError
from generation.engines.clips.base import ClipRequest
from tests.generation.engines.clips.subjects import Checkpoints, Subject

pytestmark = pytest.mark.skipif(find_spec("torchvision") is None, reason="needs torchvision, as Qwen-Image-Edit does")

ORDER = {"width": 64, "height": 64, "steps": 1}
SEVERAL = Subject("edit-several", "edit", "qwen_image", "edit-several", ORDER)
ONE = Subject("edit-one", "edit", "qwen_image", "edit", ORDER)


@pytest.fixture(scope="module")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> Checkpoints:
    return Checkpoints(tmp_path_factory.mktemp("checkpoints"), "cpu")


@pytest.fixture
def given(tmp_path: Path) -> dict[str, str]:
    for name, colour in (("person", "red"), ("bottle", "blue"), ("coat", "green"), ("mask", "white")):
        Image.new("RGB", (64, 64), colour).save(tmp_path / f"{name}.png")
    return {path.stem: str(path) for path in tmp_path.glob("*.png")}


def request(given: dict[str, str], subject: Subject, *references: str, **more: str) -> ClipRequest:
    told = {name: given[value] for name, value in more.items()}
    return subject.request(Path(), image=given["person"], references=tuple(given[name] for name in references), **told)


def test_what_lies_in_the_second_picture_comes_into_the_first(checkpoints, given):
    alone, bottle, coat = (
        checkpoints.made(SEVERAL, request(given, SEVERAL, *names))[0].frames for names in ((), ("bottle",), ("coat",))
    )

    assert bottle.shape == (1, 64, 64, 3)
    assert not np.array_equal(alone, bottle)
    assert not np.array_equal(bottle, coat)


def test_more_pictures_than_it_takes_are_refused(checkpoints, given):
    with pytest.raises(InputError, match="takes 3 pictures in all, not 4"):
        checkpoints.made(SEVERAL, request(given, SEVERAL, "bottle", "coat", "mask"))


def test_the_one_that_takes_a_single_picture_paints_under_a_mask(checkpoints, given):
    (made,) = checkpoints.made(ONE, request(given, ONE, mask="mask"))

    assert made.frames.shape == (1, 64, 64, 3)
    with pytest.raises(InputError, match="does not take it"):
        checkpoints.made(ONE, request(given, ONE, "bottle"))
