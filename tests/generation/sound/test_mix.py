"""An ad's sound: length, loudness, peaks, music that makes room."""

from __future__ import annotations

import json
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from core.media import FfmpegRefused
from generation.contracts import (
    PORTRAIT,
    Brand,
    MusicClip,
    SafeArea,
    SlotSpan,
    StickerClip,
    Timeline,
    Track,
    VoiceClip,
)
from generation.sound import mix_ad_audio, waveform
from generation.sound.loudness import integrated_lufs
from generation.sound.mix import mix
from generation.sound.program import decode_sound, measure
from generation.sound.wave_files import write_wav

Samples = NDArray[np.float64]
RATE = 48_000
FRAMES = 176


def chord(seconds: float, level: float = 0.2) -> Samples:
    time = np.arange(int(seconds * RATE)) / RATE
    tones = [np.sin(2 * np.pi * pitch * time) for pitch in (220.0, 277.5, 330.0)]
    return np.stack([np.sum(tones, axis=0) / 3 * level] * 2, axis=1)


def speech(seconds: float) -> Samples:
    """Noise in syllables, at the level of a take."""
    count = int(seconds * RATE)
    noise = np.random.default_rng(3).standard_normal(count) * 0.12
    return noise * (0.5 + 0.5 * np.sin(np.arange(count) / RATE * 2 * np.pi * 4)) * 0.8


@pytest.fixture
def music(tmp_path: Path) -> MusicClip:
    path = tmp_path / "loop.wav"
    write_wav(path, chord(2.0), RATE)
    return MusicClip(0, FRAMES, str(path), "0" * 64)


def voice(tmp_path: Path, start: int, seconds: float = 1.2, degraded: tuple[str, ...] = ()) -> VoiceClip:
    path = tmp_path / f"line-{start}.wav"
    write_wav(path, speech(seconds), RATE)
    path.with_suffix(".json").write_text(json.dumps({"degraded": degraded}))
    return VoiceClip(start, start + round(seconds * 30), str(path), "0" * 64)


def timeline(*clips: VoiceClip | MusicClip | StickerClip, frames: int = FRAMES) -> Timeline:
    lanes: dict[str, list[VoiceClip | MusicClip | StickerClip]] = {}
    for clip in clips:
        lanes.setdefault(clip.kind, []).append(clip)
    slots = (SlotSpan("hook", "a", 0, 80), SlotSpan("offer", "b", 80, frames))
    tracks = tuple(Track(name, tuple(lane)) for name, lane in lanes.items())  # type: ignore[arg-type]  # kinds are lanes
    return Timeline(PORTRAIT, SafeArea(0, 0, 1080, 1920), "en", frames, slots, tracks, Brand("b"))


def test_the_finished_sound_holds_every_promise(tmp_path: Path, music: MusicClip) -> None:
    ad = timeline(voice(tmp_path, 6), voice(tmp_path, 90), music, StickerClip(90, 170, "¥39.9"))

    result = mix_ad_audio(ad, tmp_path / "ad.m4a", tmp_path / "work")

    with av.open(str(result.path)) as container:
        stream = container.streams.audio[0]
        assert (stream.codec_context.codec.canonical_name, stream.rate, stream.channels) == ("aac", 48_000, 2)
        assert stream.codec_context.profile == "LC"
        assert sum(frame.samples for frame in container.decode(stream)) == FRAMES * 1600
    measured = measure(result.path)
    assert abs(measured.lufs + 14.0) <= 0.5
    assert measured.true_peak <= -1.0
    assert (result.lufs, result.true_peak) == (measured.lufs, measured.true_peak)
    assert result.cpu_seconds > 0
    assert not list((tmp_path).glob(".*.m4a"))


@pytest.mark.parametrize("has_voice", [True, False])
@pytest.mark.parametrize("has_music", [True, False])
def test_it_works_with_voice_or_music_missing(
    has_voice: bool, has_music: bool, tmp_path: Path, music: MusicClip
) -> None:
    clips: list[VoiceClip | MusicClip] = [voice(tmp_path, 6)] if has_voice else []
    clips += [music] if has_music else []

    result = mix_ad_audio(timeline(*clips), tmp_path / "ad.m4a", tmp_path)

    assert len(decode_sound(result.path)) == FRAMES * 1600
    if clips:
        assert abs(result.lufs + 14.0) <= 0.5
        assert result.true_peak <= -1.0
    else:
        assert result.lufs < -30


