"""Where one continuous picture ends and the next begins.

A cut is a change between two neighbouring frames that stands out from the changes round
it, is not explained by the camera having moved, and does not go back within a quarter of
a second (a flash does). Fades through black or white and dissolves are found as
stretches; shots end before them and begin after them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.understanding.frame_series import FrameSeries
from generation.understanding.limits import SHORTEST_SHOT_FRAMES

Floats = NDArray[np.float64]

_CHUNK = 512
# A frame that repeats the one before (12.5 fps footage at 30) differs by less than this.
_REPEATED = 0.12
# Round a change, this many others count, none further off than this many frames.
_WINDOW, _WINDOW_FRAMES = 8, 16
_FLASH_FRAMES = 8
_GOES_BACK = 0.45
_DISSOLVE_HALF = 7


@dataclass(frozen=True)
class Interval:
    """Frames [start, end)."""

    start: int
    end: int

    @property
    def frames(self) -> int:
        return self.end - self.start


def find_shots(series: FrameSeries) -> list[Interval]:
    """Continuous stretches of at least half a second, in order; the whole when there is no such stretch.

    Blank stretches and transitions belong to no shot.
    """
    count = len(series)
    borders = [Interval(cut, cut) for cut in find_cuts(series)]
    borders += find_dissolves(series, [border.start for border in borders])
    borders += find_blanks(series)
    shots: list[Interval] = []
    at = 0
    for border in sorted(borders, key=lambda border: (border.start, border.end)):
        if border.start - at >= SHORTEST_SHOT_FRAMES:
            shots.append(Interval(at, border.start))
        at = max(at, border.end)
    if count - at >= SHORTEST_SHOT_FRAMES:
        shots.append(Interval(at, count))
    return shots or [Interval(0, count)]


def differences(series: FrameSeries) -> Floats:
    """Change from the frame before, 0..255, colour counting as much as light; 0.0 for the first frame."""
    made = np.zeros(len(series))
    for start in range(1, len(series), _CHUNK):
        end = min(start + _CHUNK, len(series))
        luma = np.abs(np.diff(series.luma[start - 1 : end].astype(np.int16), axis=0)).mean(axis=(1, 2))
        chroma = np.abs(np.diff(series.chroma[start - 1 : end].astype(np.int16), axis=0)).mean(axis=(1, 2, 3))
        made[start:end] = luma + 2.0 * chroma
    return made


def difference(series: FrameSeries, one: int, other: int) -> float:
    """`differences` between two frames that need not be neighbours."""
    luma = np.abs(series.luma[one].astype(np.int16) - series.luma[other]).mean()
    chroma = np.abs(series.chroma[one].astype(np.int16) - series.chroma[other]).mean()
    return float(luma + 2.0 * chroma)


def find_cuts(series: FrameSeries) -> list[int]:
    """First frames of new pictures after hard cuts, at least half a second apart."""
    changes = differences(series)
    moving = np.flatnonzero(changes > _REPEATED)
    cuts: list[int] = []
    for place in range(len(moving)):
        frame = int(moving[place])
        if not _stands_out(changes, moving, place) or not _is_new_picture(series, changes, frame):
            continue
        if cuts and frame - cuts[-1] < SHORTEST_SHOT_FRAMES:
            if changes[frame] > changes[cuts[-1]]:
                cuts[-1] = frame
            continue
        cuts.append(frame)
    return cuts


def _stands_out(changes: Floats, moving: NDArray[np.intp], place: int) -> bool:
    """Whether the change at moving[place] is large, and large beside those round it."""
    change = changes[moving[place]]
    if change < 3.0:
        return False
    near = moving[max(place - _WINDOW, 0) : place + _WINDOW + 1]
    near = near[np.abs(near - moving[place]) <= _WINDOW_FRAMES]
    others = np.sort(changes[near[near != moving[place]]])
    if not others.size:
        return True
    usual = float(np.median(others))
    # A second cut, a flash or a dropped frame may lie in the window: the largest two do not count.
    high = float(others[max(len(others) - 3, 0)])
    return bool(change > 1.5 * high + 1.0 and change > 3.0 * usual + (2.0 if change > 12.0 else 1.0))


def _is_new_picture(series: FrameSeries, changes: Floats, frame: int) -> bool:
    change = float(changes[frame])
    later = range(frame + 1, min(frame + _FLASH_FRAMES, len(series) - 1) + 1)
    if any(difference(series, frame - 1, other) < _GOES_BACK * change for other in later):
        return False
    earlier = range(max(frame - 1 - _FLASH_FRAMES, 0), frame - 1)
    if any(difference(series, frame, other) < _GOES_BACK * change for other in earlier):
        return False
    return _likeness(series.luma[frame - 1], series.luma[frame]) < 0.82 or _colours_differ(series, frame)


def _likeness(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Correlation of two tiny pictures after the best shift between them (-1..1): camera jerks stay near 1."""
    import cv2

    first, second = (np.asarray(picture, dtype=np.float32) for picture in (one, other))
    margin_y, margin_x = (max(side // 8, 1) for side in first.shape)
    core = first[margin_y:-margin_y, margin_x:-margin_x]
    if core.std() < 1.0 or second.std() < 1.0:
        return 0.0
    return float(cv2.matchTemplate(second, np.ascontiguousarray(core), cv2.TM_CCOEFF_NORMED).max())


def _colours_differ(series: FrameSeries, frame: int) -> bool:
    """Whether the colours of a frame and the one before are others, wherever they lie in the picture."""
    parts = [_colour_shares(series.chroma[index]) for index in (frame - 1, frame)]
    return float(np.abs(parts[0] - parts[1]).sum()) > 0.7


def _colour_shares(chroma: NDArray[np.uint8]) -> Floats:
    shares, _, _ = np.histogram2d(chroma[0].ravel(), chroma[1].ravel(), bins=16, range=((64, 192), (64, 192)))
    return np.asarray(shares / chroma[0].size)


def find_blanks(series: FrameSeries) -> list[Interval]:
    """Stretches of four frames or more that show nothing: black or white all over. A flash is shorter."""
    flat = series.luma.reshape(len(series), -1)
    mean, spread = flat.mean(axis=1), flat.std(axis=1)
    is_blank = (spread < 5.0) & ((mean < 26.0) | (mean > 226.0))
    return [run for run in runs(is_blank) if run.frames >= 4]


def runs(flags: NDArray[np.bool_]) -> list[Interval]:
    """Stretches of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]])))
    return [Interval(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def find_dissolves(series: FrameSeries, cuts: list[int]) -> list[Interval]:
    """Stretches where one picture turns into another by mixing.

    In the middle of a dissolve the frame is the mean of the frames before and after it
    while those two have little in common; a pan or a change of light is not like that.
    """
    count, half = len(series), _DISSOLVE_HALF
    flags = np.zeros(count, dtype=bool)
    for middle in range(half, count - half, 2):
        if any(abs(cut - middle) <= half + 1 for cut in cuts):
            continue
        flags[middle : middle + 2] = _is_mixture(series, middle - half, middle, middle + half)
    return [Interval(max(run.start - 4, 0), min(run.end + 4, count)) for run in runs(flags)]


def _is_mixture(series: FrameSeries, before: int, middle: int, after: int) -> bool:
    first, between, last = (series.luma[index].astype(np.float32) for index in (before, middle, after))
    apart = float(np.abs(last - first).mean())
    if apart < 14.0:
        return False
    share = float(((between - first) * (last - first)).sum() / ((last - first) ** 2).sum())
    if not 0.25 < share < 0.75:
        return False
    left_over = float(np.abs(between - first - share * (last - first)).mean())
    return left_over < 0.16 * apart and _likeness(series.luma[before], series.luma[after]) < 0.6
