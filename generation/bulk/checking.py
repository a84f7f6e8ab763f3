"""The look at every segment when it is first made: decoded whole, judged by pixels.

What a segment alone cannot show (loudness, the joins, the label's two seconds) is looked
at in whole ads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.platforms import LABEL_SECONDS
from generation.contracts import FPS, CardClip, Check, CheckLimits
from generation.quality.check import inspect_file
from generation.segments.specs import SegmentSpec
from generation.segments.store import StoredSegment

OK = "ok"
JUDGED_IN_WHOLE_ADS = frozenset({"audio", "av_gap", "length", "loudness", "silence", "clipping"})
LABEL = "label_visible"


def check_segment(spec: SegmentSpec, stored: StoredSegment) -> str:
    """ "ok", or what is wrong with the segment in words."""
    report = inspect_file(
        stored.path,
        CheckLimits(target_seconds=0.0),
        spec.canvas,
        spec.safe_area,
        _end_card_start(spec),
        stored.boxes,
        spec.frames,
        expect_audio=False,
    )
    skipped = JUDGED_IN_WHOLE_ADS if _is_labelled(spec) else JUDGED_IN_WHOLE_ADS | {LABEL}
    failed = [check for check in report.checks if not check.ok and check.name not in skipped]
    return "; ".join(_words(check) for check in failed) or OK


def _words(check: Check) -> str:
    at = f" at frame {check.at_frame}" if check.at_frame is not None else ""
    return f"{check.reason or check.name}{at}"


def _is_labelled(spec: SegmentSpec) -> bool:
    """Whether the label shows from the first frame for as long as it has to, or as long as the segment lasts.

    The segment of a pair may lie where the label ends.
    """
    least = min(spec.frames, round(LABEL_SECONDS * FPS))
    return any(clip.start_frame <= 0 and clip.end_frame >= least for clip in spec.track("label"))


def _end_card_start(spec: SegmentSpec) -> int:
    last = spec.track("picture")[-1]
    return last.start_frame if isinstance(last, CardClip) and last.card == "end" else spec.frames


def loudness_checks(measured: Sequence[Mapping[str, Any]]) -> tuple[Check, Check]:
    """Loudness and true peak of the ad spliced of these stems, by what each measured when it was decoded."""
    from generation.sound.stems import Levels, loudness_of

    limits = CheckLimits(target_seconds=0.0)
    lufs, peak = loudness_of([Levels.from_json(each) for each in measured])
    off = abs(lufs - limits.loudness_lufs)
    is_loud, is_under = off <= limits.loudness_tolerance, peak <= limits.true_peak_db
    return (
        Check("loudness", is_loud, round(lufs, 2), limits.loudness_lufs, None, "" if is_loud else f"{lufs:.1f} LUFS"),
        Check("true_peak", is_under, peak, limits.true_peak_db, None, "" if is_under else f"{peak:.1f} dBTP"),
    )
