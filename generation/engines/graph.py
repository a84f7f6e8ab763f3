"""Builds the ffmpeg graph of a stretch of picture: clips one after another, overlays on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ffmpeg

from generation.contracts import FPS, Brand, Canvas, CardClip, FootageClip, SafeArea
from generation.drawing.lettering import Rgba
from generation.drawing.overlays import Lane, OverlayState
from generation.engines.encoding import THREADS, encoder_options
from generation.engines.feeds import Feed
from generation.engines.framing import crop_window, even_crop, is_moving, whole_size
from generation.engines.moving import moving_feed, picture_feed
from generation.engines.process import run_with_feeds
from generation.engines.reels import write_reel

Stream = Any
"""A node of ffmpeg-python, which has no types."""
PICTURE_CLIP = FootageClip | CardClip
FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts"
SECONDS_PER_FRAME_LIMIT = 1.5
"""A render slower than this per frame hangs; a loaded machine takes 0.05 to 0.3."""


@dataclass
class PictureGraph:
    """Collects inputs and feeds of one ffmpeg process."""

    canvas: Canvas
    safe_area: SafeArea
    brand: Brand
    language: str
    work_dir: Path
    draft: bool
    feeds: list[Feed] = field(default_factory=list)
    _reels: int = 0
    _inputs: int = 0

    def picture(
        self,
        clip: PICTURE_CLIP,
        is_captioned: bool,
        shown: range,
        before: int = 0,
        after: int = 0,
        has_entry: bool = False,
    ) -> Stream:
        """Frames `shown` of a clip, counted from its first, as uniform frames of the canvas, and `before` and
        `after` more for transitions.

        Footage goes on beyond its cuts where it has more frames; everything else holds its first and last.
        A card that comes in by an edge (`has_entry`) does without an entrance of its own.
        """
        if isinstance(clip, CardClip):
            feed = self._card_feed(clip, is_captioned, shown, not has_entry)
        elif clip.source.kind == "picture":
            feed = picture_feed(clip, self.canvas, shown)
        elif is_moving(clip.framing):
            feed = moving_feed(clip, self.canvas, shown)
        else:
            return self._footage(clip, shown, before, after)
        return _uniform(self._fed(feed), before, len(shown) + after)

    def _card_feed(self, clip: CardClip, is_captioned: bool, shown: range, has_entrance: bool) -> Feed:
        from generation.engines.cards import card_feed
        from generation.engines.cards.scene import Order

        order = Order(clip, self.canvas, self.safe_area, self.brand, self.language, is_captioned)
        return card_feed(order, shown, has_entrance)

    def _fed(self, feed: Feed) -> Stream:
        self.feeds.append(feed)
        size = f"{feed.width}x{feed.height}"
        source = f"pipe:{feed.open()}"
        return ffmpeg.input(source, format="rawvideo", pix_fmt=feed.pix_fmt, s=size, framerate=FPS, thread_queue_size=4)

    def _footage(self, clip: FootageClip, shown: range, before: int, after: int) -> Stream:
        first = clip.source_start_frame + shown.start
        early = min(before, first)
        count = len(shown) + early + after
        opened = self._opened(clip.source.path, first - early, count)
        framed = self._blurred(clip, opened) if clip.framing.mode == "blur" else self._cropped(clip, opened)
        return _uniform(framed, before - early, count)

    def _opened(self, path: str, first: int, count: int) -> Stream:
        """`count` frames from `first` on. Sought half a frame early, so that rounding never skips the wanted frame."""
        self._inputs += 1
        return ffmpeg.input(
            path,
            protocol_whitelist="file",
            format_whitelist=FORMATS,
            threads=THREADS,
            ss=f"{max(0.0, (first - 0.5) / FPS):.6f}",
            t=f"{(count + 1) / FPS:.6f}",
            # Equal inputs would become one node; the queue size keeps two uses of a clip apart.
            thread_queue_size=8 + self._inputs,
        ).video

    def _cropped(self, clip: FootageClip, opened: Stream) -> Stream:
        source = clip.source
        window = crop_window(source.width, source.height, self.canvas, clip.framing)
        left, top, width, height = even_crop(window, source.width, source.height)
        if (width, height) != (source.width, source.height):
            opened = opened.filter("crop", width, height, left, top)
        if (width, height) == (self.canvas.width, self.canvas.height):
            return opened
        return self._scaled(opened, self.canvas.width, self.canvas.height)

    def _scaled(self, stream: Stream, width: int, height: int) -> Stream:
        flags = "bilinear" if self.draft else "bicubic"
        return stream.filter("scale", width, height, flags=flags, out_color_matrix="bt709", out_range="tv")

    def _blurred(self, clip: FootageClip, opened: Stream) -> Stream:
        source, canvas = clip.source, self.canvas
        both = opened.filter_multi_output("split", 2)
        window = crop_window(source.width, source.height, canvas, clip.framing)
        left, top, width, height = even_crop(window, source.width, source.height)
        small = (max(16, canvas.width // 8 & ~1), max(16, canvas.height // 8 & ~1))
        fill = both[0].filter("crop", width, height, left, top)
        fill = fill.filter("scale", *small, flags="area", out_color_matrix="bt709", out_range="tv")
        fill = fill.filter("format", "yuv420p").filter("gblur", sigma=4, steps=2).filter("eq", brightness=-0.1)
        fill = fill.filter("scale", canvas.width, canvas.height, flags="bilinear").filter("setsar", 1)
        wide, high = whole_size(source.width, source.height, canvas)
        whole = self._scaled(both[1], wide, high).filter("setsar", 1)
        x, y = (canvas.width - wide) // 2 & ~1, (canvas.height - high) // 2 & ~1
        return fill.overlay(whole, x=x, y=y, format="yuv420", eof_action="repeat")

    def overlaid(self, stream: Stream, lanes: Sequence[Lane]) -> Stream:
        """`stream` with every lane that shows anything laid over it."""
        for lane in lanes:
            if lane.is_empty:
                continue
            reel = self._reel(lane)
            left, top, _, _ = lane.rect
            first, end = lane.span
            # Outside its span a lane costs nothing: frames pass it untouched.
            shown = f"gte(n,{first})" if end is None else f"between(n,{first},{end - 1})"
            options = {"format": "yuv420", "eof_action": "repeat", "alpha": "straight", "enable": shown}
            stream = stream.overlay(reel, x=left, y=top, **options)
        return stream

    def still(self, picture: Rgba) -> Stream:
        """A picture with alpha that lasts as long as it is laid over something."""
        return self._reel(Lane((OverlayState(0, picture),), ()))

    def _reel(self, lane: Lane) -> Stream:
        path = self.work_dir / f"reel-{self._reels}.mov"
        self._reels += 1
        write_reel(lane, path)
        reel = ffmpeg.input(str(path), protocol_whitelist="file", threads=1)
        return reel.filter("scale", out_color_matrix="bt709", out_range="tv").filter("format", "yuva420p")

    def arguments(self, streams: Sequence[Stream], frames: int, out_paths: Sequence[Path]) -> list[str]:
        """ffmpeg's arguments that render `frames` frames of each stream into an mp4 without sound."""
        options = {**encoder_options(self.draft), "frames:v": frames, "format": "mp4", "fps_mode": "cfr"}
        outputs = [
            ffmpeg.output(tagged(stream.filter("format", "yuv420p")), str(path), **options)
            for stream, path in zip(streams, out_paths, strict=True)
        ]
        output = outputs[0] if len(outputs) == 1 else ffmpeg.merge_outputs(*outputs)
        arguments: list[str] = ffmpeg.get_args(output.global_args("-filter_complex_threads", str(THREADS)))
        return arguments

    def draw(self, stream: Stream, frames: int, out_path: Path) -> float:
        """Run the graph into raw frames, to be encoded more than once; returns CPU seconds."""
        options = {"vcodec": "rawvideo", "format": "rawvideo", "frames:v": frames, "fps_mode": "cfr"}
        output = ffmpeg.output(stream.filter("format", "yuv420p"), str(out_path), **options)
        arguments = ffmpeg.get_args(output.global_args("-filter_complex_threads", str(THREADS)))
        return run_with_feeds(arguments, self.feeds, 30 + frames * SECONDS_PER_FRAME_LIMIT)

    def drawn(self, path: Path) -> Stream:
        """Raw frames as `draw` wrote them."""
        size = f"{self.canvas.width}x{self.canvas.height}"
        raw = ffmpeg.input(str(path), format="rawvideo", pix_fmt="yuv420p", s=size, framerate=FPS)
        return tagged(on_grid(raw.filter("setsar", 1)))

    def render(self, stream: Stream, frames: int, out_path: Path) -> float:
        """Run the graph; returns CPU seconds."""
        return self.render_all([stream], frames, [out_path])

    def render_all(self, streams: Sequence[Stream], frames: int, out_paths: Sequence[Path]) -> float:
        """Run a graph of several results in one process; returns CPU seconds."""
        limit = 30 + frames * len(streams) * SECONDS_PER_FRAME_LIMIT
        return run_with_feeds(self.arguments(streams, frames, out_paths), self.feeds, limit)


def _uniform(stream: Stream, before: int, frames: int) -> Stream:
    """`frames` frames on the 1/30 grid, the last one held where the source is short; the first held `before` more."""
    stream = stream.filter("setsar", 1).filter("format", "yuv420p")
    stream = stream.filter("tpad", stop_mode="clone", stop=frames).filter("trim", end_frame=frames)
    if before:
        stream = stream.filter("tpad", start_mode="clone", start=before)
    return tagged(on_grid(stream))


def tagged(stream: Stream) -> Stream:
    """Marked as BT.709, limited range: every stream alike, or headers would differ."""
    return stream.filter("setparams", range="tv", colorspace="bt709", color_primaries="bt709", color_trc="bt709")


def on_grid(stream: Stream) -> Stream:
    """Frames renumbered 0, 1, 2 … at 30 a second."""
    return stream.filter("settb", f"1/{FPS}").filter("setpts", "N")


def joined(streams: Sequence[Stream]) -> Stream:
    """Streams one after another on the frame grid."""
    if len(streams) == 1:
        return streams[0]
    return on_grid(ffmpeg.concat(*streams, v=1, a=0))
