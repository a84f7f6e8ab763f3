"""Files that are unlike each other and all work."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from core.media import run_ffmpeg
from generation.contracts import Understanding
from generation.understanding.intake import understand_file
from generation.understanding.limits import IntakeLimits
from tests.generation.understanding.conftest import X264, Make, picture, tone


def frames_at_30(path: str) -> list[np.ndarray]:
    """Every frame of the copy as RGB, after asserting that it is the one profile that is read from later."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        decoded = list(container.decode(stream))
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert stream.codec_context.codec.canonical_name == "h264"
        assert (int(stream.codec_context.colorspace), int(stream.codec_context.color_range)) == (1, 1)
        assert not len(container.streams.audio) or path.endswith(".mp4")
    times = [round((frame.time or 0.0) * 30, 4) for frame in decoded]
    assert times == list(range(len(times)))
    assert all(frame.rotation == 0 for frame in decoded)
    return [frame.to_ndarray(format="rgb24") for frame in decoded]


def understood(path: Path, home: Path, limits: IntakeLimits | None = None) -> Understanding:
    return understand_file(path, path.name, home, limits=limits or IntakeLimits())


VIDEOS: dict[str, tuple[str, tuple[str, ...], tuple[int, int], int]] = {
    # name: (file, arguments, (width, height), frames at 30 fps)
    "variable rate": (
        "a.mkv",
        (*picture(seconds=1.2), "-vf", "select='not(eq(mod(n,5),2))+gt(n,25)'", "-fps_mode", "vfr", *X264),
        (192, 108),
        36,
    ),
    "12.5 fps": ("a.mp4", (*picture(rate="12.5", seconds=0.8), *X264), (192, 108), 24),
    "10 fps": ("a.mp4", (*picture(rate="10", seconds=0.8), *X264), (192, 108), 24),
    "60 fps": ("a.mp4", (*picture(rate="60", seconds=0.8), *X264), (192, 108), 24),
    "NTSC": ("a.mp4", (*picture(rate="30000/1001", seconds=1.001), *X264), (192, 108), 30),
    "10-bit HEVC": (
        "a.mp4",
        (*picture(seconds=0.6), "-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le"),
        (192, 108),
        18,
    ),
    "4K": ("a.mp4", (*picture("3840x2160", seconds=0.5), *X264), (1920, 1080), 15),
    "odd sides": (
        "a.mkv",
        (*picture("191x107", seconds=0.6, source="testsrc"), "-c:v", "ffv1", "-pix_fmt", "yuv444p"),
        (192, 108),
        18,
    ),
    "wide pixels": ("a.mp4", (*picture("160x120", seconds=0.6), "-vf", "setsar=4/3", *X264), (214, 120), 18),
    "interlaced": ("a.mp4", (*picture(rate="25", seconds=0.8), *X264, "-flags", "+ildct+ilme"), (192, 108), 24),
    "transport stream": ("a.ts", (*picture(seconds=0.8), *X264, "-output_ts_offset", "900"), (192, 108), 24),
    "WebM": (
        "a.webm",
        (*picture(seconds=0.6), "-c:v", "libvpx-vp9", "-cpu-used", "8", "-deadline", "realtime"),
        (192, 108),
        18,
    ),
    "AVI": ("a.avi", (*picture(seconds=0.6), "-c:v", "mjpeg"), (192, 108), 18),
    "ProRes": ("a.mov", (*picture(seconds=0.6), "-c:v", "prores_ks"), (192, 108), 18),
    "GIF": ("a.gif", picture("96x64", rate="10", seconds=0.8), (96, 64), 24),
}


@pytest.mark.parametrize("kind", VIDEOS)
def test_every_kind_of_video_becomes_exact_frames_at_30_fps(kind: str, make: Make, home: Path) -> None:
    name, arguments, size, frames = VIDEOS[kind]

    found = understood(make(name, *arguments), home)

    assert (found.media, found.source.kind, found.source.name) == ("video", "video", name)
    assert (found.source.width, found.source.height) == size
    assert abs(found.source.frames - frames) <= (0 if kind != "NTSC" else 1)
    pixels = frames_at_30(found.source.path)
    assert len(pixels) == found.source.frames
    assert pixels[0].shape == (size[1], size[0], 3)
    assert [(shot.start_frame, shot.end_frame) for shot in found.shots] == [(0, found.source.frames)]
    assert Path(found.shots[0].thumbnail_path).is_file()


