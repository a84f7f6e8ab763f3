"""Home: what waits for a person stands first; empty states say what to do."""

from __future__ import annotations

import pytest

from creative.models import Batch
from tests.creative.views.books import a_script, a_shot, an_ad, some_books


@pytest.fixture
def books(db):
    return some_books()


@pytest.fixture
def page(books, client):
    client.force_login(books.member.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_new_advertiser_is_told_what_to_do(page):
    html = page.get("/").content.decode()

    assert "林舒" in html
    assert "选一条参考" in html
    assert "还没有成片。做好的会放在这里，点开就播。" in html


def test_a_blocked_line_waits_with_its_reason_and_leads_to_the_line(page, books):
    script = a_script(books)
    page.post(f"/briefs/lines/{script.lines.first().id}", {"text": "一瓶只要 9.9 元"})
    html = page.get("/").content.decode()

    assert "放行前要改 1 句" in html
    assert f"/briefs/{books.brief.id}/script/{script.id}#line-1" in html
    assert '<span class="rail-count"' in html


def test_ready_ads_play_and_footage_says_what_it_carries(page, books, tmp_path):
    a_script(books)
    ad = an_ad(books, a_shot(books.advertiser, folder=tmp_path), tmp_path)
    html = page.get("/").content.decode()

    assert f'data-video="/ads/{ad.id}/ad.mp4"' in html
    assert "1 个文件里有 1 个可用镜头，0 个已用进成片。" in html
    assert "最缺的是开场" in html


def test_work_under_way_shows_done_of_all(page, books, tmp_path):
    a_script(books)
    an_ad(books, a_shot(books.advertiser, folder=tmp_path), tmp_path)
    Batch.objects.update(state="running")

    assert "1 / 2" in page.get("/").content.decode()


def test_search_jumps_to_briefs_materials_and_references(page, books):
    a_shot(books.advertiser, "冷萃-倒.mp4")
    html = page.get("/search?q=冷萃").content.decode()

    assert f"/briefs/{books.brief.id}/" in html
    assert "冷萃-倒.mp4" in html


def test_a_search_without_hits_says_so(page):
    assert "没有叫“龙井”的。" in page.get("/search?q=龙井").content.decode()
