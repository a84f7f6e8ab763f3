"""Frames drawn in this process and read by an ffmpeg process through a pipe."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Frame = npt.NDArray[np.uint8]
PIPE_BYTES = 1 << 20


@dataclass
class Feed:
    """`frames()` yields `count` contiguous pictures of `width` x `height` in `pix_fmt`.

    The read end is inherited by ffmpeg; a thread writes to the other end. ffmpeg may stop
    reading once it has the frames it wants: a closed pipe ends the feed without complaint,
    any other failure is raised by `finish`.
    """

    width: int
    height: int
    pix_fmt: str
    frames: Callable[[], Iterator[Frame]]
    read_end: int = -1
    cpu_seconds: float = 0.0
    _write_end: int = -1
    _thread: threading.Thread | None = None
    _failure: list[BaseException] = field(default_factory=list)

    def open(self) -> int:
        """Make the pipe; returns the file descriptor ffmpeg reads from."""
        self.read_end, self._write_end = os.pipe()
        try:
            import fcntl

            fcntl.fcntl(self._write_end, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        except (OSError, AttributeError):
            pass  # a smaller pipe only costs switches
        return self.read_end

    def start(self) -> None:
        """Begin writing; call after ffmpeg has been started."""
        os.close(self.read_end)
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def _write(self) -> None:
        began = time.thread_time()
        try:
            with os.fdopen(self._write_end, "wb", buffering=0) as pipe:
                for frame in self.frames():
                    _write_all(pipe, frame.data.cast("B"))
        except BrokenPipeError:
            pass
        except BaseException as failure:
            self._failure.append(failure)
        self.cpu_seconds = time.thread_time() - began

    def finish(self) -> None:
        """Wait for the writer and raise what it met; gives the pipe back when it never started."""
        if self._thread is None:
            os.close(self.read_end)
            os.close(self._write_end)
            return
        self._thread.join()
        if self._failure:
            raise self._failure[0]


def _write_all(pipe: Any, view: memoryview) -> None:
    while view:
        view = view[pipe.write(view) :]
