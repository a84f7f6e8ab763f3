"""Moving crops and still pictures, drawn frame by frame with sub-pixel precision.

ffmpeg's crop and zoompan step by whole (for 4:2:0: by two) pixels, which shows as judder
in a slow drift. Warping the planes of the decoded picture costs a few milliseconds a frame
and moves smoothly.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from core.errors import InputError
from generation.contracts import FPS, Canvas, FootageClip, Framing
from generation.drawing.easing import in_out
from generation.engines.feeds import Feed, Frame
from generation.engines.framing import Window, crop_window, is_moving, whole_size

STILL_ZOOM = 1.09
"""How far a picture without a movement of its own is approached, so that it does not stand still."""

FILL_DIMMED = 25
"""Levels the blurred fill is darker than the picture before it: as much as the standing fill of the graph."""


def moving_feed(clip: FootageClip, canvas: Canvas, part: range) -> Feed:
    """The frames `part` of footage under a drifting crop, or growing over its blurred fill, as yuv420p."""
    return Feed(canvas.width, canvas.height, "yuv420p", lambda: _warped_footage(clip, canvas, part))


def picture_feed(clip: FootageClip, canvas: Canvas, part: range) -> Feed:
    """The frames `part` of a still picture under a slow camera, as rgb24."""
    return Feed(canvas.width, canvas.height, "rgb24", lambda: _warped_picture(clip, canvas, part))


def _warped_footage(clip: FootageClip, canvas: Canvas, part: range) -> Iterator[Frame]:
    count = clip.end_frame - clip.start_frame
    last: list[Frame] | None = None
    shown = part.start
    for planes in _planes(clip, part):
        last = planes
        yield _warp_planes(planes, clip.framing, canvas, shown, count)
        shown += 1
    if last is None:
        first = clip.source_start_frame + part.start
        raise InputError(clip.source.name, f"has no picture at frame {first}", code="no-frame")
    while shown < part.stop:
        yield _warp_planes(last, clip.framing, canvas, shown, count)
        shown += 1


def _planes(clip: FootageClip, part: range) -> Iterator[list[Frame]]:
    """The planes of the clip's frames `part`."""
    import av

    first, count = clip.source_start_frame + part.start, len(part)
    with av.open(clip.source.path, options={"protocol_whitelist": "file"}) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 2
        stream.codec_context.thread_type = "AUTO"
        base = float(stream.start_time or 0) * float(stream.time_base or 1)
        container.seek(round((base + first / FPS) * 1_000_000), backward=True)
        for frame in container.decode(stream):
            if frame.time is None or round((frame.time - base) * FPS) < first:
                continue
            picture = frame if frame.format.name == "yuv420p" else frame.reformat(format="yuv420p")
            yield [_plane(plane) for plane in picture.planes]
            count -= 1
            if count == 0:
                return


def _plane(plane: "av.video.plane.VideoPlane") -> Frame:  # type: ignore[name-defined]  # noqa: F821, UP037
    rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
    return rows[:, : plane.width]


