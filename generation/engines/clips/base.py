"""What an engine of pictures and clips takes, gives and can do: one request type for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from core.errors import InputError, RetryableError, TerminalError
from generation.engines.clips.camera import CameraMove, parse_camera

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ClipKind = Literal["text-to-image", "edit", "text-to-video", "image-to-video", "first-last-frame", "extend"]
"""What is asked for: a picture from words, a picture from a picture, and the ways to a clip."""

LONGEST_SECONDS = 180.0
"""Beyond three minutes windows have drifted so far from the first that a new shot is the better order."""


@dataclass(frozen=True)
class ClipRequest:
    """One picture or clip to make. Plain data: JSON through `plain_request`; pictures and clips by path.

    `width` and `height` in pixels and `frames` at `fps` are what the model makes; the result has
    (frames - 1) * interpolate + 1 frames at fps * interpolate, each `upscale` times as wide and high.
    `frames` counts the whole result: with `extend` also the frames of that file, which come first.
    `image` is the first frame of a clip, or what an edit starts from; `references` are pictures of
    somebody or something to keep; `sketch` is a rough drawing (or a clip of them) that gives the
    layout; `mask` is white where an edit may change the picture. `strength` 0..1 says how far an edit
    may leave its picture, and how strongly a sketch holds. A prompt that is longer than the model
    reads is refused, or with `may_truncate` cut and marked.
    """

    prompt: str
    width: int
    height: int
    frames: int = 1
    fps: int = 16
    steps: int = 30
    seed: int = 0
    guidance: float = 5.0
    negative: str = ""
    image: str = ""
    last_image: str = ""
    extend: str = ""
    references: tuple[str, ...] = ()
    sketch: str = ""
    mask: str = ""
    camera: tuple[CameraMove, ...] = ()
    interpolate: int = 1
    upscale: int = 1
    strength: float = 0.8
    may_truncate: bool = False

    @property
    def kind(self) -> ClipKind:
        """What is asked for, told from the fields that are set."""
        if self.frames == 1 and not self.extend:
            return "edit" if self.image or self.references else "text-to-image"
        if self.extend:
            return "extend"
        if self.last_image:
            return "first-last-frame"
        return "image-to-video" if self.image else "text-to-video"


def plain_request(request: ClipRequest) -> dict[str, Any]:
    """`request` as JSON-ready values."""
    values = asdict(request)
    return {**values, "references": list(request.references), "camera": [asdict(move) for move in request.camera]}


def request_from(values: dict[str, Any]) -> ClipRequest:
    """The request that `plain_request` wrote."""
    moves = tuple(CameraMove(**move) for move in values.get("camera", ()))
    return ClipRequest(**{**values, "references": tuple(values.get("references", ())), "camera": moves})


def bucket_of(request: ClipRequest) -> str:
    """Requests of one bucket can be made in one run of the model: same kind, shapes, steps and conditions."""
    given = "".join(
        letter for letter, value in (("r", request.references), ("s", request.sketch), ("m", request.mask)) if value
    )
    return (
        f"{request.kind}:{request.width}x{request.height}x{request.frames}@{request.fps}"
        f":{request.steps}:{request.guidance:g}:{request.strength:g}:{request.interpolate}:{request.upscale}"
        f":{len(request.references)}{given}"
    )


@dataclass(frozen=True)
class ClipCapabilities:
    """What an engine, or one loaded checkpoint, can do; all of it data.

    Frame counts are `frame_step` * k + 1, sides multiples of `size_multiple` pixels from `least_side`
    on, at best one of `sizes`; one run of the model makes at most `window_frames`, longer clips join
    windows that share `overlap_frames`. `camera` says whether moves go into the prompt or steer the
    pipeline. `batched` are the kinds that share one run of the model; the others of a batch follow
    one another. `exact_size` is the only size a checkpoint with learned positions makes. `edits`: whether
    one picture may begin with another, rather than with words and references alone.
    """

    kinds: frozenset[ClipKind]
    frame_step: int = 1
    size_multiple: int = 8
    least_side: int = 16
    native_fps: int = 16
    window_frames: int = 1
    overlap_frames: int = 5
    negative: bool = True
    camera: Literal["none", "prompt", "control"] = "prompt"
    references: bool = False
    sketch: bool = False
    mask: bool = False
    edits: bool = False
    upscaler: Literal["latent", "lanczos"] = "lanczos"
    prompt_tokens: int = 512
    sizes: tuple[tuple[int, int], ...] = ()
    batched: frozenset[ClipKind] = frozenset()
    exact_size: tuple[int, int] | None = None

    @property
    def frame_rule(self) -> str:
        """How frame counts look, as people write it: "4k+1"; "any" where all are possible."""
        return "any" if self.frame_step == 1 else f"{self.frame_step}k+1"


def plain_capabilities(able: ClipCapabilities) -> dict[str, Any]:
    """`able` as JSON-ready values."""
    return {**asdict(able), "kinds": sorted(able.kinds), "batched": sorted(able.batched)}


def capabilities_from(values: dict[str, Any]) -> ClipCapabilities:
    """The capabilities that `plain_capabilities` wrote, also a newer one that says more than we know of.

    KeyError, TypeError and ValueError where they are not those.
    """
    told = {
        "kinds": frozenset(values["kinds"]),
        "batched": frozenset(values["batched"]),
        "sizes": tuple((width, height) for width, height in values["sizes"]),
        "exact_size": None if values["exact_size"] is None else tuple(values["exact_size"]),
    }
    known = {each.name: values[each.name] for each in fields(ClipCapabilities) if each.name in values}
    return ClipCapabilities(**{**known, **told})


@dataclass(frozen=True)
class RunControl:
    """How a run tells how far it is (`on_step(done, total)` model steps) and learns that nobody wants it any more."""

    on_step: Callable[[int, int], None] = lambda done, total: None
    is_cancelled: Callable[[], bool] = lambda: False


@dataclass(frozen=True)
class MadeClip:
    """What came out: RGB frames u8[T, H, W, 3] at `fps`, and what they were made with.

    `parameters` is JSON-ready: the request, engine, checkpoint hash, the windows, which stages made
    frames or pixels of their own. `degraded` names stand-ins ("clip:prompt-cut").
    """

    frames: NDArray[np.uint8]
    fps: int
    parameters: dict[str, Any] = field(default_factory=dict)
    degraded: tuple[str, ...] = ()


class LoadedEngine(Protocol):
    """A checkpoint in memory. One thread at a time: pipelines keep state."""

    @property
    def engine(self) -> str: ...

    @property
    def checkpoint_hash(self) -> str: ...

    @property
    def memory_bytes(self) -> int: ...

    @property
    def capabilities(self) -> ClipCapabilities: ...

    def make(self, requests: Sequence[ClipRequest], control: RunControl) -> list[MadeClip]:
        """Make requests of one bucket in one run; each result is what the request alone would give (within 1e-4).

        InputError for what this checkpoint cannot make; BrokenOutput, OutOfDeviceMemory, Cancelled.
        """
        ...


class ClipEngine(Protocol):
    """One family of models."""

    @property
    def name(self) -> str: ...

    @property
    def capabilities(self) -> ClipCapabilities: ...

    def check(self, request: ClipRequest) -> None:
        """InputError that names the impossible shape and the nearest possible one; loads nothing."""
        ...

    def able(self, folder: Path) -> ClipCapabilities:
        """What the checkpoint in `folder` can, told from its settings alone: opens no weights, imports no torch.

        CheckpointRefused where it is none of this engine's.
        """
        ...

    def load(self, folder: Path, device: str) -> LoadedEngine:
        """The checkpoint in `folder` on `device` ("cpu", "cuda", "cuda:1"); CheckpointRefused if unusable."""
        ...


class CheckpointRefused(InputError):
    """A folder that is no usable checkpoint of this engine: pickles, corrupt or wrong files; `thing` names the file."""

    def __init__(self, thing: str, reason: str, code: str = "checkpoint_refused") -> None:
        super().__init__(thing, reason, code)


class BrokenOutput(TerminalError):
    """The model gave values that are no picture (NaN, infinite); the same seed gives them again."""

    code = "broken_output"


class OutOfDeviceMemory(RetryableError):
    """The device had no room for this batch; a smaller one may fit."""

    code = "out_of_device_memory"


class Cancelled(TerminalError):
    """Nobody wants the run any more; it ended between two steps."""

    code = "cancelled"


__all__ = [
    "LONGEST_SECONDS",
    "BrokenOutput",
    "CameraMove",
    "Cancelled",
    "CheckpointRefused",
    "ClipCapabilities",
    "ClipEngine",
    "ClipKind",
    "ClipRequest",
    "LoadedEngine",
    "MadeClip",
    "OutOfDeviceMemory",
    "RunControl",
    "bucket_of",
    "capabilities_from",
    "parse_camera",
    "plain_capabilities",
    "plain_request",
    "request_from",
]
