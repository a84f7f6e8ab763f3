"""Stems: any of them joined by their packets is an ad that sounds as one that was mixed whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from core.media import FfmpegRefused, run_ffmpeg
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
from generation.sound.program import measure
from generation.sound.stems import (
    Levels,
    MadeStem,
    agreed_of,
    loudness_of,
    make_stems,
    stem_key,
    stem_spec,
    stem_versions,
)
from generation.sound.stems.making import render
from generation.sound.stems.packets import PACKET_SAMPLES, decode, encode
from generation.sound.wave_files import write_wav

Samples = NDArray[np.float64]
RATE = 48_000
SLOTS = (("hook", 64), ("offer", 48), ("cta", 64))
FRAMES = sum(frames for _, frames in SLOTS)


def speech(seconds: float, pitch: float) -> Samples:
    """A buzz in syllables, at the level of a take, with its first and last 20 ms silent."""
    time = np.arange(int(seconds * RATE)) / RATE
    buzz = sum(np.sin(2 * np.pi * pitch * n * time) / n for n in range(1, 30))
    syllables = np.clip(np.sin(2 * np.pi * 4 * time) + 0.4, 0.0, 1.0)
    syllables[:1000] = syllables[-1000:] = 0.0
    return np.asarray(buzz * syllables * 0.25)


def song(seconds: float = 3.0) -> Samples:
    """A loop of plucked chords."""
    time = np.arange(int(seconds * RATE)) / RATE
    pluck = np.exp(-((time * 2) % 1.0) * 3)
    tones = [np.sin(2 * np.pi * pitch * time) for pitch in (220.0, 278.0, 330.0, 1320.0)]
    return np.stack([np.sum(tones, axis=0) * pluck, np.sum(tones[::-1][:3], axis=0) * pluck], axis=1) * 0.15


@pytest.fixture
def music(tmp_path: Path) -> MusicClip:
    write_wav(tmp_path / "loop.wav", song(), RATE)
    return MusicClip(0, FRAMES, str(tmp_path / "loop.wav"), "m" * 64)


def line(folder: Path, slot: int, number: int, degraded: tuple[str, ...] = (), level: float = 1.0) -> VoiceClip:
    """Line `number` of a slot: a short one and a long one of another pitch."""
    start = sum(frames for _, frames in SLOTS[:slot])
    seconds = (0.7, 1.2)[number]
    path = folder / f"line-{slot}-{number}.wav"
    write_wav(path, speech(seconds, 130.0 + 70 * number + 10 * slot) * level, RATE)
    path.with_suffix(".json").write_text(json.dumps({"degraded": degraded}))
    return VoiceClip(start + 4, start + 4 + round(seconds * 30), str(path), f"{slot}{number}".ljust(64, "0"))


def ad(*clips: VoiceClip | MusicClip | StickerClip | None) -> Timeline:
    lanes: dict[str, list[VoiceClip | MusicClip | StickerClip]] = {}
    for clip in clips:
        if clip:
            lanes.setdefault(clip.kind, []).append(clip)
    starts = [sum(frames for _, frames in SLOTS[:at]) for at in range(len(SLOTS))]
    spans = tuple(
        SlotSpan(role, "", start, start + frames) for (role, frames), start in zip(SLOTS, starts, strict=True)
    )
    tracks = tuple(Track(name, tuple(lane)) for name, lane in lanes.items())  # type: ignore[arg-type]  # kinds are lanes
    return Timeline(PORTRAIT, SafeArea(0, 0, 1080, 1920), "en", FRAMES, spans, tracks, Brand("b"))


def two_ads(folder: Path, music: MusicClip | None, degraded: tuple[str, ...] = ()) -> list[Timeline]:
    """One with the short line in every slot, one with the long."""
    sticker = StickerClip(72, 112, "¥39.9")
    return [ad(*(line(folder, slot, number, degraded) for slot in range(3)), music, sticker) for number in (0, 1)]


def stems_of(ads: Sequence[Timeline]) -> list[list[MadeStem]]:
    """Per ad, its stems in order."""
    agreed = agreed_of(ads)
    return [make_stems([stem_spec(each, slot, agreed) for slot in range(len(SLOTS))]) for each in ads]


def spliced(stems: Sequence[MadeStem], path: Path) -> Path:
    """Their packets one after the other in an m4a."""
    with av.open(str(path), "w", format="ipod") as container:
        stream = container.add_stream("aac", rate=RATE)
        stream.codec_context.layout = "stereo"
        stream.codec_context.extradata = stems[0].config
        number = 0
        for stem in stems:
            at = 0
            for size in stem.packet_sizes:
                packet = av.Packet(stem.payload[at : at + size])
                packet.stream, packet.time_base, packet.duration = stream, Fraction(1, RATE), PACKET_SAMPLES
                packet.pts = packet.dts = (number - 1) * PACKET_SAMPLES
                container.mux(packet)
                at, number = at + size, number + 1
    return path


def decibels(samples: Samples) -> float:
    return float(10 * np.log10(np.square(samples).mean() + 1e-12))


def assert_holds(stems: Sequence[MadeStem], folder: Path) -> None:
    """-14 LUFS, -1 dBTP, its exact length, a silent decode, and the sidecars' own figures."""
    path = spliced(stems, folder / "ad.m4a")
    assert run_ffmpeg(["-v", "error", "-i", str(path), "-f", "null", "-"]).log.strip() == ""
    measured = measure(path)
    assert abs(measured.lufs + 14.0) <= 0.5
    assert measured.true_peak <= -1.0
    lufs, true_peak = loudness_of([stem.levels for stem in stems])
    assert abs(lufs - measured.lufs) <= 0.1
    assert abs(true_peak - measured.true_peak) <= 0.15


