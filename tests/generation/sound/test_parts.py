"""The parts a mix is made of."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from generation.sound.beds import is_loop, repeat_to, room_tone
from generation.sound.ducking import GRID_RATE, duck_gain, merged, speech_stretches
from generation.sound.dynamics import compressing_gain, limit_peaks, oversampled_peaks
from generation.sound.effects import pop, whoosh
from generation.sound.loudness import SILENT_LUFS, integrated_lufs
from generation.sound.program import measure
from generation.sound.spectrum import fast_length, k_weighted, resample, shape_and_weigh
from generation.sound.wave_files import WaveBroken, parse_wav, read_wav, write_wav

RATE = 48_000


def tone(hertz: float, seconds: float, level: float = 0.3, rate: int = RATE) -> np.ndarray:
    return np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate) * level


def test_loudness_agrees_with_ffmpeg(tmp_path: Path) -> None:
    noise = np.random.default_rng(5).standard_normal((RATE * 6, 2)) * 0.05
    noise[: RATE * 2] *= 0.1
    noise[RATE * 5 :] = 0.0
    write_wav(tmp_path / "a.wav", noise, RATE)

    assert abs(integrated_lufs(noise) - measure(tmp_path / "a.wav").lufs) <= 0.1


def test_a_full_scale_sine_measures_as_the_standard_says() -> None:
    """BS.1770: 997 Hz at 0 dBFS in one channel reads -3.01 LUFS."""
    assert abs(integrated_lufs(tone(997, 3, 1.0)) + 3.01) < 0.05


def test_silence_has_no_loudness() -> None:
    assert integrated_lufs(np.zeros((RATE, 2))) == SILENT_LUFS


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 96_000])
def test_a_tone_survives_another_rate(rate: int) -> None:
    made = resample(tone(1000, 1.0, rate=rate), rate, RATE)

    assert len(made) == RATE
    assert np.abs(made[2000:-2000] - tone(1000, 1.0)[2000:-2000]).max() < 0.003


def test_lengths_for_transforms_are_never_shorter() -> None:
    for length in (1, 7, 1000, 12_345, 870_400):
        assert length <= fast_length(length) <= length * 1.15 + 2


def test_an_equaliser_turns_down_what_it_is_told() -> None:
    mixed = tone(100, 1.0) + tone(5000, 1.0)

    made, weighted = shape_and_weigh(mixed, lambda hertz: np.where(hertz > 1000, 0.1, 1.0))

    spectrum = np.abs(np.fft.rfft(made))
    assert abs(spectrum[5000] / spectrum[100] - 0.1) < 0.01
    assert np.abs(weighted - k_weighted(made))[2_400:-2_400].max() < 1e-2


def test_peaks_between_samples_are_seen() -> None:
    """A sine at a quarter of the rate, sampled off its crests, peaks 3 dB above its samples."""
    between = np.cos(np.pi / 2 * np.arange(9600) + np.pi / 4)[:, None] * 0.9

    assert abs(between).max() < 0.64
    assert abs(oversampled_peaks(between)[100:-100].max() - 0.9) < 0.01


def test_the_limiter_holds_the_ceiling_and_leaves_the_quiet_alone() -> None:
    samples = np.stack([tone(440, 1.0, 0.2)] * 2, axis=1)
    samples[24_000:24_010] *= 9

    limited = limit_peaks(samples, 0.5, RATE)

    assert oversampled_peaks(limited).max() <= 0.505
    assert np.abs(limited[:23_000] - samples[:23_000]).max() < 1e-9


def test_a_compressor_brings_loud_and_quiet_together() -> None:
    samples = np.concatenate([tone(300, 1.0, 0.05), tone(300, 1.0, 0.5)])

    made = samples * compressing_gain(samples, RATE, threshold_db=-25, ratio=3)

    before, after = (np.abs(x[70_000:]).max() / np.abs(x[20_000:40_000]).max() for x in (samples, made))
    assert after < before * 0.5


def test_a_loop_is_laid_end_to_end() -> None:
    loop = np.stack([tone(240, 0.5)] * 2, axis=1)

    made = repeat_to(loop, RATE * 2)

    assert is_loop(loop)
    assert np.abs(made[:, 0] - tone(240, 2.0)).max() < 1e-6


def test_a_song_with_an_end_is_crossfaded_into_its_beginning() -> None:
    song = np.stack([tone(240, 2.0)] * 2, axis=1) * np.linspace(1.0, 0.0, RATE * 2)[:, None]
    song = np.concatenate([np.zeros((RATE // 2, 2)), song, np.zeros((RATE, 2))])

    made = repeat_to(song, RATE * 6)

    level = [float(np.abs(part).max()) for part in np.array_split(made, 24)]
    assert not is_loop(song)
    assert len(made) == RATE * 6
    assert min(level) > 0.01


def test_music_longer_than_the_ad_is_cut() -> None:
    assert len(repeat_to(np.ones((RATE * 3, 2)), RATE)) == RATE


def test_a_room_has_the_level_it_is_given() -> None:
    room = room_tone(RATE * 3, -44.0)

    assert abs(20 * np.log10(np.sqrt((room**2).mean())) + 44.0) < 0.2


def test_breaths_between_lines_do_not_let_the_music_up() -> None:
    assert merged([(0.0, 1.0), (1.3, 2.0), (3.0, 4.0)]) == [(0.0, 2.0), (3.0, 4.0)]


def test_ducking_starts_before_the_voice_and_lets_go_after_it() -> None:
    gain = 20 * np.log10(duck_gain([(1.0, 2.0)], 4.0, 10.0))

    assert gain[int(0.8 * GRID_RATE)] == 0.0
    assert gain[int(1.0 * GRID_RATE)] == -10.0
    assert gain[int(2.1 * GRID_RATE)] == -10.0
    assert gain[int(2.6 * GRID_RATE)] == 0.0
    assert np.abs(np.diff(gain)).max() < 1.0


def test_speech_is_found_where_it_sounds() -> None:
    take = np.concatenate([np.zeros(RATE // 2), tone(200, 1.0), np.zeros(RATE), tone(200, 0.5)])

    stretches = speech_stretches(take, RATE, at_seconds=10.0)

    assert [(round(a, 1), round(b, 1)) for a, b in stretches] == [(10.5, 11.5), (12.5, 13.0)]


def test_effects_end_in_silence_and_never_exceed_one() -> None:
    for sound in (whoosh(), pop()):
        assert abs(np.abs(sound).max() - 1.0) < 1e-9
        assert np.abs(sound[-10:]).max() < 0.02


@pytest.mark.parametrize(("bits", "tag"), [(8, 1), (16, 1), (24, 1), (32, 1), (32, 3), (64, 3)])
def test_every_kind_of_wav_is_read(bits: int, tag: int) -> None:
    wanted = np.asarray([0.0, 0.5, -0.5, 0.25])
    if tag == 3:
        raw = wanted.astype(f"<f{bits // 8}").tobytes()
    elif bits == 8:
        raw = (wanted * 128 + 128).astype(np.uint8).tobytes()
    else:
        raw = b"".join(int(value * 2 ** (bits - 1)).to_bytes(bits // 8, "little", signed=True) for value in wanted)
    layout = struct.pack("<HHIIHH", tag, 1, 8000, 8000 * bits // 8, bits // 8, bits)
    content = b"RIFF\0\0\0\0WAVEfmt " + struct.pack("<I", 16) + layout + b"data" + struct.pack("<I", len(raw)) + raw

    samples, rate = parse_wav(content)

    assert rate == 8000
    assert np.abs(samples[:, 0] - wanted).max() < 0.01


@pytest.mark.parametrize("content", [b"", b"RIFF", b"RIFF\0\0\0\0WAVE", b"RIFF\0\0\0\0WAVEfmt \x04\0\0\0abcd"])
def test_what_is_no_wav_says_why(content: bytes) -> None:
    with pytest.raises(WaveBroken):
        parse_wav(content)


def test_a_wav_reads_back_as_it_was_written(tmp_path: Path) -> None:
    samples = np.stack([tone(440, 0.1), tone(660, 0.1)], axis=1)
    write_wav(tmp_path / "a.wav", samples, RATE)

    back, rate = read_wav(tmp_path / "a.wav")

    assert rate == RATE
    assert np.abs(back - samples).max() < 1e-4
