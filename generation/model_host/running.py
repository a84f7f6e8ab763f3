"""One batch on one device: what does not fit is tried smaller, what breaks is told from what it broke beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core.errors import AdloomError, TerminalError
from generation.engines.clips.base import (
    Cancelled,
    ClipRequest,
    LoadedEngine,
    MadeClip,
    OutOfDeviceMemory,
    RunControl,
)


class DeviceTooSmall(TerminalError):
    """The device has no room even for this one alone; a smaller size or fewer frames may fit."""

    code = "device_too_small"


@dataclass(frozen=True)
class BatchResult:
    """What came of each request, in their order, and how many the device has room for at once (0: not even one).

    A batch that breaks for another reason than memory says nothing against its size: `fitted` is then the whole of it.
    """

    outcomes: tuple[MadeClip | AdloomError, ...]
    fitted: int


def run_batch(
    loaded: LoadedEngine, requests: Sequence[ClipRequest], control: RunControl, free_text: Callable[[], str]
) -> BatchResult:
    """Make `requests` together; halves where memory runs out, one by one where one of them breaks.

    A cancelled run raises `Cancelled`. InputError and every other error of the engine become the
    outcome of each request they concern. `free_text` says what the device has left, for a person.
    """
    try:
        made = loaded.make(requests, control)
        return BatchResult(tuple(made), len(requests))
    except OutOfDeviceMemory as error:
        if len(requests) == 1:
            return BatchResult((_too_small(loaded, requests[0], error, free_text()),), 0)
        half = (len(requests) + 1) // 2
        return _apart(loaded, (requests[:half], requests[half:]), control, free_text)
    except Cancelled:
        raise
    except AdloomError as error:
        if len(requests) == 1:
            return BatchResult((error,), 1)
        each_alone = _apart(loaded, [[each] for each in requests], control, free_text)
        return replace(each_alone, fitted=len(requests) if each_alone.fitted else 0)


def _apart(
    loaded: LoadedEngine,
    parts: Sequence[Sequence[ClipRequest]],
    control: RunControl,
    free_text: Callable[[], str],
) -> BatchResult:
    """Each part by itself. Progress begins anew with each: a bar that goes back tells the truth about the time left."""
    results = [run_batch(loaded, part, control, free_text) for part in parts]
    outcomes = tuple(outcome for result in results for outcome in result.outcomes)
    return BatchResult(outcomes, max(result.fitted for result in results))


def _too_small(loaded: LoadedEngine, request: ClipRequest, error: OutOfDeviceMemory, free: str) -> DeviceTooSmall:
    shape = f"{request.width}x{request.height}" + (f", {request.frames} frames" if request.frames > 1 else "")
    weights = f"{loaded.memory_bytes / 1e9:.2f} GB of weights"
    return DeviceTooSmall(
        f"{shape} does not fit beside {weights}; {free}; a smaller size or fewer frames may ({error})"
    )