def test_any_lines_joined_hold_every_promise(tmp_path: Path, music: MusicClip) -> None:
    by_line = stems_of(two_ads(tmp_path, music))

    for lines in product((0, 1), repeat=3):
        assert_holds([by_line[number][slot] for slot, number in enumerate(lines)], tmp_path)


@pytest.mark.parametrize("has_music", [True, False])
def test_a_stand_in_voice_holds_them_too(has_music: bool, tmp_path: Path, music: MusicClip) -> None:
    by_line = stems_of(two_ads(tmp_path, music if has_music else None, ("voice:espeak",)))

    assert_holds([by_line[1][0], by_line[0][1], by_line[1][2]], tmp_path)


def test_an_ad_without_a_voice_is_its_music(tmp_path: Path, music: MusicClip) -> None:
    assert_holds(stems_of([ad(music)])[0], tmp_path)


def test_an_ad_with_neither_is_a_quiet_room(tmp_path: Path) -> None:
    stems = stems_of([ad()])[0]

    assert -46 < measure(spliced(stems, tmp_path / "ad.m4a")).lufs < -38


def test_a_line_too_quiet_or_too_loud_is_brought_to_its_place(tmp_path: Path, music: MusicClip) -> None:
    clips = [line(tmp_path, 0, 0, level=0.5), line(tmp_path, 1, 1, level=1.6), line(tmp_path, 2, 0)]

    assert_holds(stems_of([ad(*clips, music)])[0], tmp_path)


def test_a_slot_without_a_line_among_spoken_ones_is_as_loud(tmp_path: Path, music: MusicClip) -> None:
    silent = ad(line(tmp_path, 0, 1), line(tmp_path, 2, 1), music)
    spoken = two_ads(tmp_path, music)[0]

    mixed, _ = stems_of([silent, spoken])

    assert_holds(mixed, tmp_path)


def test_joins_err_less_than_one_continuous_encode_and_under_minus_50_decibels(
    tmp_path: Path, music: MusicClip
) -> None:
    ads = two_ads(tmp_path, music)
    agreed = agreed_of(ads)
    made = [render(stem_spec(ads[slot % 2], slot, agreed)) for slot in range(3)]
    mixed = np.concatenate([each.samples for each in made])
    packets, config = encode(mixed)

    continuous = decode(tuple(packets), config)[PACKET_SAMPLES : PACKET_SAMPLES + len(mixed)]
    joined = decode(tuple(packet for each in made for packet in each.packets.kept), config)[PACKET_SAMPLES:]

    assert len(joined) == len(mixed) == FRAMES * 1600
    for at in (64 * 1600, 112 * 1600):
        around = slice(at - 1024, at + 1024)
        assert decibels(joined[around] - mixed[around]) <= -50.0
        assert decibels(joined[around] - mixed[around]) <= decibels(continuous[around] - mixed[around])
        for beside in (slice(at - 6144, at - 1024), slice(at + 1024, at + 6144)):
            assert decibels(joined[beside] - mixed[beside]) <= decibels(continuous[beside] - mixed[beside]) + 3.0


def test_all_lines_of_a_slot_sound_the_same_at_its_edges(tmp_path: Path, music: MusicClip) -> None:
    ads = two_ads(tmp_path, music)
    agreed = agreed_of(ads)

    short, long = (render(stem_spec(each, 1, agreed)).samples for each in ads)

    assert (short[:1024] == long[:1024]).all()
    assert (short[-1024:] == long[-1024:]).all()
    assert not (short == long).all()


