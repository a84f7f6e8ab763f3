"""A child that reads one pickle of weights and writes them as safetensors, started by `converting`.

Reads one request as JSON, {"source", "target", "work", "fits"}, prints one answer: {"tensors": how many}, or
{"refused": code, "details": {"what": …}}. Only torch's unpickler for weights is used, which builds tensors and knows no
other names; should it be outwitted, there is no network here and no home, and limits are set from outside.
"""

from __future__ import annotations

import ctypes
import json
import os
import pickle
import re
import sys
from pathlib import Path
from typing import Any

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
"""CLONE_NEWUSER and CLONE_NEWNET of linux/sched.h."""
WRAPPERS = ("state_dict", "model_state_dict", "model")
"""Under which trainers put the weights in their files."""


class NotRead(Exception):
    """A file that is not taken; `code` is one of `converting.REASONS`, `what` fills it in."""

    def __init__(self, code: str, what: str) -> None:
        super().__init__(code, what)
        self.code, self.what = code, what


def main() -> None:
    request = json.load(sys.stdin)
    shut_in(Path(request["work"]))
    try:
        answer: dict[str, Any] = {"tensors": convert(request["source"], request["target"], request["fits"])}
    except NotRead as refused:
        answer = {"refused": refused.code, "details": {"what": refused.what}}
    print(json.dumps(answer))


def shut_in(work: Path) -> None:
    """No network where the kernel lets a process give it up; home and temporary files in `work`."""
    os.chdir(work)
    os.environ.update(HOME=str(work), TMPDIR=str(work), OMP_NUM_THREADS="1")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NET):
        libc.unshare(_NEW_USER | _NEW_NET)


def convert(source: str, target: str, fits: str) -> int:
    """How many tensors were written to `target`. `fits` is the config of the U-Net they have to fill, "" for any.

    NotRead for what wants to run code, is no weights, or does not fit.
    """
    from safetensors.torch import save_file

    tensors = _apart(_weights(source))
    if fits:
        _check_fit(tensors, json.loads(Path(fits).read_text(encoding="utf-8")))
    save_file(tensors, target, metadata={"format": "pt"})
    return len(tensors)


def _weights(source: str) -> dict[str, Any]:
    import torch

    try:
        read = torch.load(source, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        name = re.search(r"(?:GLOBAL|class|function|type) ([\w.]+\.[\w.]+)", str(error))
        raise NotRead("wants_code", name[1] if name else "something") from error
    except (RuntimeError, EOFError, ValueError, OSError, KeyError, AttributeError, TypeError) as error:
        raise NotRead("no_weights", str(error).splitlines()[0][:200] if str(error) else "it ends early") from error
    for wrapper in WRAPPERS:
        if isinstance(read, dict) and isinstance(read.get(wrapper), dict):
            read = read[wrapper]
    is_weights = isinstance(read, dict) and read and all(isinstance(each, torch.Tensor) for each in read.values())
    if not is_weights:
        raise NotRead("no_weights", f"it holds a {type(read).__name__} with more than tensors in it")
    return {str(name): tensor for name, tensor in read.items()}


def _apart(tensors: dict[str, Any]) -> dict[str, Any]:
    """Each with memory of its own, as safetensors asks: tied weights are written twice."""
    seen: set[int] = set()
    apart = {}
    for name, tensor in tensors.items():
        place = tensor.untyped_storage().data_ptr()
        apart[name] = tensor.clone().contiguous() if place in seen else tensor.contiguous()
        seen.add(place)
    return apart


def _check_fit(tensors: dict[str, Any], config: dict[str, Any]) -> None:
    """A library fills what is missing with chance and says so in a warning; here it is refused."""
    import torch
    from diffusers import UNet2DConditionModel

    with torch.device("meta"):
        wanted = UNet2DConditionModel.from_config(config).state_dict()
    for name, tensor in wanted.items():
        if name not in tensors:
            raise NotRead("does_not_fit", f"{name} is missing")
        if tensors[name].shape != tensor.shape:
            raise NotRead("does_not_fit", f"{name} is {tuple(tensors[name].shape)}, not {tuple(tensor.shape)}")


if __name__ == "__main__":
    main()
