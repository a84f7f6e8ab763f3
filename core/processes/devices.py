"""Which devices this machine can run models on, asked of the kernel: nothing heavy is imported to find out."""

from __future__ import annotations

import os
from pathlib import Path

DRIVER = Path("/dev")


def gpus(folder: Path = DRIVER, visible: str | None = None) -> tuple[str, ...]:
    """Numbers of the NVIDIA GPUs a process of ours may use, as CUDA_VISIBLE_DEVICES names them."""
    chosen = os.environ.get("CUDA_VISIBLE_DEVICES") if visible is None else visible
    found = [path.name.removeprefix("nvidia") for path in folder.glob("nvidia[0-9]*")]
    there = sorted((name for name in found if name.isdecimal()), key=int)
    if chosen is None or not there:
        return tuple(there)
    wanted = [part.strip() for part in chosen.split(",")]
    return tuple(part for part in wanted if part and part != "-1")


def device_kind(wanted: str = "auto") -> str:
    """ "cpu" or "cuda": what MODEL_DEVICE says, else what is there."""
    if wanted in ("cpu", "cuda"):
        return wanted
    return "cuda" if gpus() else "cpu"
