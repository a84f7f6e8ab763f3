"""What pictures and clips run on here, and what has to be installed for it."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import Any

from django.conf import settings

from core.errors import InputError, TerminalError

PACKAGES = ("torch", "diffusers", "transformers", "accelerate", "ftfy")
EXTRA = {"KolorsPipeline": "sentencepiece", "QwenImageEdit": "torchvision"}
"""Pipelines, by the beginning of their name, that need one package more: for a tokenizer, for seeing pictures.

torchvision has to be the build of the torch that is installed; nothing else here needs it.
"""
WEIGHTS_SHARE = 0.75
"""Of a GPU's memory; the rest is for what a run computes in between."""
TILED_BELOW_BYTES = 48_000_000_000
"""On a GPU with less memory pictures are decoded in tiles, whose seams are blended; on a larger one whole."""
INSTALL = "python -m pip install -c constraints.txt -e '.[models]'"


class EngineMissing(TerminalError):
    """Packages that the engines need are not installed; the message has the command that mends it."""

    code = "engine_missing"


def require_packages() -> None:
    """EngineMissing with the command, unless everything is installed. Imports nothing."""
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise EngineMissing(f"not installed: {', '.join(missing)}; {INSTALL}")


def missing_extra(pipeline: str) -> str:
    """The package beyond the extra that `pipeline` needs and that is not installed; "" where there is none."""
    needed = (package for beginning, package in EXTRA.items() if pipeline.startswith(beginning))
    return next((package for package in needed if find_spec(package) is None), "")


def require_extra(pipeline: str) -> None:
    """EngineMissing with the command where `pipeline` needs a package that is not installed."""
    if package := missing_extra(pipeline):
        raise EngineMissing(f"{pipeline} needs {package}: {install_extra(package)}")


def install_extra(package: str) -> str:
    """The command that installs one of `EXTRA`."""
    note = "  # from the index torch came from: another build of it does not load" if package == "torchvision" else ""
    return f"python -m pip install -c constraints.txt {package}{note}"


def chosen_device(wish: str = "") -> str:
    """`wish` or MODEL_DEVICE as torch names it; "auto" is the GPU where there is one. InputError for none."""
    import torch

    name = wish or str(settings.MODEL_DEVICE)
    if name == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if not re.fullmatch(r"cpu|cuda(:\d{1,3})?", name):
        raise InputError("device", f"{name!r} is none of cpu, cuda, cuda:N", "device")
    seen = torch.cuda.device_count() if torch.cuda.is_available() else 0
    if name != "cpu" and not seen:
        raise InputError("device", f"{name} is asked for and there is no GPU that torch sees; use cpu", "device")
    if name.startswith("cuda:") and int(name.removeprefix("cuda:")) >= seen:
        raise InputError("device", f"{name} is asked for and torch sees {seen} GPUs, from cuda:0 on", "device")
    return name


def weights_room(device: str, held_bytes: int = 0) -> int:
    """Bytes of weights a GPU may hold of ours, `held_bytes` of which are there: its share, or what others leave."""
    import torch

    free, total = torch.cuda.mem_get_info(device)
    own = max(held_bytes, torch.cuda.memory_reserved(device))
    return min(int(total * WEIGHTS_SHARE), free + own)


def placed(pipeline: Any, weights_bytes: int, device: str) -> Any:
    """`pipeline` on `device`, its decoder set to spare memory on a GPU.

    Weights beyond the room of a GPU stay in the machine's memory, and diffusers brings each part over for its turn
    (enable_model_cpu_offload): slower by the way over the bus, and it runs. No GPU at hand was small
    enough to measure that.
    """
    if not device.startswith("cuda"):
        return pipeline.to(device)
    import torch

    decoder: Any = getattr(pipeline, "vae", None)
    if hasattr(decoder, "enable_slicing"):
        decoder.enable_slicing()
    if torch.cuda.mem_get_info(device)[1] < TILED_BELOW_BYTES and hasattr(decoder, "enable_tiling"):
        decoder.enable_tiling()
    if weights_bytes > (settings.MODEL_MEMORY_BYTES or weights_room(device)):
        pipeline.enable_model_cpu_offload(device=device)
        return pipeline
    return pipeline.to(device)


def runs_by_parts(pipeline: Any) -> bool:
    """Whether `placed` left the weights in memory."""
    return bool(getattr(pipeline, "_all_hooks", ()))
