"""From footage of a person to a head that can be made to speak. Slow, once, on whatever device the network is on."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from generation.engines.heads.cache import (
    META,
    AvatarCache,
    CacheFacts,
    put_in_place,
    write_index,
    write_origin,
    write_picture,
)
from generation.engines.heads.contracts import Box, HeadOrigin, HeadRefused, TalkingHead
from generation.engines.heads.faces import cut_face, face_boxes, lower_mask

ENCODED_AT_ONCE = 8
MOST_ANCHORS = 4
SHORTEST_FRAMES = 10
LONGEST_FRAMES = 60 * 25
"""A minute of rest: more of it only costs disk."""

Picture = NDArray[np.uint8]
FindBoxes = Callable[[Iterable[Picture], str], list[Box]]


@dataclass(frozen=True)
class _Take:
    """Frames as they were kept: how many, their size, and a hash over all pixels."""

    frames: int
    width: int
    height: int
    source: str


def prepare_head(
    head: TalkingHead,
    frames: Iterable[Picture],
    out: Path,
    name: str = "",
    origin: HeadOrigin | None = None,
    find_boxes: FindBoxes = face_boxes,
) -> AvatarCache:
    """Prepare RGB `frames` (25 a second, one size, both sides even) in `out`, whole or not at all.

    The same frames and the same network give the same bytes; a folder made of them already is left as it is, but for
    who is to be seen. InputError for footage that cannot be used, HeadRefused for an `out` that holds something else.
    """
    if out.exists() and any(out.iterdir()) and not (out / META).is_file():
        raise HeadRefused(str(out), "holds something that is no prepared head; choose another name")
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        take = _keep_frames(frames, fresh)
        kept = _kept(out, head, take)
        if kept is not None:
            if origin is not None:
                write_origin(out, origin)
            return kept
        boxes = find_boxes(_frames_in(fresh, take.frames), name or "footage")
        _write_numbers(head, fresh, take, boxes, name or out.name)
        write_origin(fresh, origin or HeadOrigin())
        put_in_place(fresh, out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return AvatarCache(out)


def _kept(out: Path, head: TalkingHead, take: _Take) -> AvatarCache | None:
    """What was prepared before from the same frames by the same network."""
    try:
        found = AvatarCache(out)
    except HeadRefused:
        return None
    is_same = (found.facts.source, found.facts.checkpoint) == (take.source, head.checkpoint_hash)
    return found if is_same else None


def _keep_frames(frames: Iterable[Picture], folder: Path) -> _Take:
    (folder / "frames").mkdir()
    (folder / "masks").mkdir()
    digest, count, size = hashlib.sha256(), 0, (0, 0)
    for frame in frames:
        found = (frame.shape[1], frame.shape[0])
        size = size if count else found
        if found != size or size[0] % 2 or size[1] % 2:
            raise InputError("footage", "its pictures have odd or changing sizes; export it anew", "size_bad")
        if count == LONGEST_FRAMES:
            break
        digest.update(frame.tobytes())
        write_picture(folder / "frames" / f"{count:06d}.png", frame)
        count += 1
    if count < SHORTEST_FRAMES:
        raise InputError("footage", f"has {count} pictures; a second of a person at rest is the least", "too_short")
    return _Take(count, *size, digest.hexdigest())


def _write_numbers(head: TalkingHead, folder: Path, take: _Take, boxes: Sequence[Box], name: str) -> None:
    for index, box in enumerate(boxes):
        write_picture(folder / "masks" / f"{index:06d}.png", lower_mask(box))
    faces = (cut_face(frame, box, head.spec.crop) for frame, box in _boxed(folder, boxes))
    facts = CacheFacts(
        name=name,
        width=take.width,
        height=take.height,
        frames=take.frames,
        fps=head.spec.fps,
        spec=head.spec.plain(),
        source=take.source,
        checkpoint=head.checkpoint_hash,
        anchors=anchors_of(_frames_in(folder, take.frames)),
    )
    write_index(folder, facts, boxes, [box.lower for box in boxes], _latents(head, faces))


def _latents(head: TalkingHead, faces: Iterator[Picture]) -> NDArray[np.float16]:
    """Encoded in batches of one size, the last filled up: how many there are changes no number."""
    made: list[NDArray[np.float16]] = []
    batch: list[Picture] = []
    for face in faces:
        batch.append(face)
        if len(batch) == ENCODED_AT_ONCE:
            made.append(head.encode(np.stack(batch)))
            batch = []
    if batch:
        filled = np.stack(batch + [batch[-1]] * (ENCODED_AT_ONCE - len(batch)))
        made.append(head.encode(filled)[: len(batch)])
    return np.concatenate(made)


def anchors_of(frames: Iterable[Picture]) -> tuple[int, ...]:
    """Frames that look most like the first one, far apart from each other: a step from any to any is hardly seen."""
    import cv2

    small = [cv2.resize(frame, (36, 64), interpolation=cv2.INTER_AREA).astype(np.float32) for frame in frames]
    apart = max(1, len(small) // (2 * MOST_ANCHORS))
    differences = [float(np.abs(each - small[0]).mean()) for each in small]
    bound = float(np.median(differences))
    found = [0]
    for index in sorted(range(len(small)), key=lambda each: (differences[each], each)):
        distances = [min(abs(index - other), len(small) - abs(index - other)) for other in found]
        if differences[index] <= bound and min(distances) >= apart and len(found) < MOST_ANCHORS:
            found.append(index)
    return tuple(sorted(found))


def _frames_in(folder: Path, count: int) -> Iterator[Picture]:
    import cv2

    for index in range(count):
        found = cv2.imread(str(folder / "frames" / f"{index:06d}.png"), cv2.IMREAD_COLOR)
        assert found is not None, "written a moment ago"
        yield np.asarray(cv2.cvtColor(found, cv2.COLOR_BGR2RGB), np.uint8)


def _boxed(folder: Path, boxes: Sequence[Box]) -> Iterator[tuple[Picture, Box]]:
    yield from zip(_frames_in(folder, len(boxes)), boxes, strict=True)
