"""A small bulk batch in the books: two slots, three openings, two closings; with its media where a test plays it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from core.contracts import dump
from creative.bulk.contracts import BulkLine, Choice, SlotPlan, SlotPool, Stretch, Tune
from creative.contracts import CardPlan, PlannedShot
from creative.models import Ad, Batch, BatchChunk, BatchEvent, Shot
from creative.services.bulk.chunks import reassemble
from creative.services.bulk.pieces import PieceKeys
from generation.models import Segment, SegmentOrder, SegmentWish
from generation.segments.installed import segment_store
from generation.segments.store import SegmentFacts, SegmentStore, StemFacts
from generation.sound.stems import Levels
from tests.creative.views.books import READY_AT, Books
from tests.generation.assembly.pieces import ad_sound, cut_stem, sound_index, write_segment

HOOK_FRAMES, CTA_FRAMES = 48, 32
LINES = ("下午三点又困了？", "还在喝速溶？")
PICTURES = (("a1" * 32, "a2" * 32, "a3" * 32), ("b1" * 32, "b2" * 32))
SOUNDS = (("c1" * 32, "c2" * 32), ("d1" * 32,))
QUIET = Levels((-13.31,) * 64, -2.0)
"""A stem that says of itself to be just as loud as an ad has to be."""


def a_slot_plan(shot: Shot) -> SlotPlan:
    """Openings: either line over the first half of the shot, or the first line over its end. Closings: shot or card."""

    def over(line: int, start: int, frames: int) -> Choice:
        planned = PlannedShot(shot.material.name, frames, start, str(shot.id), None, 0.8, ("words",))
        return Choice(line, (planned,), (Stretch("a" * 64, start, frames, "look-1"),))

    card = CardPlan("end", ("澄夜冷萃", "点左下角", ""), "¥39.9")
    closing = Choice(0, (PlannedShot("card:end", CTA_FRAMES, card=card),), (Stretch("card:end", 0, CTA_FRAMES, "c"),))
    hooks = tuple(BulkLine(text, (), (), None) for text in LINES)
    return SlotPlan(
        slots=(
            SlotPool("hook", HOOK_FRAMES, hooks, (over(0, 0, HOOK_FRAMES), over(1, 0, HOOK_FRAMES), over(0, 60, 48))),
            SlotPool("cta", CTA_FRAMES, (BulkLine("点左下角。", ("cta",), (), None),), (over(0, 10, 32), closing)),
        ),
        tunes=(Tune("/nowhere/city-drive.ogg", "e" * 64, "city-drive"),),
        language="zh-CN",
        degraded=("script:phrasebook",),
    )


def a_bulk_batch(books: Books, shot: Shot, states: Sequence[str] = ("ready",) * 6, **changes: object) -> Batch:
    """A batch with one ad of each of `states`; ready and held ones are recipes in name."""
    plan = a_slot_plan(shot)
    figures = {
        "plan_key": "k" * 64,
        "capacity": 6,
        "clips": 1,
        "planned": len(states),
        "ad_frames": plan.frames,
        "advice": [{"role": "hook", "more": 5, "ads": 900}],
        "worst_pair": {"similarity": 0.42, "first": 0, "second": 1},
    }
    values: dict[str, object] = {
        "requested": len(states),
        "state": "done",
        "is_bulk": True,
        "policy": "strict",
        "slot_plan": dump(plan),
        "piece_keys": dump(PieceKeys(PICTURES, tuple(tuple((key,) for key in slot) for slot in SOUNDS))),
        "figures": figures,
    }
    batch = Batch.objects.create(advertiser=books.advertiser, brief=books.brief, **(values | changes))
    Ad.objects.bulk_create(_ad(batch, number, state) for number, state in enumerate(states))
    BatchChunk.objects.create(batch=batch, first_position=0, count=len(states), is_ready=True, state="done")
    BatchEvent.objects.create(batch=batch, what="ordered", detail={"count": len(states)})
    return batch


def _ad(batch: Batch, number: int, state: str) -> Ad:
    return Ad(
        advertiser_id=batch.advertiser_id,
        batch=batch,
        position=number,
        choices=[number % 3, number // 3 % 2],
        tune=0,
        frames=HOOK_FRAMES + CTA_FRAMES,
        state=state,
        is_recipe=state in ("ready", "held"),
        held_reason="black for 0.90 s at frame 12" if state == "held" else "no picture" if state == "failed" else "",
        ended_at=READY_AT if state in ("ready", "held", "failed") else None,
    )


def order_segments(batch: Batch, done: int = 8) -> None:
    """The batch's wishes in the books of segments, the first `done` of them made."""
    chunk = batch.chunks.get()
    order = SegmentOrder.objects.create(
        id=chunk.id, advertiser_id=batch.advertiser_id, group=batch.id, reply_to="creative.take_segments"
    )
    pictures = [key for slot in PICTURES for key in slot]
    keys = [*pictures, *(key for slot in SOUNDS for key in slot)]
    for rank, key in enumerate(keys):
        kind, frames = ("picture" if key in pictures else "sound"), HOOK_FRAMES if key[0] in "ac" else CTA_FRAMES
        state, verdict = ("done", "ok") if rank < done else ("queued", "")
        segment, _ = Segment.objects.get_or_create(
            key=key, defaults={"kind": kind, "spec": {}, "frames": frames, "state": state, "verdict": verdict}
        )
        SegmentWish.objects.create(order=order, segment=segment, rank=rank)


def put_media(batch: Batch) -> None:
    """Tiny segments and stems in the install's store, and the recipes of the batch's ready and held ads."""
    store = segment_store()
    with tempfile.TemporaryDirectory() as folder:
        for number, key in enumerate(PICTURES[0]):
            _put_picture(store, Path(folder), key, 100 * number, HOOK_FRAMES)
        for number, key in enumerate(PICTURES[1]):
            _put_picture(store, Path(folder), key, 500 + 100 * number, CTA_FRAMES)
        for key in SOUNDS[0]:
            _put_sound(store, Path(folder), key, 0, HOOK_FRAMES)
        _put_sound(store, Path(folder), SOUNDS[1][0], HOOK_FRAMES, CTA_FRAMES)
    for ad in Ad.objects.filter(batch=batch, is_recipe=True).select_related("batch__brief", "batch__advertiser"):
        reassemble(ad)


def _put_picture(store: SegmentStore, folder: Path, key: str, first: int, frames: int) -> None:
    if store.get(key) is None:
        path = folder / f"{key}.mp4"
        write_segment(path, first, frames)
        store.put(key, path, SegmentFacts(frames, (), 1.0))


def _put_sound(store: SegmentStore, folder: Path, key: str, start: int, frames: int) -> None:
    if store.get(key) is None:
        packets, config = cut_stem(ad_sound(HOOK_FRAMES + CTA_FRAMES, ()), start, frames)
        path = folder / f"{key}.aac"
        path.write_bytes(b"".join(packets))
        index = sound_index(frames, [len(packet) for packet in packets], config)
        levels = Levels(QUIET.power_db[:frames], QUIET.true_peak).to_json()
        store.put(key, path, SegmentFacts(frames, (), 0.1, StemFacts(index, levels)))
