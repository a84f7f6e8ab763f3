"""A child that reads one pickle of weights and writes them as safetensors, started by `converting`.

Reads one request as JSON, {"source", "target", "work", "fits"}, prints one answer: {"tensors": how many, "is_cut_off":
whether it had no network}, or {"refused": code, "details": {"what": …}}. Only torch's unpickler for weights is used,
which builds tensors and knows no other names; should it be outwitted, there is no home here, limits are set from
outside, and there is no network where the kernel lets a process give it up: most containers do not.
"""

from __future__ import annotations

import ctypes
import json
import os
import pickle
import re
import struct
import sys
from pathlib import Path
from typing import Any

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
"""CLONE_NEWUSER and CLONE_NEWNET of linux/sched.h."""
WRAPPERS = ("state_dict", "model_state_dict", "model")
"""Under which trainers put the weights in their files."""
DAMAGED = (RuntimeError, EOFError, ValueError, LookupError, AttributeError, TypeError, AssertionError, struct.error)
"""How torch says that bytes are no pickle of weights, or the half of one."""


class NotRead(Exception):
    """A file that is not taken; `code` is one of `converting.REASONS`, `what` fills it in."""

    def __init__(self, code: str, what: str) -> None:
        super().__init__(code, what)
        self.code, self.what = code, what


def main() -> None:
    request = json.load(sys.stdin)
    is_cut_off = shut_in(Path(request["work"]))
    try:
        tensors = convert(request["source"], request["target"], request["fits"])
        answer: dict[str, Any] = {"tensors": tensors, "is_cut_off": is_cut_off}
    except NotRead as refused:
        answer = {"refused": refused.code, "details": {"what": refused.what}}
    print(json.dumps(answer))


def shut_in(work: Path) -> bool:
    """Home and temporary files in `work`, and no network where the kernel lets a process give it up: whether it did."""
    os.chdir(work)
    os.environ.update(HOME=str(work), TMPDIR=str(work), OMP_NUM_THREADS="1")
    libc = ctypes.CDLL(None, use_errno=True)
    return not libc.unshare(_NEW_NET) or not libc.unshare(_NEW_USER | _NEW_NET)


def convert(source: str, target: str, fits: str) -> int:
    """How many tensors were written to `target`. `fits` is the config of the U-Net they have to fill, "" for any.

    NotRead for what wants to run code, is no weights, or does not fit; and for what this machine cannot do.
    """
    try:
        from safetensors import SafetensorError
        from safetensors.torch import save_file

        tensors = _apart(_weights(source))
        if fits:
            _check_fit(tensors, Path(fits))
    except ImportError as error:
        raise NotRead("not_ready", _first_line(error)) from error
    try:
        save_file(tensors, target, metadata={"format": "pt"})
    except (OSError, SafetensorError) as error:
        raise NotRead("not_written", _first_line(error)) from error
    return len(tensors)


def _weights(source: str) -> dict[str, Any]:
    import torch

    try:
        read = torch.load(source, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        name = re.search(r"GLOBAL (\S+)", str(error))
        raise NotRead("wants_code" if name else "no_weights", name[1] if name else _first_line(error)) from error
    except OSError as error:
        raise NotRead("not_ready", _first_line(error)) from error
    except (MemoryError, *DAMAGED) as error:
        if isinstance(error, MemoryError) or "allocate memory" in str(error):
            raise NotRead("too_heavy", "memory") from error
        raise NotRead("no_weights", _first_line(error)) from error
    for wrapper in WRAPPERS:
        if isinstance(read, dict) and isinstance(read.get(wrapper), dict):
            read = read[wrapper]
    is_weights = isinstance(read, dict) and read and all(isinstance(each, torch.Tensor) for each in read.values())
    if not is_weights:
        raise NotRead("no_weights", f"it holds a {type(read).__name__} with more than tensors in it")
    return {str(name): tensor for name, tensor in read.items()}


def _first_line(error: Exception) -> str:
    """What an error says, without torch's advice to read the file less carefully."""
    said = str(error).split("WeightsUnpickler error:")[-1].strip().removeprefix("Weights only load failed.").split("\n")
    return "".join(filter(str.isprintable, said[0])).strip()[:200] or "it ends early"


def _apart(tensors: dict[str, Any]) -> dict[str, Any]:
    """Each with memory of its own, as safetensors asks: tied weights are written twice."""
    seen: set[int] = set()
    apart = {}
    for name, tensor in tensors.items():
        place = tensor.untyped_storage().data_ptr()
        apart[name] = tensor.clone().contiguous() if place in seen else tensor.contiguous()
        seen.add(place)
    return apart


def _check_fit(tensors: dict[str, Any], config: Path) -> None:
    """A library fills what is missing with chance and says so in a warning; here it is refused."""
    import torch
    from diffusers import UNet2DConditionModel

    try:
        settings = json.loads(config.read_text(encoding="utf-8"))
        if not isinstance(settings, dict):
            # The library takes a bare text for the name of something to download.
            raise ValueError("it is no JSON object")
        with torch.device("meta"):
            wanted = UNet2DConditionModel.from_config(settings).state_dict()
    except DAMAGED as error:
        raise NotRead("does_not_fit", f"no U-Net is made of the config: {_first_line(error)}") from error
    for name, tensor in wanted.items():
        if name not in tensors:
            raise NotRead("does_not_fit", f"{name} is missing")
        if tensors[name].shape != tensor.shape:
            raise NotRead("does_not_fit", f"{name} is {tuple(tensors[name].shape)}, not {tuple(tensor.shape)}")


if __name__ == "__main__":
    main()
