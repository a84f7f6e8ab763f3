"""A tiny talking head and some footage for it: a drawn host at rest, whom the face finder takes for a person."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.engines.heads.cache import AvatarCache
from generation.engines.heads.contracts import Box, HeadConsent, HeadOrigin, HeadSpec
from generation.engines.heads.musetalk import MuseTalkHead, load_musetalk
from generation.engines.heads.pasting import paste_face
from generation.engines.heads.preparing import prepare_head

INVENTED = HeadOrigin(invented="drawn by this platform")
AGREED = HeadOrigin(
    person="Ann Example",
    consents=tuple(
        HeadConsent(f"paper-{kind}", kind, f"my {kind} may be used", "2026-11-01", "folder 7")
        for kind in ("likeness", "voice")
    ),
)
WIDTH, HEIGHT = 216, 384


def tiny_model(folder: Path, seed: int = 0) -> Path:
    """Random weights in the layout of real ones."""
    from generation.checkpoints.tiny.head import make

    make(folder, seed)
    return folder


def tiny_head(model: Path, batch: int = 2) -> MuseTalkHead:
    import torch

    torch.set_num_threads(1)
    return load_musetalk(model, "cpu", batch)


@lru_cache(maxsize=1)
def footage() -> tuple[NDArray[np.uint8], ...]:
    """Twelve RGB pictures of a host who looks at the viewer, mouth closed."""
    from avatar.faces.contracts import MouthState
    from avatar.faces.personas import load_persona
    from avatar.faces.planes import empty_yuv, to_rgb
    from avatar.faces.renderer import HostRenderer
    from avatar.faces.sheet import rasterise

    with tempfile.TemporaryDirectory() as layers:
        host = HostRenderer(rasterise(load_persona("lin"), WIDTH, HEIGHT, Path(layers)))
        yuv = empty_yuv(WIDTH, HEIGHT)
        made = []
        for tick in range(12):
            host.draw(host.pose(tick * 3, MouthState(), None, 3), yuv)
            made.append(to_rgb(yuv))
    return tuple(made)


def filmed(head: MuseTalkHead, out: Path, origin: HeadOrigin = INVENTED) -> AvatarCache:
    """The footage, prepared."""
    return prepare_head(head, footage(), out, out.name, origin)


def speech(seconds: float, rate: int = 16_000, silent_from: float = 1e9) -> NDArray[np.float32]:
    """A voice of sorts: a tone with overtones that swells and ebbs, silence from `silent_from` on."""
    at = np.arange(round(seconds * rate)) / rate
    tone = sum(np.sin(2 * np.pi * 140 * k * at) / k for k in range(1, 6))
    made = 0.2 * tone * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * at))
    return np.where(at < silent_from, made, 0.0).astype(np.float32)


class ScriptedHead:
    """Draws a face whose every pixel is the number of the picture it is for; counts what it is asked for."""

    spec = HeadSpec()
    checkpoint_hash = "scripted"

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    @property
    def pictures(self) -> list[int]:
        """Every picture that was asked for, batch after batch."""
        return [number for batch in self.asked for number in batch]

    def prepare(self, frames: Iterable[NDArray[np.uint8]], out: Path) -> AvatarCache:
        return prepare_head(self, frames, out, out.name, INVENTED)

    def encode(self, faces: NDArray[np.uint8]) -> NDArray[np.float16]:
        return np.zeros((len(faces), *self.spec.latent), np.float16)

    def features(self, pcm: NDArray[np.float32], first_frame: int, count: int, fps: int = 25) -> Any:
        import torch

        numbers = torch.arange(first_frame, first_frame + count, dtype=torch.float32)
        return numbers[:, None, None].expand(count, *self.spec.features)

    def render(self, cache: AvatarCache, base_indices: NDArray[np.int64], features: Any) -> NDArray[np.uint8]:
        return self.render_latents(cache.latents[base_indices], features)

    def render_latents(self, latents: NDArray[np.float16], features: Any) -> NDArray[np.uint8]:
        numbers = [int(each) for each in features[:, 0, 0]]
        self.asked.append(numbers)
        faces = np.zeros((len(numbers), *self.spec.crop, 3), np.uint8)
        for face, number in zip(faces, numbers, strict=True):
            face[:] = number
        return faces

    def paste(self, cache: AvatarCache, base_index: int, crop: NDArray[np.uint8], yuv: NDArray[np.uint8]) -> list[Box]:
        return [paste_face(yuv, cache.box(base_index), crop, cache.mask(base_index))]
