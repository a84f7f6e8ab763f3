"""A bar per stage on a terminal, a line per step elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from creative.services.main_job import Teller

STAGES = ("services", "materials", "references", "script", "segments", "ads", "files", "page")


@contextmanager
def stage_bars(wanted: tuple[str, ...] = STAGES) -> Iterator[Teller]:
    """A teller that draws; figures, bar, rate and time left stand side by side."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    columns = (
        TextColumn("{task.description:<11}"),
        BarColumn(bar_width=32),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bars = {stage: progress.add_task(stage, total=None, start=False) for stage in wanted}

        def tell(stage: str, done: float, total: float) -> None:
            if stage not in bars:
                return
            if not progress.tasks[bars[stage]].started:
                progress.start_task(bars[stage])
            progress.update(bars[stage], completed=round(done, 1), total=total)

        yield tell


class _Lines:
    """One line whenever a whole step of a stage is done."""

    def __init__(self) -> None:
        self._told: dict[str, int] = {}

    def __call__(self, stage: str, done: float, total: float) -> None:
        whole = int(done)
        if self._told.get(stage) == whole:
            return
        self._told[stage] = whole
        print(f"{stage}: {whole} of {total:g}", file=sys.stderr, flush=True)
