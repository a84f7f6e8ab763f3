"""One run of a pipeline: progress and cancelling between steps, failures by kind, frames out.

The same course for every family; what differs is in the arguments.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generation.engines.clips.base import BrokenOutput, Cancelled, OutOfDeviceMemory, RunControl

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NO_ROOM = ("out of memory", "can't allocate memory", "cannot allocate memory", "DefaultCPUAllocator")

DAMAGED = "the checkpoint is damaged; look with checkpoints verify and fetch it again with checkpoints download"


@dataclass
class Progress:
    """Steps done of `total` over all runs of an order; never goes back."""

    control: RunControl
    total: int
    done: int = 0

    def step(self, within: int) -> None:
        """`within` steps of the present run are over; Cancelled when nobody wants the rest."""
        if self.control.is_cancelled():
            raise Cancelled(f"cancelled after {self.done + within} of {self.total} steps")
        self.control.on_step(min(self.done + within, self.total), self.total)

    def finish_run(self, steps: int) -> None:
        """A run of `steps` steps is over."""
        self.done += steps
        self.control.on_step(min(self.done, self.total), self.total)


def run_pipeline(pipeline: Any, progress: Progress, steps: int, **arguments: Any) -> Any:
    """`pipeline`'s output for `arguments`, watched step by step.

    Schedulers may take more or fewer timesteps than `steps`; progress is told in steps. Raises
    Cancelled, BrokenOutput when the latents stop being numbers, OutOfDeviceMemory.
    """

    def after_step(pipe: Any, index: int, timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        if not bool(tensors["latents"].isfinite().all()):
            raise BrokenOutput(f"the model's values are no numbers after step {index + 1}; {why_broken(pipe)}")
        progress.step(round(steps * (index + 1) / max(pipe.num_timesteps, index + 1)))
        return {}

    if progress.control.is_cancelled():
        raise Cancelled("cancelled before the first step")
    pipeline.set_progress_bar_config(disable=True)
    with memory_errors():
        made = pipeline(num_inference_steps=steps, callback_on_step_end=after_step, **arguments)
    progress.finish_run(steps)
    return made


@contextmanager
def memory_errors() -> Iterator[None]:
    """The device's and the machine's "no room" as OutOfDeviceMemory; what the failed run held is let go."""
    try:
        yield
    except (RuntimeError, MemoryError) as error:
        if not is_no_room(error):
            raise
        _let_go()
        raise OutOfDeviceMemory(_first_line(error)) from error


def is_no_room(error: BaseException) -> bool:
    """Whether `error` says that memory ran out; torch's CPU allocator has no class of its own for it."""
    import torch

    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    return isinstance(error, RuntimeError) and any(sign in str(error) for sign in _NO_ROOM)


def why_broken(pipeline: Any) -> str:
    """What to do about a model that gave no numbers; names the weights that are none where they are at fault."""
    import torch

    for name, part in pipeline.components.items():
        if isinstance(part, torch.nn.Module):
            for weight, values in part.named_parameters():
                if not bool(values.isfinite().all()):
                    return f"{weight} in {name}/ is no number either: {DAMAGED}"
    return "its weights are all numbers: take another seed, more steps or a size it was trained at"


def as_pictures(values: Any, pipeline: Any) -> NDArray[np.uint8]:
    """`pipeline`'s output f32[..., H, W, 3] in 0..1 as u8; BrokenOutput where it is no picture."""
    import numpy as np

    array = np.asarray(values, dtype=np.float32)
    if not np.isfinite(array).all():
        raise BrokenOutput(f"the decoded picture has values that are no numbers; {why_broken(pipeline)}")
    return np.rint(array.clip(0, 1) * 255).astype(np.uint8)


def _let_go() -> None:
    import gc

    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