def test_peaks_are_held_even_for_music_that_is_all_peaks(tmp_path: Path) -> None:
    clicks = np.zeros((RATE * 2, 2))
    clicks[::6000] = 1.0
    write_wav(tmp_path / "clicks.wav", clicks + chord(2.0, 0.02), RATE)
    clip = MusicClip(0, FRAMES, str(tmp_path / "clicks.wav"), "0" * 64)

    result = mix_ad_audio(timeline(clip), tmp_path / "ad.m4a", tmp_path)

    assert result.true_peak <= -1.0
    assert abs(result.lufs + 14.0) <= 0.5


def test_music_makes_room_while_somebody_speaks(tmp_path: Path, music: MusicClip) -> None:
    silent_voice = voice(tmp_path, 60, seconds=1.5)
    with_voice = mix(timeline(silent_voice, music), with_effects=False)
    alone = mix(timeline(music), with_effects=False)

    def level(samples: Samples, frame: int) -> float:
        """Of the music's lowest tone alone, round a frame."""
        part = samples[(frame - 3) * 1600 : (frame + 3) * 1600, 0]
        time = np.arange(len(part)) / RATE
        return float(20 * np.log10(np.abs(np.mean(part * np.exp(-2j * np.pi * 220.0 * time))) + 1e-9))

    assert abs(level(with_voice, 30) - level(alone, 30)) < 0.5
    assert -12.5 < level(with_voice, 80) - level(alone, 80) < -8.0
    assert abs(level(with_voice, 150) - level(alone, 150)) < 0.5


def test_a_stand_in_voice_leaves_the_music_the_lead(tmp_path: Path, music: MusicClip) -> None:
    full = mix(timeline(voice(tmp_path, 60, 1.5), music), with_effects=False)
    stand_in = mix(timeline(voice(tmp_path, 61, 1.5, ("voice:espeak",)), music), with_effects=False)
    speaking, waiting = slice(75 * 1600, 95 * 1600), slice(10 * 1600, 40 * 1600)

    full_lead = integrated_lufs(full[speaking]) - integrated_lufs(full[waiting])
    stand_in_lead = integrated_lufs(stand_in[speaking]) - integrated_lufs(stand_in[waiting])

    assert full_lead > stand_in_lead


def test_the_same_timeline_gives_the_same_samples(tmp_path: Path, music: MusicClip) -> None:
    ad = timeline(voice(tmp_path, 6), music, StickerClip(90, 170, "¥39.9"))

    assert (mix(ad) == mix(ad)).all()


def test_the_two_ends_make_no_click(tmp_path: Path, music: MusicClip) -> None:
    mixed = mix(timeline(music))

    assert np.abs(mixed[0]).max() < 1e-3
    assert np.abs(mixed[-1]).max() < 1e-3
    assert np.abs(np.diff(mixed, axis=0)).max() < 0.05


def test_no_second_of_an_ad_without_music_is_dead_air(tmp_path: Path) -> None:
    result = mix_ad_audio(timeline(voice(tmp_path, 6)), tmp_path / "ad.m4a", tmp_path)

    samples = decode_sound(result.path)[: (FRAMES - 16) * 1600, 0]
    quietest = min(float(np.sqrt((part**2).mean())) for part in np.array_split(samples, 8))
    assert 20 * np.log10(quietest) > -50


def test_a_voice_longer_than_its_clip_stops_at_its_end(tmp_path: Path) -> None:
    long = voice(tmp_path, 0, seconds=4.0)
    cut = VoiceClip(0, 30, long.path, long.sha256)

    mixed = mix(timeline(cut), with_effects=False)

    assert np.abs(mixed[40 * 1600 : 80 * 1600]).max() < 0.05


def test_a_music_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.ogg").write_bytes(b"OggS nonsense")

    with pytest.raises(FfmpegRefused):
        mix_ad_audio(timeline(MusicClip(0, FRAMES, str(tmp_path / "bad.ogg"), "0")), tmp_path / "a.m4a", tmp_path)


def test_a_waveform_has_the_shape_of_the_sound(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", np.concatenate([chord(1.0, 0.4), chord(1.0, 0.1), np.zeros((RATE, 2))]), RATE)

    outline = waveform(tmp_path / "a.wav", 6)

    assert len(outline) == 6
    assert max(outline) == 1.0
    assert 0.2 < outline[2] < 0.3
    assert outline[5] < 0.02
