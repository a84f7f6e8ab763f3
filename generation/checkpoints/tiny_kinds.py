"""The tiny random checkpoints: which module makes which kind."""

from __future__ import annotations

import importlib
import importlib.util
import os
from pathlib import Path

from core.errors import InputError, TerminalError

MODULES = {
    "llm": "llm",
    "embeddings": "embeddings",
    "vision": "vision",
    "sd": "stable_diffusion",
    "wan": "wan",
    "ltx": "ltx",
    "cogvideox": "cogvideox",
    "head": "head",
    "voice": "voice",
    "hearing": "hearing",
}
QUIET = {"TRANSFORMERS_VERBOSITY": "error", "DIFFUSERS_VERBOSITY": "error", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
"""Nobody waits for a tiny checkpoint, and nothing in it needs what the libraries warn about."""
INSTALL = ".venv/bin/python -m pip install -c constraints.txt -e '.[models]'"
INSTALL_ONNX = ".venv/bin/python -m pip install -c constraints.txt onnx"


def make_tiny(kind: str, folder: Path, seed: int = 0) -> None:
    """Write a checkpoint of `kind` that loads the way real weights do. InputError for a place that is in use."""
    if folder.exists() and not folder.is_dir():
        raise InputError(str(folder), "is a file; name a folder that is not there yet", "no_folder")
    if folder.exists() and any(folder.iterdir()):
        raise InputError(str(folder), "is not empty; name a folder that is not there yet", "not_empty")
    name = f"generation.checkpoints.tiny.{MODULES[kind]}"
    if importlib.util.find_spec(name) is None:
        raise InputError("--kind", f"nobody has written a maker of tiny {kind} checkpoints", "unknown_kind")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(str(folder), f"cannot be made: {error.strerror}", "no_folder") from error
    # The libraries read these as they are imported.
    for setting, value in QUIET.items():
        os.environ.setdefault(setting, value)
    try:
        importlib.import_module(name).make(folder, seed)
    except ImportError as error:
        if not any(folder.iterdir()):
            folder.rmdir()
        command = INSTALL_ONNX if error.name == "onnx" else INSTALL
        raise TerminalError(f"the package {error.name} is not installed: {command}") from error