def test_a_phone_held_upright_is_shown_upright(make: Make, home: Path) -> None:
    flat = make("flat.mp4", *picture("192x108", seconds=0.6, source="smptebars"), *X264)
    turned = make("turned.mp4", "-display_rotation", "-90", "-i", str(flat), "-c", "copy")

    found = understood(turned, home)

    assert (found.source.width, found.source.height) == (108, 192)
    upright = frames_at_30(found.source.path)[3]
    lying = frames_at_30(understood(flat, home).source.path)[3]
    assert np.abs(upright.astype(int) - np.rot90(lying, -1)).mean() < 6


def test_colours_survive_full_range_and_old_matrices(make: Make, home: Path) -> None:
    red = ("-f", "lavfi", "-i", "color=c=0xC02010:size=192x108:rate=30:duration=0.6")
    full = make(
        "full.mp4",
        *red,
        "-vf",
        "scale=out_range=pc:out_color_matrix=bt601",
        *X264,
        "-color_range",
        "pc",
        "-colorspace",
        "smpte170m",
    )
    plain = make("plain.mp4", *red, "-vf", "scale=out_range=tv:out_color_matrix=bt601", *X264)

    for path in (full, plain):
        pixel = frames_at_30(understood(path, home).source.path)[5][54, 96]
        assert np.abs(pixel.astype(int) - (0xC0, 0x20, 0x10)).max() <= 6


def test_transparency_shows_white(make: Make, home: Path) -> None:
    path = make(
        "a.mov", "-f", "lavfi", "-i", "color=c=red@0.0:size=64x64:rate=30:duration=0.6,format=rgba", "-c:v", "qtrle"
    )

    assert frames_at_30(understood(path, home).source.path)[2][30, 30].min() >= 250


@pytest.mark.parametrize(("curve", "number"), [("smpte2084", "pq"), ("arib-std-b67", "hlg")])
def test_high_dynamic_range_is_brought_down(curve: str, number: str, make: Make, home: Path) -> None:
    tags = f"setparams=color_trc={curve}:color_primaries=bt2020:colorspace=bt2020nc:range=tv"
    path = make(
        "a.mp4", *picture(seconds=0.6), "-vf", f"format=yuv420p10le,{tags}", "-c:v", "libx265", "-preset", "ultrafast"
    )

    found = understood(path, home)

    assert found.probe["video"]["hdr"] == number
    assert found.notes == ("high dynamic range was brought down to ordinary brightness",)
    assert frames_at_30(found.source.path)[0].mean() > 20


def test_a_file_that_already_fits_is_kept_bit_for_bit(make: Make, home: Path) -> None:
    colours = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv")
    path = make("fits.mp4", *picture(seconds=1), *X264, "-g", "30", *colours, "-vf", "scale=out_color_matrix=bt709")

    found = understood(path, home)

    assert Path(found.source.path).read_bytes() == path.read_bytes()
    assert found.source.frames == 30


def test_sound_is_kept_aside_with_its_pauses(make: Make, home: Path) -> None:
    gap = "sine=frequency=440:duration=2,volume='if(between(t,0.8,1.4),0,0.5)':eval=frame"
    path = make("a.mp4", *picture(seconds=2), "-f", "lavfi", "-i", gap, *X264, "-ac", "1", "-c:a", "aac", "-shortest")

    found = understood(path, home)

    assert found.has_audio
    assert len(found.silences) == 1
    start, end = found.silences[0]
    assert abs(start - 24) <= 2
    assert abs(end - 42) <= 2
    assert Path(found.probe["audio_path"]).read_bytes()[:4] == b"fLaC"


def test_a_silent_track_is_no_sound(make: Make, home: Path) -> None:
    path = make("a.mp4", *picture(), "-f", "lavfi", "-i", "anullsrc=duration=1", *X264, "-c:a", "aac")

    found = understood(path, home)

    assert not found.has_audio
    assert found.probe["audio_path"] == ""


def test_one_frame_is_a_picture(make: Make, home: Path) -> None:
    found = understood(make("one.mp4", *picture(), "-frames:v", "1", *X264), home)

    assert (found.media, found.source.kind, found.source.frames) == ("picture", "picture", 0)
    assert found.notes == ("it is shorter than half a second and used as a picture",)
    assert Image.open(found.source.path).size == (192, 108)


