import numpy as np

from generation.quality.picture import Stretch
from generation.quality.sound import SoundWatch


def _hear(sound: np.ndarray) -> SoundWatch:
    watch = SoundWatch(rate=48_000, channels=2)
    content = sound.astype("<i2").tobytes()
    for start in range(0, len(content), watch.chunk_bytes):
        watch.hear(content[start : start + watch.chunk_bytes])
    return watch


def _noise(seconds: float, level: float = 3000.0) -> np.ndarray:
    return np.random.default_rng(1).normal(0, level, (int(seconds * 48_000), 2)).clip(-30_000, 30_000)


def test_silence_is_found_across_chunks() -> None:
    sound = _noise(4)
    sound[int(1.5 * 48_000) : int(2.9 * 48_000)] = 0

    assert _hear(sound).silences() == [Stretch(75, 145)]


def test_sound_in_one_channel_is_no_silence() -> None:
    sound = _noise(2)
    sound[:, 0] = 0

    assert _hear(sound).silences() == []


def test_room_tone_below_minus_fifty_counts_as_silence() -> None:
    assert _hear(_noise(1, level=40)).silences() == [Stretch(0, 50)]


def test_three_samples_at_full_scale_in_a_row_are_clipping_and_two_are_not() -> None:
    sound = _noise(1)
    sound[1000:1002, 0] = 32_767

    assert _hear(sound).clipped_at is None

    sound[20_000:20_003, 1] = -32_768
    assert _hear(sound).clipped_at == 20_000


def test_every_sample_is_counted() -> None:
    assert _hear(_noise(1.2345)).samples == int(1.2345 * 48_000)
