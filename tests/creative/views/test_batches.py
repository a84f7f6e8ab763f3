"""Batches and ads: progress, contact sheet, player, downloads, storyboard."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from creative.models import Ad, Batch, Shot
from tests.creative.views.books import a_script, a_shot, an_ad


@pytest.fixture
def shot(books, tmp_path):
    return a_shot(books.advertiser, folder=tmp_path)


@pytest.fixture
def ad(page, books, shot, tmp_path) -> Ad:
    a_script(books)
    return an_ad(books, shot, tmp_path)


def test_a_batch_shows_its_stages_and_its_ads(page, ad):
    html = page.get(f"/batches/{ad.batch_id}/").content.decode()

    assert "条可用，共 2 条" in html
    assert "下载 1 条" in html
    assert f'data-video="/ads/{ad.id}/ad.mp4"' in html
    assert "短语库写的，不是语言模型" in html


def test_a_held_ad_says_why_and_can_be_filtered(page, books, ad, shot, tmp_path):
    an_ad(books, shot, tmp_path, state="held", position=1)
    html = page.get(f"/batches/{ad.batch_id}/?show=held").content.decode()

    assert "黑屏 0.90 秒" in html
    assert "没有黑屏" in html
    assert "下午三点又困了？" in html
    assert html.count('class="ad-card"') == 1


def test_the_list_counts_ready_and_held(page, books, ad, shot, tmp_path):
    an_ad(books, shot, tmp_path, state="held", position=1)

    assert "1 / 2" in page.get("/batches/").content.decode()


def test_cancelling_leaves_ready_ads(page, ad):
    Batch.objects.update(state="running")
    page.post(f"/batches/{ad.batch_id}/cancel")

    ad.refresh_from_db()
    assert Batch.objects.get().state == "cancelled"
    assert ad.state == "ready"


def test_the_player_traces_every_frame_and_shows_checks_and_labels(page, ad):
    html = page.get(f"/ads/{ad.id}/").content.decode()

    assert '<li data-from="0" data-to="80">' in html
    assert '<li data-from="80" data-to="144">' in html
    assert "pour.mp4" in html
    assert "尾卡" in html
    assert "-14.1 LUFS" in html
    assert "第 0–64 帧，字高 58 px" in html
    assert "Trusted" in html


def test_english_readers_get_an_english_player(english, ad):
    html = english.get(f"/ads/{ad.id}/").content.decode()

    assert "Where this frame comes from" in html
    assert "End card" in html


def test_the_zip_holds_video_captions_and_lineage_of_ready_ads_alone(page, books, ad, shot, tmp_path, monkeypatch):
    an_ad(books, shot, tmp_path, state="held", position=1)
    monkeypatch.setattr("creative.services.downloads.subtitles", lambda ad: "1\n00:00:00,000 --> 00:00:02,667\n困\n")
    answer = page.get(f"/batches/{ad.batch_id}/ads.zip")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))

    assert sorted(archive.namelist()) == ["lineage.csv", "澄夜冷萃-15-秒-01.mp4", "澄夜冷萃-15-秒-01.srt"]
    rows = list(csv.DictReader(io.StringIO(archive.read("lineage.csv").decode())))
    assert [(row["from_frame"], row["to_frame"], row["source"]) for row in rows] == [
        ("0", "80", "pour.mp4"),
        ("80", "144", "card:end"),
    ]


def test_a_batch_without_ready_ads_has_nothing_to_download(page, ad):
    Ad.objects.update(state="held")

    assert page.get(f"/batches/{ad.batch_id}/ads.zip").status_code == 404


def test_the_storyboard_offers_other_clips_with_score_and_reason(page, books, shot, tmp_path):
    a_script(books)
    draft = an_ad(books, shot, tmp_path, is_draft=True)
    a_shot(books.advertiser, "other.mp4", tmp_path, role="hook")
    html = page.get(f"/briefs/{books.brief.id}/storyboard").content.decode()

    assert f"/briefs/drafts/{draft.id}/slots/0/swap" in html
    assert "other.mp4" in html
    assert "标给了这个槽位" in html
    assert "现在用着" in html


def test_undoing_a_change_puts_the_version_before_back_without_rendering(page, books, shot, tmp_path):
    a_script(books)
    first = an_ad(books, shot, tmp_path, is_draft=True)
    second = Ad.objects.create(
        advertiser=books.advertiser,
        batch=first.batch,
        position=0,
        version=2,
        replaces=first,
        plan=first.plan,
        frames=144,
    )
    page.post(f"/briefs/drafts/{second.id}/undo")

    newest = Ad.objects.order_by("-version").first()
    assert (newest.version, newest.path, newest.state, newest.job_id) == (3, first.path, "ready", None)
    assert newest.shots.count() == 2


def test_a_blocked_script_makes_no_storyboard(page, books):
    script = a_script(books)
    line = script.lines.first()
    page.post(f"/briefs/lines/{line.id}", {"text": "一瓶只要 9.9 元"})
    answer = page.post(f"/briefs/{books.brief.id}/storyboard/make", {"script": str(script.id)})

    assert answer["Location"] == f"/briefs/{books.brief.id}/script/{script.id}"
    assert not Batch.objects.exists()


def test_ordering_ads_keeps_to_what_may_be_ordered(page, books):
    script = a_script(books)
    form = {"scripts": [str(script.id)], "count": "99", "canvas": "8x8"}
    answer = page.post(f"/briefs/{books.brief.id}/order", form)

    batch = Batch.objects.get()
    assert answer["Location"] == f"/batches/{batch.id}/"
    assert (batch.requested, batch.canvas, batch.is_draft, batch.is_bulk) == (99, "1080x1920", False, False)


def test_a_finished_ad_has_a_storyboard_of_its_own(page, ad):
    shown = Shot.objects.filter(advertiser=ad.advertiser).first()
    end = shown.end_frame
    Shot.objects.create(
        advertiser=ad.advertiser, material=shown.material, start_frame=end, end_frame=end + 90, quality=0.8
    )

    html = page.get(f"/ads/{ad.id}/storyboard?slot=1").content.decode()

    assert "第 2 槽，共 2 槽" in html
    assert f"/briefs/drafts/{ad.id}/slots/1/swap" in html
    assert "回到这条" in html
    assert "order-dialog" not in html
