"""A checkpoint folder becomes a pipeline: checked file by file first, never over the network.

Only safetensors are weights here. A pickle runs whatever its author wrote into it, so a folder
that holds one is refused before anything opens it; so is code.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generation.checkpoints.weights import checkpoint_files, weight_problems
from generation.engines.clips.base import CheckpointRefused, ClipCapabilities
from generation.engines.clips.devices import placed, require_extra
from generation.engines.clips.load_reports import check_is_whole, lacking_weights_refused
from generation.engines.clips.running import is_no_room, memory_errors

if TYPE_CHECKING:
    import torch

INDEX = "model_index.json"
FETCH = "fetch the checkpoint again (checkpoints download), or look with checkpoints verify"
NETWORKS = ("transformer", "unet", "vae", "text_encoder", "image_encoder", "controlnet", "safety_checker")
"""Beginnings of the names of parts that are networks and so have weights; tokenizers and schedulers have none."""
FACTS = "adloom.json"
NOT_LOADED = (OSError, ValueError, TypeError, KeyError, AttributeError, ImportError, RuntimeError)
"""How the libraries say that files do not fit together."""
_READ_BYTES = 1 << 20


def check_files(folder: Path) -> None:
    """CheckpointRefused for a folder that holds pickles or code, or safetensors whose header does not hold."""
    if not folder.is_dir():
        raise CheckpointRefused(str(folder), "is no folder")
    for problem in weight_problems(folder):
        raise CheckpointRefused(problem.name, problem.reason)
    for path in checkpoint_files(folder):
        if path.suffix == ".json":
            _check_json(path, path.relative_to(folder).as_posix())


def pipeline_class(folder: Path) -> str:
    """The class that `model_index.json` names; CheckpointRefused where there is none."""
    return str(_index(folder)["_class_name"])


def _index(folder: Path) -> dict[str, Any]:
    path = folder / INDEX
    if not path.is_file():
        raise CheckpointRefused(INDEX, f"is missing in {folder.name}; a checkpoint is a folder in diffusers' layout")
    index = _check_json(path, INDEX)
    if not isinstance(index, dict) or not isinstance(index.get("_class_name"), str):
        raise CheckpointRefused(INDEX, "names no pipeline class of diffusers")
    return index


def pipeline_settings(folder: Path, engine: str, classes: Collection[str]) -> dict[str, Any]:
    """What `model_index.json` says, once it names one of `classes`, those that `engine` loads; CheckpointRefused."""
    index = _index(folder)
    if index["_class_name"] not in classes:
        raise CheckpointRefused(INDEX, f"names {index['_class_name']}; {engine} loads {', '.join(sorted(classes))}")
    return index


def part_settings(folder: Path, part: str) -> dict[str, Any]:
    """A part's `config.json`; empty where the checkpoint has no such part."""
    path = folder / part / "config.json"
    if not path.is_file():
        return {}
    found = _check_json(path, f"{part}/config.json")
    if not isinstance(found, dict):
        raise CheckpointRefused(f"{part}/config.json", "holds no settings")
    return found


def check_parts_are_there(folder: Path) -> None:
    """CheckpointRefused that names the part `model_index.json` counts on and the folder lacks, or has no weights of."""
    for name, value in _index(folder).items():
        if name.startswith("_") or not isinstance(value, list) or not value or value[0] is None:
            continue
        part = folder / name
        if not part.is_dir() or not any(part.iterdir()):
            raise CheckpointRefused(f"{folder.name}/{name}", f"is missing, and {INDEX} counts on it; {FETCH}")
        is_network = name.startswith(NETWORKS) and (part / "config.json").is_file()
        if is_network and not any(part.glob("*.safetensors")):
            raise CheckpointRefused(f"{folder.name}/{name}", f"has settings and no weights (.safetensors); {FETCH}")


def open_pipeline(folder: Path, engine: str, classes: Collection[str], device: str, *, exact_vae: bool = False) -> Any:
    """The pipeline in `folder` on `device`, in bfloat16 on a GPU and float32 elsewhere.

    `classes` are the names that `engine` knows. `exact_vae` keeps the VAE in float32, for families whose
    pipelines convert latents to what it takes. Raises CheckpointRefused, EngineMissing, and
    OutOfDeviceMemory where it does not fit.
    """
    check_files(folder)
    require_extra(pipeline_settings(folder, engine, classes)["_class_name"])
    check_parts_are_there(folder)
    go_offline()
    _check_sources(folder)
    with memory_errors():
        pipeline = _read(folder, weight_types(device, exact_vae=exact_vae))
        check_is_whole(pipeline, folder.name)
        _choose_kernels()
        return placed(pipeline, memory_of(pipeline), device)


def _choose_kernels() -> None:
    import torch

    torch.backends.cudnn.benchmark = False
    torch.backends.cudnn.deterministic = True


