import numpy as np
import pytest

from generation.quality.flashes import FlashCounter, most_in_window


def _watch(levels: list[int], share: float = 1.0) -> FlashCounter:
    counter = FlashCounter()
    for level in levels:
        cells = np.full((40, 20), 120, np.float32)
        cells[: int(40 * share)] = level
        counter.see(cells)
    return counter


@pytest.mark.parametrize("half_period", [2, 3, 5])
def test_light_and_dark_in_turn_are_counted_as_pairs(half_period: int) -> None:
    levels = ([30] * half_period + [220] * half_period) * 5

    flashes, at = _watch(levels).most_in_a_second(30)

    assert flashes >= min(4, 30 // (2 * half_period) - 1)
    assert at is not None


def test_a_fifth_of_the_picture_may_flash() -> None:
    levels = ([30] * 3 + [220] * 3) * 5

    assert _watch(levels, share=0.2).most_in_a_second(30) == (0, None)


def test_three_slow_changes_of_light_in_a_second_are_no_flashes() -> None:
    levels = [30] * 10 + [220] * 10 + [30] * 10 + [220] * 10

    assert _watch(levels).most_in_a_second(30)[0] == 1


def test_small_changes_of_light_are_no_flashes() -> None:
    assert _watch([120, 130] * 30).most_in_a_second(30) == (0, None)


def test_the_worst_window_is_found_not_the_first() -> None:
    assert most_in_window([0, 5, 100, 105, 110, 115, 120, 125], 30) == (3, 100)
