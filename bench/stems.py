"""Row R11: what joining stems by their packets adds to the noise of the codec, and what stems cost.

Eight slots with two lines each, over each tune; two ads take the lines in turn. Both ads
are decoded as joined and as one continuous encode of the same samples; errors are taken
against those samples, over 1,024 on each side of every join.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.run import Figure, Row, cpu_seconds
from generation.contracts import (
    PORTRAIT,
    Brand,
    MusicClip,
    SafeArea,
    SlotSpan,
    StickerClip,
    Timeline,
    Track,
    VoiceClip,
    VoiceTake,
)
from generation.sound.stems import agreed_of, loudness_of, stem_spec
from generation.sound.stems.making import Rendered, render
from generation.sound.stems.packets import PACKET_SAMPLES, decode, encode

ROLES = ("hook", "pain", "product", "proof", "proof", "benefit", "offer", "cta")
LINES = (
    ("早上八点的地铁口，你还在排队？", "一杯咖啡，要等二十分钟"),
    ("排队二十分钟，喝完已经迟到", "下午三点，眼皮又开始打架"),
    ("澄夜冷萃，倒进杯里就能喝", "三秒钟，一杯冰美式"),
    ("冷水一冲就开，不用等", "一盒七天，每天一颗"),
    ("办公室里人手一盒", "出差也能带着走"),
    ("一杯下去，整个下午都清醒", "不酸不涩，加奶也好喝"),
    ("今天下单，第二件半价", "到手价三十九块九"),
    ("点下面的链接，马上带走", "现在下单，明天就喝到"),
)
TUNES = ("bright-morning", "calm-night", "city-drive", "soft-electronic", "warm-pluck")
SLOT_FRAMES = 112


def splice_noise(small: bool, folder: Path) -> Figure:
    """R11: the worst join of spoken ads with music, in dBFS; ads without a voice and without music beside it."""
    slots = 3 if small else len(ROLES)
    takes = _takes(slots, folder)
    behind: dict[str, object] = {}
    tunes = TUNES[:1] if small else TUNES
    cases = [(f"{tune}, spoken", takes, tune) for tune in tunes]
    cases += [(f"{tune}, no voice", [], tune) for tune in tunes] + [("no music", takes, "")]
    for name, spoken, tune in cases:
        behind[name] = _measured(spoken, tune, slots)
    worst = max(behind[f"{tune}, spoken"]["worst_joined_db"] for tune in tunes)  # type: ignore[index]  # dicts above
    return Figure(worst, "dBFS", worst <= -50.0, behind)


def _takes(slots: int, folder: Path) -> list[list[VoiceTake]]:
    """Spoken by the voice that is set up, its stand-in mark taken away: a full voice ducks the music deeper."""
    from generation.engines.voiceover import speak_line

    spoken = [[speak_line(line, "zh-CN", folder) for line in lines] for lines in LINES[:slots]]
    for take in itertools.chain(*spoken):
        Path(take.path).with_suffix(".json").unlink(missing_ok=True)
    return spoken


def _ad(takes: Sequence[VoiceTake], tune: str, slots: int) -> Timeline:
    total = SLOT_FRAMES * slots
    starts = range(0, total, SLOT_FRAMES)
    spans = tuple(SlotSpan(role, "", at, at + SLOT_FRAMES) for role, at in zip(ROLES[-slots:], starts, strict=True))
    voices = tuple(
        VoiceClip(at + 4, min(at + 4 + round(take.seconds * 30), at + SLOT_FRAMES), take.path, take.sha256)
        for take, at in zip(takes, starts, strict=False)
    )
    tracks = [Track("voice", voices)] if voices else []
    if tune:
        path = Path(__file__).resolve().parents[1] / "demo" / "music" / f"{tune}.ogg"
        tracks.append(Track("music", (MusicClip(0, total, str(path), tune, tune),)))
    tracks.append(Track("sticker", (StickerClip(total - 2 * SLOT_FRAMES + 8, total - SLOT_FRAMES, "¥39.9"),)))
    return Timeline(PORTRAIT, SafeArea(0, 0, 1080, 1920), "zh-CN", total, spans, tuple(tracks), Brand("澄夜"))


def _measured(takes: Sequence[Sequence[VoiceTake]], tune: str, slots: int) -> dict[str, float]:
    ads = [_ad([lines[number] for lines in takes], tune, slots) for number in (0, 1)]
    agreed = agreed_of(ads)
    render(stem_spec(ads[0], 0, agreed))
    began = cpu_seconds()
    made = [[render(stem_spec(each, slot, agreed)) for slot in range(slots)] for each in ads]
    spent = cpu_seconds() - began
    crossed = [[made[(slot + shift) % 2][slot] for slot in range(slots)] for shift in (0, 1)]
    joins = [_joins(stems) for stems in crossed]
    levels = [loudness_of([each.levels for each in stems]) for stems in crossed]
    return {
        "worst_joined_db": round(max(joined for joined, _ in itertools.chain(*joins)), 1),
        "mean_joined_db": round(float(np.mean([joined for joined, _ in itertools.chain(*joins)])), 1),
        "worst_continuous_db": round(max(whole for _, whole in itertools.chain(*joins)), 1),
        "mean_continuous_db": round(float(np.mean([whole for _, whole in itertools.chain(*joins)])), 1),
        "lufs_off": round(max(abs(lufs + 14.0) for lufs, _ in levels), 2),
        "true_peak": round(max(peak for _, peak in levels), 2),
        "cpu_ms_per_second": round(spent / (2 * slots * SLOT_FRAMES / 30) * 1000, 1),
    }


def _joins(stems: Sequence[Rendered]) -> list[tuple[float, float]]:
    """Per join, the error as joined and as encoded in one, in dBFS."""
    mixed = np.concatenate([each.samples for each in stems])
    whole, config = encode(mixed)
    joined = decode(tuple(packet for each in stems for packet in each.packets.kept), config)[PACKET_SAMPLES:]
    continuous = decode(tuple(whole), config)[PACKET_SAMPLES : PACKET_SAMPLES + len(mixed)]
    places = np.cumsum([len(each.samples) for each in stems])[:-1]
    return [(_error(joined, mixed, at), _error(continuous, mixed, at)) for at in places]


def _error(heard: NDArray[np.floating], mixed: NDArray[np.floating], at: int) -> float:
    around = slice(at - PACKET_SAMPLES, at + PACKET_SAMPLES)
    return float(10 * np.log10(np.square(heard[around] - mixed[around]).mean() + 1e-12))


ROWS = [
    Row(
        "R11",
        "error round the joins of stems, spoken ads with music",
        "-58/-51 dBFS, one encode -69/-54",
        "<= -50 dBFS",
        splice_noise,
    )
]
