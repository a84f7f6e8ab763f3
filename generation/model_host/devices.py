"""What a device has: memory for weights, and what is left of it."""

from __future__ import annotations

import gc
from pathlib import Path

from django.conf import settings

from generation.model_host.residency import Room

WEIGHTS_SHARE = 0.75
"""Of a GPU's memory; the rest is for what a run computes in between."""
MEMORY_SHARE = 0.5
"""Of what the machine has free: for weights on a machine without a GPU, else for those put off."""


def device_room(device: str) -> Room:
    """How much of `device` and of the machine's memory weights may take; MODEL_MEMORY_BYTES says it for the device."""
    free = int(available_bytes() * MEMORY_SHARE)
    if device == "cpu":
        return Room(settings.MODEL_MEMORY_BYTES or free)
    import torch

    total = torch.cuda.mem_get_info(device)[1]
    return Room(settings.MODEL_MEMORY_BYTES or int(total * WEIGHTS_SHARE), free)


def free_text(device: str) -> str:
    """What is left on the device, for a person."""
    if device == "cpu":
        return f"this machine has {available_bytes() / 1e9:.1f} GB of memory free"
    import torch

    free, total = torch.cuda.mem_get_info(device)
    return f"{device} has {free / 1e9:.1f} of {total / 1e9:.1f} GB free"


def release(device: str) -> None:
    """Hand back what no pipeline holds any more."""
    gc.collect()
    if device != "cpu":
        import torch

        torch.cuda.empty_cache()


def available_bytes() -> int:
    """Memory that programs may still take, as the kernel estimates it."""
    for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return 0
