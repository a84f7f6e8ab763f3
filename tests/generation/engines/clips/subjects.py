"""Who sits the contract's examination: every family, in every shape its checkpoints come in."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from generation.engines.clips.base import ClipRequest, MadeClip, RunControl
from generation.engines.clips.engines import engine_named
from generation.engines.clips.making import LoadedClips


@dataclass(frozen=True)
class Subject:
    """One engine with one tiny checkpoint, and an order it fills; `given` are fields that get the test's pictures."""

    name: str
    engine: str
    maker: str
    shape: str = ""
    order: dict[str, Any] = field(default_factory=dict)
    given: tuple[str, ...] = ()

    def request(self, pictures: Path, **changes: Any) -> ClipRequest:
        """An order this subject can fill in a moment."""
        given = {name: str(pictures / f"{name}.png") for name in self.given}
        whole = {"prompt": "a red cup on a table", "steps": 2, "seed": 3, **self.order, **given, **changes}
        return ClipRequest(**whole)


SMALL = {"width": 16, "height": 16}
WIDE = {"width": 32, "height": 32}
SUBJECTS = (
    Subject("pictures", "stable-diffusion", "stable_diffusion", order=WIDE),
    Subject("edit", "edit", "stable_diffusion", order=WIDE, given=("image",)),
    Subject("kolors", "stable-diffusion", "kolors", order=WIDE),
    Subject("qwen-pictures", "stable-diffusion", "qwen_image", order=WIDE),
    Subject("qwen-edit", "edit", "qwen_image", order=WIDE, given=("image",)),
    Subject("wan-words", "wan", "wan", "text", {**SMALL, "frames": 9}),
    Subject("wan-words-or-frame", "wan", "wan", "ti2v", {**SMALL, "frames": 9}, ("image",)),
    Subject("wan-two-frames", "wan", "wan", "image", {**SMALL, "frames": 9}, ("image", "last_image")),
    Subject("wan-two-stages", "wan", "wan", "two-stage", {**SMALL, "frames": 9}),
    Subject("wan-two-frames-seen", "wan", "wan", "image-seen", {**SMALL, "frames": 9}, ("image", "last_image")),
    Subject("wan-everything", "wan", "wan", "vace", {**SMALL, "frames": 9}),
    Subject("ltx", "ltx", "ltx", order={**WIDE, "frames": 9}),
    Subject("ltx-frame", "ltx", "ltx", order={**WIDE, "frames": 9}, given=("image",)),
    Subject("cogvideox", "cogvideox", "cogvideox", "text", {**SMALL, "frames": 9}),
    Subject("cogvideox-frame", "cogvideox", "cogvideox", "image", {**SMALL, "frames": 9}, ("image",)),
)
BY_NAME = {subject.name: subject for subject in SUBJECTS}


class Checkpoints:
    """Tiny checkpoints, made and loaded once each."""

    def __init__(self, root: Path, device: str) -> None:
        self._root = root
        self.device = device
        self._loaded: dict[tuple[str, str, str], LoadedClips] = {}

    def folder(self, maker: str, shape: str = "", seed: int = 0) -> Path:
        """The checkpoint's folder; not to be changed."""
        folder = self._root / f"{maker}-{shape or 'plain'}-{seed}"
        if not folder.exists():
            choice = {"shape": shape} if shape else {}
            importlib.import_module(f"generation.checkpoints.tiny.{maker}").make(folder, seed, **choice)
        return folder

    def loaded(self, subject: Subject) -> LoadedClips:
        key = (subject.engine, subject.maker, subject.shape)
        if key not in self._loaded:
            folder = self.folder(subject.maker, subject.shape)
            self._loaded[key] = engine_named(subject.engine).load(folder, self.device)
        return self._loaded[key]

    def made(self, subject: Subject, *requests: ClipRequest) -> list[MadeClip]:
        return self.loaded(subject).make(requests, RunControl())


@contextmanager
def breaking(module: Any, failure: Exception) -> Iterator[None]:
    """While it lasts, `module` raises `failure` when it is asked."""

    def fail(*args: Any) -> None:
        raise failure

    hook = module.register_forward_pre_hook(fail)
    try:
        yield
    finally:
        hook.remove()


@contextmanager
def poisoned(module: Any) -> Iterator[None]:
    """While it lasts, one weight of `module` is no number."""
    import torch

    weight = next(value for value in module.parameters() if value.ndim > 1)
    kept = weight.detach().clone()
    with torch.no_grad():
        weight.fill_(float("nan"))
    try:
        yield
    finally:
        with torch.no_grad():
            weight.copy_(kept)


def network(loaded: LoadedClips) -> Any:
    """The part of a pipeline that runs once a step."""
    return getattr(loaded.pipeline, "transformer", None) or loaded.pipeline.unet


def largest_difference(first: MadeClip, second: MadeClip) -> int:
    """In steps of 255."""
    return int(np.abs(first.frames.astype(np.int16) - second.frames.astype(np.int16)).max())


@cache
def noise_picture(seed: int, width: int, height: int) -> Any:
    """A picture of coarse random patches, so that scaling leaves something of it."""
    from PIL import Image

    patches = np.random.default_rng(seed).integers(0, 255, (6, 6, 3), dtype=np.uint8)
    return Image.fromarray(patches).resize((width, height), Image.Resampling.NEAREST)
