"""Bulk ads watched, downloaded and handed over: put together as they are sent, counted only when they leave."""

from __future__ import annotations

import csv
import io
import zipfile

import av
import pytest
from django.core import signing
from django.test import Client

from creative.models import Ad, Batch
from creative.services.bulk import delivery
from creative.services.changes import use_card
from creative.services.storyboards import undo_change
from generation import api as generation
from generation.models import Recipe
from tests.creative.bulk_books import a_bulk_batch, order_segments, put_media
from tests.creative.views.books import a_script, a_shot, some_books


@pytest.fixture
def batch(page, books, tmp_path) -> Batch:
    a_script(books)
    made = a_bulk_batch(books, a_shot(books.advertiser, folder=tmp_path), ["ready"] * 3 + ["held"])
    order_segments(made)
    put_media(made)
    return made


@pytest.fixture
def ad(batch) -> Ad:
    return Ad.objects.get(batch=batch, position=0)


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def pictures(content: bytes) -> int:
    with av.open(io.BytesIO(content)) as container:
        return sum(1 for _ in container.decode(video=0))


def test_an_ad_is_watched_whole_and_by_ranges_and_is_not_delivered_by_that(page, ad):
    whole = page.get(f"/ads/{ad.id}/ad.mp4")
    content = body(whole)
    part = page.get(f"/ads/{ad.id}/ad.mp4", headers={"Range": "bytes=1000-1999"})

    assert (whole.status_code, whole["Content-Type"], int(whole["Content-Length"])) == (200, "video/mp4", len(content))
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 1000-1999/{len(content)}")
    assert body(part) == content[1000:2000]
    assert pictures(content) == 80
    ad.refresh_from_db()
    assert ad.delivered_at is None


def test_a_download_counts_as_delivered(page, ad):
    answer = page.get(f"/ads/{ad.id}/ad.mp4?download")

    assert "attachment" in answer["Content-Disposition"]
    ad.refresh_from_db()
    assert ad.delivered_at is not None


def test_asking_how_long_it_is_delivers_nothing(page, ad):
    answer = page.head(f"/ads/{ad.id}/ad.mp4?download")

    assert int(answer["Content-Length"]) > 10_000
    ad.refresh_from_db()
    assert ad.delivered_at is None


def test_a_held_ad_is_watched_but_not_taken_away(page, batch):
    held = Ad.objects.get(batch=batch, state="held")

    assert page.get(f"/ads/{held.id}/ad.mp4").status_code == 200
    for way in ("ad.mp4?download", "ad.zip", "ad.srt"):
        assert page.get(f"/ads/{held.id}/{way}").status_code == 404


def test_ads_that_open_alike_share_a_poster(page, batch, ad):
    answer = page.get(f"/ads/{ad.id}/poster")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert body(answer)[:2] == b"\xff\xd8"
    assert str(generation.segment_still("a1" * 32)).endswith(f"segment-{'a1' * 32}.jpg")


def test_the_player_traces_checks_and_names_a_bulk_ad(page, ad, batch):
    html = page.get(f"/ads/{ad.id}/").content.decode()

    assert "01 · 下午三点又困了？" in html
    assert '<li data-from="0" data-to="48">' in html
    assert '<li data-from="48" data-to="80">' in html
    assert "pour.mp4" in html
    assert "做好时逐段解码、看过" in html
    assert f"ProduceID: {ad.id}" in html
    assert "http://testserver/delivery/" in html
    assert f'href="/ads/{Ad.objects.get(batch=batch, position=1).id}/"' in html


def test_an_ad_whose_segments_are_gone_says_so_instead_of_failing(page, ad):
    Recipe.objects.filter(pk=ad.id).update(segment_keys=["f0" * 32, "f1" * 32])

    html = page.get(f"/ads/{ad.id}/").content.decode()
    assert "它有几段已经不在库里" in html
    assert page.get(f"/ads/{ad.id}/poster").status_code == 404


def test_captions_come_from_the_slot_plan(page, ad):
    text = page.get(f"/ads/{ad.id}/ad.srt").content.decode()

    assert text == (
        "1\n00:00:00,000 --> 00:00:01,600\n下午三点又困了？\n\n2\n00:00:01,600 --> 00:00:02,667\n点左下角。\n"
    )


def test_the_zip_of_a_batch_is_as_long_as_it_says_and_delivers_each_ad_in_it(page, batch):
    answer = page.get(f"/batches/{batch.id}/ads.zip")
    content = body(answer)
    archive = zipfile.ZipFile(io.BytesIO(content))

    assert len(content) == int(answer["Content-Length"])
    assert archive.testzip() is None
    assert sorted(archive.namelist()) == [
        "lineage.csv",
        *(f"澄夜冷萃-15-秒-0{number}.{kind}" for number in (1, 2, 3) for kind in ("mp4", "srt")),
    ]
    assert pictures(archive.read("澄夜冷萃-15-秒-02.mp4")) == 80
    rows = list(csv.DictReader(io.StringIO(archive.read("lineage.csv").decode())))
    assert {row["ad"] for row in rows} == {f"澄夜冷萃-15-秒-0{number}" for number in (1, 2, 3)}
    assert Ad.objects.exclude(delivered_at=None).count() == 3


def test_nothing_is_delivered_by_a_zip_nobody_reads(page, batch):
    page.get(f"/batches/{batch.id}/ads.zip")

    assert not Ad.objects.exclude(delivered_at=None).exists()


