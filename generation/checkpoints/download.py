"""Fetching a checkpoint: file by file, taken up where it was broken off, each held to the hub's hash.

The hub's own client throws a half file away when a download breaks off; with shards of ten
gigabytes the bytes are fetched here instead, and it is asked for lists, addresses and tokens.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx

from core.clock import Clock, system_clock
from core.errors import InputError, RetryableError, ServiceDown, TerminalError
from core.processes.locks import Busy, hold
from core.storage.hashing import hash_file
from generation.checkpoints.cards import Card
from generation.checkpoints.hub import Hub, Listing, RemoteFile
from generation.checkpoints.manifest import FileMark, Manifest, read_manifest, write_manifest
from generation.checkpoints.weights import weight_problems

BLOCK_BYTES = 1 << 20
TRIES = 5
"""Of one file, counted anew whenever bytes came."""
PAUSE_SECONDS = 1.0
TIMEOUT_SECONDS = 30.0
ROOM_LEFT_BYTES = 1 << 30
"""Free space a download leaves to the rest of the machine."""

OnBytes = Callable[[str, int, int], None]
"""Called with a file's name, its bytes here, and its bytes in all."""
OnListing = Callable[[Listing, int, int], None]
"""Called with what the hub lists, the bytes of it that are here, and the bytes the disk has free."""


class DamagedDownload(RetryableError):
    """A file's bytes are not those the hub recorded; it was thrown away, and the next try fetches it anew."""

    code = "damaged_download"


@dataclass(frozen=True)
class Fetched:
    """A checkpoint in its place; `bytes_fetched` were not there before."""

    folder: Path
    commit: str
    bytes_fetched: int


def nothing_to_tell(name: str, done: int, total: int) -> None:
    return None


def agreed(listing: Listing, here_bytes: int, free_bytes: int) -> None:
    return None


def download(
    card: Card,
    root: Path,
    hub: Hub,
    on_bytes: OnBytes = nothing_to_tell,
    clock: Clock = system_clock,
    on_listing: OnListing = agreed,
) -> Fetched:
    """`card` under `root`, in a folder of its id, whole or not at all. Broken off, it goes on where it stopped.

    Raises InputError, DamagedDownload (a hash that differs), ServiceDown, CheckpointUnusable, and what
    `on_listing` raises, before anything is fetched.
    """
    folder, partial = root / card.id, root / f"{card.id}.partial"
    manifest = read_manifest(folder)
    if manifest is not None:
        return Fetched(folder, manifest.commit, 0)
    listing = hub.listing(card.repo, card.files)
    require_weights(card, listing)
    partial.mkdir(parents=True, exist_ok=True)
    here, free = _bytes_in(partial), shutil.disk_usage(partial).free
    require_room(listing, partial, here, free)
    on_listing(listing, here, free)
    try:
        with hold(root / f".{card.id}.lock", exclusive=True, wait=False):
            fetched = sum(_fetch(hub, listing, file, partial / file.name, on_bytes) for file in listing.files)
            _settle(card, listing, partial, folder, clock.now())
    except Busy as error:
        raise InputError("checkpoint", f"{card.id} is being downloaded by another process", "busy") from error
    return Fetched(folder, listing.commit, fetched)


class CheckpointUnusable(TerminalError):
    """What the repository holds cannot be loaded safely."""

    code = "checkpoint_unusable"


def require_weights(card: Card, listing: Listing) -> None:
    """Some repositories hold pickles and nothing else."""
    if not any(Path(file.name).suffix in {".safetensors", ".onnx", ".bin", ".gguf"} for file in listing.files):
        way_out = (
            "`checkpoints convert-head` makes safetensors of them (docs/live-rooms.md, A filmed host)"
            if card.kind == "head"
            else "convert them to safetensors on a machine you can lose, and name that folder instead"
        )
        raise CheckpointUnusable(
            f"{card.id}: {card.repo} holds no weights but pickles, which may run code when they are read; {way_out}"
        )


