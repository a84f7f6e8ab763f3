"""What a talking head takes, gives and keeps. No Django and no model in here: who keeps time on air reads it too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from core.errors import InputError, RetryableError, TerminalError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generation.engines.heads.cache import AvatarCache


@dataclass(frozen=True)
class Box:
    """A stretch of a picture in pixels; all of a head's boxes lie on even pixels, as I420 needs it."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def lower(self) -> Box:
        """The half that a head replaces: mouth and jaw."""
        top = self.height // 4 * 2
        return Box(self.x, self.y + top, self.width, self.height - top)


@dataclass(frozen=True)
class HeadSpec:
    """Shapes and rates that a cache and a network have to agree on.

    `crop` is height and width of the face in pixels, `latent` and `features` the shapes of one picture's inputs.
    A picture hears `left_frames` before and `right_frames` after itself; `drives` says what moves the mouth.
    """

    kind: str = "musetalk"
    fps: int = 25
    sample_rate: int = 16_000
    crop: tuple[int, int] = (256, 256)
    latent: tuple[int, int, int] = (8, 32, 32)
    features: tuple[int, int] = (50, 384)
    left_frames: int = 2
    right_frames: int = 2
    max_batch: int = 8
    drives: Literal["pcm", "viseme"] = "pcm"

    @property
    def samples_a_frame(self) -> int:
        return self.sample_rate // self.fps

    def plain(self) -> dict[str, Any]:
        """JSON-ready."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}


@dataclass(frozen=True)
class HeadConsent:
    """One person's permission for one kind of use: the words shown to them, when, and where the paper lies."""

    id: str
    kind: Literal["likeness", "voice"]
    words: str
    given_at: str
    evidence: str = ""


@dataclass(frozen=True)
class HeadOrigin:
    """Who is to be seen. `person` is "" for somebody who does not exist: then `invented` says how it was made.

    `withdrawn_at` is set when a consent was taken back: from then on nothing is made with it.
    """

    person: str = ""
    invented: str = ""
    consents: tuple[HeadConsent, ...] = ()
    withdrawn_at: str = ""


class HeadRefused(TerminalError):
    """A folder that is no head: a file is missing, broken, a pickle, or does not fit the network."""

    code = "head_refused"

    def __init__(self, thing: str, reason: str) -> None:
        super().__init__(f"{thing}: {reason}")
        self.thing = thing
        self.reason = reason

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return type(self), (self.thing, self.reason)


class HeadMissing(TerminalError):
    """Nothing here can draw a filmed host; the message says what to do about it."""

    code = "head_missing"


class HeadConsentMissing(InputError):
    """The person has not agreed, or agrees no longer, to be made to speak."""

    def __init__(self, thing: str, reason: str, code: str = "consent_missing") -> None:
        super().__init__(thing, reason, code)


class HeadBroken(TerminalError):
    """The network gave values that are no picture; the same input gives them again."""

    code = "broken_output"


class HeadOutOfMemory(RetryableError):
    """The device had no room for this batch; a smaller one may fit."""

    code = "out_of_device_memory"


class TalkingHead(Protocol):
    """Draws mouths. Nothing in it knows the time: pictures of several rooms may share a batch."""

    spec: HeadSpec
    checkpoint_hash: str

    def prepare(self, frames: Iterable[NDArray[np.uint8]], out: Path) -> AvatarCache:
        """Keep RGB frames u8[H, W, 3] with face boxes, masks and latents in `out`; the same input, the same folder."""
        ...

    def encode(self, faces: NDArray[np.uint8]) -> NDArray[np.float16]:
        """Latents f16[B, 8, 32, 32] of RGB faces u8[B, 256, 256, 3]; the same faces, the same latents."""
        ...

    def features(self, pcm: NDArray[np.float32], first_frame: int, count: int, fps: int = 25) -> Any:
        """f32[count, 50, 384] for frames first_frame.. of a whole utterance: mono 16 kHz in -1..1, silent outside."""
        ...

    def render(self, cache: AvatarCache, base_indices: NDArray[np.int64], features: Any) -> NDArray[np.uint8]:
        """Faces u8[B, 256, 256, 3] RGB for base frames of one cache."""
        ...

    def render_latents(self, latents: NDArray[np.float16], features: Any) -> NDArray[np.uint8]:
        """Faces for latents f16[B, 8, 32, 32] of any caches."""
        ...

    def paste(self, cache: AvatarCache, base_index: int, crop: NDArray[np.uint8], yuv: NDArray[np.uint8]) -> list[Box]:
        """Blend a face into an I420 picture of the cache's size; the even rectangles that were written."""
        ...