def _read(folder: Path, types: dict[str, torch.dtype]) -> Any:
    from diffusers import DiffusionPipeline

    with lacking_weights_refused(folder.name):
        try:
            return DiffusionPipeline.from_pretrained(
                str(folder), dtype=types, use_safetensors=True, local_files_only=True
            )
        except NOT_LOADED as error:
            if is_no_room(error):
                raise
            raise CheckpointRefused(folder.name, f"does not load: {_one_line(error)}") from error


def open_part(folder: Path, part: str, load: Any, device: str) -> Any | None:
    """A part that lies beside the pipeline's own (`controlnet`, `latent_upsampler`), by `load`; None if absent."""
    path = folder / part
    if not (path / "config.json").is_file():
        return None
    try:
        loaded = load(str(path), dtype=weight_types(device)["default"], use_safetensors=True, local_files_only=True)
    except NOT_LOADED as error:
        raise CheckpointRefused(part, f"does not load: {_one_line(error)}") from error
    return loaded.to(device)


def window_facts(folder: Path, able: ClipCapabilities) -> ClipCapabilities:
    """`able` with what `adloom.json` in the folder says of its windows, where a checkpoint differs from its family.

    Wan 2.2 TI2V-5B, say: {"window_frames": 121, "native_fps": 24}. It cannot share more frames than its pipeline takes.
    """
    path = folder / FACTS
    if not path.is_file():
        return able
    facts = _check_json(path, FACTS)
    names = ("window_frames", "overlap_frames", "native_fps", "size_multiple")
    if not isinstance(facts, dict) or not all(
        name in names and isinstance(facts[name], int) and facts[name] > 0 for name in facts
    ):
        raise CheckpointRefused(FACTS, f"may say {', '.join(names)} as whole numbers from 1 on, nothing else")
    shared = min(facts.get("overlap_frames", able.overlap_frames), able.overlap_frames)
    return replace(able, **{**facts, "overlap_frames": shared})


def go_offline() -> None:
    """The libraries ask no server: a name that is no folder fails at once instead of downloading.

    Called before torch touches a GPU, since it reads its settings only then.
    """
    os.environ["HF_HUB_OFFLINE"] = "1"
    # Two runs of one order are alike on a GPU only if its libraries choose the same kernels both times.
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("DISABLE_TELEMETRY", "YES")


def memory_of(pipeline: Any) -> int:
    """Bytes of all weights of `pipeline`."""
    import torch

    parts = [part for part in pipeline.components.values() if isinstance(part, torch.nn.Module)]
    return sum(
        tensor.numel() * tensor.element_size() for part in parts for tensor in (*part.parameters(), *part.buffers())
    )


def checkpoint_hash(folder: Path) -> str:
    """SHA-256 over names and contents of all weights and settings in `folder`; other files do not count.

    Contents of large files are hashed once and remembered by size and time of change.
    """
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in (".safetensors", ".json", ".txt", ".model"):
            whole.update(f"{path.relative_to(folder).as_posix()}\0{_content_hash(path)}\n".encode())
    return whole.hexdigest()


def _content_hash(path: Path) -> str:
    facts = path.stat()
    if facts.st_size < 16 * _READ_BYTES:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    from django.conf import settings

    key = hashlib.sha256(f"{path.absolute()}\0{facts.st_size}\0{facts.st_mtime_ns}\0{facts.st_ino}".encode())
    note = Path(settings.ADLOOM_HOME) / "checkpoint-hashes" / key.hexdigest()
    if note.is_file():
        return note.read_text(encoding="ascii")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    note.parent.mkdir(parents=True, exist_ok=True)
    draft = note.with_suffix(f".{os.getpid()}")
    draft.write_text(found, encoding="ascii")
    draft.replace(note)
    return found


def weight_types(device: str, *, exact_vae: bool = False) -> dict[str, torch.dtype]:
    """What weights are on `device`, by part."""
    import torch

    usual = torch.bfloat16 if device.startswith("cuda") else torch.float32
    return {"default": usual, "vae": torch.float32 if exact_vae else usual}


def _check_sources(folder: Path) -> None:
    """The index names a library and a class for each part, and what it names is imported: only the two it may be."""
    from diffusers import pipelines

    for name, value in _index(folder).items():
        if name.startswith("_") or not isinstance(value, list):
            continue
        library = value[0] if len(value) == 2 else ""
        if library not in ("diffusers", "transformers", None) and not hasattr(pipelines, str(library)):
            raise CheckpointRefused(INDEX, f"takes {name} from {library!r}; parts come from diffusers and transformers")


def _check_json(path: Path, name: str) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise CheckpointRefused(name, f"is no JSON: {_one_line(error)}") from error


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
