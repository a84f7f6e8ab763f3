"""The pool of the bulk rows: six slots of many clips and a few musics, handed to the system as a ready slot plan.

A few noisy (or plain) files are repeated to be long enough; every choice is a stretch of its own, so that
every segment is rendered for itself. Contents repeat, keys do not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.footage import make_footage
from core.contracts import dump
from core.media import run_ffmpeg
from core.models import Advertiser
from creative.brief import brief_from_need
from creative.bulk.contracts import BulkLine, Choice, Policy, SlotPlan, SlotPool, Stretch, Tune
from creative.contracts import PlannedShot, Role
from creative.models import Batch, Brief, Material, Shot
from creative.music import shipped_music
from creative.services.batches import send_plan
from creative.services.briefs import save_brief
from creative.services.speaking import as_spoken
from generation import api as generation
from generation.contracts import FPS, MediaSource, Understanding

ROLES: tuple[Role, ...] = ("hook", "pain", "selling_point", "proof", "offer", "cta")
LINES = {
    "hook": ("又是犯困的下午？", "早上八点的地铁口", "一杯咖啡等二十分钟？"),
    "pain": ("越喝越苦，谁受得了。",),
    "selling_point": ("冰水慢泡，回甘清甜。",),
    "proof": ("你看，干干净净。",),
    "offer": ("第二件半价。",),
    "cta": ("带一瓶走。",),
}

MOTION = 0.5
"""All of the footage moves; what stands still would be approached, which costs another filter."""


@dataclass(frozen=True)
class PoolSize:
    """What a pool is made of. Frames at 30 fps; `divide` shrinks canvas and footage by so much a side.

    `files` short files of `file_seconds` are repeated to be long enough for all clips.
    """

    frames: tuple[int, ...]
    clips: tuple[int, ...]
    tunes: int
    ads: int
    divide: int = 1
    hook_lines: int = 3
    policy: Policy = "strict"
    roles: tuple[Role, ...] = ROLES
    files: int = 7
    file_seconds: float = 7.0
    is_draft: bool = False

    @property
    def canvas(self) -> str:
        return f"{1080 // self.divide // 2 * 2}x{1920 // self.divide // 2 * 2}"

    @property
    def longest(self) -> int:
        """Frames of source each clip has: the longest slot and a little room."""
        return max(self.frames) + 16

    @property
    def seconds(self) -> float:
        return sum(self.frames) / FPS


FULL = PoolSize((144, 160, 160, 160, 128, 144), (20, 20, 20, 20, 20, 10), 4, 1000)
MEDIUM = replace(FULL, clips=(3, 2, 2, 2, 2, 2), tunes=2, ads=100, policy="off")
"""A tenth of the clips and of the ads."""

SMALL = PoolSize(
    frames=(64, 64, 64, 64),
    clips=(2, 2, 2, 2),
    tunes=1,
    ads=24,
    divide=3,
    hook_lines=1,
    policy="off",
    roles=("hook", "selling_point", "offer", "cta"),
    files=2,
    file_seconds=4.0,
    is_draft=True,
)
THIN = replace(FULL, divide=3)
"""All the clips and ads of the full pool in small pictures: for what does not depend on pixels."""

SIZES = {"small": SMALL, "thin": THIN, "medium": MEDIUM, "full": FULL}


def make_files(folder: Path, kind: str, size: PoolSize) -> list[MediaSource]:
    """Files long enough for all stretches of the pool, each a short one said over and over."""
    places = -(-sum(size.clips) // size.files)
    repeats = -(-places * size.longest // round(size.file_seconds * FPS))
    short = make_footage(folder, kind, size.files, size.file_seconds, size.divide)
    return [_repeated(source, repeats) for source in short]


def _repeated(source: MediaSource, times: int) -> MediaSource:
    path = Path(source.path)
    long = path.with_name(f"long-{path.name}")
    run_ffmpeg(["-stream_loop", str(times - 1), "-i", str(path), "-c", "copy", str(long)], timeout_seconds=300)
    sha256 = hashlib.sha256(str(source.name).encode()).hexdigest()
    return replace(source, path=str(long), sha256=sha256, name=long.name, frames=source.frames * times)


def book_materials(advertiser: Advertiser, files: Sequence[MediaSource], folder: Path, size: PoolSize) -> list[Shot]:
    """The files as ready materials, as if they had been imported, with a shot for every choice of the pool."""
    shots = []
    for source in files:
        whole = Understanding(source, "video", source.frames / FPS, False, ())
        material = Material.objects.create(
            advertiser=advertiser,
            folder=str(folder),
            name=source.name,
            sha256=source.sha256,
            media="video",
            state=Material.State.READY,
            understanding=dump(whole),
            seconds=whole.seconds,
        )
        shots += [
            Shot(advertiser=advertiser, material=material, start_frame=at, end_frame=at + size.longest, motion=MOTION)
            for at in range(0, source.frames - size.longest + 1, size.longest)
        ]
    # Neighbours in a pool come from different files.
    return sorted(Shot.objects.bulk_create(shots), key=lambda shot: (shot.start_frame, shot.material.name))


def pool_plan(shots: Sequence[Shot], size: PoolSize) -> SlotPlan:
    """Every choice a shot of its own; slots with several lines take them in turn."""
    left = iter(shots)
    slots = []
    for role, frames, clips in zip(size.roles, size.frames, size.clips, strict=True):
        lines = _lines(role, size, shots[0].advertiser)
        choices = tuple(_choice(next(left), frames, number % len(lines)) for number in range(clips))
        slots.append(SlotPool(role, frames, lines, choices))
    tunes = tuple(Tune(each.path, each.sha256, each.name) for each in shipped_music()[: size.tunes])
    return SlotPlan(tuple(slots), tunes, "zh-CN")


def _lines(role: Role, size: PoolSize, advertiser: Advertiser) -> tuple[BulkLine, ...]:
    takes = [
        (text, generation.speak_line(text, "zh-CN", advertiser=advertiser)) for text in LINES[role][: size.hook_lines]
    ]
    return tuple(BulkLine(text, (), (), as_spoken(take)) for text, take in takes)


def _choice(shot: Shot, frames: int, line: int) -> Choice:
    shown = PlannedShot(shot.material.name, frames, shot.start_frame, str(shot.id))
    return Choice(line, (shown,), (Stretch(shot.material.sha256, shot.start_frame, frames, str(shot.id)),))


def book_brief(advertiser: Advertiser, size: PoolSize) -> Brief:
    """A brief of about the pool's length."""
    need = f"{max(8, round(size.seconds))} 秒，澄夜冷萃咖啡，39.9 元，第二件半价，上班族，快手"
    return save_brief(advertiser, brief_from_need(need))


def order_batch(
    brief: Brief, plan: SlotPlan, size: PoolSize, folder: Path, ads: int, seed: int, policy: Policy | None = None
) -> Batch:
    """A bulk batch whose slot plan is this one, sent off to be planned."""
    batch = Batch.objects.create(
        advertiser=brief.advertiser,
        brief=brief,
        requested=ads,
        seed=seed,
        canvas=size.canvas,
        is_draft=size.is_draft,
        folder=str(folder),
        is_bulk=True,
        policy=policy or size.policy,
        slot_plan=dump(plan),
    )
    send_plan(batch)
    return batch
