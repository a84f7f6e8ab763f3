"""Footage becomes a folder that can be relied on: whole, the same again, refused where it is not."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError
from generation.engines.heads.bases import base_clip
from generation.engines.heads.cache import AvatarCache
from generation.engines.heads.consents import check_cache, check_origin, withdraw_from
from generation.engines.heads.contracts import HeadConsentMissing, HeadOrigin, HeadRefused
from generation.engines.heads.faces import face_boxes, lower_mask
from generation.engines.heads.preparing import prepare_head
from tests.support.heads import AGREED, HEIGHT, INVENTED, WIDTH, ScriptedHead, filmed, footage


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return filmed(ScriptedHead(), tmp_path_factory.mktemp("kept") / "ann")


def test_a_prepared_head_holds_every_picture_its_mask_and_its_latents(cache):
    names = contents(cache.folder)

    assert len([name for name in names if name.startswith("frames/")]) == 12
    assert len([name for name in names if name.startswith("masks/")]) == 12
    assert {"meta.json", "origin.json", "index.safetensors"} <= set(names)
    assert (cache.latents.shape, cache.latents.dtype) == ((12, 8, 32, 32), np.float16)
    assert cache.latents.std() > 0
    assert (cache.frame(3) == footage()[3]).all()


def test_the_same_footage_and_network_give_the_same_bytes(head, cache, tmp_path):
    again = filmed(head, tmp_path / "ann")

    assert contents(again.folder) == contents(cache.folder)


def test_what_is_prepared_is_not_prepared_twice(kept, tmp_path):
    shutil.copytree(kept.folder, tmp_path / "ann")
    head = ScriptedHead()
    head.encode = None

    again = prepare_head(head, footage(), tmp_path / "ann", "ann")

    assert again.id == kept.id


def test_the_face_is_found_where_it_is(kept):
    box = kept.box(0)

    assert box.x < WIDTH // 2 < box.right
    assert HEIGHT * 0.2 < box.y < HEIGHT * 0.3
    assert HEIGHT * 0.38 < box.bottom < HEIGHT * 0.45


def test_footage_without_a_face_is_refused_with_what_to_do():
    wall = [np.full((HEIGHT, WIDTH, 3), 90, np.uint8)] * 12

    with pytest.raises(InputError, match="film one person from the front"):
        face_boxes(wall)


def test_a_mask_is_soft_at_all_its_edges(kept):
    mask = lower_mask(kept.box(0)).astype(int)

    assert max(mask[0].max(), mask[-1].max(), mask[:, 0].max(), mask[:, -1].max()) == 0
    assert mask[mask.shape[0] // 2, mask.shape[1] // 2] == 255
    assert np.abs(np.diff(mask, axis=0)).max() < 120


def test_too_little_footage_is_refused(tmp_path):
    with pytest.raises(InputError, match="has 3 pictures"):
        prepare_head(ScriptedHead(), footage()[:3], tmp_path / "ann")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").write_text("dear")

    with pytest.raises(HeadRefused, match="holds something that is no prepared head"):
        prepare_head(ScriptedHead(), footage(), tmp_path / "letters")
    assert (tmp_path / "letters" / "mine.txt").exists()


def test_a_pickle_in_a_prepared_head_is_refused_by_its_name(kept, tmp_path):
    shutil.copytree(kept.folder, tmp_path / "ann")
    (tmp_path / "ann" / "coords.pkl").write_bytes(pickle.dumps([1]))

    with pytest.raises(HeadRefused, match=r"coords.pkl: is a pickle"):
        AvatarCache(tmp_path / "ann")


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("index.safetensors", "index.safetensors: is cut short"),
        ("meta.json", "meta.json: cannot be read"),
    ],
)
def test_a_broken_file_is_named(kept, tmp_path, broken, reason):
    shutil.copytree(kept.folder, tmp_path / "ann")
    path = tmp_path / "ann" / broken
    path.write_bytes(path.read_bytes()[: -len(path.read_bytes()) // 3])

    with pytest.raises(HeadRefused, match=reason):
        AvatarCache(tmp_path / "ann")


def test_a_folder_without_a_head_says_how_one_is_made(tmp_path):
    with pytest.raises(HeadRefused, match="prepare_head"):
        AvatarCache(tmp_path)


def test_an_utterance_always_begins_at_the_same_frame(kept):
    begins = [kept.anchor_of(f"sentence {number}") for number in range(20)]

    assert begins == [kept.anchor_of(f"sentence {number}") for number in range(20)]
    assert set(begins) <= set(kept.facts.anchors)


def test_a_picture_of_another_shape_keeps_the_face_and_its_mouth(kept, tmp_path):
    clip = base_clip(kept, 240, 240, tmp_path)

    mouth = clip.mouths[0]
    assert clip.pictures.shape == (12, 360, 240)
    assert (mouth.x % 2, mouth.y % 2, mouth.width % 2, mouth.height % 2) == (0, 0, 0, 0)
    assert mouth.x < 120 < mouth.right
    assert mouth.bottom <= 240
    assert clip.masks[0].shape == (mouth.height, mouth.width)


def test_nobody_is_made_to_speak_who_has_not_agreed_to_face_and_voice():
    check_origin(AGREED, "ann")
    check_origin(INVENTED, "ann")
    face_only = replace(AGREED, consents=AGREED.consents[:1])

    with pytest.raises(HeadConsentMissing, match="no voice consent of Ann Example"):
        check_origin(face_only, "ann")
    with pytest.raises(HeadConsentMissing, match="nobody says who is to be seen"):
        check_origin(HeadOrigin(), "ann")


def test_a_consent_that_is_withdrawn_stops_every_head_that_rests_on_it(kept, tmp_path):
    shutil.copytree(kept.folder, tmp_path / "ann")
    prepare_head(ScriptedHead(), footage(), tmp_path / "ann", "ann", AGREED)
    cache = AvatarCache(tmp_path / "ann")
    check_cache(cache)

    assert not withdraw_from(tmp_path / "ann", "another", "2026-11-23")
    assert withdraw_from(tmp_path / "ann", "paper-voice", "2026-11-23")

    with pytest.raises(HeadConsentMissing, match="withdrew consent on 2026-11-23"):
        check_cache(cache)
