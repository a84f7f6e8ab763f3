"""Words of the checks of a finished ad: what was looked at, what was measured, what the limit is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from creative.page_data.sentences import in_words
from generation.contracts import FPS, Check

_WORDS: dict[str, tuple[Any, Any]] = {
    "size": (gettext_lazy("Picture size"), ""),
    "length": (gettext_lazy("Length"), " s"),
    "decode": (gettext_lazy("Plays without a decoding error"), ""),
    "frames": (gettext_lazy("Every frame is there"), ""),
    "timing": (gettext_lazy("Constant frame rate"), ""),
    "black": (gettext_lazy("No black picture"), " s"),
    "still": (gettext_lazy("No frozen picture"), " s"),
    "bars": (gettext_lazy("No black bars"), " s"),
    "flashing": (gettext_lazy("Nothing flashes"), ""),
    "audio": (gettext_lazy("Sound is there"), ""),
    "av_gap": (gettext_lazy("Sound and picture end together"), gettext_lazy(" frames")),
    "silence": (gettext_lazy("No silence"), " s"),
    "clipping": (gettext_lazy("True peak"), " dBTP"),
    "loudness": (gettext_lazy("Loudness"), " LUFS"),
    "caption_area": (gettext_lazy("Captions inside the safe area"), ""),
    "contrast": (gettext_lazy("Captions stand out"), " : 1"),
    "reading_speed": (gettext_lazy("Captions can be read in time"), ""),
    "label_visible": (gettext_lazy("AI label visible from the first frame"), ""),
    "text_overlap": (gettext_lazy("Texts do not cover each other"), ""),
    "tables": (gettext_lazy("The tables can be read"), ""),
    "bytes": (gettext_lazy("As long as its tables say"), gettext_lazy(" bytes")),
    "last_frame": (gettext_lazy("Frames on the grid to the last one"), ""),
    "sound": (gettext_lazy("Sound as long as the picture"), gettext_lazy(" samples")),
    "stems": (gettext_lazy("Stems as long as their slots"), gettext_lazy(" samples")),
    "chunks": (gettext_lazy("Every stretch where its samples are"), ""),
    "spliced_picture": (gettext_lazy("Pictures byte for byte those of the segments"), gettext_lazy(" frames")),
    "spliced_sound": (gettext_lazy("Sound byte for byte that of the stems"), gettext_lazy(" packets")),
    "true_peak": (gettext_lazy("True peak"), " dBTP"),
    "segments_whole": (gettext_lazy("Segments decoded and looked at when made"), ""),
    "aigc": (gettext_lazy("AIGC metadata exactly once"), ""),
    "c2pa": (gettext_lazy("C2PA signature"), ""),
}
_MEASURED: dict[str, Any] = {
    "inside": gettext_lazy("inside"),
    "present": gettext_lazy("there"),
    "none": gettext_lazy("none"),
    "not found": gettext_lazy("not found"),
    "constant": gettext_lazy("constant"),
}

LARGE = 100_000
"""Numbers from here on are written out whole, with commas."""


@dataclass(frozen=True)
class CheckView:
    """One check as a line: its words, what was measured, where it fails (seconds)."""

    name: str
    words: str
    ok: bool
    measured: str
    limit: str
    reason: str
    at_seconds: float | None
    is_warning: bool


def check_views(checks: Iterable[Check]) -> tuple[CheckView, ...]:
    """Failed ones first, then as they were made."""
    views = [_view(check) for check in checks]
    return tuple(sorted(views, key=lambda view: (view.ok, not view.is_warning)))


def check_words(name: str) -> str:
    """What a check looks at; an unknown one keeps its id."""
    words, _unit = _WORDS.get(name, (name, ""))
    return str(words)


def _view(check: Check) -> CheckView:
    _words, unit = _WORDS.get(check.name, (check.name, ""))
    return CheckView(
        name=check.name,
        words=check_words(check.name),
        ok=check.ok,
        measured=_figure(check.measured, str(unit)),
        limit=_figure(check.limit, str(unit)),
        reason=in_words(check.reason) if check.reason else "",
        at_seconds=check.at_frame / FPS if check.at_frame is not None and not check.ok else None,
        is_warning=check.ok and check.reason.startswith("warning"),
    )


def _figure(value: float | str | None, unit: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return str(_MEASURED.get(value, "") or in_words(value)).replace("+-", "±").replace("<=", "≤").replace(">=", "≥")
    return f"{value:,.0f}{unit}" if abs(value) >= LARGE else f"{value:g}{unit}"