def _warp_planes(planes: list[Frame], framing: Framing, canvas: Canvas, at: int, count: int) -> Frame:
    if framing.mode == "blur":
        return _planes_over_fill(planes, framing, canvas, in_out_share(at, count))
    height, width = planes[0].shape
    window = crop_window(width, height, canvas, framing, in_out_share(at, count))
    luma = _warp(planes[0], window, canvas.width, canvas.height)
    half = Window(window.left / 2, window.top / 2, window.width / 2, window.height / 2)
    chroma = [_warp(plane, half, canvas.width // 2, canvas.height // 2) for plane in planes[1:]]
    return np.concatenate([luma.ravel(), *(plane.ravel() for plane in chroma)])


def _planes_over_fill(planes: list[Frame], framing: Framing, canvas: Canvas, share: float) -> Frame:
    height, width = planes[0].shape
    wide, high = whole_size(width, height, canvas)
    grown = framing.zoom + ((framing.to_zoom or framing.zoom) - framing.zoom) * share
    half = Canvas(canvas.width // 2, canvas.height // 2)
    drawn = [_over_fill(planes[0], wide * grown, high * grown, canvas, FILL_DIMMED)]
    drawn += [_over_fill(plane, wide * grown / 2, high * grown / 2, half, 0) for plane in planes[1:]]
    return np.concatenate([plane.ravel() for plane in drawn])


def _over_fill(plane: Frame, wide: float, high: float, canvas: Canvas, dimmed: int) -> Frame:
    """A plane at `wide` × `high` in the middle of the canvas, the rest its own blur, darker by `dimmed`."""
    import cv2

    height, width = plane.shape
    small = _warp(plane, crop_window(width, height, canvas, Framing()), canvas.width // 8, canvas.height // 8)
    fill = cv2.subtract(cv2.GaussianBlur(small, (0, 0), 4), np.full_like(small, dimmed))
    ground = cv2.resize(fill, (canvas.width, canvas.height), interpolation=cv2.INTER_LINEAR)
    if width > 1.6 * wide:
        size = (max(2, round(wide)), max(2, round(high)))
        plane = cv2.resize(plane, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
        height, width = plane.shape
    left, top = (canvas.width - wide) / 2, (canvas.height - high) / 2
    sx, sy = width / wide, height / high
    matrix = np.array([[sx, 0, (0.5 - left) * sx - 0.5], [0, sy, (0.5 - top) * sy - 0.5]], np.float64)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    shown = cv2.warpAffine(
        plane, matrix, (canvas.width, canvas.height), dst=ground, flags=flags, borderMode=cv2.BORDER_TRANSPARENT
    )
    return shown.astype(np.uint8, copy=False)


def in_out_share(at: int, count: int) -> float:
    """Position in a move: mostly even speed, softened at both ends."""
    share = at / max(1, count - 1)
    return 0.75 * share + 0.25 * in_out(share)


def _warp(plane: Frame, window: Window, width: int, height: int) -> Frame:
    """Sample `window` of a plane at `width` x `height`, pixel centres on pixel centres."""
    import cv2

    sx, sy = window.width / width, window.height / height
    if sx > 1.6:
        # Bilinear sampling skips pixels below about 60 %; an area average first keeps fine texture calm.
        small = cv2.resize(plane, None, fx=1 / sx, fy=1 / sy, interpolation=cv2.INTER_AREA)
        ratio = small.shape[1] / plane.shape[1]
        scaled = Window(window.left * ratio, window.top * ratio, window.width * ratio, window.height * ratio)
        return _warp(small.astype(np.uint8, copy=False), scaled, width, height)
    matrix = np.array([[sx, 0, window.left + sx / 2 - 0.5], [0, sy, window.top + sy / 2 - 0.5]], np.float64)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(plane, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)  # type: ignore[return-value] # cv2 calls every array a MatLike; this is a Frame


def _warped_picture(clip: FootageClip, canvas: Canvas, part: range) -> Iterator[Frame]:
    picture, framing = prepared_picture(clip, canvas)
    count = clip.end_frame - clip.start_frame
    height, width = picture.shape[:2]
    for at in part:
        yield _warp(
            picture, crop_window(width, height, canvas, framing, in_out_share(at, count)), canvas.width, canvas.height
        )


def prepared_picture(clip: FootageClip, canvas: Canvas) -> tuple[Frame, Framing]:
    """The picture at about the size it is shown, and the camera move over it."""
    import cv2

    picture = load_rgb(Path(clip.source.path))
    framing = clip.framing
    if framing.mode == "blur":
        picture = _on_blurred_fill(picture, canvas)
        framing = Framing(zoom=1.0, to_zoom=STILL_ZOOM)
    elif not is_moving(framing):
        framing = Framing(
            "crop", framing.centre_x, framing.centre_y, zoom=framing.zoom, to_zoom=framing.zoom * STILL_ZOOM
        )
    height, width = picture.shape[:2]
    window = crop_window(width, height, canvas, framing, 1.0)
    shrink = canvas.width * 1.3 / window.width
    if shrink < 1:
        picture = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA).astype(np.uint8)
    return np.ascontiguousarray(picture), framing


def load_rgb(path: Path) -> Frame:
    """A picture file as RGB, transparency on white."""
    from PIL import Image

    with Image.open(path) as opened:
        picture = opened.convert("RGBA")
    ground = Image.new("RGBA", picture.size, (255, 255, 255, 255))
    return np.asarray(Image.alpha_composite(ground, picture).convert("RGB")).copy()


def _on_blurred_fill(picture: Frame, canvas: Canvas) -> Frame:
    import cv2

    height, width = picture.shape[:2]
    window = crop_window(width, height, canvas, Framing())
    fill = cv2.GaussianBlur(_warp(picture, window, canvas.width // 8, canvas.height // 8), (0, 0), 5)
    ground = (cv2.resize(fill, (canvas.width, canvas.height), interpolation=cv2.INTER_CUBIC) * 0.72).astype(np.uint8)
    wide, high = whole_size(width, height, canvas)
    whole = cv2.resize(picture, (wide, high), interpolation=cv2.INTER_AREA if wide < width else cv2.INTER_CUBIC)
    x, y = (canvas.width - wide) // 2, (canvas.height - high) // 2
    ground[y : y + high, x : x + wide] = whole
    return ground
