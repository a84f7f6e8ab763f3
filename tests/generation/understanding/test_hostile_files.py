"""Files that are refused: by name, with a reason, and with nothing left behind."""

from __future__ import annotations

import contextlib
import os
import random
import socket
import struct
import zlib
from pathlib import Path

import pytest

from core.errors import InputError
from generation.understanding.intake import understand_file
from generation.understanding.limits import IntakeLimits
from generation.understanding.refusals import REASONS
from tests.generation.understanding.conftest import X264, Make, picture, tone


def refused(path: Path, home: Path, limits: IntakeLimits | None = None, name: str | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        understand_file(path, name or path.name, home, limits=limits or IntakeLimits())
    error = caught.value
    assert error.thing == (name or path.name)
    assert error.code in REASONS
    left = [entry for entry in home.rglob("*") if entry.is_file()] if home.exists() else []
    assert left == []
    return error


TEXTS = {
    "a playlist": ("points_elsewhere", "#EXTM3U\n#EXTINF:1,\n/etc/passwd\n"),
    "a playlist after a byte order mark": ("points_elsewhere", "\ufeff#EXTM3U\nhttp://127.0.0.1/x.ts\n"),
    "an HLS master": ("points_elsewhere", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhttp://127.0.0.1/\n"),
    "a concat list": ("points_elsewhere", "ffconcat version 1.0\nfile /etc/passwd\n"),
    "a bare concat list": ("points_elsewhere", "file '/etc/passwd'\nfile 'other.mp4'\n"),
    "a session description": ("points_elsewhere", "v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n"),
    "a DASH manifest": ("points_elsewhere", "<?xml version='1.0'?><MPD><BaseURL>http://127.0.0.1/</BaseURL></MPD>"),
    "a drawing": (
        "points_elsewhere",
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
    ),
    "an address": ("points_elsewhere", "http://127.0.0.1/video.mp4\n"),
    "a web page": ("points_elsewhere", "<!DOCTYPE html><video src=x>"),
    "a letter": ("not_media", "Dear Ada,\nhere is the video you asked for.\n" * 40),
    "a script": ("not_media", "#!/bin/sh\nrm -rf /\n"),
    "an archive": ("not_media", "PK\x03\x04 and so on"),
    "zeros": ("corrupt", "\0" * 5000),
    "nothing": ("empty", ""),
}


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("suffix", ["mp4", "png"])
def test_what_is_no_media_is_refused_whatever_its_name(kind: str, suffix: str, tmp_path: Path, home: Path) -> None:
    code, text = TEXTS[kind]
    path = tmp_path / f"holiday.{suffix}"
    path.write_text(text, "utf-8")

    assert refused(path, home).code == code


def test_a_playlist_is_never_followed(tmp_path: Path, home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.0)
        port = server.getsockname()[1]
        path = tmp_path / "clip.mp4"
        path.write_text(f"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:{port}/a.ts\n")

        refused(path, home)

        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_video_cut_off_before_its_index_says_so(make: Make, home: Path) -> None:
    path = make("a.mp4", *picture(seconds=2), *X264)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    error = refused(path, home)

    assert error.code == "truncated"
    assert "its index is missing" in error.reason


def test_a_video_cut_off_after_its_index_says_how_much_is_there(make: Make, home: Path) -> None:
    path = make("a.mp4", *picture(seconds=2), *X264, "-movflags", "+faststart")
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])

    error = refused(path, home)

    assert error.code == "truncated"
    assert "of 60 frames are there" in error.reason


def test_noise_in_the_middle_of_a_video_is_found(make: Make, home: Path) -> None:
    path = make("a.mp4", *picture(seconds=2), *X264, "-movflags", "+faststart")
    content = bytearray(path.read_bytes())
    third = len(content) // 3
    content[third : 2 * third] = bytes(os.urandom(1)[0] for _ in range(third))
    path.write_bytes(content)

    assert refused(path, home).code in {"corrupt", "truncated"}


@pytest.mark.parametrize("kind", ["mp4", "mkv", "avi", "ts", "png", "jpg", "wav", "mp3", "ogg", "gif"])
def test_a_true_beginning_followed_by_noise_is_refused(kind: str, make: Make, home: Path) -> None:
    inputs = tone() if kind in {"wav", "mp3", "ogg"} else picture(seconds=0.5)
    one = ("-frames:v", "1") if kind in {"png", "jpg"} else ()
    path = make(f"a.{kind}", *inputs, *one)
    head = path.read_bytes()[:48]
    path.write_bytes(head + bytes(range(1, 251)) * 40)

    assert refused(path, home).code in {"corrupt", "truncated", "not_media", "dimensions", "nothing_inside"}


def png_of(width: int, height: int) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    packed = zlib.compress(b"\0" * 1_000_000, 9) * 50
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (2**31 - 1, 2**31 - 1), (9000, 40), (1, 1)])
def test_absurd_pictures_are_refused_before_a_pixel_is_made(
    width: int, height: int, tmp_path: Path, home: Path
) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png_of(width, height))

    error = refused(path, home)

    assert error.code == "dimensions"
    assert f"{width} × {height}" in error.reason


def test_absurd_videos_are_refused(make: Make, home: Path) -> None:
    path = make("wide.mkv", *picture("8224x32", seconds=0.1), "-c:v", "ffv1")

    assert refused(path, home).code == "dimensions"


def test_a_picture_cut_off_in_the_middle_is_refused(make: Make, home: Path) -> None:
    for name in ("a.png", "a.jpg"):
        path = make(name, *picture("320x240", seconds=0.1), "-frames:v", "1")
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

        assert refused(path, home).code in {"truncated", "corrupt"}


