"""A process at an install's desk: orders bulk batches over a small pool and reads the books.

Run as `python -m tests.real.bulk_desk FOLDER SERVICE…` with the home in the environment. It holds the services
up and answers a line of JSON (`{"do": name, ...arguments}`) with a line of JSON until its input ends.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import django

django.setup()

from bench.bulk_pool import (
    SMALL,
    PoolSize,
    book_brief,
    book_materials,
    make_files,
    order_batch,
    pool_plan,
)
from bench.bulk_work import write_report
from core.media import run_ffmpeg
from core.processes.database import prepared_services
from core.services import ensure_sample_advertiser
from core.storage import share
from core.tasks.patience import patiently
from creative.bulk.contracts import SlotPlan
from creative.models import Ad, Batch, Shot
from creative.services.bulk import control
from creative.services.bulk.delivery import link_to
from generation.api import clip_for_slot, clip_progress, clip_result, makers, order_clip
from generation.contracts import MediaSource
from generation.models import Recipe, Segment

LOOK_SECONDS = 0.1
POOL = replace(SMALL, clips=(20, 20, 20, 20), hook_lines=2)


class Desk:
    """What may be asked of the install; every public method is an order."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._advertiser = ensure_sample_advertiser()
        self._plans: dict[str, SlotPlan] = {}
        self._files = make_files(folder, "noisy", POOL)
        for file in self._files:
            share(file.path)

    def pool(self, name: str, clips: int = 3, slots: int = 4, odd: tuple[str, ...] = ()) -> list[str]:
        """Material and slot plan of a pool that shares no segment with another; returns its files.

        Of the slots from the second on, the first choice is odd: "black", or "gone" before it is read.
        """
        roles = (*POOL.roles[:-1], *["proof"] * (slots - 4), POOL.roles[-1])
        size = replace(POOL, clips=(clips,) * slots, frames=(64,) * slots, roles=roles)
        files = [replace(file, sha256=_digest(f"{name} {file.name}")) for file in self._files]
        files += [self._odd_file(name, what) for what in odd]
        shots = book_materials(self._advertiser, files, self._folder / name, size)
        self._plans[name] = pool_plan(_odd_ones_first(shots, odd, size), size)
        return [source.path for source in files]

    def _odd_file(self, name: str, what: str) -> MediaSource:
        like = self._files[0]
        path = self._folder / f"{name}-{what}.mp4"
        picture = f"color=black:size={like.width}x{like.height}:rate=30:duration=4"
        if what == "black":
            run_ffmpeg(["-f", "lavfi", "-i", picture, "-pix_fmt", "yuv420p", str(path)])
        return replace(like, path=str(path), name=path.name, sha256=_digest(path.name), frames=80)

    def order(self, pool: str, ads: int, seed: int) -> str:
        """A batch's id."""
        plan = self._plans[pool]
        size = replace(POOL, frames=tuple(slot.frames for slot in plan.slots))
        brief = book_brief(self._advertiser, size)
        return str(order_batch(brief, plan, size, self._folder / pool, ads, seed).pk)

    def wait(self, batch: str, seconds: float = 120.0) -> dict[str, Any]:
        """The batch's state once it has ended."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.state(batch)["state"] in ("queued", "running"):
            time.sleep(LOOK_SECONDS)
        return self.state(batch)

    def state(self, batch: str) -> dict[str, Any]:
        """State, error, and how many ads are in which state for which reason."""
        row = Batch.objects.get(pk=batch)
        ads = Counter(
            f"{state}: {why}" for state, why in Ad.objects.filter(batch=row).values_list("state", "held_reason")
        )
        return {"state": row.state, "error": row.error, "ads": dict(ads)}

    def control(self, batch: str, what: str) -> Any:
        """pause, resume, cancel or retry_failed."""
        order: Callable[[Batch], Any] = getattr(control, what)
        return order(Batch.objects.get(pk=batch))

    def ads(self, batch: str) -> list[dict[str, Any]]:
        """Every ad with the segments of its recipe."""
        rows = Ad.objects.filter(batch=batch).order_by("position")
        recipes = {row.pk: row for row in Recipe.objects.filter(pk__in=[ad.pk for ad in rows])}
        return [_ad(ad, recipes.get(ad.pk)) for ad in rows]

    def segments(self, batch: str | None = None) -> dict[str, dict[str, Any]]:
        """Every segment and stem (of a batch) by key."""
        rows = Segment.objects.filter(wishes__order__group=batch).distinct() if batch else Segment.objects.all()
        fields = ("kind", "state", "verdict", "failure", "made_count", "attempts", "worker")
        return {row.key: {name: getattr(row, name) for name in fields} for row in rows}

    def report(self, batch: str, path: str) -> dict[str, Any]:
        """The report, written as the command does."""
        row = Batch.objects.get(pk=batch)
        return write_report(row, row.requested, row.seed, Path(path).parent)

    def clip(self, prompt: str, seconds: float = 120.0) -> dict[str, Any]:
        """A clip by the configured checkpoint, once somebody says that they have it."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self._usable():
            time.sleep(LOOK_SECONDS)
        request = clip_for_slot(prompt, "", ratio=(9, 16), seconds=0.3, seed=1)
        order = order_clip(self._advertiser.pk, request)
        while time.monotonic() < deadline and clip_progress(order).state in ("waiting", "running"):
            time.sleep(LOOK_SECONDS)
        how = clip_progress(order)
        assert how.state == "done", how
        made = clip_result(order)
        return {"of": self._usable(), "asked": request.frames, "frames": made.frames, "path": str(made.path)}

    def _usable(self) -> list[str]:
        return [maker.checkpoint for maker in makers(self._advertiser) if not maker.refused]

    def open_segments(self) -> int:
        """Segments and stems that a worker renders, or was told to."""
        sent = Segment.objects.filter(state="queued", dispatched_at__isnull=False)
        return sent.count() + Segment.objects.filter(state="running").count()


def _odd_ones_first(shots: list[Shot], odd: tuple[str, ...], size: PoolSize) -> list[Shot]:
    """Each odd file's shot as the first choice of a slot of its own, from the second slot on."""
    usual = [shot for shot in shots if not shot.material.name.endswith(tuple(f"-{what}.mp4" for what in odd) or "?")]
    for number, what in enumerate(odd, start=1):
        usual.insert(sum(size.clips[:number]), next(s for s in shots if s.material.name.endswith(f"-{what}.mp4")))
    return usual


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _ad(ad: Ad, recipe: Recipe | None) -> dict[str, Any]:
    return {
        "id": str(ad.pk),
        "position": ad.position,
        "state": ad.state,
        "reason": ad.held_reason,
        "choices": list(ad.choices),
        "frames": ad.frames,
        "segments": list(recipe.segment_keys) if recipe else [],
        "stems": list(recipe.stem_keys) if recipe else [],
        "url": link_to(ad) if recipe else "",
    }


def main(folder: Path, services: list[str]) -> None:
    """Services up, then answers until the input ends."""
    with prepared_services(*services):
        desk = Desk(folder)
        print(json.dumps("ready"), flush=True)
        for line in sys.stdin:
            asked = json.loads(line)
            answer = patiently(partial(getattr(desk, asked.pop("do")), **asked))
            print(json.dumps(answer, default=str), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
