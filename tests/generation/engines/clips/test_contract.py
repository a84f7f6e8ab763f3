"""One examination for every engine of pictures and clips; tiny checkpoints go through the loader of real ones."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from django.core.management import call_command
from safetensors.numpy import load_file, save_file

from core.errors import InputError
from generation.engines.clips.base import (
    BrokenOutput,
    Cancelled,
    CheckpointRefused,
    ClipRequest,
    OutOfDeviceMemory,
    RunControl,
    parse_camera,
    plain_request,
    request_from,
)
from generation.engines.clips.engines import engine_named
from generation.engines.clips.pictures import read_clip
from generation.engines.clips.writing import write_clip
from tests.generation.engines.clips.subjects import (
    BY_NAME,
    SUBJECTS,
    Checkpoints,
    Subject,
    breaking,
    largest_difference,
    network,
    noise_picture,
    poisoned,
)

HAS_GPU = torch.cuda.is_available()


@pytest.fixture(scope="module", params=["cpu", "cuda"] if HAS_GPU else ["cpu"])
def checkpoints(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Checkpoints:
    torch.set_num_threads(1)
    return Checkpoints(tmp_path_factory.mktemp("checkpoints"), request.param)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    for number, name in enumerate(("image", "last_image", "other", "sketch", "reference")):
        noise_picture(number, 40, 56).save(folder / f"{name}.png")
    halves = np.zeros((32, 32), np.uint8)
    halves[:, 16:] = 255
    from PIL import Image

    Image.fromarray(halves).save(folder / "mask.png")
    return folder


@pytest.fixture(params=SUBJECTS, ids=lambda subject: subject.name)
def subject(request: pytest.FixtureRequest) -> Subject:
    return request.param


def test_it_makes_the_frames_that_were_ordered_and_says_with_what(checkpoints, pictures, subject):
    order = subject.request(pictures)

    (made,) = checkpoints.made(subject, order)

    assert made.frames.shape == (order.frames, order.height, order.width, 3)
    assert made.frames.dtype == np.uint8
    assert made.frames.std() > 5
    assert made.fps == 16
    assert made.parameters["engine"] == subject.engine
    assert made.parameters["kind"] == order.kind
    assert made.parameters["checkpoint_hash"] == checkpoints.loaded(subject).checkpoint_hash
    assert request_from(made.parameters["request"]) == order


def test_the_same_order_gives_the_same_bytes_and_another_seed_others(checkpoints, pictures, subject):
    order = subject.request(pictures)

    (first,) = checkpoints.made(subject, order)
    (again,) = checkpoints.made(subject, order)
    (other,) = checkpoints.made(subject, replace(order, seed=4))

    assert np.array_equal(first.frames, again.frames)
    assert not np.array_equal(first.frames, other.frames)


def test_neighbours_in_a_batch_change_nothing(checkpoints, pictures, subject):
    orders = [
        subject.request(pictures, seed=7),
        subject.request(pictures, seed=8, prompt="a longer prompt about the sea"),
    ]

    batch = checkpoints.made(subject, *orders)
    alone = [checkpoints.made(subject, order)[0] for order in orders]

    assert [largest_difference(one, other) <= 1 for one, other in zip(batch, alone, strict=True)] == [True, True]
    assert [made.parameters["batch_index"] for made in batch] == [0, 1]


def test_progress_only_grows_and_ends_at_the_total(checkpoints, pictures, subject):
    told: list[tuple[int, int]] = []

    checkpoints.loaded(subject).make(
        [subject.request(pictures, steps=3)], RunControl(on_step=lambda *now: told.append(now))
    )

    assert told == sorted(told)
    assert told[-1] == (told[-1][1], told[-1][1])
    assert len(told) >= 3


def test_a_run_nobody_wants_ends_between_two_steps_and_the_next_is_as_before(checkpoints, pictures, subject):
    order = subject.request(pictures, steps=4)
    (before,) = checkpoints.made(subject, order)
    told: list[int] = []
    control = RunControl(on_step=lambda done, total: told.append(done), is_cancelled=lambda: len(told) >= 1)

    with pytest.raises(Cancelled):
        checkpoints.loaded(subject).make([order], control)

    assert len(told) == 1
    assert np.array_equal(checkpoints.made(subject, order)[0].frames, before.frames)


def test_values_that_are_no_numbers_never_become_a_picture(checkpoints, pictures, subject):
    loaded = checkpoints.loaded(subject)

    with poisoned(network(loaded)), pytest.raises(BrokenOutput, match=r"in (transformer|unet)/ is no number either"):
        checkpoints.made(subject, subject.request(pictures))


def test_what_a_checkpoint_can_is_told_before_it_is_loaded(checkpoints, subject):
    told = engine_named(subject.engine).able(checkpoints.folder(subject.maker, subject.shape))

    assert told == checkpoints.loaded(subject).capabilities


def test_a_full_device_is_an_error_that_a_smaller_batch_may_mend(checkpoints, pictures, subject):
    loaded = checkpoints.loaded(subject)
    order = subject.request(pictures)

    with breaking(network(loaded), torch.OutOfMemoryError("CUDA out of memory")), pytest.raises(OutOfDeviceMemory):
        checkpoints.made(subject, order)

    assert len(checkpoints.made(subject, order)[0].frames) == order.frames


def test_what_is_our_own_mistake_is_not_called_a_full_device(checkpoints, pictures):
    subject = BY_NAME["wan-words"]

    with (
        breaking(network(checkpoints.loaded(subject)), RuntimeError("shapes do not fit")),
        pytest.raises(RuntimeError, match="do not fit"),
    ):
        checkpoints.made(subject, subject.request(pictures))


def test_an_impossible_size_is_refused_with_the_nearest_possible(checkpoints, pictures, subject):
    order = subject.request(pictures, width=37)
    step = checkpoints.loaded(subject).capabilities.size_multiple

    with pytest.raises(InputError, match=f"nearest possible is {round(37 / step) * step}x") as refused:
        checkpoints.made(subject, order)

    assert refused.value.thing == "size"


def test_a_prompt_the_model_cannot_read_whole_is_refused_or_cut_and_marked(checkpoints, pictures, subject):
    order = subject.request(pictures, prompt="a cup " * 200)

    with pytest.raises(InputError, match="the model reads") as refused:
        checkpoints.made(subject, order)
    (cut,) = checkpoints.made(subject, replace(order, may_truncate=True))

    assert refused.value.thing == "prompt"
    assert cut.degraded == ("clip:prompt-cut",)
    assert order.prompt.startswith(cut.parameters["prompt_read"])


def test_a_negative_prompt_is_heard_and_refused_where_it_could_not_be(checkpoints, pictures, subject):
    order = subject.request(pictures)

    plain, negative = (checkpoints.made(subject, replace(order, negative=words))[0] for words in ("", "blurred, text"))

    assert not np.array_equal(plain.frames, negative.frames)
    with pytest.raises(InputError, match="guidance of 1 or less"):
        checkpoints.made(subject, replace(order, negative="text", guidance=1.0))


def test_other_weights_have_another_hash(checkpoints):
    wan = engine_named("wan")

    other = wan.load(checkpoints.folder("wan", "text", seed=1), "cpu")

    assert other.checkpoint_hash != checkpoints.loaded(BY_NAME["wan-words"]).checkpoint_hash
    assert other.memory_bytes == checkpoints.loaded(BY_NAME["wan-words"]).memory_bytes > 100_000


def test_the_examination_is_sat_on_the_device_it_names(checkpoints):
    loaded = checkpoints.loaded(BY_NAME["pictures"])

    assert next(network(loaded).parameters()).device.type == loaded.device == checkpoints.device


CONDITIONS = (
    ("edit", "image", "other.png"),
    ("wan-words-or-frame", "image", "other.png"),
    ("wan-two-frames", "image", "other.png"),
    ("wan-two-frames", "last_image", "other.png"),
    ("wan-everything", "image", "image.png"),
    ("wan-everything", "sketch", "sketch.png"),
    ("pictures", "sketch", "sketch.png"),
    ("ltx-frame", "image", "other.png"),
    ("ltx-frame", "last_image", "last_image.png"),
    ("cogvideox-frame", "image", "other.png"),
    ("edit", "mask", "mask.png"),
)


@pytest.mark.parametrize(("name", "field", "file"), CONDITIONS)
def test_a_picture_that_is_given_changes_what_is_made(checkpoints, pictures, name, field, file):
    subject = BY_NAME[name]

    (without,) = checkpoints.made(subject, subject.request(pictures))
    (given,) = checkpoints.made(subject, subject.request(pictures, **{field: str(pictures / file)}))

    assert not np.array_equal(without.frames, given.frames)


@pytest.mark.parametrize("name", ["wan-everything", "pictures"])
def test_references_are_heard_by_the_models_that_take_them(checkpoints, pictures, name):
    subject = BY_NAME[name]

    (without,) = checkpoints.made(subject, subject.request(pictures))
    references = (str(pictures / "reference.png"), str(pictures / "other.png"))
    (given,) = checkpoints.made(subject, subject.request(pictures, references=references))
    (again,) = checkpoints.made(subject, subject.request(pictures))

    assert given.frames.shape == without.frames.shape
    assert np.array_equal(without.frames, again.frames)
    assert not np.array_equal(without.frames, given.frames)


REFUSED = (
    ("wan-words", {"image": "image.png"}, "kind"),
    ("wan-two-frames", {"image": "", "last_image": ""}, "image"),
    ("wan-two-frames-seen", {"last_image": ""}, "last_image"),
    ("cogvideox-frame", {"image": ""}, "image"),
    ("edit", {"image": ""}, "image"),
    ("ltx", {"references": ("reference.png",)}, "references"),
    ("cogvideox", {"sketch": "sketch.png"}, "sketch"),
    ("edit", {"references": ("reference.png",)}, "references"),
    ("kolors", {"references": ("reference.png",)}, "kind"),
    ("pictures", {"image": "image.png"}, "image"),
    ("pictures", {"frames": 9}, "frames"),
    ("wan-words", {"frames": 1}, "frames"),
    ("wan-words", {"frames": 13}, "frames"),
    ("wan-words", {"mask": "mask.png"}, "mask"),
)


@pytest.mark.parametrize(("name", "changes", "thing"), REFUSED)
def test_what_a_checkpoint_cannot_make_is_refused_by_name(checkpoints, pictures, name, changes, thing):
    subject = BY_NAME[name]

    with pytest.raises(InputError) as refused:
        checkpoints.made(subject, subject.request(pictures, **changes))

    assert refused.value.thing == thing


LONG = (("wan-everything", 21, 5), ("wan-words-or-frame", 17, 1), ("ltx-frame", 33, 9), ("cogvideox-frame", 21, 1))


@pytest.mark.parametrize(("name", "frames", "overlap"), LONG)
def test_a_clip_beyond_one_window_has_exactly_the_frames_ordered(checkpoints, pictures, name, frames, overlap):
    subject = BY_NAME[name]

    (made,) = checkpoints.made(subject, subject.request(pictures, frames=frames))

    windows = made.parameters["windows"]
    assert len(made.frames) == frames
    assert sum(length for _, length in windows) - overlap * (len(windows) - 1) == frames
    assert made.frames[-1].std() > 5


@pytest.mark.parametrize(("name", "overlap"), [("wan-everything", 5), ("ltx", 9), ("cogvideox-frame", 1)])
def test_a_clip_is_continued_from_its_own_frames_to_the_frame_ordered(checkpoints, pictures, tmp_path, name, overlap):
    subject = BY_NAME[name]
    (start,) = checkpoints.made(subject, subject.request(pictures))
    write_clip(start, tmp_path / "start.mp4")

    order = subject.request(pictures, image="", extend=str(tmp_path / "start.mp4"), frames=20)
    (whole,) = checkpoints.made(subject, order)

    assert len(whole.frames) == 20
    begun = read_clip("extend", order.extend, order.width, order.height, 16)
    assert np.array_equal(whole.frames[: 9 - overlap], begun[: 9 - overlap])
    with pytest.raises(InputError, match="has 9 frames already"):
        checkpoints.made(subject, replace(order, frames=9))


def test_a_camera_move_is_words_for_every_model_and_control_where_one_follows_drawings(checkpoints, pictures):
    image = str(pictures / "image.png")
    order = {"camera": parse_camera("pan:+2,zoom:-1"), "image": image}
    everything, framed = BY_NAME["wan-everything"], BY_NAME["cogvideox-frame"]

    (controlled,) = checkpoints.made(everything, everything.request(pictures, **order))
    (other_way,) = checkpoints.made(
        everything, everything.request(pictures, **order | {"camera": parse_camera("pan:-2,zoom:-1")})
    )
    (worded,) = checkpoints.made(framed, framed.request(pictures, **order))

    assert controlled.parameters["camera"] == "control"
    assert worded.parameters["camera"] == "prompt"
    assert worded.parameters["prompt_read"].endswith("the camera slowly pans right, the camera very slowly zooms out")
    assert not np.array_equal(controlled.frames, other_way.frames)


def test_stages_after_the_model_multiply_frames_and_pixels_and_say_by_what(checkpoints, pictures):
    ltx, wan = BY_NAME["ltx"], BY_NAME["wan-words"]

    (latent,) = checkpoints.made(ltx, ltx.request(pictures, upscale=2))
    (moved,) = checkpoints.made(wan, wan.request(pictures, upscale=2, interpolate=2))

    assert latent.frames.shape == (9, 64, 64, 3)
    assert latent.parameters["upscaling"] == "latent"
    assert moved.frames.shape == (17, 32, 32, 3)
    assert (moved.fps, moved.parameters["upscaling"], moved.parameters["interpolation"]) == (32, "lanczos", "flow")


def test_orders_of_two_shapes_are_no_batch(checkpoints, pictures):
    subject = BY_NAME["wan-words"]

    with pytest.raises(InputError, match="one bucket"):
        checkpoints.made(subject, subject.request(pictures), subject.request(pictures, frames=5))


def test_a_request_is_plain_data():
    order = ClipRequest("x", 16, 16, references=("a.png",), camera=parse_camera("orbit:-1.5"))

    assert request_from(plain_request(order)) == order
    assert plain_request(order)["camera"] == [{"move": "orbit", "strength": -1.5}]


def drop(weights):
    del weights[sorted(weights)[3]]


def cut(weights):
    name = next(name for name in sorted(weights) if weights[name].ndim > 1)
    weights[name] = weights[name][:1].copy()


@pytest.mark.parametrize("change", [drop, cut])
@pytest.mark.parametrize("part", ["transformer", "text_encoder", "vae"])
def test_weights_that_lack_something_are_refused_instead_of_made_up(checkpoints, tmp_path, part, change):
    folder = tmp_path / "hurt"
    shutil.copytree(checkpoints.folder("wan", "text"), folder)
    (file,) = (folder / part).glob("*.safetensors")
    weights = load_file(file)
    change(weights)
    save_file(weights, file, metadata={"format": "pt"})

    with pytest.raises(CheckpointRefused, match=r"hurt.*(lacks weights|does not load)"):
        engine_named("wan").load(folder, "cpu")


def test_an_index_may_not_have_other_packages_imported(checkpoints, tmp_path):
    folder = tmp_path / "odd"
    shutil.copytree(checkpoints.folder("wan", "text"), folder)
    index = json.loads((folder / "model_index.json").read_text())
    (folder / "model_index.json").write_text(json.dumps({**index, "scheduler": ["subprocess", "Popen"]}))

    with pytest.raises(CheckpointRefused, match="takes scheduler from 'subprocess'"):
        engine_named("wan").load(folder, "cpu")


def test_the_command_makes_the_same_frames_again_and_says_what_it_made(checkpoints, pictures, tmp_path, capsys):
    arguments = [
        "--engine",
        "wan",
        "--checkpoint",
        str(checkpoints.folder("wan", "vace")),
        "--prompt",
        "一只红色的杯子",
    ]
    arguments += ["--frames", "9", "--size", "32x16", "--steps", "2", "--seed", "5", "--camera", "pan:+2,zoom:-1"]
    arguments += ["--image", str(pictures / "image.png"), "--device", "cpu", "--json"]

    for name in ("one.mp4", "two.mp4"):
        call_command("make_clip", *arguments, "--out", str(tmp_path / name))

    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    one, two = (read_clip("out", str(tmp_path / name), 32, 16, 16) for name in ("one.mp4", "two.mp4"))
    assert np.array_equal(one, two)
    assert len(one) == 9
    assert (told[0]["frames"], told[0]["size"], told[0]["fps"], told[0]["seed"]) == (9, "32x16", 16, 5)
    assert told[0]["checkpoint_hash"] == told[1]["checkpoint_hash"]
    assert told[0]["parameters"]["kind"] == "image-to-video"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (["--size", "30x16"], "size: wan cannot make 30x16"),
        (["--frames", "10"], "nearest possible is 9 or 13"),
        (["--camera", "fly:2"], "camera: 'fly:2' is no move"),
        (["--image", "/nowhere.png"], "image: nowhere.png cannot be read"),
        (["--checkpoint", "no-such"], "no-such"),
        (["--prompt", "a cup " * 200], "prompt: the model reads 512 tokens"),
        (["--engine", "sora"], "engine: 'sora' is none of"),
        (["--device", "banana"], "device: 'banana' is none of cpu, cuda"),
    ],
)
def test_the_command_exits_with_2_and_names_what_is_wrong(checkpoints, tmp_path, capsys, changes, said):
    arguments = ["--engine", "wan", "--checkpoint", str(checkpoints.folder("wan", "vace")), "--prompt", "a cup"]
    arguments += ["--frames", "9", "--size", "32x16", "--steps", "2", "--device", "cpu"]

    with pytest.raises(SystemExit) as ended:
        call_command("make_clip", *arguments, *changes, "--out", str(tmp_path / "clip.mp4"))

    assert ended.value.code == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "clip.mp4").exists()


@pytest.mark.parametrize(
    ("name", "said"), [("clip.gif", "are written as .mp4"), ("file/clip.mp4", "cannot be written")]
)
def test_a_place_that_cannot_be_written_is_refused_before_anything_is_loaded(tmp_path, capsys, name, said):
    folder = tmp_path / "weightless"
    (folder / "transformer").mkdir(parents=True)
    (folder / "model_index.json").write_text(json.dumps({"_class_name": "WanVACEPipeline"}))
    (tmp_path / "file").touch()
    arguments = [
        "--engine",
        "wan",
        "--checkpoint",
        str(folder),
        "--prompt",
        "a cup",
        "--frames",
        "9",
        "--size",
        "32x16",
    ]

    with pytest.raises(SystemExit) as ended:
        call_command("make_clip", *arguments, "--device", "cpu", "--out", str(tmp_path / name))

    assert ended.value.code == 2
    assert f"out: {'clip.gif: 9 frames' if 'gif' in name else tmp_path}" in (error := capsys.readouterr().err)
    assert said in error


def test_a_checkpoint_without_the_means_is_refused_before_it_is_loaded(checkpoints, pictures, tmp_path, capsys):
    arguments = ["--engine", "wan", "--checkpoint", str(checkpoints.folder("wan", "text")), "--prompt", "a cup"]
    arguments += ["--frames", "9", "--size", "32x16", "--image", str(pictures / "image.png")]

    with pytest.raises(SystemExit):
        call_command("make_clip", *arguments, "--device", "cpu", "--out", str(tmp_path / "clip.mp4"))

    assert "cannot make image-to-video; possible with wan, ltx, cogvideox (such as wan2.1-i2v-14b-480p" in (
        capsys.readouterr().err
    )
