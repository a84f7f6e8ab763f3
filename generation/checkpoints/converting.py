"""A head's parts as they are published, pickles among them, become a head's folder of safetensors."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from core.errors import InputError, TerminalError
from generation.checkpoints.weights import is_pickle, safetensors_problem
from generation.engines.clips.devices import require_packages
from generation.engines.heads.checkpoint import LAYOUT, check_checkpoint
from generation.engines.heads.contracts import HeadRefused
from generation.understanding.refusals import Refused
from generation.understanding.sandbox import ask_child

CHILD = "generation.checkpoints.unpickling_process"
CPU_SECONDS = 900.0
MEMORY_BYTES = 16 << 30
"""Of addresses, beside four times the file: torch built for GPUs takes ten gigabytes of them before it reads a byte."""

FOLDERS = {
    "unet": ("unet", "musetalkV15", "musetalk"),
    "vae": ("vae", "sd-vae", "sd-vae-ft-mse"),
    "whisper": ("whisper", "whisper-tiny"),
}
"""What each part's folder is called, here and where it is published."""
CONFIGS = {"config.json": ("config.json", "musetalk.json"), "preprocessor_config.json": ("preprocessor_config.json",)}
WEIGHTS = (
    "diffusion_pytorch_model.safetensors",
    "model.safetensors",
    "unet.safetensors",
    "unet.pth",
    "diffusion_pytorch_model.bin",
    "pytorch_model.bin",
)
REASONS = {
    "wants_code": "wants to run {what} when it is read, as weights never do; it was not read. Get it from elsewhere",
    "no_weights": "holds no weights that can be read: {what}",
    "does_not_fit": "does not fit the config beside it: {what}",
    "corrupt": "ended the process that read it; it is damaged, or meant to do that",
    "too_heavy": "took more {what} to read than any weights of its size",
}
OURS = {
    "not_ready": "cannot be read on this machine: {what}",
    "not_written": "was read, and what it becomes cannot be written: {what}",
}
"""What is no fault of the file."""


@dataclass(frozen=True)
class Converted:
    """A head's folder, and the published file that each part's weights came from."""

    folder: Path
    sources: dict[str, Path]
    reachable: tuple[str, ...] = ()
    """Parts whose pickle was read by a process that could not give up the network."""


def convert_head(source: Path, out: Path) -> Converted:
    """`out` with unet/, vae/ and whisper/ of what lies in `source` (or its models/), whole or not at all.

    InputError names what is missing, damaged, or wants to run code; nothing of a pickle is run. EngineMissing before a
    pickle is read without torch, ChildSlow on a machine that is too busy, TerminalError for what else it cannot do.
    """
    if not source.is_dir():
        raise InputError("SOURCE", f"there is no folder {source}", "unknown_checkpoint")
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise InputError("DIR", f"{out} is there already; name a folder that is not", "exists")
    found = {part: _find(source, part) for part in LAYOUT}
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as work:
            return Converted(out, found, _convert(found, Path(work), out))
    except HeadRefused as error:
        raise InputError(error.thing, error.reason, error.code) from error
    except OSError as error:
        raise TerminalError(f"{error.filename or out}: {error.strerror or error}") from error


def _convert(found: dict[str, Path], work: Path, out: Path) -> tuple[str, ...]:
    """The parts whose pickle was read with the network in reach."""
    if any(map(is_pickle, found.values())):
        require_packages()
    fresh = work / "head"
    reachable = [part for part, weights in found.items() if not _convert_part(part, weights, fresh / part, work)]
    check_checkpoint(fresh)
    os.replace(fresh, out)
    return tuple(reachable)


def _find(source: Path, part: str) -> Path:
    """The weights of a part; safetensors before pickles."""
    roots = [root / name for root in (source, source / "models") for name in FOLDERS[part]]
    there = [folder / name for folder in roots for name in WEIGHTS if (folder / name).is_file()]
    if not there:
        names = ", ".join(FOLDERS[part])
        raise InputError(part, f"{source} has no folder {names} with weights in it (docs/live-rooms.md, A filmed host)")
    return there[0]


def _convert_part(part: str, weights: Path, target: Path, work: Path) -> bool:
    """False where a pickle was read with the network in reach."""
    target.mkdir(parents=True)
    *configs, name = LAYOUT[part]
    for config in configs:
        published = [weights.parent / each for each in CONFIGS[config] if (weights.parent / each).is_file()]
        if not published:
            raise InputError(f"{weights.parent.name}/{config}", "is missing", "head_refused")
        shutil.copyfile(published[0], target / config)
    if is_pickle(weights):
        return _unpickle(weights, target / name, work, target / "config.json" if part == "unet" else None)
    if problem := safetensors_problem(weights):
        raise InputError(f"{weights.parent.name}/{weights.name}", problem, "head_refused")
    shutil.copyfile(weights, target / name)
    return True


def _unpickle(weights: Path, target: Path, work: Path, fits: Path | None) -> bool:
    request = {"source": str(weights.resolve()), "target": str(target.resolve()), "work": str(work.resolve())}
    memory = MEMORY_BYTES + 4 * weights.stat().st_size
    try:
        told = ask_child(
            CHILD, {**request, "fits": str(fits.resolve()) if fits else ""}, seconds=CPU_SECONDS, memory_bytes=memory
        )
        # The library writes it for its owner alone; a model worker may be somebody else.
        target.chmod(0o644)
    except Refused as error:
        name = f"{weights.parent.name}/{weights.name}"
        if error.code in OURS:
            raise TerminalError(f"{name}: {OURS[error.code].format(**error.details)}") from error
        raise InputError(name, REASONS[error.code].format(**error.details), error.code) from error
    return bool(told.get("is_cut_off"))
