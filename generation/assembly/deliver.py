"""Makes an ad a file of its own: blocks shared with the segments where the file system can, else copied."""

from __future__ import annotations

import errno
import fcntl
import mmap
import os
import struct
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from core.clock import Clock, system_clock
from generation.assembly.layout import ZEROS
from generation.assembly.reading import BLOCK_BYTES
from generation.assembly.recipe import make_recipe, open_pieces
from generation.assembly.signing import sign_head, signed_virtual
from generation.assembly.virtual import DamagedSegment, VirtualFile
from generation.contracts import Provenance
from generation.provenance.chain import SigningChain
from generation.segments.files import room_on
from generation.segments.store import StoredSegment

__all__ = ["Written", "shares_blocks", "sign_for_sharing", "sign_head", "signed_virtual", "write_file"]

_BUFFER_BYTES = 4 << 20
_FICLONERANGE = 0x4020940D
_CANNOT_SHARE = (errno.EOPNOTSUPP, errno.ENOTTY, errno.ENOSYS, errno.EXDEV, errno.EINVAL, errno.EPERM)


@dataclass(frozen=True)
class Written:
    """How the bytes of a file came about."""

    bytes_shared: int
    bytes_copied: int


def write_file(virtual: VirtualFile, path: Path) -> Written:
    """Write the ad to `path`, which appears whole, durable and checked, or stays as it was.

    Raises DamagedSegment, StoreFull where the disk is full.
    """
    virtual.iter_range(0, virtual.size - 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-", suffix=path.suffix)
    try:
        with room_on(path.parent):
            os.fchmod(handle, 0o644)
            written = _Writing(virtual, handle).all()
            os.fsync(handle)
            os.replace(name, path)
            _sync_folder(path.parent)
        return written
    finally:
        os.close(handle)
        with suppress(FileNotFoundError):
            os.unlink(name)


def shares_blocks(stored: Path, folder: Path) -> bool:
    """Whether files in `folder` can share blocks with the file `stored`, tried on one block."""
    with stored.open("rb") as source, tempfile.TemporaryFile(dir=folder) as target:
        return _share(source.fileno(), 0, target.fileno(), 0, BLOCK_BYTES)


def sign_for_sharing(
    segments: Sequence[StoredSegment],
    stems: Sequence[StoredSegment],
    label: Mapping[str, str],
    provenance: Provenance,
    chain: SigningChain,
    clock: Clock = system_clock,
) -> VirtualFile:
    """The ad signed and laid out so that `write_file` shares its segments' blocks.

    Signed twice, because the manifest moves the samples by a size known only afterwards.
    """
    grown = 0
    for _ in range(2):
        recipe = make_recipe(segments, stems, label, provenance.title, "aligned", ahead_bytes=grown)
        with open_pieces(recipe.head, segments, stems, "aligned", ahead_bytes=grown) as unsigned:
            head = sign_head(unsigned, provenance, chain, clock)
            signed = unsigned.with_head(head)
        grown = len(head) - len(recipe.head)
    return signed


class _Writing:
    """One ad on its way into an open file, through a buffer that is written in whole blocks.

    Past the page cache where the file system can: half the work, and a thousand ads do not
    push the segments they are made of out of memory.
    """

    def __init__(self, virtual: VirtualFile, target: int) -> None:
        self._virtual = virtual
        self._target = target
        self._memory = _buffer()
        self._filled = 0
        self._written = 0
        self._can_share = True
        self._shared = 0
        self._is_direct = _set_direct(target, True)

    def all(self) -> Written:
        self._put(self._virtual.head)
        for piece, offset, length in self._virtual.ranges:
            if piece == ZEROS:
                self._put(bytes(length))
                continue
            at = self._virtual.pieces[piece].payload_offset + offset
            if not self._shares(piece, at, length):
                self._copy(piece, at, length)
        size = self._written + self._filled
        self._flush(-(-self._filled // BLOCK_BYTES) * BLOCK_BYTES)
        os.ftruncate(self._target, size)
        return Written(self._shared, size - self._shared)

    def _shares(self, piece: int, at: int, length: int) -> bool:
        target_at = self._written + self._filled
        if not self._can_share or (at | target_at | length) % BLOCK_BYTES:
            return False
        self._flush(self._filled)
        self._can_share = _share(self._virtual.descriptor(piece), at, self._target, target_at, length)
        if self._can_share:
            self._written += length
            self._shared += length
        return self._can_share

    def _copy(self, piece: int, at: int, length: int) -> None:
        source = self._virtual.descriptor(piece)
        with memoryview(self._memory) as buffer:
            while length:
                wanted = min(length, _BUFFER_BYTES - self._filled)
                count = os.preadv(source, [buffer[self._filled : self._filled + wanted]], at)
                if not count:
                    raise DamagedSegment(self._virtual.pieces[piece].key, "was cut while it was read")
                self._fill(count)
                at += count
                length -= count

    def _put(self, content: bytes) -> None:
        while content:
            part = content[: _BUFFER_BYTES - self._filled]
            self._memory[self._filled : self._filled + len(part)] = part
            self._fill(len(part))
            content = content[len(part) :]

    def _fill(self, count: int) -> None:
        self._filled += count
        if self._filled == _BUFFER_BYTES:
            self._flush(_BUFFER_BYTES)

    def _flush(self, size: int) -> None:
        """Write the first `size` bytes of the buffer, whole blocks; what lies behind the filled ones is cut later."""
        done = 0
        with memoryview(self._memory) as buffer:
            while done < size:
                done += self._write(buffer[done:size], self._written + done)
        self._written += size
        self._filled = 0

    def _write(self, content: memoryview, at: int) -> int:
        try:
            return os.pwrite(self._target, content, at)
        except OSError as error:
            if error.errno != errno.EINVAL or not self._is_direct:
                raise
        self._is_direct = _set_direct(self._target, False)
        return os.pwrite(self._target, content, at)


_kept = threading.local()


def _buffer() -> mmap.mmap:
    """This thread's buffer; a new one for each ad would cost more than writing a small ad."""
    if getattr(_kept, "buffer", None) is None or len(_kept.buffer) != _BUFFER_BYTES:
        _kept.buffer = mmap.mmap(-1, _BUFFER_BYTES)  # begins on a page, as direct writing wants it
    return cast(mmap.mmap, _kept.buffer)


def _set_direct(target: int, wanted: bool) -> bool:
    """Whether writes to the file go past the page cache from now on."""
    flags = fcntl.fcntl(target, fcntl.F_GETFL)
    try:
        fcntl.fcntl(target, fcntl.F_SETFL, flags | os.O_DIRECT if wanted else flags & ~os.O_DIRECT)
    except OSError:
        return False
    return wanted


def _share(source: int, source_at: int, target: int, target_at: int, length: int) -> bool:
    """FICLONERANGE; False where this file system or this pair of files cannot."""
    try:
        fcntl.ioctl(target, _FICLONERANGE, struct.pack("qQQQ", source, source_at, length, target_at))
    except OSError as error:
        if error.errno not in _CANNOT_SHARE:
            raise
        return False
    return True


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
