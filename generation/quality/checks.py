"""The door of the quality room: one call judges one finished file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generation.contracts import Canvas, Check, CheckLimits, SafeArea, TextBox
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
) -> FileReport:
    """Judge a finished file in one decode.

    `captions` is the render's sidecar (None: nobody knows, text is not judged);
    `limits.target_seconds` 0 means no length was ordered, then `seconds_range` (the
    platform's) counts. Raises InputError naming the file when it cannot be read at all.
    """
    m = measure(path, captions)
    checks = [
        *verdicts.container_checks(m, limits, canvas, expect_frames, seconds_range),
        *verdicts.picture_checks(m, limits, end_card_from_frame),
        *verdicts.sound_checks(m, limits, expect_audio),
        *verdicts.text_checks(m, limits, safe_area),
        verdicts.label_check(m),
    ]
    label = m.label
    return FileReport(
        tuple(checks), m.picture.frames, m.facts.fps, label.to_frame if label else 0, label.glyph_px if label else 0
    )


def check_file(
    path: Path,
    limits: CheckLimits,
    canvas: Canvas | None = None,
    safe_area: SafeArea | None = None,
    end_card_from_frame: int | None = None,
    captions: Sequence[TextBox] | None = None,
    expect_frames: int | None = None,
    expect_audio: bool = True,
) -> tuple[Check, ...]:
    """The checks of `inspect_file` alone."""
    return inspect_file(
        path, limits, canvas, safe_area, end_card_from_frame, captions, expect_frames, expect_audio
    ).checks
