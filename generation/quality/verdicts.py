"""Turns measurements into checks. Each says what was measured, what the limit is, and where it fails.

Frames in `at_frame` are of the file as it plays. A check that has nothing to go by
(no sound to judge, no sidecar of texts) passes and says so in its reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.platforms import LABEL_GLYPH_SHARE, LABEL_SECONDS
from generation.contracts import Canvas, Check, CheckLimits, SafeArea
from generation.quality import legibility
from generation.quality.burnt_text import BurntLine
from generation.quality.measure import Measurement
from generation.quality.picture import BARS_WINDOW as WINDOW
from generation.quality.picture import Stretch
from generation.quality.sound import WINDOW_SECONDS

FLASHES_LIMIT = 2.0
BARS_SECONDS = 1.0
PEAK_ROUNDING_DB = 0.05


def container_checks(
    m: Measurement, limits: CheckLimits, canvas: Canvas | None, expect_frames: int | None,
    seconds_range: tuple[float, float] | None,
    expect_fps: float | None = None,
) -> list[Check]:  # fmt: skip
    """Size, length, frame count, timing and decoding."""
    return [
        _size(m, canvas),
        _length(m, limits, seconds_range),
        _decoding(m),
        _frame_count(m, expect_frames),
        _timing(m, expect_fps),
    ]


def picture_checks(m: Measurement, limits: CheckLimits, end_card_from_frame: int | None) -> list[Check]:
    """Black, still, bars, flashes."""
    return [_black(m, limits), _still(m, limits, end_card_from_frame), _bars(m), _flashes(m)]


def sound_checks(m: Measurement, limits: CheckLimits, expect_audio: bool) -> list[Check]:
    """Audio there, as long as the picture, not silent, not clipped, at its loudness."""
    if m.sound is None:
        at, why = (0, "the file has no sound") if expect_audio else (None, "")
        return [Check("audio", not expect_audio, "none", "present", at, why)]
    return [
        Check("audio", True, f"{m.sound.channels} channels, {m.sound.rate} Hz", "present"),
        _av_gap(m),
        _silence(m, limits),
        _clipping(m, limits),
        _loudness(m, limits),
    ]


def text_checks(m: Measurement, limits: CheckLimits, safe: SafeArea | None) -> list[Check]:
    """Place, contrast and reading time of the texts the render drew."""
    if m.texts is None:
        reason = "nobody says what text was drawn where"
        return [_burnt_area(m, safe), Check("contrast", True, None, None, None, reason)]
    return [_caption_area(m, safe), _contrast(m, limits), _clash(m), _reading_speed(m)]


def label_check(m: Measurement) -> Check:
    """The visible AI label, from frame 0, long enough, large enough, readable."""
    fps, short = m.facts.fps or 30.0, min(m.facts.width, m.facts.height)
    need_frames, need_px = round(LABEL_SECONDS * fps), short * LABEL_GLYPH_SHARE
    limit = f">= {need_frames} frames from 0, glyphs >= {need_px:.0f} px"
    if m.label is None:
        return Check("label_visible", False, "not found", limit, 0, "no visible AI label from the first frame")
    found = m.label
    measured = f"to frame {found.to_frame}, glyphs {found.glyph_px} px, contrast {found.contrast}"
    if found.to_frame < min(need_frames, m.picture.frames):
        reason = f"the label is gone after {found.to_frame / fps:.2f} s"
        return Check("label_visible", False, measured, limit, found.to_frame, reason)
    if found.glyph_px < need_px - 1:
        reason = (
            f"the label's glyphs are {found.glyph_px} px high, {100 * found.glyph_px / short:.1f} % of the short side"
        )
        return Check("label_visible", False, measured, limit, 0, reason)
    if found.contrast < 3.0:
        return Check("label_visible", False, measured, limit, 0, "the label hardly stands out from the picture")
    return Check("label_visible", True, measured, limit)


def _verdict(
    name: str, ok: bool, measured: float | str | None, limit: float | str | None, at: int | None, why: str
) -> Check:
    return Check(name, ok, measured, limit, None if ok else at, "" if ok else why)


def _size(m: Measurement, canvas: Canvas | None) -> Check:
    facts = m.facts
    measured = f"{facts.width}x{facts.height} {facts.pixel_format}"
    if not facts.square_pixels:
        return Check("size", False, measured, "square pixels", 0, "the pixels are not square: players would stretch it")
    if facts.pixel_format != "yuv420p":
        return Check("size", False, measured, "yuv420p", 0, "not 8-bit 4:2:0: some phones cannot play it")
    if canvas is None:
        return Check("size", True, measured, None)
    wanted = f"{canvas.width}x{canvas.height}"
    fits = (facts.width, facts.height) == (canvas.width, canvas.height)
    return _verdict("size", fits, measured, wanted, 0, f"the picture is {facts.width}x{facts.height}, not {wanted}")


def _length(m: Measurement, limits: CheckLimits, seconds_range: tuple[float, float] | None) -> Check:
    seconds = round(m.picture.frames * m.facts.times.frame_seconds, 3)
    if limits.target_seconds > 0:
        target, share = limits.target_seconds, limits.length_tolerance
        limit = f"{target:g} s +- {share:.0%}"
        ok = abs(seconds - target) <= target * share + 1e-6
        return _verdict(
            "length", ok, seconds, limit, m.picture.frames, f"{seconds:.2f} s long, ordered were {target:g} s"
        )
    if seconds_range is not None:
        low, high = seconds_range
        ok = low <= seconds <= high
        return _verdict("length", ok, seconds, f"{low:g}..{high:g} s", m.picture.frames, "too short or too long here")
    return Check("length", True, seconds, None)


def _decoding(m: Measurement) -> Check:
    complaints = m.decoded.complaints
    lost = m.facts.times.packets - m.picture.frames
    if complaints or lost:
        why = complaints[0] if complaints else f"{m.facts.times.packets} frames stored, {m.picture.frames} decoded"
        return Check("decode", False, float(len(complaints)), 0.0, m.picture.frames, f"decoding fails: {why}")
    return Check("decode", True, 0.0, 0.0)


def _frame_count(m: Measurement, expected: int | None) -> Check:
    counted = m.picture.frames
    ok = expected is None or counted == expected
    limit = None if expected is None else float(expected)
    why = f"{counted} frames, not {expected}"
    return _verdict("frames", ok, float(counted), limit, min(counted, expected or 0), why)


def _timing(m: Measurement, expect_fps: float | None) -> Check:
    times = m.facts.times
    measured = f"{m.facts.fps:.3f} fps"
    if times.dts_back_at is not None:
        return Check("timing", False, measured, "DTS rise", times.dts_back_at, "decode times do not rise")
    if times.uneven_at is not None:
        return Check("timing", False, measured, "constant", times.uneven_at, "the frame rate is not constant")
    if expect_fps is not None and abs(m.facts.fps - expect_fps) > 0.01:
        return Check("timing", False, measured, f"{expect_fps:g} fps", 0, f"{measured}, ordered were {expect_fps:g}")
    return Check("timing", True, measured, "constant")


def _av_gap(m: Measurement) -> Check:
    assert m.sound is not None
    assert m.facts.audio_start_seconds is not None
    times = m.facts.times
    late = m.facts.audio_start_seconds - times.start_seconds
    video_end = times.start_seconds + m.picture.frames * times.frame_seconds
    ends = m.facts.audio_start_seconds + m.sound.samples / m.sound.rate - video_end
    worst = max((late, ends), key=abs)
    gap = round(abs(worst) / times.frame_seconds, 2) if times.frame_seconds else 0.0
    at = 0 if worst is late else max(0, m.picture.frames - 1 + min(0, round(ends * m.facts.fps)))
    why = "sound and picture do not " + ("start" if worst is late else "end") + f" together: {worst:+.3f} s"
    return _verdict("av_gap", gap <= 1.02, gap, 1.0, at, why)


def _longest(stretches: Sequence[Stretch]) -> Stretch | None:
    return max(stretches, key=lambda each: each.frames, default=None)


def _black(m: Measurement, limits: CheckLimits) -> Check:
    longest = _longest(m.picture.black())
    seconds = _seconds(m, longest)
    ok = seconds <= limits.black_seconds + _half_frame(m)
    return _verdict(
        "black", ok, seconds, limits.black_seconds, longest.start if longest else None, f"black for {seconds:.2f} s"
    )


def _still(m: Measurement, limits: CheckLimits, end_card_from_frame: int | None) -> Check:
    """An end card may stand longer. Where nobody says where it starts, it is what stands still up to the end."""
    frames = m.picture.frames
    worst: tuple[float, Stretch, float] | None = None
    for stretch in m.picture.still:
        starts_card = stretch.end == frames if end_card_from_frame is None else stretch.start >= end_card_from_frame
        limit = limits.end_card_still_seconds if starts_card else limits.still_seconds
        over = _seconds(m, stretch) - limit
        if worst is None or over > worst[0]:
            worst = (over, stretch, limit)
    if worst is None:
        return Check("still", True, 0.0, limits.still_seconds)
    over, stretch, limit = worst
    seconds = _seconds(m, stretch)
    return _verdict(
        "still", over <= _half_frame(m), seconds, limit, stretch.start, f"nothing moves for {seconds:.2f} s"
    )


def _bars(m: Measurement) -> Check:
    windows = m.picture.bars
    longest: list[int] = []
    current: list[int] = []
    for start, _ in windows:
        follows = current and start - current[-1] == WINDOW
        current = [*current, start] if follows else [start]
        longest = max(longest, current, key=len)
    seconds = round(len(longest) * WINDOW / (m.facts.fps or 30.0), 2)
    if not longest or seconds < BARS_SECONDS:
        return Check("bars", True, seconds, BARS_SECONDS)
    bars = next(found for start, found in windows if start == longest[0])
    why = f"{bars.kind}: black bars of {bars.first:.0%} and {bars.second:.0%} of the picture for {seconds:.1f} s"
    return Check("bars", False, seconds, BARS_SECONDS, longest[0], why)


def _flashes(m: Measurement) -> Check:
    flashes, at = m.picture.flashes.most_in_a_second(m.facts.fps or 30.0)
    ok = flashes <= FLASHES_LIMIT
    return _verdict("flashing", ok, float(flashes), FLASHES_LIMIT, at, f"{flashes} flashes within a second")


def _silence(m: Measurement, limits: CheckLimits) -> Check:
    assert m.sound is not None
    longest = _longest(m.sound.silences())
    seconds = round(longest.frames * WINDOW_SECONDS, 2) if longest else 0.0
    at = m.facts.frame_of(longest.start * WINDOW_SECONDS) if longest else None
    ok = seconds <= limits.silence_seconds + WINDOW_SECONDS
    return _verdict("silence", ok, seconds, limits.silence_seconds, at, f"silent for {seconds:.2f} s")


def _clipping(m: Measurement, limits: CheckLimits) -> Check:
    assert m.sound is not None
    peaks = m.meter.peaks
    peak = round(peaks[-1][1], 2) if peaks else -120.0
    over = next((moment for moment, level in peaks if level > limits.true_peak_db + PEAK_ROUNDING_DB), None)
    if over is not None:
        why = f"true peak {peak:.2f} dBTP"
        return Check("clipping", False, peak, limits.true_peak_db, m.facts.frame_of(over), why)
    if m.sound.clipped_at is not None:
        at = m.facts.frame_of(m.sound.clipped_at / m.sound.rate)
        return Check("clipping", False, peak, limits.true_peak_db, at, f"{m.sound.clipped_runs} runs at full scale")
    return Check("clipping", True, peak, limits.true_peak_db)


def _loudness(m: Measurement, limits: CheckLimits) -> Check:
    measured = m.meter.loudness
    limit = f"{limits.loudness_lufs:g} +- {limits.loudness_tolerance:g} LUFS"
    if measured is None:
        return Check("loudness", False, None, limit, 0, "too little sound to measure")
    ok = abs(measured - limits.loudness_lufs) <= limits.loudness_tolerance
    return _verdict("loudness", ok, round(measured, 2), limit, 0, f"{measured:.1f} LUFS")


def _caption_area(m: Measurement, safe: SafeArea | None) -> Check:
    if safe is None:
        return Check("caption_area", True, None, None, None, "no safe area given")
    limit = f"{safe.left},{safe.top}..{safe.right},{safe.bottom}"
    bad = [box for box in m.texts or () if legibility.outside(box, safe)]
    if not bad:
        return Check("caption_area", True, "inside", limit)
    first = min(bad, key=lambda box: box.start_frame)
    place = f"{first.left},{first.top}..{first.right},{first.bottom}"
    return Check("caption_area", False, place, limit, first.start_frame, f"text outside the safe area: {first.text}")


def _burnt_area(m: Measurement, safe: SafeArea | None) -> Check:
    """Where no record says what was drawn, captions are looked for in the pixels."""
    if safe is None:
        return Check("caption_area", True, None, None, None, "no safe area given")
    limit = f"{safe.left},{safe.top}..{safe.right},{safe.bottom}"
    bad = [line for line in m.burnt or () if _mostly_outside(line, safe)]
    if not bad:
        return Check("caption_area", True, f"{len(m.burnt or ())} lines seen", limit, None, "as far as pixels tell")
    first = min(bad, key=lambda line: line.start_frame)
    place = f"{first.left},{first.top}..{first.right},{first.bottom}"
    return Check("caption_area", False, place, limit, first.start_frame, "text outside the safe area")


def _mostly_outside(line: BurntLine, safe: SafeArea) -> bool:
    """By more than a third of its height: a shadow or a bright speck beside a line is none of its letters."""
    slack = (line.bottom - line.top) / 3
    return (
        line.left < safe.left - slack
        or line.top < safe.top - slack
        or line.right > safe.right + slack
        or line.bottom > safe.bottom + slack
    )


def _contrast(m: Measurement, limits: CheckLimits) -> Check:
    worst = m.contrast.worst() if m.contrast else None
    if m.picture.step > 1:
        return Check("contrast", True, None, limits.contrast_ratio, None, "measured segment by segment")
    if worst is None:
        return Check("contrast", True, None, limits.contrast_ratio, None, "no text stands long enough to be judged")
    ratio = round(worst.ratio, 2)
    why = f"hard to read: {worst.box.text}"
    return _verdict("contrast", ratio >= limits.contrast_ratio, ratio, limits.contrast_ratio, worst.frame, why)


def _clash(m: Measurement) -> Check:
    clash = legibility.clashing(m.texts or ())
    if clash is None:
        return Check("text_overlap", True, "none", "none")
    one, other, frame = clash
    why = f"one text lies over another: {one.text} / {other.text}"
    return Check("text_overlap", False, f"{one.kind} on {other.kind}", "none", frame, why)


def _reading_speed(m: Measurement) -> Check:
    """A warning only: a fast speaker makes fast captions, and that may be wanted."""
    fast = legibility.too_fast(m.texts or (), m.facts.fps or 30.0)
    limit = f"<= {legibility.FASTEST_CHARACTERS_A_SECOND:g} characters/s"
    if fast is None:
        return Check("reading_speed", True, None, limit)
    box, speed = fast
    return Check("reading_speed", True, round(speed, 1), limit, box.start_frame, f"warning: fast to read: {box.text}")


def _seconds(m: Measurement, stretch: Stretch | None) -> float:
    return round(stretch.frames * m.facts.times.frame_seconds, 3) if stretch else 0.0


def _half_frame(m: Measurement) -> float:
    return m.facts.times.frame_seconds / 2
