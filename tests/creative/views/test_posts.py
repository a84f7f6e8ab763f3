"""Posts booked on the pages of an ad and of a material."""

from __future__ import annotations

from creative.services.posts import parts_of_ad
from generation import api as generation
from generation.contracts import VideoPart
from generation.models import PostedVideo
from tests.creative.views.books import a_shot, an_ad

SHA = "c" * 64


def an_ad_of_footage(books, **changes):
    shot = a_shot(books.advertiser)
    shot.material.sha256 = SHA
    shot.material.save()
    return an_ad(books, shot, **changes)


def test_an_ad_is_booked_with_the_files_it_shows(page, books):
    ad = an_ad_of_footage(books)

    page.post(f"/ads/{ad.id}/posts", {"post": "https://www.douyin.com/video/7412"})

    assert parts_of_ad(ad) == [VideoPart(SHA, 0, 80, 0)]
    row = PostedVideo.objects.get()
    assert (row.post, row.made_from) == ("7412", ad.id)
    assert row.parts == [{"sha256": SHA, "start_frame": 0, "end_frame": 80, "source_start_frame": 0}]
    html = page.get(f"/ads/{ad.id}/").content.decode()
    assert f"/ads/{ad.id}/posts/{row.pk}/remove" in html


def test_a_post_is_taken_off_the_books(page, books):
    ad = an_ad_of_footage(books)
    page.post(f"/ads/{ad.id}/posts", {"post": "7412"})

    page.post(f"/ads/{ad.id}/posts/{PostedVideo.objects.get().pk}/remove")

    assert not PostedVideo.objects.exists()


def test_a_short_link_is_refused_with_the_way_out(english, books):
    ad = an_ad_of_footage(books)

    html = english.post(f"/ads/{ad.id}/posts", {"post": "https://v.douyin.com/iabc/"}, follow=True).content.decode()

    assert "open it, and copy the address it leads to" in html
    assert not PostedVideo.objects.exists()


def test_an_ad_that_is_held_cannot_be_booked(page, books):
    ad = an_ad_of_footage(books, state="held")

    assert page.post(f"/ads/{ad.id}/posts", {"post": "7412"}).status_code == 404
    assert f"/ads/{ad.id}/posts" not in page.get(f"/ads/{ad.id}/").content.decode()


def test_posts_that_viewers_ask_about_are_offered(page, books):
    generation.shown_under(books.advertiser.id, ["@9Vw"])

    html = page.get(f"/ads/{an_ad_of_footage(books).id}/").content.decode()

    assert '<option value="@9Vw"></option>' in html
