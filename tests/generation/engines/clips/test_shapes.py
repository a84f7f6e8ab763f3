"""Possible and impossible shapes, and the plan of windows: nothing here loads a model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from generation.checkpoints.cards import card_named
from generation.engines.clips.base import ClipCapabilities, ClipRequest
from generation.engines.clips.capabilities import CAPABILITIES, REGISTERED
from generation.engines.clips.engines import ENGINES, engine_named
from generation.engines.clips.shapes import nearest_frames, nearest_size, size_for
from generation.engines.clips.windows import place_window, plan_windows

ORDER = ClipRequest("a cup", 480, 832, frames=81)


def refused(engine: str, request: ClipRequest) -> InputError:
    with pytest.raises(InputError) as error:
        engine_named(engine).check(request)
    return error.value


def test_the_nearest_possible_frames_and_size_are_named():
    assert "the nearest possible is 81 or 85" in str(refused("wan", replace(ORDER, frames=82)))
    assert "the nearest possible is 81 or 89" in str(refused("ltx", replace(ORDER, frames=82)))
    assert "480x832" in str(refused("wan", replace(ORDER, width=485, height=830)))
    assert refused("wan", replace(ORDER, width=485)).thing == "size"


@given(st.sampled_from(["wan", "ltx", "cogvideox"]), st.integers(1, 5000), st.integers(1, 5000), st.integers(2, 200))
def test_what_is_named_as_nearest_is_always_possible(engine, width, height, frames):
    able = CAPABILITIES[engine]

    size = nearest_size(width, height, able)
    counts = nearest_frames(frames, able)

    engine_named(engine).check(ClipRequest("x", *size, frames=counts[-1], fps=8 if engine == "cogvideox" else 24))
    assert nearest_size(*size, able) == size
    assert all(nearest_frames(count, able) == (count,) for count in counts)


@pytest.mark.parametrize("engine", CAPABILITIES)
@pytest.mark.parametrize(("ratio", "value"), [("9:16", 9 / 16), ("16:9", 16 / 9), ("1:1", 1.0), ("4:5", 0.8)])
def test_each_ratio_has_a_size_of_nearly_that_shape(engine, ratio, value):
    width, height = size_for(ratio, CAPABILITIES[engine])

    assert width / height == pytest.approx(value, rel=0.1)
    assert (width % CAPABILITIES[engine].size_multiple, height % CAPABILITIES[engine].size_multiple) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "thing"),
    [
        ({"frames": 16 * 181 + 1}, "frames"),
        ({"prompt": "  "}, "prompt"),
        ({"negative": "text", "guidance": 1.0}, "negative"),
        ({"last_image": "b.png"}, "image"),
        ({"extend": "a.mp4", "image": "b.png"}, "extend"),
        ({"steps": 0}, "steps"),
        ({"interpolate": 3}, "interpolate"),
        ({"upscale": 8}, "upscale"),
        ({"seed": -1}, "seed"),
        ({"guidance": float("nan")}, "guidance"),
    ],
)
def test_orders_that_make_no_sense_are_refused_by_field(changes, thing):
    assert refused("wan", replace(ORDER, **changes)).thing == thing


def test_a_wish_an_engine_lacks_names_those_that_have_it():
    assert "possible with stable-diffusion, wan" in str(refused("ltx", replace(ORDER, sketch="s.png")))
    assert "first-last-frame; possible with wan, ltx (such as wan2.1-flf2v-14b, wan2.1-vace-1.3b)" in str(
        refused("cogvideox", replace(ORDER, image="a.png", last_image="b.png"))
    )
    with pytest.raises(InputError, match="stable-diffusion, edit, wan"):
        engine_named("sora")


def test_the_checkpoints_that_are_named_are_registered_for_engines_that_can():
    for wish, names in REGISTERED.items():
        engines = {card.engine for card in map(card_named, names) if card is not None}
        assert len([name for name in names if card_named(name)]) == len(names)
        assert all(can(CAPABILITIES[engine], wish) for engine in engines), wish


def can(able: ClipCapabilities, wish: str) -> bool:
    told = {"image": able.edits, "camera": able.camera != "none"}
    return told[wish] if wish in told else wish in able.kinds or bool(getattr(able, wish, False))


def test_every_family_says_the_same_of_itself_as_the_table():
    assert {name: engine.capabilities for name, engine in ENGINES.items()} == dict(CAPABILITIES)


@given(st.sampled_from([(81, 5, 4), (161, 9, 8), (49, 1, 4), (9, 5, 4)]), st.integers(1, 700), st.integers(0, 90))
def test_windows_cover_every_frame_with_legal_lengths(model, blocks, known):
    window, overlap, step = model
    total = blocks * step + 1
    known = 0 if known >= total else known
    overlap = overlap if known == 0 else (min(overlap, known) - 1) // step * step + 1

    spans = plan_windows(total, window, overlap, step, known)

    made = known
    for number, span in enumerate(spans):
        assert span.frames <= window
        assert (span.frames - 1) % step == 0
        assert span.start == (max(0, made - overlap) if number or known else 0)
        made = span.start + span.frames
    assert made >= total
    assert known or made == total


def test_windows_join_without_a_jump_and_without_a_frame_too_many():
    clip = np.zeros((8, 1, 1, 3), np.uint8)
    clip[:5] = 100

    made = place_window(clip, 5, np.full((6, 1, 1, 3), 200, np.uint8), 2)

    assert made == 8
    assert clip[:, 0, 0, 0].tolist() == [100, 100, 125, 150, 175, 200, 200, 200]