def test_a_batch_comes_in_parts(page, batch, monkeypatch):
    monkeypatch.setattr("creative.services.downloads.PART_ADS", 2)

    second = zipfile.ZipFile(io.BytesIO(body(page.get(f"/batches/{batch.id}/ads.zip?part=2"))))
    assert "澄夜冷萃-15-秒-03.mp4" in second.namelist()
    assert len(second.namelist()) == 3
    assert page.get(f"/batches/{batch.id}/ads.zip?part=3").status_code == 404


def test_more_than_one_zip_can_hold_comes_in_parts_alone(page, batch, monkeypatch):
    monkeypatch.setattr("creative.services.downloads.MOST_ADS", 2)

    assert page.get(f"/batches/{batch.id}/ads.zip").status_code == 404


def test_the_contact_sheet_is_one_picture_a_row_an_ad(page, batch):
    from PIL import Image

    answer = page.get(f"/batches/{batch.id}/contact-sheet.jpg")
    with Image.open(io.BytesIO(body(answer))) as sheet:
        assert sheet.size == (8 + 2 * 188, 8 + 3 * (324 + 8))


def test_a_changed_bulk_ad_is_a_version_of_its_own_and_undone_it_is_a_recipe_again(batch, ad, page):
    changed = use_card(ad, 0, "kinetic")
    assert (changed.version, changed.is_recipe, changed.choices, changed.plan["slots"][0]["shots"][0]["source"]) == (
        2,
        False,
        [],
        "card:kinetic",
    )
    assert Ad.objects.get(pk=ad.pk).state == "ready"
    lines = b"".join(page.get(f"/batches/{batch.id}/lineage.csv").streaming_content).decode().splitlines()
    assert lines[1].startswith("0,0,48,hook,下午三点又困了？,card:kinetic")

    Ad.objects.filter(pk=changed.pk).update(state="failed")
    changed.refresh_from_db()
    back = undo_change(changed)

    assert (back.version, back.is_recipe, back.choices) == (3, True, ad.choices)
    assert str(back.id) in bytes(Recipe.objects.get(pk=back.id).head).decode("latin-1")
    assert page.get(f"/ads/{back.id}/ad.mp4").status_code == 200


def test_the_storyboard_of_a_bulk_ad_shows_its_slots(page, ad):
    html = page.get(f"/ads/{ad.id}/storyboard?slot=1").content.decode()

    assert "第 2 槽，共 2 槽" in html
    assert f"/ads/{ad.id}/ad.mp4" in html


# --- the link for ad platforms -------------------------------------------------------------------


@pytest.fixture
def platform() -> Client:
    """Somebody without a cookie."""
    return Client()


def test_a_link_gives_the_signed_ad_to_whoever_has_it(platform, ad):
    answer = platform.get(delivery.link_path(ad))

    assert (answer.status_code, answer["Accept-Ranges"]) == (200, "bytes")
    assert not platform.cookies
    content = body(answer)
    assert b"c2pa" in content[:20_000]
    ad.refresh_from_db()
    assert ad.delivered_at is not None


def test_a_link_serves_ranges_and_says_the_length_without_delivering(platform, ad):
    path = delivery.link_path(ad)
    length = platform.head(path)
    ad.refresh_from_db()
    assert ad.delivered_at is None

    part = platform.get(path, headers={"Range": "bytes=-100"})
    size = int(length["Content-Length"])
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes {size - 100}-{size - 1}/{size}")
    assert len(body(part)) == 100
    assert platform.get(path, headers={"Range": f"bytes={size}-"}).status_code == 416


def test_a_false_or_foreign_link_finds_nothing(platform, ad):
    path = delivery.link_path(ad)
    token = path.split("/")[2]

    assert platform.get(f"/delivery/{token[:-2]}xx/ad-0000.mp4").status_code == 404
    assert platform.get(f"/delivery/{token}/ad-0001.mp4").status_code == 404
    assert platform.get(f"/delivery/{signing.dumps(str(ad.id))}/ad-0000.mp4").status_code == 404
    assert platform.post(path).status_code == 405


def test_a_link_ends_after_a_week_and_when_its_ad_is_held(platform, ad, monkeypatch):
    path = delivery.link_path(ad)
    Ad.objects.filter(pk=ad.pk).update(state="held")
    assert platform.get(path).status_code == 404

    Ad.objects.filter(pk=ad.pk).update(state="ready")
    monkeypatch.setattr(delivery, "LINK_SECONDS", -1)
    assert platform.get(path).status_code == 404


def test_anothers_bulk_ad_is_not_found(batch, ad, client):
    other = some_books("other")
    client.force_login(other.member.user, backend="django.contrib.auth.backends.ModelBackend")

    for path in (f"/ads/{ad.id}/ad.mp4", f"/ads/{ad.id}/poster", f"/batches/{batch.id}/ads.zip"):
        assert client.get(path).status_code == 404


def test_the_page_of_an_ad_names_its_headline(page, batch, ad):
    assert "大标题" not in page.get(f"/ads/{ad.id}/").content.decode()

    Batch.objects.update(headlines=["别硬撑", "又困了"])

    html = page.get(f"/ads/{ad.id}/").content.decode()
    assert "<dt>大标题</dt><dd>别硬撑</dd>" in html
