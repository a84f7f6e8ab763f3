"""A prepared head on disk: base frames, where the face is, what is replaced of it, its latents. No pickles.

meta.json           spec, size, what it was made from, places where a sentence may begin
origin.json         who is to be seen, and the consents without which nothing is made with it
frames/%06d.png     RGB, H × W
masks/%06d.png      L, the size of the mask's box: how much of a pixel is replaced
index.safetensors   bbox i32[F, 4] and mask_box i32[F, 4] (x1, y1, x2, y2), latents f16[F, 8, 32, 32]
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.engines.heads.checkpoint import refuse_bad_files
from generation.engines.heads.contracts import Box, HeadConsent, HeadOrigin, HeadRefused, HeadSpec

META, ORIGIN, INDEX = "meta.json", "origin.json", "index.safetensors"
VERSION = 1
"""Raised when the same footage is prepared otherwise than before."""


@dataclass(frozen=True)
class CacheFacts:
    """What meta.json holds. `anchors` are frames of rest at which a sentence may begin, the first of them 0."""

    name: str
    width: int
    height: int
    frames: int
    fps: int
    spec: dict[str, Any]
    source: str
    checkpoint: str
    anchors: tuple[int, ...] = (0,)
    version: int = VERSION


class AvatarCache:
    """A prepared head, read as it is needed. HeadRefused names what is wrong with the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.facts = _read_facts(folder)
        if self.facts.spec != HeadSpec().plain() or self.facts.version != VERSION:
            raise HeadRefused(META, "was prepared for another kind of head; prepare the footage again")
        refuse_bad_files(folder)
        self._check_files()

    @property
    def id(self) -> str:
        """Changes whenever anything to be seen changes."""
        told = [asdict(self.facts), hashlib.sha256((self.folder / INDEX).read_bytes()).hexdigest()]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]

    @property
    def origin(self) -> HeadOrigin:
        """Read anew each time: a consent may have been withdrawn since."""
        return read_origin(self.folder)

    def box(self, index: int) -> Box:
        """Where the face is."""
        return _box(self._tensors["bbox"][index])

    def mask_box(self, index: int) -> Box:
        """The part of the face that is replaced."""
        return _box(self._tensors["mask_box"][index])

    @property
    def latents(self) -> NDArray[np.float16]:
        return self._tensors["latents"]

    def frame(self, index: int) -> NDArray[np.uint8]:
        """u8[H, W, 3], RGB."""
        import cv2

        found = cv2.imread(str(self.folder / "frames" / f"{index:06d}.png"), cv2.IMREAD_COLOR)
        if found is None or found.shape[:2] != (self.facts.height, self.facts.width):
            raise HeadRefused(f"frames/{index:06d}.png", "cannot be read, or has another size than the rest")
        return np.asarray(cv2.cvtColor(found, cv2.COLOR_BGR2RGB), np.uint8)

    def mask(self, index: int) -> NDArray[np.uint8]:
        """u8[h, w] over `mask_box`, 255 where the new mouth stands alone."""
        import cv2

        found = cv2.imread(str(self.folder / "masks" / f"{index:06d}.png"), cv2.IMREAD_GRAYSCALE)
        box = self.mask_box(index)
        if found is None or found.shape != (box.height, box.width):
            raise HeadRefused(f"masks/{index:06d}.png", "cannot be read, or does not fit its box")
        return np.asarray(found, np.uint8)

    def anchor_of(self, sound: str) -> int:
        """The frame at which an utterance begins: always the same one, so that what was drawn for it can be kept."""
        anchors = self.facts.anchors
        return anchors[int(hashlib.sha256(sound.encode()).hexdigest()[:8], 16) % len(anchors)]

    @cached_property
    def _tensors(self) -> dict[str, NDArray[Any]]:
        from safetensors.numpy import load_file

        try:
            return load_file(str(self.folder / INDEX))
        except Exception as error:
            # The library has an error of its own that is no OSError and no ValueError.
            raise HeadRefused(INDEX, f"cannot be read: {error}") from error

    def _check_files(self) -> None:
        facts = self.facts
        if not (self.folder / INDEX).is_file():
            raise HeadRefused(INDEX, "is missing; prepare the footage again")
        wanted = {
            "bbox": (facts.frames, 4),
            "mask_box": (facts.frames, 4),
            "latents": (facts.frames, *HeadSpec().latent),
        }
        for name, shape in wanted.items():
            found = self._tensors.get(name)
            if found is None or found.shape != shape:
                raise HeadRefused(INDEX, f"{name} is not {shape}")
        for index in (0, facts.frames - 1):
            if not (self.folder / "frames" / f"{index:06d}.png").is_file():
                raise HeadRefused(f"frames/{index:06d}.png", "is missing; prepare the footage again")


