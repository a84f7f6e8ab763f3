"""A guest's voice on the room's clock, whatever the guest's own clock does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avatar.contracts import SAMPLE_RATE, SAMPLES_A_TICK
from avatar.live.guest_line import RING_SAMPLES, SampleRing
from avatar.live.guest_sound import CEILING, Leveller, Limiter, SteeredVoice, Steering, interpolated


def a_ring() -> SampleRing:
    return SampleRing(np.zeros(RING_SAMPLES, np.int16), np.zeros(1, np.int64))


def tone(start: int, count: int, frequency: float = 440.0, level: float = 8000.0) -> np.ndarray:
    at = np.arange(start, start + count) / SAMPLE_RATE
    return (level * np.sin(2 * np.pi * frequency * at)).astype(np.int16)


def play(ticks: int, speed: float) -> tuple[SteeredVoice, list[int], np.ndarray]:
    """A guest whose clock runs `speed` times ours, in frames of 20 ms; levels after each tick, and what sounded."""
    ring = a_ring()
    voice, written, due, levels, heard = SteeredVoice(ring), 0, 0.0, [], []
    for _ in range(ticks):
        due += SAMPLES_A_TICK * speed
        while written + 960 <= due:
            ring.write(tone(written, 960))
            written += 960
        heard.append(voice.next())
        levels.append(ring.level)
    return voice, levels, np.concatenate(heard)


@pytest.mark.parametrize("speed", [0.997, 1.0, 1.003])
def test_a_clock_that_is_off_by_a_third_of_a_percent_makes_no_gap_in_five_minutes(speed):
    voice, levels, _ = play(25 * 300, speed)

    assert voice.gaps == 0
    assert min(levels[100:]) >= 0
    assert max(levels[100:]) < 0.2 * SAMPLE_RATE


def test_a_tone_comes_out_as_the_same_tone():
    _, _, heard = play(25 * 8, 1.001)

    stretch = heard[4 * SAMPLE_RATE : 5 * SAMPLE_RATE]
    spectrum = np.abs(np.fft.rfft(stretch * np.hanning(len(stretch))))
    peak = int(spectrum.argmax())
    assert abs(peak - 440) <= 3
    around = spectrum[peak - 8 : peak + 9]
    assert np.square(around).sum() / np.square(spectrum).sum() > 0.999


@settings(max_examples=100, deadline=None)
@given(levels=st.lists(st.integers(0, 20_000), min_size=1, max_size=300))
def test_steering_never_exceeds_half_a_percent(levels):
    steering = Steering()

    assert all(0.995 <= steering.ratio(level) <= 1.005 for level in levels)


def test_a_gap_ends_softly_and_gives_the_network_more_room():
    ring = a_ring()
    voice = SteeredVoice(ring)
    ring.write(tone(0, 6000))
    before = voice.steering.wanted
    sounds = [voice.next() for _ in range(6)]

    assert voice.gaps == 1
    assert voice.steering.wanted > before
    whole = np.concatenate(sounds)
    assert np.abs(np.diff(whole)).max() < 900
    assert not sounds[-1].any()


def test_nothing_of_an_earlier_guest_is_left():
    ring = a_ring()
    ring.write(tone(0, 9000))
    voice = SteeredVoice(ring)
    ring.write(tone(0, 9000))

    voice.begin()

    assert not voice.next().any()


def test_a_ring_goes_round_and_a_lapped_reader_hears_what_is_new():
    ring = a_ring()
    for start in range(0, 3 * RING_SAMPLES, 960):
        ring.write(np.full(960, start // 960 % 1000, np.int16))

    ring.skip_to(1920)

    assert list(np.unique(ring.read(5000))) == [298, 299]
    assert ring.level == 0


def test_between_samples_lies_a_smooth_curve():
    samples = np.sin(np.arange(40) / 5).astype(np.float32)
    positions = np.linspace(2, 36, 77)

    assert np.abs(interpolated(samples, positions) - np.sin(positions / 5)).max() < 0.002


def test_a_quiet_guest_becomes_as_loud_as_a_host_and_silence_stays_silent():
    leveller = Leveller()
    for tick in range(25 * 8):
        out = leveller.apply(tone(tick * SAMPLES_A_TICK, SAMPLES_A_TICK, level=1500).astype(np.float32))
    gain = leveller.gain
    for _ in range(50):
        leveller.apply(np.zeros(SAMPLES_A_TICK, np.float32))

    assert 20 * np.log10(np.sqrt(np.mean(np.square(out))) / 32768) == pytest.approx(-20, abs=1.5)
    assert leveller.gain == gain


def test_two_loud_voices_stay_below_the_ceiling_and_one_quiet_one_is_untouched():
    limiter = Limiter()
    quiet = tone(0, SAMPLES_A_TICK, level=5000)
    assert np.array_equal(limiter.apply(quiet.astype(np.float32)), quiet)

    for tick in range(20):
        loud = tone(tick * SAMPLES_A_TICK, SAMPLES_A_TICK, level=30_000).astype(np.float32) * 2
        mixed = limiter.apply(loud)

    assert np.abs(mixed.astype(int)).max() <= CEILING
    assert np.abs(mixed.astype(int)).max() > 0.9 * CEILING
