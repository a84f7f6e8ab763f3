"""The course every clip takes, whatever the engine: prompts, windows one after another, stages after the model.

A family only says how one window is run; see `WindowRunner`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from core.errors import InputError
from generation.engines.clips.base import (
    BrokenOutput,
    ClipCapabilities,
    ClipKind,
    ClipRequest,
    MadeClip,
    RunControl,
    bucket_of,
    plain_request,
)
from generation.engines.clips.camera_control import moved_drawing
from generation.engines.clips.interpolation import METHOD as INTERPOLATION
from generation.engines.clips.interpolation import interpolate_frames
from generation.engines.clips.pictures import fitted, frame_of, layout_frames, open_picture, read_clip
from generation.engines.clips.prompts import PROMPT_CUT, ReadPrompt, read_prompt
from generation.engines.clips.running import Progress, memory_errors
from generation.engines.clips.shapes import check_request
from generation.engines.clips.upscaling import METHOD as UPSCALING
from generation.engines.clips.upscaling import upscale_frames
from generation.engines.clips.windows import WindowSpan, place_window, plan_windows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image


@dataclass(frozen=True)
class Window:
    """One run of the model for one request.

    `head` u8[k, H, W, 3] are the frames it begins with, `tail` u8[1, H, W, 3] the one it ends with,
    `layout` u8[frames, H, W, 3] drawings that give the structure, `references` pictures to keep.
    Noise comes from `generator`, this request's own, so that no neighbour in a batch changes it.
    """

    request: ClipRequest
    kind: ClipKind
    prompt: str
    negative: str
    frames: int
    generator: Any
    head: NDArray[np.uint8] | None = None
    tail: NDArray[np.uint8] | None = None
    layout: NDArray[np.uint8] | None = None
    references: tuple[Image, ...] = ()


class WindowRunner(Protocol):
    """What a family adds to the course."""

    @property
    def tokenizer(self) -> Any: ...

    @property
    def prompt_tokens(self) -> int: ...

    def run(self, windows: Sequence[Window], progress: Progress) -> list[NDArray[np.uint8]]:
        """Frames u8[frames, H, W, 3] of each window; all are of one shape and kind."""
        ...

    def enlarge(self, frames: NDArray[np.uint8], factor: int, generator: Any) -> NDArray[np.uint8] | None:
        """Frames `factor` times as large by a model of the family's own; None where it has none for that."""
        ...


@dataclass(frozen=True)
class LoadedClips:
    """A checkpoint in memory: a `LoadedEngine` for any family."""

    engine: str
    checkpoint_hash: str
    memory_bytes: int
    capabilities: ClipCapabilities
    device: str
    pipeline: Any
    runner: WindowRunner

    def make(self, requests: Sequence[ClipRequest], control: RunControl) -> list[MadeClip]:
        """See `LoadedEngine.make`."""
        if len({bucket_of(request) for request in requests}) > 1:
            raise InputError("requests", "one run takes requests of one bucket only", "bucket")
        for request in requests:
            check_request(request, self.capabilities, self.engine)
        courses = [_course(request, self) for request in requests]
        together = len({course.spans for course in courses}) == 1
        groups = [courses] if together else [[course] for course in courses]
        progress = Progress(control, sum(_runs(group, self.capabilities) for group in groups) * requests[0].steps)
        with memory_errors():
            for group in groups:
                _make_windows(group, self, progress)
            return [_finished(course, self, place, len(requests)) for place, course in enumerate(courses)]


@dataclass
class _Course:
    """One request on its way: what it reads, and `frames` u8[request.frames, H, W, 3] of which `made` are there."""

    request: ClipRequest
    read: ReadPrompt
    spans: tuple[WindowSpan, ...]
    generator: Any
    frames: NDArray[np.uint8]
    made: int
    head: NDArray[np.uint8] | None
    tail: NDArray[np.uint8] | None
    layout: NDArray[np.uint8] | None
    references: tuple[Image, ...]

    def kind_of(self, number: int) -> ClipKind:
        """What run `number` is to the model: the order itself, or going on from frames."""
        return self.request.kind if number == 0 else "extend"

    def window(self, number: int) -> Window:
        """Its run `number`, begun with what the one before left."""
        span = self.spans[number]
        return Window(
            self.request,
            self.kind_of(number),
            self.read.prompt,
            self.read.negative,
            span.frames,
            self.generator,
            self.frames[span.start : self.made] if self.made else self.head,
            self.tail if number == len(self.spans) - 1 else None,
            None if self.layout is None else _stretch(self.layout, span),
            self.references,
        )

    def take(self, number: int, window: NDArray[np.uint8]) -> None:
        """Join what run `number` made to what exists."""
        self.made = place_window(self.frames, self.made, window, self.spans[number].start)


