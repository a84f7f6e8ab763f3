"""Speech told from silence, hiss and hum; our own voice told from the guest's."""

from __future__ import annotations

import numpy as np

from avatar.costream.echo import EchoWatch, Path, find_path
from avatar.costream.voice_activity import FRAME, RATE, VoiceActivity


def vowels(seconds: float, level: float = 0.1, seed: int = 1) -> np.ndarray:
    """Voiced sound with harmonics and four syllables a second."""
    at = np.arange(round(seconds * RATE)) / RATE
    pitch = 140 + 15 * np.sin(2 * np.pi * 1.3 * at + seed)
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    tone = sum(np.sin(n * phase) / n for n in range(1, 16))
    syllables = np.clip(np.sin(2 * np.pi * 4 * at) + 0.6, 0, 1)
    return (level * tone * syllables / 1.8).astype(np.float32)


def hiss(seconds: float, level: float, seed: int = 2) -> np.ndarray:
    return (level * np.random.default_rng(seed).standard_normal(round(seconds * RATE))).astype(np.float32)


def heard(sound: np.ndarray, activity: VoiceActivity | None = None) -> np.ndarray:
    """For every 20 ms whether it is speech."""
    activity = activity or VoiceActivity()
    frames = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    return np.array([activity.hear(frame) for frame in frames])


def test_silence_and_steady_hiss_are_no_speech():
    assert not heard(np.zeros(2 * RATE, np.float32)).any()
    assert heard(hiss(6, 0.01)).mean() < 0.01


def test_a_voice_over_hiss_is_found_from_its_first_tenth_to_its_end():
    sound = np.concatenate([hiss(2, 0.003), vowels(2, 0.1) + hiss(2, 0.003, 3), hiss(2, 0.003, 4)])

    found = heard(sound)

    assert not found[:98].any()
    assert found[105:195].mean() > 0.9
    assert found[100:106].any()
    assert not found[215:].any()


def test_a_louder_room_raises_the_floor():
    activity = VoiceActivity()
    heard(hiss(1, 0.001), activity)
    after = heard(hiss(8, 0.02), activity)

    assert after[-100:].mean() < 0.02
    assert activity.floor_db > -60


def test_a_hum_is_no_speech_for_long():
    at = np.arange(6 * RATE) / RATE
    hum = (0.05 * np.sin(2 * np.pi * 300 * at)).astype(np.float32)

    assert not heard(np.concatenate([hiss(2, 0.001), hum]))[-100:].any()


def levels(seed: int, count: int = 400) -> np.ndarray:
    """A talker's level in dB, 20 ms at a time: syllables and pauses."""
    random = np.random.default_rng(seed)
    steps = np.repeat(random.uniform(-40, -15, count // 10), 10)
    steps[np.repeat(random.random(count // 20) < 0.3, 20)] = -80
    return steps


def test_an_echo_is_found_with_its_delay_and_its_gain():
    played = levels(1)
    back = np.concatenate([np.full(12, -80.0), played[:-12] - 18])

    path = find_path(played, np.maximum(back, -75))

    assert path is not None
    assert path.delay == 12
    assert abs(path.gain_db + 18) < 0.5


def test_a_guest_who_says_something_of_their_own_is_no_echo():
    assert find_path(levels(1), levels(2)) is None


def test_an_echo_starts_no_turn_and_a_guest_over_it_does():
    watch = EchoWatch()
    watch.path, watch._until_look = Path(5, -20.0), 10_000
    for _ in range(20):
        watch.judge(-20.0, -60.0)

    assert watch.judge(-20.0, -45.0) is True
    assert watch.judge(-20.0, -12.0) is False
