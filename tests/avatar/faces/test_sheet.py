"""The layer sheet: drawn once, kept by what it was drawn from."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.faces.contracts import EMOTIONS, VISEMES
from avatar.faces.personas import load_persona
from avatar.faces.props import read_product
from avatar.faces.sheet import rasterise, sheet_key
from core.errors import InputError


def test_every_viseme_has_a_mouth_in_every_emotion(sheet):
    mouths = {name for name in sheet.sprites if name.startswith("mouth.")}

    assert mouths >= {f"mouth.{viseme}.{emotion}" for viseme in VISEMES for emotion in EMOTIONS}


def test_mouths_differ_from_each_other(sheet):
    pictures = [sheet.sprites[f"mouth.{viseme}.warm"].luma.astype(int) for viseme in VISEMES]

    assert all(np.abs(a - b).max() > 8 for i, a in enumerate(pictures) for b in pictures[:i])


def test_a_patch_meets_the_face_without_a_seam(sheet):
    """At its upper edge and its sides a mouth is the plain face, so that exchanging it shows no border."""
    face = sheet.sprites["face"]
    for name in ("mouth.AA.delight", "lids.4.0"):
        patch = sheet.sprites[name]
        plain = face.part(patch.box).luma.astype(int)
        assert np.abs(plain[0] - patch.luma[0]).max() <= 1
        assert np.abs(plain[:, 0] - patch.luma[:, 0]).max() <= 1


def test_a_kept_sheet_is_the_drawn_one(sheet, sheet_folder):
    kept = rasterise(sheet.persona, sheet.layout.width, sheet.layout.height, sheet_folder)

    assert kept is not sheet
    assert kept.places == sheet.places
    assert np.array_equal(kept.room, sheet.room)
    assert all(np.array_equal(kept.sprites[name].uva, sprite.uva) for name, sprite in sheet.sprites.items())


def test_another_persona_or_size_is_another_sheet(sheet):
    keys = {sheet.key, sheet_key(load_persona("tom"), 180, 320), sheet_key(sheet.persona, 360, 640)}

    assert len(keys) == 3


def test_a_size_that_cannot_be_encoded_is_refused(sheet_folder):
    with pytest.raises(InputError, match="181×320: sides must be multiples of 4"):
        rasterise(load_persona("ama"), 181, 320, sheet_folder)


def test_a_product_s_clear_edge_is_trimmed_and_a_photograph_keeps_its_ground(bottle):
    cut_out, photograph = read_product(bottle), read_product(np.zeros((40, 80, 3), np.uint8))

    assert cut_out is not None
    assert photograph is not None
    assert (cut_out.pixels.shape[:2], cut_out.is_cut_out, cut_out.is_slim) == ((110, 36), True, True)
    assert (photograph.pixels.shape[:2], photograph.is_cut_out) == ((40, 80), False)


def test_a_file_that_is_no_picture_is_named(tmp_path):
    path = tmp_path / "shoe.png"
    path.write_text("not a picture")

    with pytest.raises(InputError, match=r"shoe\.png is not a picture"):
        read_product(path)