def test_a_voice_that_fills_its_slot_is_silent_at_both_edges(tmp_path: Path) -> None:
    write_wav(tmp_path / "long.wav", np.tile(speech(1.0, 150.0) + 0.1, 3), RATE)
    filling = VoiceClip(64, 112, str(tmp_path / "long.wav"), "f" * 64)
    others = line(tmp_path, 0, 0), line(tmp_path, 2, 0)

    with_it = render(stem_spec(ad(others[0], filling, others[1]), 1)).samples
    without = render(stem_spec(ad(*others), 1, agreed_of([ad(others[0], filling, others[1])]))).samples

    assert (with_it[:1024] == without[:1024]).all()
    assert (with_it[-1024:] == without[-1024:]).all()
    assert decibels(with_it) > decibels(without) + 20


def test_music_stays_low_over_a_border_between_spoken_slots(tmp_path: Path, music: MusicClip) -> None:
    spoken, alone = stem_spec(two_ads(tmp_path, music)[0], 1), stem_spec(ad(music), 1)

    ducked, up = (render(spec).samples[-1024:] for spec in (spoken, alone))

    assert decibels(ducked) < decibels(up) - 8
    assert spoken.edges == ("down", "down")


def test_the_first_stem_alone_carries_the_priming_packet(tmp_path: Path, music: MusicClip) -> None:
    first, second, third = stems_of([ad(music)])[0]

    assert [len(stem.packet_sizes) for stem in (first, second, third)] == [101, 75, 100]
    assert [stem.index.is_first for stem in (first, second, third)] == [True, False, False]
    assert first.index.payload_bytes == len(first.payload)
    assert len({stem.config for stem in (first, second, third)}) == 1


def test_the_same_spec_gives_the_same_bytes_whatever_was_made_before(tmp_path: Path, music: MusicClip) -> None:
    spoken, other = two_ads(tmp_path, music)

    alone = make_stems([stem_spec(spoken, 1)])[0]
    among = make_stems([stem_spec(other, 2), stem_spec(ad(music), 0), stem_spec(spoken, 1)])[2]

    assert alone.payload == among.payload
    assert alone.levels == among.levels


def test_bytes_stay_near_128_kilobits(tmp_path: Path, music: MusicClip) -> None:
    stems = stems_of(two_ads(tmp_path, music))[1]

    kilobits = sum(len(stem.payload) for stem in stems) * 8 / 1000 / (FRAMES / 30)

    assert 115 < kilobits < 150


def test_a_stem_does_not_depend_on_the_lines_of_other_slots(tmp_path: Path, music: MusicClip) -> None:
    short, long = two_ads(tmp_path, music)
    crossed = ad(line(tmp_path, 0, 1), line(tmp_path, 1, 0), line(tmp_path, 2, 1), music, StickerClip(72, 112, "¥39.9"))

    assert stem_spec(crossed, 1) == stem_spec(short, 1)
    assert stem_spec(crossed, 1) != stem_spec(long, 1)


def test_a_key_counts_what_is_heard_and_not_where_it_lies(tmp_path: Path, music: MusicClip) -> None:
    spec = stem_spec(two_ads(tmp_path, music)[0], 1)
    moved = replace(spec, music=replace(music, path="/elsewhere.wav", name="other name"))
    other = replace(spec, music=replace(music, sha256="n" * 64))
    key = stem_key(spec, stem_versions())

    assert stem_key(moved, stem_versions()) == key
    assert stem_key(other, stem_versions()) != key
    assert stem_key(spec, {**stem_versions(), "aac": "another build"}) != key


def test_one_stand_in_among_the_lines_decides_for_all_ads_of_the_plan(tmp_path: Path, music: MusicClip) -> None:
    degraded = ad(line(tmp_path, 0, 0, ("voice:espeak",)), line(tmp_path, 1, 0), line(tmp_path, 2, 0), music)
    full = ad(line(tmp_path, 0, 1), line(tmp_path, 1, 1), line(tmp_path, 2, 1), music)

    agreed = agreed_of([degraded, full])

    assert agreed.has_stand_in
    assert stem_spec(full, 1, agreed).has_stand_in
    assert not stem_spec(full, 1).has_stand_in


def test_levels_read_back_as_they_were_written() -> None:
    levels = Levels((-20.5, -120.0), -1.25)

    assert Levels.from_json(json.loads(json.dumps(levels.to_json()))) == levels


def test_music_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.ogg").write_bytes(b"OggS nonsense")

    with pytest.raises(FfmpegRefused):
        make_stems([stem_spec(ad(MusicClip(0, FRAMES, str(tmp_path / "bad.ogg"), "0")), 0)])
