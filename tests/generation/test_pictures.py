"""The product's picture: taken in by the same guard as footage, kept by content."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from core.errors import InputError
from core.storage import api as storage
from generation import pictures
from generation.pictures import stored_picture, take_picture


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings) -> Path:
    settings.ADLOOM_HOME = tmp_path / "home"
    return tmp_path / "home"


def saved(folder: Path, name: str, size: tuple[int, int] = (300, 200), mode: str = "RGB") -> Path:
    path = folder / name
    Image.new(mode, size, (200, 40, 40) if mode == "RGB" else (200, 40, 40, 0)).save(path)
    return path


@pytest.mark.parametrize("name", ["can.png", "can.jpg", "can.webp"])
def test_png_jpeg_and_webp_are_taken(name, tmp_path, home):
    path, kind = stored_picture(take_picture(saved(tmp_path, name), name, home))

    assert (Image.open(path).size, kind) == ((300, 200), "image/jpeg")


def test_transparency_stays(tmp_path, home):
    path, kind = stored_picture(take_picture(saved(tmp_path, "cut-out.png", mode="RGBA"), "cut-out.png", home))

    assert (Image.open(path).mode, kind) == ("RGBA", "image/png")


def test_a_camera_photo_comes_down_to_1920_a_side(tmp_path, home):
    path, _ = stored_picture(take_picture(saved(tmp_path, "photo.jpg", (4000, 1000)), "photo.jpg", home))

    assert Image.open(path).size == (1920, 480)


WRONG_KINDS = {
    "a playlist": b"#EXTM3U\nhttp://169.254.169.254/\n",
    "an SVG drawing": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
    "a PDF document": b"%PDF-1.7 and so on",
    "a text": b"Dear Ada, here is the picture.\n" * 40,
    "a video or a moving picture": b"GIF89a" + b"\x01" * 60,
    "a sound": b"ID3" + b"\x01" * 60,
}


@pytest.mark.parametrize("what", WRONG_KINDS)
def test_what_is_no_still_picture_is_refused_with_the_kinds_that_are_taken(what, tmp_path, home):
    path = tmp_path / "can.png"
    path.write_bytes(WRONG_KINDS[what])

    with pytest.raises(InputError) as refused:
        take_picture(path, "can.png", home)

    assert (refused.value.thing, refused.value.code) == ("can.png", "format_not_supported")
    assert refused.value.reason == f"it is {what}, which is not read here; export it as PNG, JPEG or WebP"


def test_a_picture_cut_off_in_the_middle_is_refused_as_damaged(tmp_path, home):
    path = tmp_path / "can.jpg"
    Image.effect_noise((600, 600), 80).save(path)
    path.write_bytes(path.read_bytes()[:20_000])

    with pytest.raises(InputError) as refused:
        take_picture(path, "can.jpg", home)

    assert refused.value.code in ("truncated", "corrupt")


def test_a_file_over_the_limit_is_named_with_both_sizes(tmp_path, home, monkeypatch):
    monkeypatch.setattr(pictures, "PICTURE_MAX_BYTES", 1024)
    path = tmp_path / "can.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(4096))

    with pytest.raises(InputError) as refused:
        take_picture(path, "can.png", home)

    assert (refused.value.code, refused.value.thing) == ("too_large", "can.png")


def test_nothing_is_left_behind_by_a_refusal(tmp_path, home):
    path = tmp_path / "can.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x01" * 200)

    with pytest.raises(InputError):
        take_picture(path, "can.png", home)

    assert [entry for entry in home.rglob("*") if entry.is_file()] == []


def test_the_same_picture_twice_is_one_blob(tmp_path, home):
    path = saved(tmp_path, "can.png")

    assert take_picture(path, "can.png", home) == take_picture(path, "can again.png", home)
    assert storage.has_blob(take_picture(path, "can.png", home))
