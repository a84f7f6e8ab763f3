"""One ffmpeg process with its feeds: started, watched, counted."""

from __future__ import annotations

from collections.abc import Sequence

from core.media import ffmpeg_process
from generation.engines.feeds import Feed


def run_with_feeds(arguments: Sequence[str], feeds: Sequence[Feed], timeout_seconds: float) -> float:
    """Run ffmpeg to its end; returns CPU seconds of ffmpeg and of drawing its feeds.

    Raises an FfmpegError, or what a feed raised while drawing (which is then the cause).
    """
    try:
        with ffmpeg_process(
            arguments, timeout_seconds=timeout_seconds, pass_fds=[feed.read_end for feed in feeds]
        ) as running:
            for feed in feeds:
                feed.start()
            run = running.finish()
    finally:
        for feed in feeds:
            feed.finish()
    return run.cpu_seconds + sum(feed.cpu_seconds for feed in feeds)
