"""Videos and pictures: ranges for players, 404 for another's."""

from __future__ import annotations

import pytest

from creative.services.downloads import zip_ads
from tests.creative.views.books import a_script, a_shot, an_ad, some_books

CONTENT = bytes(range(256)) * 16


@pytest.fixture
def ad(page, books, tmp_path):
    a_script(books)
    return an_ad(books, a_shot(books.advertiser, folder=tmp_path), tmp_path)


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_video_comes_whole_with_its_length(page, ad):
    answer = page.get(f"/ads/{ad.id}/ad.mp4")

    assert (answer.status_code, answer["Content-Type"], answer["Accept-Ranges"]) == (200, "video/mp4", "bytes")
    assert body(answer) == CONTENT


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=4000-", 4000, 4095), ("bytes=-6", 4090, 4095), ("bytes=10-99999", 10, 4095)],
)
def test_a_range_comes_alone(page, ad, asked, first, last):
    answer = page.get(f"/ads/{ad.id}/ad.mp4", headers={"Range": asked})

    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/4096"
    assert body(answer) == CONTENT[first : last + 1]


def test_a_range_outside_the_file_is_refused(page, ad):
    answer = page.get(f"/ads/{ad.id}/ad.mp4", headers={"Range": "bytes=5000-"})

    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */4096")


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=0-1,5-6", "lines=1-2"])
def test_a_range_of_another_kind_gets_the_whole_file(page, ad, asked):
    assert page.get(f"/ads/{ad.id}/ad.mp4", headers={"Range": asked}).status_code == 200


def test_a_download_carries_a_name_people_recognise(page, ad):
    answer = page.get(f"/ads/{ad.id}/ad.mp4?download")

    assert "attachment" in answer["Content-Disposition"]
    assert "%E6%BE%84%E5%A4%9C" in answer["Content-Disposition"]


@pytest.fixture
def held(page, books, tmp_path):
    a_script(books)
    return an_ad(books, a_shot(books.advertiser, folder=tmp_path), tmp_path, state="held")


def test_a_held_ad_can_be_watched_by_its_own_member(page, held):
    assert body(page.get(f"/ads/{held.id}/ad.mp4")) == CONTENT


@pytest.mark.parametrize("way", ["ad.mp4?download", "ad.srt", "ad.zip"])
def test_a_held_ad_cannot_be_taken_away(page, held, way):
    assert page.get(f"/ads/{held.id}/{way}").status_code == 404


def test_a_held_ads_player_says_why_it_offers_no_download(page, held):
    html = page.get(f"/ads/{held.id}/").content.decode()

    assert "不能下载" in html
    assert not [way for way in ("ad.mp4?download", "ad.srt", "ad.zip") if way in html]


def test_a_ready_ads_player_offers_every_download(page, ad):
    html = page.get(f"/ads/{ad.id}/").content.decode()

    assert [way for way in ("ad.mp4?download", "ad.srt", "ad.zip") if way in html] == [
        "ad.mp4?download",
        "ad.srt",
        "ad.zip",
    ]


def test_no_zip_is_made_of_a_held_ad(held):
    with pytest.raises(ValueError, match="ready ads only"):
        zip_ads([held])


def test_a_shots_picture_is_sent_and_a_missing_file_is_not_found(page, books, tmp_path):
    there, gone = a_shot(books.advertiser, folder=tmp_path), a_shot(books.advertiser, "gone.mp4")

    assert body(page.get(f"/materials/shots/{there.id}/picture")) == b"\xff\xd8picture"
    assert page.get(f"/materials/shots/{gone.id}/picture").status_code == 404


def test_anothers_media_is_not_found(page, tmp_path):
    other = some_books("other")
    shot = a_shot(other.advertiser, folder=tmp_path)

    assert page.get(f"/materials/{shot.material_id}/video").status_code == 404
    assert page.get(f"/materials/shots/{shot.id}/picture").status_code == 404
