"""The compose engine: a Timeline becomes a file with picture and sound.

Slots that end in cuts, or in transitions drawn into their own edges, are rendered as
segments, each once, and joined by stream copy; a timeline with a border that shows two
slots at once goes through one graph. The planner chose which by what it wrote into the
timeline; nothing is decided here.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from core.contracts import dump
from core.errors import InputError, TerminalError
from generation.contracts import PAIRED, Canvas, CardClip, SafeArea, TextBox, Timeline
from generation.drawing import captions, fonts, headlines, labels, stickers
from generation.drawing.overlays import within
from generation.engines import edges, layers
from generation.engines.encoding import encoder_fingerprint
from generation.engines.free_form import pictures_of
from generation.engines.graph import PictureGraph
from generation.engines.joining import join, picture_facts
from generation.segments.specs import SegmentSpec, segment_key, segment_specs, whole_spec
from generation.segments.store import SegmentFacts, SegmentStore

DRAFT_SHORT_SIDE = 540
GRAPH_VERSION = "graph-1"
Progress = Callable[[float], None]
MixAudio = Callable[[Timeline, Path], Any]
"""Writes the whole sound of a timeline as one .m4a (AAC-LC, 48 kHz, stereo) to the path."""


@dataclass(frozen=True)
class Composed:
    """A composed file: picture and sound, not yet labelled in its metadata and not signed.

    `boxes` (also in the JSON at `sidecar`) say what text was drawn where; `draft` says at which size.
    """

    path: Path
    sidecar: Path
    frames: int
    canvas: Canvas
    boxes: tuple[TextBox, ...]
    segments_made: int
    segments_reused: int
    cpu_seconds: float


class WrongLength(TerminalError):
    """A render did not come out with the frames it was ordered with."""

    code = "wrong_length"


def render_timeline(
    timeline: Timeline,
    out_path: Path,
    work_dir: Path,
    store: SegmentStore,
    draft: bool = False,
    on_progress: Progress | None = None,
    mix_audio: MixAudio | None = None,
) -> Composed:
    """Carry out a timeline. `out_path` appears whole or not at all; `work_dir` may be thrown away after.

    `draft` renders the same plan with a short side of 540 pixels. Raises InputError for text the fonts
    cannot write or a timeline with holes, RenderFailed or SegmentMismatch when ffmpeg's work is wrong.
    """
    plan = drafted(timeline) if draft else timeline
    require_sound_plan(plan)
    require_drawable(plan)
    work_dir.mkdir(parents=True, exist_ok=True)
    tell = on_progress or (lambda share: None)
    picture = _free_form if any(slot.border in PAIRED for slot in plan.slots[:-1]) else _segments
    made = picture(plan, work_dir, store, draft, lambda share: tell(0.9 * share))
    began = time.process_time()
    audio = work_dir / "sound.m4a"
    (mix_audio or _mix_audio)(timeline, audio)
    whole = work_dir / "whole.mp4"
    join(made.paths, audio, whole, plan.frames)
    sidecar = _publish(whole, out_path, made, plan, draft)
    tell(1.0)
    cpu = made.cpu_seconds + time.process_time() - began
    return Composed(out_path, sidecar, plan.frames, plan.canvas, made.boxes, made.made, made.reused, cpu)


@dataclass(frozen=True)
class _Picture:
    """Rendered pictures of a timeline, in order."""

    paths: tuple[Path, ...]
    boxes: tuple[TextBox, ...]
    made: int
    reused: int
    cpu_seconds: float


def _segments(plan: Timeline, work_dir: Path, store: SegmentStore, draft: bool, tell: Progress) -> _Picture:
    paths: list[Path] = []
    boxes: list[TextBox] = []
    made, cpu_seconds, done = 0, 0.0, 0
    versions = style_versions(draft)
    for spec in segment_specs(plan, draft):
        key = segment_key(spec, versions)
        stored, is_new = store.get_or_make(key, partial(render_segment, spec, work_dir=work_dir))
        paths.append(stored.path)
        boxes += [_moved(box, done) for box in stored.boxes]
        made += is_new
        cpu_seconds += stored.cpu_seconds if is_new else 0.0
        done += spec.frames
        tell(done / plan.frames)
    return _Picture(tuple(paths), tuple(boxes), made, len(paths) - made, cpu_seconds)


def _free_form(plan: Timeline, work_dir: Path, store: SegmentStore, draft: bool, tell: Progress) -> _Picture:
    del store
    path = work_dir / "picture.mp4"
    facts = render_segment(whole_spec(plan, draft), path, work_dir)
    tell(1.0)
    return _Picture((path,), facts.boxes, 1, 0, facts.cpu_seconds)


def render_segment(spec: SegmentSpec, out_path: Path, work_dir: Path) -> SegmentFacts:
    """Render one segment with one ffmpeg process; WrongLength unless it has exactly its frames."""
    began = time.thread_time()
    with render_folder(work_dir) as folder:
        graph = picture_graph(spec, folder)
        lanes = layers.overlay_lanes(spec)
        stream = graph.overlaid(pictures_of(spec, graph), lanes)
        cpu_seconds = graph.render(stream, spec.frames, out_path)
    require_frames(out_path, spec.frames)
    boxes = layers.text_boxes(lanes) + card_boxes(spec)
    return SegmentFacts(spec.frames, boxes, cpu_seconds + time.thread_time() - began)


@contextmanager
def render_folder(work_dir: Path) -> Iterator[Path]:
    """A folder for one process' reels, gone after it."""
    folder = Path(work_dir) / f"segment-{os.getpid()}-{time.monotonic_ns()}"
    folder.mkdir(parents=True)
    yield folder
    for reel in folder.iterdir():
        reel.unlink()
    folder.rmdir()


