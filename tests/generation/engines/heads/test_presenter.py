"""A spokesperson clip: as many pictures as its voice lasts, the mouth drawn where somebody speaks and nowhere else."""

from __future__ import annotations

import av
import numpy as np
import pytest

from core.errors import InputError
from generation.engines.heads.bases import base_clip
from generation.engines.heads.contracts import HeadConsentMissing
from generation.engines.heads.pasting import planes_of
from generation.engines.heads.preparing import prepare_head
from generation.engines.heads.presenter import presenter_clip, presenter_frames
from tests.support.heads import ScriptedHead, filmed, footage, speech


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return filmed(ScriptedHead(), tmp_path_factory.mktemp("presenter") / "ann")


@pytest.mark.parametrize(("samples", "fps", "frames"), [(24_000, 25, 13), (48_001, 30, 31), (1_600, 30, 1)])
def test_a_clip_has_exactly_as_many_pictures_as_its_voice_lasts(kept, tmp_path, samples, fps, frames):
    clip = base_clip(kept, 216, 384, tmp_path)
    voice = speech(2, 48_000)[:samples]

    made = sum(1 for _ in presenter_frames(ScriptedHead(), kept, clip, voice, 48_000, fps))

    assert made == frames


def test_the_network_is_never_asked_about_silence(kept, tmp_path):
    head = ScriptedHead()
    clip = base_clip(kept, 216, 384, tmp_path)

    pictures = [picture.copy() for picture in presenter_frames(head, kept, clip, speech(1.0, silent_from=0.4), 16_000)]

    asked = sorted(number for batch in head.asked for number in batch)
    assert asked == list(range(11))
    assert all(len(batch) <= 8 for batch in head.asked)
    for index in range(14, 25):
        assert (pictures[index] == clip.pictures[index % 12]).all() or index % 12 < 3


def test_a_mouth_comes_and_goes_over_three_pictures(kept, tmp_path):
    head = ScriptedHead()
    clip = base_clip(kept, 216, 384, tmp_path)
    part = clip.mouths[0]
    middle = part.y + part.height // 2, part.x + part.width // 2

    darkness = []
    for index, picture in enumerate(presenter_frames(head, kept, clip, speech(0.8, silent_from=0.24), 16_000)):
        base = int(planes_of(clip.pictures[index % 12])[0][middle])
        darkness.append(round((base - int(planes_of(picture)[0][middle])) / base, 1))

    steps = darkness[0] < darkness[1] < darkness[2]
    assert steps
    assert darkness[6] >= darkness[7] >= darkness[8] >= darkness[9]
    assert darkness[10] == 0


def test_a_file_holds_the_pictures_the_voice_and_who_agreed(head, cache, tmp_path):
    made = presenter_clip(head, cache, speech(0.5), 16_000, tmp_path / "out.mp4", tmp_path, fps=30)

    with av.open(made.path) as container:
        stream = container.streams.video[0]
        pictures = [frame.to_ndarray(format="rgb24") for frame in container.decode(stream)]
        assert (stream.width, stream.height, int(stream.average_rate)) == (216, 384, 30)
    with av.open(made.path) as container:
        sound = sum(frame.samples for frame in container.decode(audio=0))
    assert made.frames == len(pictures) == 15
    assert abs(sound / 16_000 - 0.5) < 0.1
    assert made.is_synthetic
    assert (made.head, made.checkpoint) == (cache.id, head.checkpoint_hash)
    face, lower = cache.box(0), cache.box(0).lower
    still = np.abs(pictures[6].astype(int) - footage()[5]).mean(axis=2)
    assert still[lower.y : lower.bottom, lower.x : lower.right].mean() > 15
    assert still[: face.y].mean() < 3


def test_nobody_speaks_who_has_not_agreed(kept, tmp_path):
    prepare_head(ScriptedHead(), footage(), tmp_path / "bob", "bob")
    from generation.engines.heads.cache import AvatarCache

    with pytest.raises(HeadConsentMissing):
        presenter_clip(ScriptedHead(), AvatarCache(tmp_path / "bob"), speech(0.2), 16_000, tmp_path / "x.mp4", tmp_path)
    assert not (tmp_path / "x.mp4").exists()


def test_no_voice_is_no_clip(kept, tmp_path):
    with pytest.raises(InputError, match=r"lasts 0.0 s"):
        presenter_clip(ScriptedHead(), kept, speech(0), 16_000, tmp_path / "x.mp4", tmp_path)
