"""Ads of a batch that fades and has headlines: which segments they ask for, and that they come together whole."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from core.contracts import dump, load
from creative.bulk.contracts import Mix, PairBorder, SlotPlan
from creative.bulk.spans import picture_spans
from creative.models import Ad, Batch, BatchChunk
from creative.services.bulk import chunks
from creative.services.bulk.chunks import assemble_chunk
from creative.services.bulk.pieces import PieceKeys, PieceMaker
from creative.services.bulk.report import lineage_lines
from generation import api as generation
from generation.models import Recipe, Segment, SegmentWish
from generation.segments.installed import segment_store
from generation.segments.store import SegmentFacts
from tests.creative.bulk.slot_plans import half_minute
from tests.creative.bulk.test_plans import LOOK, sources_of
from tests.creative.bulk_books import PICTURES, SOUNDS, a_bulk_batch, a_slot_plan, order_segments, put_media
from tests.creative.views.books import a_shot, some_books
from tests.generation.assembly.pieces import write_segment

HEADLINES = ("又困了", "别硬撑")


def no_sounds(monkeypatch) -> None:
    """Stems want voices that were spoken; here only pictures are asked for."""
    monkeypatch.setattr(PieceMaker, "_sound_key", lambda maker, slot, choice, tune: f"stem-{slot}")


def test_a_batch_asks_for_each_pair_and_each_opening_once(monkeypatch):
    no_sounds(monkeypatch)
    plan = replace(half_minute(transition="fade"), pairs=(PairBorder(6),))
    wished = Batch(headlines=list(HEADLINES), canvas="1080x1920")
    maker = PieceMaker(wished, plan, sources_of(plan), LOOK)
    mixes = [Mix((0,) * 8), Mix((0, *(1,) * 7)), Mix((0,) * 8), Mix((0, *(1,) * 6, 0))]

    keys, pieces = maker.needs(mixes)

    names = set(maker.keys().spans)
    heads = {name for name in names if name.endswith(HEADLINES)}
    pairs = {name for name in names if "+" in name}
    assert (len(heads), len(pairs)) == (2, 3)
    assert len(pieces) == len({piece.key for piece in pieces}) == len([key for key in keys if "stem" not in key])
    assert maker.needs(mixes)[1] == []


def test_another_batch_of_the_plan_asks_for_new_openings_alone(monkeypatch):
    no_sounds(monkeypatch)
    plan = replace(half_minute(transition="fade"), pairs=(PairBorder(6),))
    sources = sources_of(plan)
    first = PieceMaker(Batch(headlines=["又困了"], canvas="1080x1920"), plan, sources, LOOK)
    first.needs([Mix((0,) * 8)])
    known = load(PieceKeys, dump(first.keys()))

    second = PieceMaker(Batch(headlines=["冰着喝"], canvas="1080x1920"), plan, sources, LOOK, known)
    _, pieces = second.needs([Mix((0,) * 8)])

    assert [piece.frames for piece in pieces] == [48]


def test_keys_of_a_batch_before_there_were_spans_are_read():
    payload = dump(PieceKeys((("a",),), ((("s",),),)))
    del payload["spans"]

    assert load(PieceKeys, payload).spans == {}


@pytest.fixture
def batch(db, monkeypatch) -> Batch:
    """Six planned ads under two headlines, all their segments there: slots of 48 and 32 frames, paired."""
    monkeypatch.setattr(chunks, "send", lambda task, arguments: True)
    monkeypatch.setattr(generation, "dispatch_segments", lambda: 0)
    monkeypatch.setattr(chunks, "_look_at_samples", lambda *_: None)
    books = some_books()
    shot = a_shot(books.advertiser)
    plan = replace(a_slot_plan(shot), transition="fade", pairs=(PairBorder(0, 2),))
    made = a_bulk_batch(
        books, shot, ("planned",) * 6, state="running", is_draft=True, slot_plan=dump(plan), headlines=list(HEADLINES)
    )
    order_segments(made)
    put_media(made)
    _put_spans(made, plan)
    BatchChunk.objects.update(state="queued")
    return made


def _put_spans(batch: Batch, plan: SlotPlan) -> None:
    ads = Ad.objects.filter(batch=batch).order_by("position")
    spans = {
        span.name: span
        for ad in ads
        for span in picture_spans(plan, ad.choices, HEADLINES[ad.position % len(HEADLINES)])
    }
    keys = {name: f"{number:02x}" * 32 for number, name in enumerate(spans)}
    order = batch.chunks.get().id
    with tempfile.TemporaryDirectory() as folder:
        for name, span in spans.items():
            path = Path(folder) / "span.mp4"
            write_segment(path, span.first, span.last - span.first)
            segment_store().put(keys[name], path, SegmentFacts(span.last - span.first, (), 1.0))
            Segment.objects.create(key=keys[name], kind="picture", spec={}, frames=16, state="done", verdict="ok")
            SegmentWish.objects.create(order_id=order, segment_id=keys[name], rank=99)
    stems = tuple(tuple((key,) for key in slot) for slot in SOUNDS)
    Batch.objects.filter(pk=batch.pk).update(piece_keys=dump(PieceKeys(PICTURES, stems, keys)))


def test_ads_come_together_of_openings_pairs_and_what_they_leave(batch):
    assemble_chunk(str(batch.chunks.get().pk))

    assert set(Ad.objects.values_list("state", "held_reason")) == {("ready", "")}
    # Choices add up to an even number in every second mix: head, rest, pair, end; the others cut there.
    segments = [len(keys) for keys in Recipe.objects.values_list("segment_keys", flat=True)]
    assert sorted(set(segments)) == [4, 5]
    assert {len(keys) for keys in Recipe.objects.values_list("stem_keys", flat=True)} == {2}


def test_the_lineage_follows_the_segments_and_names_the_headline(batch):
    batch.refresh_from_db()
    rows = [row for row in lineage_lines(batch) if row[0] == 0]

    assert [(row[1], row[2], row[3], row[6], row[8]) for row in rows] == [
        (0, 16, "hook", 0, "又困了"),
        (16, 32, "hook", 16, ""),
        (32, 48, "hook", 32, ""),
        (48, 64, "cta", 10, ""),
        (64, 80, "cta", 26, ""),
    ]
    assert rows[2][7] == rows[3][7]


def test_a_contact_sheet_has_one_picture_a_slot(batch):
    from generation.bulk.stills import _slot_keys

    assemble_chunk(str(batch.chunks.get().pk))

    for pictures, sounds in Recipe.objects.values_list("segment_keys", "stem_keys"):
        shown = _slot_keys(pictures, sounds)
        assert len(shown) == 2
        assert set(shown) <= set(pictures)
