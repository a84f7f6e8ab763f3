"""What pictures and clips run on here, and what has to be installed for it."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings

from core.errors import InputError, TerminalError

PACKAGES = ("torch", "diffusers", "transformers", "accelerate", "ftfy")
EXTRA = {"KolorsPipeline": "sentencepiece", "QwenImageEdit": "torchvision"}
"""Pipelines, by the beginning of their name, that need one package more: for a tokenizer, for seeing pictures.

torchvision has to be the build of the torch that is installed; nothing else here needs it.
"""
INSTALL = "python -m pip install -c constraints.txt -e '.[models]'"


class EngineMissing(TerminalError):
    """Packages that the engines need are not installed; the message has the command that mends it."""

    code = "engine_missing"


def require_packages() -> None:
    """EngineMissing with the command, unless everything is installed. Imports nothing."""
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise EngineMissing(f"not installed: {', '.join(missing)}; {INSTALL}")


def require_extra(pipeline: str) -> None:
    """EngineMissing with the command where `pipeline` needs a package that is not installed."""
    for beginning, package in EXTRA.items():
        if pipeline.startswith(beginning) and find_spec(package) is None:
            raise EngineMissing(f"{pipeline} needs {package}: python -m pip install {package}")


def chosen_device(wish: str = "") -> str:
    """`wish` or MODEL_DEVICE as torch names it; "auto" is the GPU where there is one. InputError for none."""
    import torch

    name = wish or str(settings.MODEL_DEVICE)
    if name == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if name.startswith("cuda") and not torch.cuda.is_available():
        raise InputError("device", f"{name} is asked for and there is no GPU that torch sees; use cpu", "device")
    return name