def picture_graph(spec: SegmentSpec, folder: Path) -> PictureGraph:
    """An empty graph for a stretch."""
    return PictureGraph(spec.canvas, spec.safe_area, spec.brand, spec.language, folder, spec.draft)


def card_boxes(spec: SegmentSpec) -> tuple[TextBox, ...]:
    """The text of a stretch's cards, as long as it shows them."""
    from generation.engines.cards import text_boxes

    cards = [clip for clip in spec.track("picture") if isinstance(clip, CardClip)]
    shown = [clip for clip in cards if clip.start_frame < spec.frames and clip.end_frame > 0]
    boxes = (
        _moved(box, clip.start_frame)
        for clip in shown
        for box in text_boxes(
            clip, spec.canvas, spec.safe_area, spec.brand, spec.language, layers.is_captioned(spec, clip)
        )
    )
    return within(boxes, spec.frames)


def require_frames(path: Path, frames: int) -> None:
    """Raise WrongLength unless the picture file has exactly `frames` frames on the grid."""
    counted = picture_facts(path).frames
    if counted != frames:
        raise WrongLength(f"{path.name}: rendered {counted} frames, ordered {frames}")


def style_versions(draft: bool) -> dict[str, str]:
    """Everything besides the spec that a segment's picture depends on."""
    from generation.engines.cards import STYLE as CARD_STYLE

    return {
        "graph": GRAPH_VERSION,
        "caption": captions.STYLE,
        "label": labels.STYLE,
        "sticker": stickers.STYLE,
        "card": CARD_STYLE,
        "fonts": fonts.fingerprint(),
        "edges": edges.STYLE,
        "headline": headlines.STYLE,
        "encoder": encoder_fingerprint(draft),
    }


def drafted(timeline: Timeline) -> Timeline:
    """The same plan on a canvas with a short side of 540 pixels."""
    share = DRAFT_SHORT_SIDE / min(timeline.canvas.width, timeline.canvas.height)
    if share >= 1:
        return timeline
    safe = timeline.safe_area
    sides = (round(side * share) for side in (safe.left, safe.top, safe.right, safe.bottom))
    canvas = Canvas(round(timeline.canvas.width * share / 2) * 2, round(timeline.canvas.height * share / 2) * 2)
    return replace(timeline, canvas=canvas, safe_area=SafeArea(*sides))


def require_sound_plan(plan: Timeline) -> None:
    """Raise InputError unless slots and picture clips both tile the timeline without a hole."""
    for name, spans in (("slots", plan.slots), ("picture", plan.track("picture"))):
        at = 0
        for index, span in enumerate(spans):
            if span.start_frame != at or span.end_frame <= span.start_frame:
                raise InputError(f"timeline.{name}[{index}]", f"begins at frame {span.start_frame}, expected {at}")
            at = span.end_frame
        if at != plan.frames:
            raise InputError(f"timeline.{name}", f"ends at frame {at}, the ad has {plan.frames}")


def require_drawable(plan: Timeline) -> None:
    """Raise InputError naming the first text the fonts have no glyph for."""
    for track in plan.tracks:
        for clip in track.clips:
            if clip.kind in ("caption", "sticker", "label", "card", "headline"):
                for text in _texts_of(clip):
                    fonts.require_glyphs(f"{clip.kind} “{text}”", text)


def _texts_of(clip: Any) -> tuple[str, ...]:
    if clip.kind == "card":
        return (*clip.texts, clip.price)
    return (clip.text, getattr(clip, "detail", ""))


def _moved(box: TextBox, by: int) -> TextBox:
    return replace(box, start_frame=box.start_frame + by, end_frame=box.end_frame + by)


def _publish(whole: Path, out_path: Path, made: _Picture, plan: Timeline, draft: bool) -> Path:
    """Move the finished file into place, with what was drawn where beside it."""
    sidecar = sidecar_path(out_path)
    out_path.parent.mkdir(parents=True, exist_ok=True)
    facts = {
        "frames": plan.frames,
        "canvas": dump(plan.canvas),
        "safe_area": dump(plan.safe_area),
        "draft": draft,
        "boxes": [dump(box) for box in made.boxes],
    }
    temporary = out_path.with_name(f".{out_path.name}.{os.getpid()}")
    temporary.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(temporary, sidecar)
    os.replace(whole, out_path)
    return sidecar


def sidecar_path(path: Path) -> Path:
    """Where the text boxes of a composed file lie."""
    return path.with_suffix(".boxes.json")


def _mix_audio(timeline: Timeline, out_path: Path) -> Any:
    from generation.sound import mix_ad_audio

    return mix_ad_audio(timeline, out_path, out_path.parent)
