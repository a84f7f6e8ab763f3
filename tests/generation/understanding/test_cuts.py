"""Shots found in films whose joins are known."""

from __future__ import annotations

import numpy as np
import pytest

from generation.understanding.cuts import Interval, find_cuts, find_shots
from tests.generation.understanding.made_scenes import MOVES, Frame, join_shots, series_of, shoot


def score(found: list[int], truth: list[int], tolerance: int = 2) -> tuple[int, int, int]:
    """(right, false, missed) with every found cut counting once."""
    left = list(found)
    right = 0
    for join in truth:
        near = [cut for cut in left if abs(cut - join) <= tolerance]
        if near:
            right += 1
            left.remove(near[0])
    return right, len(left), len(truth) - right


def f1(right: int, false: int, missed: int) -> float:
    return 2 * right / (2 * right + false + missed)


def scenedetect_cuts(frames: list[Frame]) -> list[int]:
    from scenedetect import FrameTimecode
    from scenedetect.detectors import AdaptiveDetector

    detector = AdaptiveDetector()
    timed = ((FrameTimecode(index, 30.0), frame) for index, frame in enumerate(frames))
    return [cut.frame_num for time, frame in timed for cut in detector.process_frame(time, frame)]


def test_two_hundred_hard_joins_are_found() -> None:
    total = np.zeros(3, dtype=int)
    for seed in range(20):
        frames, truth = join_shots(seed, joins=10)
        total += score(find_cuts(series_of(frames)), truth)

    assert f1(*total.tolist()) >= 0.95, f"right, false, missed: {total}"


def test_it_beats_the_best_detector_of_scenedetect_on_the_same_joins(monkeypatch: pytest.MonkeyPatch) -> None:
    # scenedetect loads moviepy, which starts whatever this names.
    monkeypatch.delenv("FFMPEG_BINARY", raising=False)
    ours, theirs = np.zeros(3, dtype=int), np.zeros(3, dtype=int)
    for seed in (1, 2, 3, 4, 5, 7):
        frames, truth = join_shots(seed, joins=8)
        ours += score(find_cuts(series_of(frames)), truth)
        theirs += score(scenedetect_cuts(frames), truth)

    assert f1(*ours.tolist()) >= f1(*theirs.tolist())


@pytest.mark.parametrize("move", MOVES)
def test_a_moving_camera_is_no_cut(move: str) -> None:
    assert find_cuts(series_of(shoot(5, 90, move))) == []


def test_a_flash_is_no_cut() -> None:
    frames = shoot(11, 80, "pan")
    for place in (30, 31, 55):
        frames[place] = np.full_like(frames[place], 250)

    assert find_shots(series_of(frames)) == [Interval(0, 80)]


def test_a_fade_through_black_parts_two_shots_and_belongs_to_neither() -> None:
    one, other = shoot(21, 60, "still"), shoot(22, 60, "still")
    down = [np.clip(frame * (1 - step / 12), 0, 255).astype(np.uint8) for step, frame in enumerate(one[-12:], start=1)]
    up = [np.clip(frame * (step / 12), 0, 255).astype(np.uint8) for step, frame in enumerate(other[:12])]
    black = [np.zeros_like(one[0])] * 6

    shots = find_shots(series_of([*one[:-12], *down, *black, *up, *other[12:]]))

    assert len(shots) == 2
    assert shots[0].start == 0
    assert 46 <= shots[0].end <= 60
    assert 66 <= shots[1].start <= 80
    assert shots[1].end == 126


def test_a_dissolve_parts_two_shots_and_belongs_to_neither() -> None:
    one, other = shoot(31, 70, "still"), shoot(32, 70, "still")
    mixed = [
        (before * (1 - step / 16.0) + after * (step / 16.0)).astype(np.uint8)
        for step, (before, after) in enumerate(zip(one[-16:], other[:16], strict=True))
    ]

    shots = find_shots(series_of([*one[:-16], *mixed, *other[16:]]))

    assert len(shots) == 2
    assert 52 <= shots[0].end <= 62
    assert 62 <= shots[1].start <= 74


def test_a_picture_shorter_than_half_a_second_is_no_shot() -> None:
    frames = [*shoot(41, 40), *shoot(42, 10), *shoot(43, 40)]

    assert all(shot.frames >= 15 for shot in find_shots(series_of(frames)))


def test_a_film_of_nothing_but_black_is_one_shot() -> None:
    assert find_shots(series_of([np.zeros((92, 160, 3), np.uint8)] * 20)) == [Interval(0, 20)]
