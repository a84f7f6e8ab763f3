"""The door of the quality room: one call judges one finished file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generation.contracts import (
    FPS,
    Canvas,
    CardClip,
    Check,
    CheckLimits,
    RenderSpec,
    SafeArea,
    TextBox,
    Timeline,
)
from generation.engines.compose import drafted
from generation.quality import verdicts
from generation.quality.measure import measure


@dataclass(frozen=True)
class FileReport:
    """All checks of a file, and its visible label as measured: (0, 0) where none was found."""

    checks: tuple[Check, ...]
    frames: int
    fps: float
    visible_to_frame: int
    visible_glyph_px: int

    @property
    def ok(self) -> bool:
        return all(check.ok for check in self.checks)


def inspect_file(
    path: Path,
    limits: CheckLimits,
    canvas: Canvas | None = None,
    safe_area: SafeArea | None = None,
    end_card_from_frame: int | None = None,
    captions: Sequence[TextBox] | None = None,
    expect_frames: int | None = None,
    expect_audio: bool = True,
    seconds_range: tuple[float, float] | None = None,
    expect_fps: float | None = None,
    step: int = 1,
) -> FileReport:
    """Judge a finished file in one decode.

    `captions` is the render's sidecar (None: nobody knows, text is not judged);
    `limits.target_seconds` 0 means no length was ordered, then `seconds_range` (the
    platform's) counts; `step` as in `measure`. Raises InputError naming the file when it
    cannot be read at all.
    """
    m = measure(path, captions, step)
    checks = [
        *verdicts.container_checks(m, limits, canvas, expect_frames, seconds_range, expect_fps),
        *verdicts.picture_checks(m, limits, end_card_from_frame),
        *verdicts.sound_checks(m, limits, expect_audio),
        *verdicts.text_checks(m, limits, safe_area),
        verdicts.label_check(m),
    ]
    label = m.label
    return FileReport(
        tuple(checks), m.picture.frames, m.facts.fps, label.to_frame if label else 0, label.glyph_px if label else 0
    )


JOINED_STEP = 3
"""Frames of an ad of segments that were each looked at whole: for what only shows where they join."""


def inspect_render(path: Path, spec: RenderSpec, texts: Sequence[TextBox] | None, step: int = 1) -> FileReport:
    """Judge a composed file against its order; `texts` are the boxes the render reports, in its own pixels."""
    plan = drafted(spec.timeline) if spec.draft else spec.timeline
    return inspect_file(
        path,
        spec.limits,
        plan.canvas,
        plan.safe_area,
        end_card_start(plan),
        texts,
        plan.frames,
        expect_fps=FPS,
        step=step,
    )


def check_file(path: Path, spec: RenderSpec, texts: Sequence[TextBox] | None) -> tuple[Check, ...]:
    """The checks of `inspect_render` alone."""
    return inspect_render(path, spec, texts).checks


def end_card_start(plan: Timeline) -> int:
    """The frame the end card starts at; the ad's length where it has none."""
    last = plan.track("picture")[-1:]
    is_end = bool(last) and isinstance(last[0], CardClip) and last[0].card == "end"
    return last[0].start_frame if is_end else plan.frames