def test_copy_protection_is_named(make: Make, home: Path) -> None:
    key = "76a6c65c5ea762046bd749a2e632ccbb"
    path = make(
        "a.mp4", *picture(), *X264, "-encryption_scheme", "cenc-aes-ctr", "-encryption_key", key,
        "-encryption_kid", "a7e61c373e219033c21091fa607bf3b8",
    )  # fmt: skip

    assert refused(path, home).code == "encrypted"


def test_a_codec_that_is_not_read_is_named_with_the_way_out(make: Make, home: Path) -> None:
    error = refused(make("a.avi", *picture(), "-c:v", "wmv2"), home)

    assert error.code == "codec_not_supported"
    assert error.reason == "its picture is coded as wmv2, which is not read here; export it as MP4 (H.264)"


def test_formats_of_other_worlds_are_named(tmp_path: Path, make: Make, home: Path) -> None:
    photo = tmp_path / "photo.heic"
    photo.write_bytes(struct.pack(">I", 24) + b"ftypheic" + b"\0" * 200)
    flash = make("a.flv", *picture(), "-c:v", "flv1")

    assert "HEIC" in refused(photo, home).reason
    assert "Flash" in refused(flash, home).reason


def test_more_streams_than_anyone_needs(make: Make, home: Path) -> None:
    sounds = [argument for _ in range(40) for argument in ("-map", "0:a")]
    path = make("a.mkv", *tone(0.2), *sounds)

    assert refused(path, home).code == "too_many_streams"


def test_a_file_larger_than_allowed_is_not_opened(make: Make, home: Path) -> None:
    path = make("a.mp4", *picture(), *X264)

    assert refused(path, home, IntakeLimits(max_bytes=1000)).code == "too_large"


def test_a_decoder_that_outgrows_its_memory_costs_one_refusal(make: Make, home: Path) -> None:
    path = make("a.mp4", *picture("640x360"), *X264)

    assert refused(path, home, IntakeLimits(decode_memory_bytes=40_000_000)).code in {"too_heavy", "corrupt"}
    assert understand_file(path, "a.mp4", home).source.frames == 30


def test_a_claimed_century_is_cut_to_what_is_used(make: Make, home: Path) -> None:
    stretched = ("-vf", "setpts=PTS*200000", "-fps_mode", "vfr")
    path = make("slow.mkv", *picture("64x64", rate="1", seconds=4), *stretched, *X264)

    found = understand_file(path, "slow.mkv", home, limits=IntakeLimits(max_seconds=2))

    assert found.source.frames <= 60


def test_links_pipes_and_folders_are_not_opened(tmp_path: Path, home: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x")
    link, pipe, folder = tmp_path / "link.mp4", tmp_path / "pipe.mp4", tmp_path / "folder.mp4"
    link.symlink_to(secret)
    os.mkfifo(pipe)
    folder.mkdir()

    assert "a link" in refused(link, home).reason
    assert "a pipe" in refused(pipe, home).reason
    assert "a folder" in refused(folder, home).reason
    assert refused(tmp_path / "gone.mp4", home).code == "unreadable"


@pytest.mark.parametrize(
    "name",
    [
        "a\nb.mp4",
        "a$(touch pwned).mp4",
        "`touch pwned`.mp4",
        "a; touch pwned;.mp4",
        "a|b.mp4",
        "a\x1b[31m.mp4",
        "\u202e4pm.mp4",
    ],
)
def test_names_that_are_tricks_are_refused_by_name(name: str, make: Make, home: Path, tmp_path: Path) -> None:
    path = make("plain.mp4", *picture(), *X264).rename(tmp_path / name)

    assert refused(path, home).code == "name_unsafe"
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize(
    "name", ["-i.mp4", "冷萃 咖啡 (1) & it's 100%.mp4", "%d.mp4", "file:x.mp4", "é" * 100 + ".mp4"]
)
def test_names_that_are_only_unusual_are_taken(name: str, make: Make, home: Path, tmp_path: Path) -> None:
    path = make("plain.mp4", *picture(seconds=0.6), *X264).rename(tmp_path / name)

    assert understand_file(path, name, home).source.name == name


def test_a_name_of_a_thousand_letters_is_refused(make: Make, home: Path) -> None:
    path = make("a.mp4", *picture(), *X264)

    assert refused(path, home, name="x" * 1000).code == "name_too_long"


def test_every_reason_is_a_sentence_with_a_way_out() -> None:
    for reason in REASONS.values():
        assert reason.startswith(("it ", "its ", "opening "))
        assert ";" in reason


@pytest.mark.parametrize("kind", ["mp4", "mkv", "png", "jpg", "mp3"])
def test_bytes_changed_at_random_cost_a_refusal_at_most(kind: str, make: Make, home: Path) -> None:
    inputs = tone(0.6) if kind == "mp3" else (*picture("128x72", seconds=0.6), *tone(0.6))
    one = ("-map", "0:v", "-frames:v", "1") if kind in {"png", "jpg"} else ()
    path = make(f"a.{kind}", *inputs, *one)
    whole = path.read_bytes()
    generator = random.Random(f"{kind}-2026")
    for _ in range(4):
        changed = bytearray(whole)
        for _ in range(generator.randint(1, 40)):
            changed[generator.randrange(min(len(changed), 3000))] = generator.randrange(256)
        path.write_bytes(changed)

        with contextlib.suppress(InputError):
            understand_file(path, path.name, home)


def test_work_that_a_killed_worker_left_is_swept(make: Make, home: Path) -> None:
    left = home / "materials" / ".0123456789ab-x"
    left.mkdir(parents=True)
    os.utime(left, (0, 0))

    understand_file(make("a.mp4", *picture(seconds=0.6), *X264), "a.mp4", home)

    assert not left.exists()
