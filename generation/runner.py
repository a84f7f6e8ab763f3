"""Carrying out one job. Nothing is decided here: the request says it all."""

from __future__ import annotations

import os
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from core.contracts import dump, load
from core.storage import bring_all_here, share_all
from generation.contracts import FPS, RenderResult, RenderSpec, Timeline
from generation.describing.shelf import run_description
from generation.engines.compose import Composed, render_timeline
from generation.licences import hearing_objection
from generation.models import RenderJob
from generation.presenter_jobs import run_presenter
from generation.provenance.labels import label_and_sign, label_checks, verify_labels
from generation.quality.check import inspect_render
from generation.segments.installed import segment_store
from generation.sound.kept import kept_mix
from generation.understanding.intake import understand_file

Progress = Callable[[float], None]

COMPOSE_SHARE = 0.8
"""Composing takes about four fifths of an ad's time, checking and signing the rest."""


def run(job: RenderJob, epoch: int, on_progress: Progress) -> dict[str, Any]:
    """The result of `job` as plain JSON; what cannot be done raises from core.errors."""
    request = bring_all_here(job.request)
    if job.kind == RenderJob.Kind.UNDERSTAND:
        path, unheard = Path(request["path"]), hearing_objection(job.advertiser)
        understanding = understand_file(
            path, request["name"], settings.ADLOOM_HOME, on_progress, unheard_because=unheard
        )
        return _shared(dump(understanding))
    if job.kind == RenderJob.Kind.DESCRIBE:
        return run_description(job.advertiser_id, request, on_progress)
    if job.kind == RenderJob.Kind.PRESENT:
        return _shared(run_presenter(job.advertiser, request, on_progress))
    with work_folder(f"{job.id}-{epoch}") as work:
        return _shared(dump(_render(load(RenderSpec, request), work, str(job.id), epoch, on_progress)))


def _shared(result: Any) -> dict[str, Any]:
    """The result, once the files it names can be had by other machines too."""
    share_all(result)
    plain: dict[str, Any] = result
    return plain


def _render(spec: RenderSpec, work: Path, job_id: str, epoch: int, on_progress: Progress) -> RenderResult:
    """Compose, check, label, sign. The finished file appears under ADLOOM_HOME/ads whole or not at all."""
    before = cpu_seconds()
    composed = _compose(spec, work, on_progress)
    judged = inspect_render(composed.path, spec, composed.boxes)
    on_progress(0.95)
    out = settings.ADLOOM_HOME / "ads" / f"{job_id}-{epoch}.mp4"
    out.parent.mkdir(parents=True, exist_ok=True)
    visible = (judged.visible_to_frame, judged.visible_glyph_px)
    label = label_and_sign(composed.path, out, spec.provenance, visible, settings.ADLOOM_HOME)
    return RenderResult(
        path=str(out),
        sha256=fingerprint(out)[0],
        frames=composed.frames,
        fps=FPS,
        duration_seconds=round(composed.frames / FPS, 4),
        checks=(*judged.checks, *label_checks(verify_labels(out, settings.ADLOOM_HOME))),
        label=label,
        cpu_seconds=round(cpu_seconds() - before, 2),
        segments_made=composed.segments_made,
        segments_reused=composed.segments_reused,
    )


def _compose(spec: RenderSpec, work: Path, on_progress: Progress) -> Composed:
    store = segment_store()

    def tell(share: float) -> None:
        on_progress(share * COMPOSE_SHARE)

    def mix(timeline: Timeline, path: Path) -> None:
        kept_mix(timeline, path, work, settings.ADLOOM_HOME / "sounds")

    return render_timeline(spec.timeline, work / "composed.mp4", work, store, spec.draft, tell, mix)


def cpu_seconds() -> float:
    """User + system seconds of this process and its ended children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def fingerprint(path: Path) -> tuple[str, int]:
    """(SHA-256 as hex, size in bytes) of a file."""
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size


@contextmanager
def work_folder(name: str) -> Iterator[Path]:
    """A folder of this attempt's own, gone when it ends."""
    folder = settings.ADLOOM_HOME / "work" / name
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
