"""VBench's flicker is ours to the sixth digit, and no stand-in goes by one of VBench's names."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from generation.quality.scores.contracts import VBENCH_DIMENSIONS, Frames, Score
from generation.quality.scores.exact import flickering_score, temporal_flickering


def clip(seed: int, frames: int = 8) -> Frames:
    """A picture of noise that drifts sideways by a step that depends on the seed."""
    base = np.random.default_rng(seed).integers(0, 256, (36, 64, 3), dtype=np.uint8)
    return np.stack([np.roll(base, frame * seed, axis=1) for frame in range(frames)])


@pytest.fixture(scope="module")
def their_mean_difference() -> Callable[[Frames], float]:
    """The wheel's own functions; the rest of the package, which wants other versions of torch, stays shut."""
    package, utils, distributed = (ModuleType(name) for name in ("vbench", "vbench.utils", "vbench.distributed"))
    package.__path__ = []
    utils.load_dimension_info = None  # type: ignore[attr-defined]
    for name in ("world_size", "rank"):
        setattr(distributed, f"get_{name}", lambda: 0)
    for name in ("all_gather", "barrier", "distribute_list_to_rank", "gather_list_of_dict"):
        setattr(distributed, name, None)
    path = importlib.metadata.distribution("vbench").locate_file("vbench/temporal_flickering.py")
    spec = importlib.util.spec_from_file_location("vbench.temporal_flickering", Path(str(path)))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        for each in (package, utils, distributed):
            patch.setitem(sys.modules, each.__name__, each)
        spec.loader.exec_module(module)

    def score(frames: Frames) -> float:
        module.get_frames = lambda path: list(frames)
        return float(module.cal_score("clip.mp4"))

    return score


@pytest.mark.parametrize("seed", [1, 3, 7])
def test_flicker_equals_the_packages_own_function(seed: int, their_mean_difference: Callable[[Frames], float]) -> None:
    assert temporal_flickering(clip(seed)) == pytest.approx(their_mean_difference(clip(seed)), abs=1e-6)


def test_flicker_of_a_step_of_51_levels_is_four_fifths() -> None:
    frames = np.stack([np.full((4, 4, 3), level, np.uint8) for level in (0, 51, 0, 51)])

    assert temporal_flickering(frames) == 0.8


def test_one_frame_has_no_flicker() -> None:
    with pytest.raises(ValueError, match="one alone has none"):
        temporal_flickering(clip(1, frames=1))


def test_a_score_says_which_frames_it_is_of() -> None:
    one, other = flickering_score(clip(1)), flickering_score(clip(3))

    assert (one.tier, one.name) == ("exact", "temporal_flickering")
    assert one.inputs != other.inputs


@pytest.mark.parametrize("name", sorted(VBENCH_DIMENSIONS))
def test_no_proxy_bears_a_vbench_name(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be called"):
        Score(name, 0.5, "proxy", "1", "")


def test_only_a_proxy_is_called_one() -> None:
    with pytest.raises(ValueError, match="cannot be called"):
        Score("imaging_quality_proxy", 0.5, "model", "1", "")
