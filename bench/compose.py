"""Rows B1 and B2: what an ad and a segment cost against a pure transcode of the finished ad.

T is the CPU time of `ffmpeg -i ad.mp4` with the encoder's own options and AAC. The ad has
eight shots in mixed sizes, seven transitions (B1), twelve captions, a price sticker all
through, the AI label, an end card, voice and ducked music. Ratios are taken in turn in one
run, on noisy and on plain material; the worse counts.
"""

from __future__ import annotations

import shutil
import statistics
import wave
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.footage import make_footage
from bench.run import Figure, Row, cpu_seconds
from core.media import run_ffmpeg
from generation.contracts import (
    PORTRAIT,
    Brand,
    Canvas,
    CaptionClip,
    CardClip,
    FootageClip,
    Framing,
    LabelClip,
    MediaSource,
    MusicClip,
    SafeArea,
    SlotSpan,
    StickerClip,
    Timeline,
    Track,
    VoiceClip,
)
from generation.engines.compose import render_segment, render_timeline
from generation.engines.encoding import encoder_options
from generation.segments.specs import segment_specs
from generation.segments.store import SegmentStore

ROUNDS = 3
SLOT_FRAMES = 112
SHOTS = 8
LINES = ("早上八点的地铁口", "一杯咖啡要等二十分钟", "Pour, add water, done", "今天下单第二件半价")


def bench_ad(sources: Sequence[MediaSource], sound: Path, slot_frames: int, canvas: Canvas, border: str) -> Timeline:
    """Seven shots of footage and an end card."""
    total = slot_frames * SHOTS
    starts = range(0, total, slot_frames)
    picture = [
        FootageClip(at, at + slot_frames, sources[i % len(sources)], 8, Framing("blur" if i == 5 else "crop"))
        for i, at in enumerate(starts[:-1])
    ]
    end = CardClip(starts[-1], total, "end", ("澄夜冷萃咖啡", "立即下单", "chengye.example"))
    step = total // 12
    captions = [CaptionClip(i * step, i * step + step - 4, LINES[i % 4], emphasis=("第二件半价",)) for i in range(11)]
    slots = [SlotSpan("proof", "", at, at + slot_frames, border) for at in starts]  # type: ignore[arg-type]
    share = canvas.width / PORTRAIT.width
    safe = SafeArea(*(round(side * share) for side in (60, 150, 960, 1500)))
    voice = tuple(VoiceClip(at + 4, at + slot_frames - 8, str(sound), "v") for at in starts)
    tracks = (
        Track("picture", (*picture, end)),
        Track("caption", tuple(captions)),
        Track("sticker", (StickerClip(0, total - slot_frames, "¥39.9", "到手价"),)),
        Track("label", (LabelClip(0, 75, "AI 生成"),)),
        Track("voice", voice),
        Track("music", (MusicClip(0, total, str(sound), "m"),)),
    )
    return Timeline(canvas, safe, "zh-CN", total, tuple(slots), tracks, Brand("澄夜"))


def make_sound(path: Path, seconds: float) -> Path:
    """A mono 48 kHz WAV with the ups and downs of speech, long enough for one slot."""
    at = np.arange(int(seconds * 48000)) / 48000
    tone = sum(np.sin(2 * np.pi * pitch * at) for pitch in (180, 360, 720, 1900)) * (
        0.6 + 0.4 * np.sin(2 * np.pi * 3 * at)
    )
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, 48000, 0, "NONE", ""))
        out.writeframes((tone * 5000).astype("<i2").tobytes())
    return path


def transcode_seconds(path: Path, folder: Path) -> float:
    """T: CPU seconds of a pure transcode with the same settings."""
    options = [f for key, value in encoder_options(False).items() if key != "an" for f in (f"-{key}", str(value))]
    options = ["-c:v" if option == "-vcodec" else option for option in options]
    began = cpu_seconds()
    run_ffmpeg(["-i", str(path), *options, "-c:a", "aac", "-b:a", "128k", str(folder / "transcode.mp4")])
    return cpu_seconds() - began


def one_graph(small: bool, folder: Path) -> Figure:
    """B1: the free-form path, sound included, CPU / T."""
    behind = {kind: _graph_ratio(kind, small, folder) for kind in _kinds(small)}
    worst = max(values["ratio"] for values in behind.values())
    return Figure(worst, "x T", worst <= 1.35, behind)


def _kinds(small: bool) -> tuple[str, ...]:
    return ("plain",) if small else ("noisy", "plain")


def _graph_ratio(kind: str, small: bool, folder: Path) -> dict[str, float]:
    plan = _plan(kind, small, folder, "fade")
    pairs = []
    for turn in range(1 if small else ROUNDS):
        began = cpu_seconds()
        out = folder / f"ad-{kind}-{turn}.mp4"
        render_timeline(plan, out, folder / "work", SegmentStore(folder / "unused"))
        spent = cpu_seconds() - began
        pairs.append((spent, transcode_seconds(out, folder)))
    return _summed(pairs, plan.frames)


def _plan(kind: str, small: bool, folder: Path, border: str) -> Timeline:
    frames = 32 if small else SLOT_FRAMES
    canvas = Canvas(270, 480) if small else PORTRAIT
    sources = make_footage(folder, kind, 2 if small else 7, frames / 30 + 0.8, 4 if small else 1)
    return bench_ad(sources, make_sound(folder / "voice.wav", frames / 30), frames, canvas, border)


def _summed(pairs: Sequence[tuple[float, float]], frames: int) -> dict[str, float]:
    return {
        "ratio": round(statistics.median(ours / pure for ours, pure in pairs), 3),
        "cpu_seconds": round(statistics.median(ours for ours, _ in pairs), 2),
        "T": round(statistics.median(pure for _, pure in pairs), 2),
        "T_per_second": round(statistics.median(pure for _, pure in pairs) / frames * 30, 3),
        "rounds": len(pairs),
    }


def unique_segment(small: bool, folder: Path) -> Figure:
    """B2: CPU per output second of a segment / T per second. Footage segments and the card by themselves too."""
    behind = {kind: _segment_ratio(kind, small, folder) for kind in _kinds(small)}
    worst = max(values["ratio"] for values in behind.values())
    return Figure(worst, "x T", worst <= 1.4, behind)


def _segment_ratio(kind: str, small: bool, folder: Path) -> dict[str, float]:
    plan = _plan(kind, small, folder, "cut")
    store = SegmentStore(folder / f"store-{kind}")
    whole = render_timeline(plan, folder / "whole.mp4", folder / "work", store)
    pairs = []
    for _ in range(1 if small else ROUNDS):
        began = cpu_seconds()
        for index, spec in enumerate(segment_specs(plan)):
            render_segment(spec, folder / f"segment-{index}.mp4", folder / "work")
        pairs.append((cpu_seconds() - began, transcode_seconds(whole.path, folder)))
    shutil.rmtree(store.folder)
    card = segment_specs(plan)[-1]
    began = cpu_seconds()
    render_segment(replace(card), folder / "card.mp4", folder / "work")
    alone = (cpu_seconds() - began) / card.frames * 30
    return {**_summed(pairs, plan.frames), "card_cpu_per_second": round(alone, 3)}


ROWS = [
    Row("B1", "one ad in one graph, CPU / T", "one ffmpeg graph 1.54; moviepy 5.1", "<= 1.35", one_graph),
    Row("B2", "unique segment, CPU per second / T per second", "1.43", "<= 1.4", unique_segment),
]