def _box(numbers: NDArray[Any]) -> Box:
    left, top, right, bottom = (int(each) for each in numbers)
    return Box(left, top, right - left, bottom - top)


def _read_facts(folder: Path) -> CacheFacts:
    path = folder / META
    if not path.is_file():
        raise HeadRefused(str(folder), "is no prepared head: it has no meta.json (see `manage.py prepare_head`)")
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        facts = CacheFacts(**{**plain, "anchors": tuple(int(each) for each in plain["anchors"])})
    except (ValueError, TypeError, KeyError) as error:
        raise HeadRefused(META, f"cannot be read: {error}") from error
    if facts.frames < 1 or not facts.anchors or not all(0 <= each < facts.frames for each in facts.anchors):
        raise HeadRefused(META, "names frames that are not there")
    return facts


def read_origin(folder: Path) -> HeadOrigin:
    """Who is to be seen in a prepared head. HeadRefused where that is not said: then nobody can have agreed."""
    try:
        plain = json.loads((folder / ORIGIN).read_text(encoding="utf-8"))
        consents = tuple(HeadConsent(**each) for each in plain.pop("consents", ()))
        return HeadOrigin(**plain, consents=consents)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise HeadRefused(ORIGIN, "does not say who is to be seen; prepare the footage again") from error


def write_origin(folder: Path, origin: HeadOrigin) -> None:
    """Say anew who is to be seen and what was agreed to."""
    _write_whole(folder / ORIGIN, json.dumps(asdict(origin), ensure_ascii=False, indent=1).encode())


def put_in_place(fresh: Path, out: Path) -> None:
    """Let the finished folder `fresh` take the place of `out`: half a head is never seen."""
    fresh.chmod(0o755)
    old = out.with_name(f".{out.name}.{uuid.uuid4().hex[:8]}.old")
    if out.exists():
        os.replace(out, old)
    os.replace(fresh, out)
    shutil.rmtree(old, ignore_errors=True)


def write_index(
    folder: Path, facts: CacheFacts, boxes: Sequence[Box], masks: Sequence[Box], latents: NDArray[np.float16]
) -> None:
    """The numbers of a cache, meta.json last: a folder that has it is whole."""
    from safetensors.numpy import save

    tensors = {
        "bbox": np.array([(b.x, b.y, b.right, b.bottom) for b in boxes], np.int32),
        "mask_box": np.array([(b.x, b.y, b.right, b.bottom) for b in masks], np.int32),
        "latents": latents,
    }
    (folder / INDEX).write_bytes(save(tensors))
    _write_whole(folder / META, json.dumps(asdict(facts), ensure_ascii=False, indent=1).encode())


def write_picture(path: Path, pixels: NDArray[np.uint8]) -> None:
    """A PNG of RGB or grey pixels; the same pixels give the same bytes."""
    import cv2

    is_grey = pixels.ndim == 2
    done = cv2.imwrite(str(path), pixels if is_grey else cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
    if not done:
        raise OSError(f"{path.name} cannot be written")


def _write_whole(path: Path, content: bytes) -> None:
    fresh = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    fresh.write_bytes(content)
    fresh.replace(path)
