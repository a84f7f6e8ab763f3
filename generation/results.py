"""What a render gives back: the text it drew, the verdicts on it, its labels. Part of `generation.contracts`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class TextBox:
    """Text as the render drew it: the sidecar the checks read beside the finished picture.

    `left` … `bottom` bound the ink (with its outline or plate) in pixels of the canvas,
    right and bottom exclusive. `glyph_px` is the measured height of the tallest full
    glyph. `colour` is the fill, `edge` the colour right around the glyphs (outline,
    shadow or plate; "" for none), both #RRGGBB. A text that moves or changes has one
    box per stretch of frames; `is_moving` marks stretches still animating, which are
    judged by their place and not by their contrast.
    """

    kind: Literal["caption", "sticker", "label", "card", "headline"]
    text: str
    start_frame: int
    end_frame: int
    left: int
    top: int
    right: int
    bottom: int
    glyph_px: int
    colour: str = "#FFFFFF"
    edge: str = ""
    is_moving: bool = False


@dataclass(frozen=True)
class Check:
    """One verdict on a finished file; `at_frame` is where it was seen failing, or None."""

    name: str
    ok: bool
    measured: float | str | None
    limit: float | str | None
    at_frame: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class LabelReport:
    """The three labels as verified on the finished file."""

    visible_to_frame: int
    visible_glyph_px: int
    aigc: dict[str, str]
    c2pa_state: str


@dataclass(frozen=True)
class RenderResult:
    """A finished ad. `path` is under ADLOOM_HOME; `cpu_seconds` user + system of all children."""

    path: str
    sha256: str
    frames: int
    fps: int
    duration_seconds: float
    checks: tuple[Check, ...]
    label: LabelReport | None
    cpu_seconds: float
    segments_made: int
    segments_reused: int
    degraded: tuple[str, ...] = ()

    @property
    def is_releasable(self) -> bool:
        return all(check.ok for check in self.checks)