def _course(request: ClipRequest, loaded: LoadedClips) -> _Course:
    import numpy as np
    import torch

    able = loaded.capabilities
    read = read_prompt(request, loaded.runner.tokenizer, loaded.runner.prompt_tokens)
    width, height = request.width, request.height
    known = read_clip("extend", request.extend, width, height, request.fps) if request.extend else None
    first = None if known is None else known[-1:]
    if request.image and request.frames > 1:
        first = frame_of("image", request.image, width, height)
    spans = _spans(request, 0 if known is None else len(known), able)
    frames = np.empty((request.frames, height, width, 3), np.uint8)
    if known is not None:
        frames[: len(known)] = known
    return _Course(
        request,
        read,
        spans,
        torch.Generator("cpu").manual_seed(request.seed),
        frames,
        made=0 if known is None else len(known),
        head=first if known is None else None,
        tail=frame_of("last_image", request.last_image, width, height) if request.last_image else None,
        layout=_layout(request, first, able),
        references=tuple(fitted(open_picture("references", path), width, height) for path in request.references),
    )


def _spans(request: ClipRequest, known: int, able: ClipCapabilities) -> tuple[WindowSpan, ...]:
    if request.extend and known >= request.frames:
        raise InputError("frames", f"the clip has {known} frames already; order more than that", "frames")
    overlap = min(able.overlap_frames, able.window_frames - able.frame_step, known or able.window_frames)
    legal = (overlap - 1) // able.frame_step * able.frame_step + 1
    return plan_windows(request.frames, able.window_frames, legal, able.frame_step, known)


def _layout(request: ClipRequest, first: NDArray[np.uint8] | None, able: ClipCapabilities) -> NDArray[np.uint8] | None:
    """The rough drawing for every frame: the person's own, else the first frame's outlines moved by the camera."""
    size = request.width, request.height
    if request.sketch:
        return layout_frames("sketch", request.sketch, *size, request.fps, request.frames)
    if able.camera == "control" and request.camera and first is not None and not request.last_image:
        return moved_drawing(first[0], request.camera, request.frames)
    return None


def _stretch(layout: NDArray[np.uint8], span: WindowSpan) -> NDArray[np.uint8]:
    import numpy as np

    part = layout[span.start : span.start + span.frames]
    return np.concatenate([part, np.repeat(layout[-1:], span.frames - len(part), axis=0)])


def _runs(group: Sequence[_Course], able: ClipCapabilities) -> int:
    """How many runs of the model a group takes."""
    kinds = [group[0].kind_of(number) for number in range(len(group[0].spans))]
    return sum(1 if kind in able.batched else len(group) for kind in kinds)


def _make_windows(group: Sequence[_Course], loaded: LoadedClips, progress: Progress) -> None:
    for number in range(len(group[0].spans)):
        is_batched = group[0].kind_of(number) in loaded.capabilities.batched
        for batch in [group] if is_batched else [[course] for course in group]:
            made = loaded.runner.run([course.window(number) for course in batch], progress)
            for course, frames in zip(batch, made, strict=True):
                course.take(number, _of_size(frames, course.request))


def _of_size(frames: NDArray[np.uint8], request: ClipRequest) -> NDArray[np.uint8]:
    """`frames`, once they are seen to be of the size ordered: some pipelines know sizes of their own."""
    height, width = frames.shape[1:3]
    if (width, height) != (request.width, request.height):
        raise BrokenOutput(f"{request.width}x{request.height} was ordered and the pipeline made {width}x{height}")
    return frames


def _finished(course: _Course, loaded: LoadedClips, place: int, batch: int) -> MadeClip:
    request = course.request
    larger = loaded.runner.enlarge(course.frames, request.upscale, course.generator) if request.upscale > 1 else None
    frames = interpolate_frames(course.frames if larger is None else larger, request.interpolate)
    if larger is None:
        frames = upscale_frames(frames, request.upscale)
    upscaling = UPSCALING if larger is None else "latent"
    parameters: dict[str, Any] = {
        "engine": loaded.engine,
        "pipeline": type(loaded.pipeline).__name__,
        "checkpoint_hash": loaded.checkpoint_hash,
        "kind": request.kind,
        "request": plain_request(request),
        "seed": request.seed,
        "steps": request.steps,
        "guidance": request.guidance,
        "frames": len(frames),
        "fps": request.fps * request.interpolate,
        "size": f"{frames.shape[2]}x{frames.shape[1]}",
        "prompt_read": course.read.prompt,
        "windows": [[span.start, span.frames] for span in course.spans],
        "device": loaded.device,
        "generator_device": "cpu",
        "batch": batch,
        "batch_index": place,
        "camera": _camera(course, loaded.capabilities),
        "interpolation": INTERPOLATION if request.interpolate > 1 else "",
        "upscaling": upscaling if request.upscale > 1 else "",
    }
    return MadeClip(frames, request.fps * request.interpolate, parameters, (PROMPT_CUT,) if course.read.is_cut else ())


def _camera(course: _Course, able: ClipCapabilities) -> str:
    """By what the camera was moved: "" not at all, "prompt", or "control" where its path steered the model too."""
    if not course.request.camera:
        return ""
    return "control" if course.layout is not None and not course.request.sketch else "prompt"