def require_room(listing: Listing, folder: Path, here_bytes: int, free_bytes: int) -> None:
    missing = listing.size_bytes - here_bytes + ROOM_LEFT_BYTES
    if missing > free_bytes:
        raise InputError(
            "checkpoint",
            f"needs {missing / 1e9:.1f} GB on {folder.parent}, which has {free_bytes / 1e9:.1f}",
            "no_room",
        )


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _fetch(hub: Hub, listing: Listing, file: RemoteFile, path: Path, on_bytes: OnBytes) -> int:
    """Bytes that were fetched. What is there already and whole is not fetched again."""
    if ".." in Path(file.name).parts or Path(file.name).is_absolute():
        raise CheckpointUnusable(f"{listing.repo}: {file.name!r} would lie outside its folder")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and file.is_whole(path):
        on_bytes(file.name, file.size_bytes, file.size_bytes)
        return 0
    part = path.with_name(f"{path.name}.part")
    fetched = _fetch_rest(hub, listing, file, part, on_bytes)
    if not file.is_whole(part):
        part.unlink()
        raise DamagedDownload(f"{file.name}: its bytes are not those {listing.repo} recorded; try again")
    part.replace(path)
    return fetched


def _fetch_rest(hub: Hub, listing: Listing, file: RemoteFile, part: Path, on_bytes: OnBytes) -> int:
    began = part.stat().st_size if part.exists() else 0
    if began > file.size_bytes:
        part.unlink()
        began = 0
    tries, have = 0, began
    with part.open("ab") as target, httpx.Client(timeout=TIMEOUT_SECONDS, follow_redirects=True) as client:
        while have < file.size_bytes:
            reason = _try(client, hub, listing, file, target, on_bytes)
            tries = 0 if target.tell() > have else tries + 1
            have = target.tell()
            if tries >= TRIES:
                raise ServiceDown("model hub", f"{file.name}: {reason}; what came is kept")
            if tries:
                hub.pause(PAUSE_SECONDS)
    if file.size_bytes == 0:
        part.touch()
    return have - began


def _try(
    client: httpx.Client, hub: Hub, listing: Listing, file: RemoteFile, target: IO[bytes], on_bytes: OnBytes
) -> str:
    """Why the stream ended early; "" when it did not."""
    try:
        _stream(client, hub, listing, file, target, on_bytes)
    except httpx.HTTPStatusError as error:
        return f"answered {error.response.status_code}"
    except httpx.HTTPError as error:
        return type(error).__name__
    return ""


def _stream(
    client: httpx.Client, hub: Hub, listing: Listing, file: RemoteFile, target: IO[bytes], on_bytes: OnBytes
) -> None:
    """Append what is missing. A server that ignores the range sends all of it, and the file begins anew."""
    have = target.tell()
    headers = {**hub.headers(), "Accept-Encoding": "identity"}
    headers |= {"Range": f"bytes={have}-"} if have else {}
    with client.stream("GET", hub.address(listing, file), headers=headers) as answer:
        answer.raise_for_status()
        if have and answer.status_code != httpx.codes.PARTIAL_CONTENT:
            target.truncate(0)
            target.seek(0)
        for block in answer.iter_bytes():
            target.write(block)
            if target.tell() > file.size_bytes:
                raise DamagedDownload(f"{file.name}: more bytes came than {listing.repo} recorded")
            on_bytes(file.name, target.tell(), file.size_bytes)


def _settle(card: Card, listing: Listing, partial: Path, folder: Path, now: dt.datetime) -> None:
    """The folder gets its name once everything in it is known to be sound."""
    problems = weight_problems(partial)
    if problems:
        raise CheckpointUnusable(f"{card.id}: {problems[0]}")
    files = {
        file.name: FileMark(file.sha256 or hash_file(partial / file.name), file.size_bytes) for file in listing.files
    }
    accepted = now.isoformat(timespec="seconds")
    write_manifest(partial, Manifest(files, card.id, listing.repo, listing.commit, card.licence, accepted))
    if folder.is_dir():
        raise InputError("checkpoint", f"{folder} is there already, and not from the hub; move it away", "exists")
    partial.replace(folder)
