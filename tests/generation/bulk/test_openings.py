"""Openings that wait together are rendered together, each booked by itself; pairs and openings pass the first look."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from core.models import Advertiser
from generation.bulk import making, openings
from generation.bulk.making import make_segments
from generation.bulk.orders import order_pieces, pause_group, verdicts_of
from generation.bulk.pieces import Piece, picture_piece
from generation.contracts import (
    Brand,
    Canvas,
    CaptionClip,
    FootageClip,
    Framing,
    HeadlineClip,
    LabelClip,
    MediaSource,
    SafeArea,
    SlotSpan,
    Timeline,
    Track,
)
from generation.engines.compose import style_versions
from generation.models import Segment
from generation.segments.installed import segment_store
from tests.generation.engines.conftest import write_footage

pytestmark = pytest.mark.django_db
WORDS = ("又困了", "别硬撑", "冰着喝")


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> MediaSource:
    made = write_footage(tmp_path_factory.mktemp("clip") / "clip.mp4", 120, 360, 640)
    return replace(made, sha256=uuid.uuid4().hex * 2)


@pytest.fixture
def sent(monkeypatch):
    monkeypatch.setattr(making, "dispatch", lambda: 0)
    monkeypatch.setattr(making, "answer_ready", lambda: None)


def timeline(clip: MediaSource, headline: str = "", border: str = "cut") -> Timeline:
    """Two slots of 64 frames; label over the first, a caption across its end."""
    tracks = [
        Track("picture", (FootageClip(0, 64, clip, 0, Framing()), FootageClip(64, 128, clip, 50, Framing()))),
        Track("caption", (CaptionClip(20, 64, "拧开就能喝"),)),
        Track("label", (LabelClip(0, 64, "AI生成"),)),
    ]
    if headline:
        tracks.append(Track("sticker", (HeadlineClip(0, 32, headline),)))
    slots = (SlotSpan("hook", "", 0, 64, border), SlotSpan("cta", "", 64, 128))
    brand, safe = Brand("澄夜"), SafeArea(20, 50, 340, 530)
    return Timeline(Canvas(360, 640), safe, "zh-CN", 128, slots, tuple(tracks), brand)


def piece(of: Timeline, first: int, last: int) -> Piece:
    return picture_piece(of, (first, last), True, style_versions(True))


def order(pieces: list[Piece]) -> list[str]:
    advertiser, _ = Advertiser.objects.get_or_create(slug="aa", defaults={"name": "A"})
    keys, number = [each.key for each in pieces], uuid.uuid4()
    order_pieces(advertiser, number, number, keys, pieces, "creative.take_segments")
    return keys


def made() -> set[str]:
    return set(Segment.objects.filter(state="done").values_list("pk", flat=True))


def test_openings_of_one_picture_are_rendered_together(clip, sent, monkeypatch):
    calls = []
    real = openings.render_openings
    monkeypatch.setattr(
        openings, "render_openings", lambda heads, *more: calls.append(len(heads)) or real(heads, *more)
    )
    keys = order([piece(timeline(clip, words), 0, 32) for words in WORDS])
    rest = order([piece(timeline(clip), 32, 64)])

    make_segments(keys[:1])

    assert calls == [3]
    assert made() == set(keys)
    assert {state for state, _ in verdicts_of(keys).values()} == {"ok"}, verdicts_of(keys)
    spent = Segment.objects.filter(pk__in=keys).values_list("cpu_seconds", flat=True)
    assert all(seconds > 0 for seconds in spent)
    assert all(segment_store().get(key) for key in keys)
    assert verdicts_of(rest)[rest[0]] == ("open", "")


def test_an_opening_that_is_there_is_only_booked(clip, sent, monkeypatch):
    [key] = order([piece(timeline(clip, WORDS[0]), 0, 32)])
    make_segments([key])
    Segment.objects.update(state="queued", verdict="")
    monkeypatch.setattr(openings, "render_openings", None)

    make_segments([key])

    assert made() == {key}


def test_a_headline_that_does_not_fit_fails_alone_and_says_why(clip, sent):
    keys = order([piece(timeline(clip, words), 0, 32) for words in (WORDS[1] * 30, WORDS[1])])

    make_segments(keys[:1])

    assert verdicts_of(keys)[keys[1]] == ("ok", "")
    state, reason = verdicts_of(keys)[keys[0]]
    assert state == "failed"
    assert "too long to be read" in reason


def test_openings_of_a_paused_batch_wait(clip, sent):
    [key] = order([piece(timeline(clip, WORDS[0]), 0, 32)])
    [other] = order([piece(timeline(clip, WORDS[2]), 0, 32)])
    for row in Segment.objects.get(pk=other).wishes.select_related("order"):
        pause_group(row.order.group, True)

    make_segments([key])

    assert other not in made()


@pytest.mark.parametrize("border", ["fade", "slide"])
def test_a_pair_passes_its_first_look_though_the_label_ends_inside(clip, sent, border):
    of = timeline(clip, border=border)
    keys = order([piece(of, 0, 48), piece(of, 48, 80), piece(of, 80, 128)])

    make_segments(keys)

    assert verdicts_of(keys) == dict.fromkeys(keys, ("ok", ""))
    assert [segment_store().get(key).frames for key in keys] == [48, 32, 48]