def test_of_a_very_long_file_the_beginning_is_used(make: Make, home: Path) -> None:
    path = make("long.mp4", *picture("64x64", seconds=8), *X264)

    found = understood(path, home, IntakeLimits(max_seconds=2))

    assert found.source.frames == 60
    assert found.notes == ("only its first 2 seconds are used",)


def test_music_with_a_cover_is_sound(make: Make, home: Path) -> None:
    cover = make("cover.png", *picture(seconds=0.1), "-frames:v", "1")
    path = make(
        "a.mp3", *tone(1.5, "mono"), "-i", str(cover), "-map", "0:a", "-map", "1:v", "-c:v", "copy",
        "-disposition:v", "attached_pic", "-id3v2_version", "3",
    )  # fmt: skip

    found = understood(path, home)

    assert (found.media, found.source.kind, found.shots) == ("audio", "audio", ())
    assert abs(found.seconds - 1.5) < 0.1
    with av.open(found.source.path) as sound:
        assert (sound.streams.audio[0].rate, sound.streams.audio[0].channels) == (48000, 2)


@pytest.mark.parametrize("name", ["a.wav", "a.m4a", "a.flac", "a.ogg", "a.aac", "a.mka", "a.opus"])
def test_every_kind_of_sound_is_read(name: str, make: Make, home: Path) -> None:
    codec = {"a.ogg": ("-c:a", "libvorbis"), "a.opus": ("-c:a", "libopus")}.get(name, ())

    found = understood(make(name, *tone(0.8), *codec), home)

    assert (found.media, found.has_audio) == ("audio", True)
    assert abs(found.seconds - 0.8) < 0.1


def test_a_photo_is_turned_upright_and_made_smaller(tmp_path: Path, home: Path) -> None:
    photo = Image.new("RGB", (2400, 1200), "navy")
    photo.paste("orange", (0, 0, 1200, 1200))
    exif = photo.getexif()
    exif[0x0112] = 6
    photo.save(tmp_path / "photo.jpg", exif=exif)

    found = understood(tmp_path / "photo.jpg", home)

    assert (found.media, found.source.frames) == ("picture", 0)
    assert (found.source.width, found.source.height) == (960, 1920)
    assert [(shot.start_frame, shot.end_frame) for shot in found.shots] == [(0, 0)]
    upright = Image.open(found.source.path).convert("RGB")
    assert np.asarray(upright)[300, 480, 0] > 200


def test_a_cut_out_keeps_its_transparency_beside_the_flat_copy(tmp_path: Path, home: Path) -> None:
    Image.new("RGBA", (200, 100), (255, 0, 0, 0)).save(tmp_path / "cut.png")

    found = understood(tmp_path / "cut.png", home)

    assert Image.open(found.source.path).getpixel((50, 50)) == (255, 255, 255)
    assert Image.open(found.probe["alpha_path"]).mode == "RGBA"


def test_a_content_seen_before_costs_no_second_look(make: Make, home: Path) -> None:
    path = make("a.mp4", *picture(), *X264)
    first = understood(path, home)
    again = path.rename(path.with_name("other name.mp4"))
    shares: list[float] = []

    second = understand_file(again, "folder/other name.mp4", home, shares.append)

    assert shares == [1.0]
    assert second.source.name == "folder/other name.mp4"
    assert second.shots == first.shots


def test_progress_rises_to_one(make: Make, home: Path) -> None:
    shares: list[float] = []

    understand_file(make("a.mp4", *picture(seconds=2), *X264), "a.mp4", home, shares.append)

    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) >= 3


def test_the_upload_itself_is_not_touched(make: Make, home: Path) -> None:
    path = make("a.mkv", *picture(), *X264)
    before = path.read_bytes()

    understood(path, home)

    assert path.read_bytes() == before
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["a.mkv", "home"]
    assert not [entry for entry in (home / "materials").iterdir() if entry.name.startswith(".")]


def test_runs_as_the_real_program_sees_it(make: Make, home: Path) -> None:
    """The copy decodes without a word from ffmpeg."""
    found = understood(make("a.ts", *picture(seconds=0.6), *X264), home)

    assert run_ffmpeg(["-v", "warning", "-i", found.source.path, "-f", "null", "-"]).log == ""
