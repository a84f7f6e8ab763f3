"""What a device has: memory for weights, and what is left of it."""

from __future__ import annotations

import gc
from pathlib import Path

from django.conf import settings

from generation.engines.clips.devices import weights_room
from generation.model_host.residency import Room

MEMORY_SHARE = 0.5
"""Of what the machine has free: for weights on a machine without a GPU, else for those put off."""


def device_room(device: str, held_bytes: int = 0, put_off_bytes: int = 0) -> Room:
    """How much of `device` and of the machine's memory weights may take; MODEL_MEMORY_BYTES says it for the device.

    `held_bytes` of weights this process has on the device and `put_off_bytes` in memory: what it holds is its own to
    give up. What other programs hold (a language model's server on the same GPU) it leaves to them.
    """
    free = available_bytes()
    if device == "cpu":
        return Room(settings.MODEL_MEMORY_BYTES or int((free + held_bytes) * MEMORY_SHARE))
    memory = int((free + put_off_bytes) * MEMORY_SHARE)
    return Room(settings.MODEL_MEMORY_BYTES or weights_room(device, held_bytes), memory)


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
