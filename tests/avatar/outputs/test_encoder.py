"""Sound and picture at the packets: never apart."""

from __future__ import annotations

import numpy as np

from avatar.outputs.encoder import Encoder


def test_sound_and_picture_end_at_the_same_time_and_after_a_jump_of_the_clock_too():
    encoder = Encoder(160, 96)
    skews = []
    for tick in [*range(60), *range(85, 150)]:
        encoder.picture(np.full((144, 160), 90, np.uint8), tick)
        encoder.sound(np.zeros(1920, np.int16), tick)
        skews.append(encoder.skew_ms)

    assert set(skews[5:60] + skews[66:]) == {0.0}
