"""The tiny random checkpoints: which module makes which kind."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path

from core.errors import InputError, TerminalError

MODULES = {
    "llm": "llm",
    "sd": "stable_diffusion",
    "wan": "wan",
    "ltx": "ltx",
    "cogvideox": "cogvideox",
    "head": "head",
    "voice": "voice",
    "hearing": "hearing",
}
INSTALL = ".venv/bin/python -m pip install -c constraints.txt -e '.[models]'"
INSTALL_ONNX = ".venv/bin/python -m pip install -c constraints.txt onnx"


def make_tiny(kind: str, folder: Path, seed: int = 0) -> None:
    """Write a checkpoint of `kind` that loads the way real weights do. InputError for a folder that is in use."""
    if folder.exists() and any(folder.iterdir()):
        raise InputError(str(folder), "is not empty; name a folder that is not there yet", "not_empty")
    name = f"generation.checkpoints.tiny.{MODULES[kind]}"
    if importlib.util.find_spec(name) is None:
        raise InputError("--kind", f"nobody has written a maker of tiny {kind} checkpoints", "unknown_kind")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        importlib.import_module(name).make(folder, seed)
    except ImportError as error:
        if not any(folder.iterdir()):
            folder.rmdir()
        command = INSTALL_ONNX if error.name == "onnx" else INSTALL
        raise TerminalError(f"the package {error.name} is not installed: {command}") from error
