"""What was drawn for an utterance is kept: a sentence of the script that comes again costs the network nothing."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatar.contracts import SAMPLE_RATE
from avatar.heads.ring import MOUTH, Mouth
from generation.heads import AvatarCache, as_heard, speaking_frames

KEPT_IN_MEMORY = 512 << 20
KEPT_ON_DISK = 4 << 30
"""Bytes; about 40 000 drawn pictures, half an hour of speech. The least recently said go first."""


class Sentence:
    """The mouths of one utterance over one head, drawn in any order. `features` are the network's, made when needed."""

    def __init__(self, key: str, cache: AvatarCache, anchor: int, samples: NDArray[np.int16]) -> None:
        self.key, self.cache, self.anchor = key, cache, anchor
        self.pcm = as_heard(samples, SAMPLE_RATE)
        self.speaks = speaking_frames(self.pcm)
        self.features: Any = None
        self._place = np.cumsum(self.speaks) - 1
        self.mouths: NDArray[np.uint8] = np.zeros((int(self.speaks.sum()), *MOUTH), np.uint8)
        self._done = ~self.speaks
        self.is_kept = False

    def __len__(self) -> int:
        return len(self.speaks)

    @property
    def is_complete(self) -> bool:
        return bool(self._done.all())

    def base(self, index: int) -> int:
        """The base frame under picture `index`: always the same, whenever the utterance is said."""
        return (self.anchor + index) % self.cache.facts.frames

    def is_done(self, index: int) -> bool:
        """Whether the picture is drawn, or nobody speaks in it."""
        return not 0 <= index < len(self) or bool(self._done[index])

    def mouth(self, index: int) -> Mouth | None:
        """The drawn mouth; None where nobody speaks."""
        if not 0 <= index < len(self) or not self.speaks[index]:
            return None
        return self.mouths[self._place[index]]

    def keep(self, index: int, mouth: Mouth) -> None:
        """A mouth was drawn."""
        self.mouths[self._place[index]] = mouth
        self._done[index] = True

    def leave_closed(self, index: int) -> None:
        """The picture cannot be drawn: the mouth stays closed in it."""
        self.speaks[index], self._done[index] = False, True
        self.is_kept = True

    def fill(self, mouths: NDArray[np.uint8]) -> bool:
        """All of them as they were drawn before; False when they are not this utterance's."""
        if mouths.shape != self.mouths.shape or mouths.dtype != np.uint8:
            return False
        self.mouths, self.is_kept = mouths, True
        self._done[:] = True
        return True

    def undrawn(self) -> list[int]:
        return [int(each) for each in np.flatnonzero(~self._done)]


class Sentences:
    """Sentences at hand, by head and sound; complete ones in `folder`, both bounded."""

    def __init__(self, folder: Path, memory_bytes: int = KEPT_IN_MEMORY, disk_bytes: int = KEPT_ON_DISK) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder, self._memory_bytes, self._disk_bytes = folder, memory_bytes, disk_bytes
        self._at_hand: OrderedDict[str, Sentence] = OrderedDict()

    def get(self, cache: AvatarCache, utterance: str, path: Path) -> Sentence:
        """The sentence with the samples in `path`. OSError or ValueError when they cannot be read."""
        samples = np.load(path, allow_pickle=False)
        if samples.ndim != 1 or samples.dtype != np.int16:
            raise ValueError(f"{path.name} holds no mono sound")
        anchor = cache.anchor_of(utterance)
        told = f"{cache.id} {cache.facts.checkpoint} {anchor} ".encode() + samples.tobytes()
        key = hashlib.sha256(told).hexdigest()[:40]
        found = self._at_hand.get(key)
        if found is None:
            found = self._at_hand[key] = Sentence(key, cache, anchor, samples)
            self._recall(found)
        self._at_hand.move_to_end(key)
        self._let_go()
        return found

    def save(self, sentence: Sentence) -> None:
        """Keep a complete sentence on disk. A full disk costs the network's time, not the room."""
        sentence.features = None
        if sentence.is_kept or not len(sentence.mouths):
            return
        sentence.is_kept = True
        fresh = self._folder / f".{sentence.key}.{uuid.uuid4().hex[:8]}"
        try:
            with fresh.open("wb") as file:
                np.save(file, sentence.mouths, allow_pickle=False)
            fresh.replace(self._path(sentence.key))
            self._tidy()
        except OSError:
            fresh.unlink(missing_ok=True)

    def _recall(self, sentence: Sentence) -> None:
        path = self._path(sentence.key)
        try:
            kept = np.load(path, allow_pickle=False)
            os.utime(path)
        except (OSError, ValueError, EOFError):
            return
        if not sentence.fill(kept):
            path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.npy"

    def _let_go(self) -> None:
        """The oldest first, but never the one just asked for."""
        size = sum(each.mouths.nbytes for each in self._at_hand.values())
        while size > self._memory_bytes and len(self._at_hand) > 1:
            size -= self._at_hand.popitem(last=False)[1].mouths.nbytes

    def _tidy(self) -> None:
        kept = sorted(self._folder.glob("*.npy"), key=lambda path: path.stat().st_mtime)
        size = sum(path.stat().st_size for path in kept)
        for path in kept[:-1]:
            if size <= self._disk_bytes:
                return
            size -= path.stat().st_size
            path.unlink(missing_ok=True)
