"""A language model's folder: found by name, looked into, and how much of the machine it may take."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import InputError
from core.processes.llm_environment import Kind

GIB = 1 << 30
NAME = re.compile(r"[\w.-]+(?:/[\w.-]+)?", re.ASCII)
WANTED_TOKENS: dict[Kind, int] = {"cpu": 8192, "gpu": 16384}
"""The longest prompt of ours, a script's repair, holds about 3,000; more room costs places beside each other."""
LEAST_TOKENS = 512
PROGRAM_BYTES = 2 * GIB
"""What the server itself takes beside weights and cache."""
MOST_CACHE_BYTES = 16 * GIB
BYTES_A_NUMBER = 2
"""bfloat16"""


@dataclass(frozen=True)
class ModelFolder:
    """What a folder of weights says of itself. `token_bytes` is what one token takes in the cache; `makes_vectors`:
    laid out by sentence-transformers, a model of embeddings and nothing else."""

    path: Path
    weights_bytes: int
    context_tokens: int
    token_bytes: int
    makes_vectors: bool = False


@dataclass(frozen=True)
class Share:
    """What one server takes: bytes for the cache, and the tokens one conversation may hold."""

    cache_bytes: int
    tokens: int


def find_model(asked: str, shelves: tuple[Path, ...]) -> Path | None:
    """The folder `asked` names: itself, one of that name on a shelf, or one fetched from the hub before."""
    given = Path(asked).expanduser()
    if given.is_dir():
        return given.absolute()
    if asked.startswith((".", "/", "~")) or not NAME.fullmatch(asked):
        raise InputError("--model", f"there is no folder {given}", "llm_no_folder")
    places = (*(shelf / asked for shelf in shelves), *(place for shelf in shelves for place in _in_hub(shelf, asked)))
    return next((place.absolute() for place in places if (place / "config.json").is_file()), None)


def _in_hub(shelf: Path, name: str) -> Iterator[Path]:
    """Where huggingface_hub keeps what it fetched, newest reference first."""
    kept = shelf / f"models--{name.replace('/', '--')}"
    main = kept / "refs" / "main"
    if main.is_file():
        yield kept / "snapshots" / main.read_text().strip()


def read_model(folder: Path) -> ModelFolder:
    """InputError where the folder holds no language model that may be loaded."""
    config = _config(folder / "config.json")
    weights = list(folder.glob("*.safetensors"))
    if not weights:
        others = [*folder.glob("*.bin"), *folder.glob("*.pt"), *folder.glob("*.pth")]
        reason = (
            "holds pickled weights, which can run code; only safetensors are loaded" if others else "has no weights"
        )
        raise InputError("--model", f"{folder} {reason}", "llm_no_weights")
    if not any((folder / name).is_file() for name in ("tokenizer.json", "tokenizer.model", "vocab.json")):
        raise InputError("--model", f"{folder} has no tokenizer", "llm_no_tokenizer")
    inner = config.get("text_config") or config
    try:
        heads = int(inner["num_attention_heads"])
        width = int(inner.get("head_dim") or int(inner["hidden_size"]) // heads)
        numbers = 2 * int(inner["num_hidden_layers"]) * int(inner.get("num_key_value_heads") or heads) * width
        context = int(inner.get("max_position_embeddings") or LEAST_TOKENS)
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        raise InputError("--model", f"{folder / 'config.json'} describes no language model", "llm_config") from error
    makes_vectors = (folder / "modules.json").is_file()
    context = min(context, _longest_text(folder) or context) if makes_vectors else context
    size = sum(each.stat().st_size for each in weights)
    return ModelFolder(folder, size, context, numbers * BYTES_A_NUMBER, makes_vectors)


def _longest_text(folder: Path) -> int:
    """Tokens a model of embeddings takes, which may be fewer than it has places for (RoBERTa's kin keep two back);
    0 where its folder does not say."""
    path = folder / "sentence_bert_config.json"
    said = _config(path).get("max_seq_length") if path.is_file() else None
    return said if isinstance(said, int) and said > 0 else 0


def _config(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError("--model", f"{path.parent} has no config.json", "llm_no_config") from error
    except (OSError, ValueError) as error:
        raise InputError("--model", f"{path} cannot be read as JSON", "llm_config") from error
    if not isinstance(found, dict):
        raise InputError("--model", f"{path} is no JSON object", "llm_config")
    return found


def share_of(model: ModelFolder, kind: Kind, free_bytes: int, most_tokens: int = 0, cache_gib: int = 0) -> Share:
    """Of what is free beside the weights half becomes cache, on a GPU, which serves nothing else, nine tenths;
    two whole conversations have to fit in it.

    `most_tokens` and `cache_gib` are a person's own wishes, 0 for none. InputError where the
    machine is too small for the model.
    """
    left = free_bytes - int(model.weights_bytes * 1.1) - PROGRAM_BYTES
    usual = min(left // 2, MOST_CACHE_BYTES) if kind == "cpu" else left * 9 // 10
    cache = cache_gib * GIB or max(0, usual) // GIB * GIB
    if cache < GIB or left < cache:
        needed = int(model.weights_bytes * 1.1) + PROGRAM_BYTES + max(2, cache_gib) * GIB
        raise InputError(
            "--model",
            f"{model.path.name} needs {needed / GIB:.1f} GiB of memory, {free_bytes / GIB:.1f} GiB are free",
            "llm_no_memory",
        )
    tokens = min(model.context_tokens, most_tokens or WANTED_TOKENS[kind], cache // max(1, model.token_bytes) // 2)
    if tokens < min(LEAST_TOKENS, model.context_tokens):
        raise InputError("--model", f"only {tokens} tokens of {model.path.name} fit into memory", "llm_no_memory")
    return Share(cache, tokens)


def free_memory(kind: Kind) -> int:
    """Bytes that are free on the device; InputError where there is no such device."""
    if kind == "cpu":
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    found = gpu_memory()
    if found is None:
        raise InputError(
            "--gpu", "this machine shows no NVIDIA GPU (nvidia-smi); leave it out, or say --cpu", "llm_no_gpu"
        )
    return found


def gpu_memory() -> int | None:
    """Free bytes of the first GPU, or None where there is none."""
    command = ["nvidia-smi", "--query-gpu=memory.free", "--format=csv,noheader,nounits"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout
        return int(said.split()[0]) << 20
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None
