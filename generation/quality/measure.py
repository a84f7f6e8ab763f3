"""Everything there is to know about a finished file, measured in one decode."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generation.contracts import Canvas, TextBox
from generation.quality.burnt_text import EVERY as BURNT_EVERY
from generation.quality.burnt_text import SHORT_SIDE as BURNT_SHORT_SIDE
from generation.quality.burnt_text import BurntLine, BurntTextWatch
from generation.quality.decode import AT_ONCE, CHEAPLY, DecodeReport, LoudnessMeter, Outlet, decode
from generation.quality.legibility import ContrastWatch, frames_to_look_at
from generation.quality.picture import PictureWatch, small_size
from generation.quality.probe import FileFacts, probe_file
from generation.quality.sound import SoundWatch
from generation.quality.visible_label import SELECT, LabelWatch, VisibleLabel, corner_size

_RAW_PICTURE = ("-f", "rawvideo", "-fps_mode", "passthrough")


@dataclass(frozen=True)
class Measurement:
    """What was seen and heard; verdicts are made from it in `verdicts`."""

    facts: FileFacts
    decoded: DecodeReport
    meter: LoudnessMeter
    picture: PictureWatch
    sound: SoundWatch | None
    contrast: ContrastWatch | None
    label: VisibleLabel | None
    texts: tuple[TextBox, ...] | None
    burnt: tuple[BurntLine, ...] | None


@dataclass
class FrameCount:
    """Counts frames by a few bytes of each."""

    frames: int = 0

    def see(self, chunk: bytes) -> None:
        self.frames += 1


def measure(path: Path, texts: Sequence[TextBox] | None = None, step: int = 1) -> Measurement:
    """Decode `path` once and measure it; `texts` is what the render says it drew, None where nobody knows.

    With a `step` every frame is still decoded and the sound heard whole, but the picture is
    looked at every so many frames, and how the texts stand out is not measured. Raises
    InputError naming the file when it is no video that can be read at all.
    """
    facts = probe_file(path)
    known = tuple(texts or ())
    small = small_size(facts.width, facts.height)
    picture = PictureWatch(*small, Canvas(facts.width, facts.height), known, step)
    corner = corner_size(facts.width, facts.height)
    label = LabelWatch(*corner, min(facts.width, facts.height))
    contrast = _contrast_watch(facts, known) if step == 1 else None
    count = FrameCount()
    sound = SoundWatch(facts.audio_rate, facts.audio_channels) if facts.audio_rate and facts.audio_channels else None
    outlets = [_small_outlet(picture, small), _corner_outlet(label, corner)]
    if step > 1:
        outlets.append(_count_outlet(count))
    if contrast is not None:
        outlets.append(_whole_outlet(contrast))
    burnt = _burnt_watch(facts) if texts is None else None
    if burnt is not None:
        outlets.append(_burnt_outlet(burnt))
    filters = [f"[0:v:0]format=yuv420p,split={len(outlets)}" + "".join(outlet.source for outlet in outlets)]
    if sound is not None:
        outlets.append(_sound_outlet(sound))
    meter = LoudnessMeter()
    # Whoever looks at every frame is waited for; samples of a batch share the cores with its other work.
    decoded = decode(facts, outlets, meter, filters, AT_ONCE if step == 1 else CHEAPLY)
    picture.finish(count.frames if step > 1 else None)
    return Measurement(
        facts, decoded, meter, picture, sound, contrast, label.finish(picture.frames), _or_none(texts), _lines_of(burnt)
    )


def _burnt_watch(facts: FileFacts) -> BurntTextWatch:
    scale = BURNT_SHORT_SIDE / min(facts.width, facts.height)
    return BurntTextWatch(round(facts.width * scale / 2) * 2, round(facts.height * scale / 2) * 2, facts.width)


def _lines_of(watch: BurntTextWatch | None) -> tuple[BurntLine, ...] | None:
    return None if watch is None else tuple(watch.lines)


def _or_none(texts: Sequence[TextBox] | None) -> tuple[TextBox, ...] | None:
    return None if texts is None else tuple(texts)


def _contrast_watch(facts: FileFacts, texts: Sequence[TextBox]) -> ContrastWatch | None:
    frames = frames_to_look_at(texts, facts.times.packets)
    return ContrastWatch(texts, frames, facts.width, facts.height) if frames else None


def _small_outlet(watch: PictureWatch, size: tuple[int, int]) -> Outlet:
    chosen = f"select='not(mod(n,{watch.step}))'," if watch.step > 1 else ""
    chain = f"{chosen}extractplanes=y,scale={size[0]}:{size[1]}:flags=area"
    return Outlet("[small]", chain, _RAW_PICTURE, size[0] * size[1], watch.see)


def _count_outlet(count: FrameCount) -> Outlet:
    return Outlet("[count]", "crop=2:2:0:0,extractplanes=y", _RAW_PICTURE, 4, count.see)


def _burnt_outlet(watch: BurntTextWatch) -> Outlet:
    chain = f"select='not(mod(n,{BURNT_EVERY}))',extractplanes=y,scale={watch.width}:{watch.height}:flags=area"
    return Outlet("[burnt]", chain, _RAW_PICTURE, watch.width * watch.height, watch.see)


def _corner_outlet(watch: LabelWatch, size: tuple[int, int]) -> Outlet:
    chain = f"{SELECT},crop={size[0]}:{size[1]}:0:0,extractplanes=y"
    return Outlet("[corner]", chain, _RAW_PICTURE, size[0] * size[1], watch.see)


def _whole_outlet(watch: ContrastWatch) -> Outlet:
    wanted = "+".join(f"eq(n,{frame})" for frame in watch.frames)
    chain = f"select='{wanted}',scale=out_color_matrix=bt709:in_color_matrix=auto,format=rgb24"
    return Outlet("[whole]", chain, _RAW_PICTURE, watch.width * watch.height * 3, watch.see)


def _sound_outlet(watch: SoundWatch) -> Outlet:
    loudness = "ebur128=metadata=1:peak=true:framelog=quiet"
    printed = ",".join(f"ametadata=print:key=lavfi.r128.{key}:file={{meter}}:direct=1" for key in ("I", "true_peak"))
    chain = f"{loudness},{printed},aresample=osf=s16,aformat=sample_fmts=s16:sample_rates={watch.rate}"
    return Outlet("[0:a:0]", chain, ("-f", "s16le"), watch.chunk_bytes, watch.hear)
