"""A head's checkpoint as a folder: safetensors and json in the layouts of diffusers and transformers, nothing else."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from generation.checkpoints.weights import weight_problems
from generation.engines.heads.contracts import HeadRefused

MOST_BYTES_ON_CPU = 200_000_000
NEEDS_GPU = "this head needs a GPU: on a processor one picture takes about 20 seconds"
LAYOUT = {
    "unet": ("config.json", "diffusion_pytorch_model.safetensors"),
    "vae": ("config.json", "diffusion_pytorch_model.safetensors"),
    "whisper": ("config.json", "preprocessor_config.json", "model.safetensors"),
}


def check_checkpoint(folder: Path) -> None:
    """HeadRefused names the first file that is wrong. Loads nothing and reads no weights."""
    if not folder.is_dir():
        raise HeadRefused(str(folder), "there is no such folder")
    refuse_bad_files(folder)
    for part, names in LAYOUT.items():
        for name in names:
            path = folder / part / name
            if not path.is_file():
                raise HeadRefused(f"{part}/{name}", "is missing; a head is unet/, vae/ and whisper/ side by side")
    _check_shapes(folder)


def needs_gpu(folder: Path) -> bool:
    """Whether the network is too large for a processor: there one picture would take about 20 seconds."""
    return (folder / "unet" / "diffusion_pytorch_model.safetensors").stat().st_size > MOST_BYTES_ON_CPU


def hash_checkpoint(folder: Path) -> str:
    """SHA-256 over the names and contents of all parts: reads every weight once."""
    digest = hashlib.sha256()
    for part, names in LAYOUT.items():
        for name in names:
            digest.update(f"{part}/{name}".encode() + b"\0" + _hash_of(folder / part / name))
    return digest.hexdigest()


def refuse_bad_files(folder: Path) -> None:
    """HeadRefused for the first file in `folder` that is a pickle or no whole safetensors file."""
    for problem in weight_problems(folder):
        raise HeadRefused(problem.name, problem.reason)


def _check_shapes(folder: Path) -> None:
    unet, vae, whisper = (_config(folder, part) for part in LAYOUT)
    wanted = (
        ("unet/config.json", unet, "in_channels", 8),
        ("unet/config.json", unet, "out_channels", 4),
        ("unet/config.json", unet, "cross_attention_dim", 384),
        ("vae/config.json", vae, "latent_channels", 4),
        ("whisper/config.json", whisper, "d_model", 384),
        ("whisper/config.json", whisper, "encoder_layers", 4),
    )
    for name, config, key, value in wanted:
        if config.get(key) != value:
            raise HeadRefused(name, f"{key} is {config.get(key)!r}, a talking head of this kind has {value}")


def _config(folder: Path, part: str) -> dict[str, Any]:
    try:
        config = json.loads((folder / part / "config.json").read_text(encoding="utf-8"))
    except ValueError as error:
        raise HeadRefused(f"{part}/config.json", "is no JSON") from error
    if not isinstance(config, dict):
        raise HeadRefused(f"{part}/config.json", "is no JSON object")
    return config


def _hash_of(path: Path) -> bytes:
    # The store's own function brings the settings with it, which a worker does not have.
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
