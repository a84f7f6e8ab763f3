"""Posts booked on the pages of an ad and of a material."""

from __future__ import annotations

import pytest

from core.errors import InputError
from creative.management.commands.book_posts import Command
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


def test_a_draft_cannot_be_booked_as_its_page_offers_no_way_to(page, books, tmp_path):
    draft = an_ad_of_footage(books, is_draft=True)
    table = tmp_path / "posts.csv"
    table.write_text(f"{draft.id},7412\n", encoding="utf-8")

    assert page.post(f"/ads/{draft.id}/posts", {"post": "7412"}).status_code == 404
    with pytest.raises(InputError, match="is no finished ad in the books of this install"):
        Command().work(table=table)
    assert not PostedVideo.objects.exists()


def test_a_post_with_signs_that_cannot_be_seen_is_refused(english, books):
    ad = an_ad_of_footage(books)

    html = english.post(f"/ads/{ad.id}/posts", {"post": "74\x0012"}, follow=True).content.decode()

    assert "is the number of the post, or its address" in html
    assert not PostedVideo.objects.exists()


def test_posts_that_viewers_ask_about_are_offered(page, books):
    generation.shown_under(books.advertiser.id, ["@9Vw"])

    html = page.get(f"/ads/{an_ad_of_footage(books).id}/").content.decode()

    assert '<option value="@9Vw"></option>' in html


def test_a_table_books_many_at_once(books, tmp_path, capsys):
    first = an_ad_of_footage(books)
    table = tmp_path / "posts.csv"
    table.write_text(f"ad,post\n{first.id}, 7412\n\n{first.id},https://www.douyin.com/video/7413\n", encoding="utf-8")

    Command().work(table=table)

    assert capsys.readouterr().out.splitlines() == [f"7412 {first.id}", f"7413 {first.id}"]
    assert [row.post for row in generation.posts_of(books.advertiser, first.id)] == ["7412", "7413"]


def test_a_wrong_line_of_the_table_is_named(books, tmp_path):
    table = tmp_path / "posts.csv"
    table.write_text("nothing.mp4,7412\n", encoding="utf-8")

    with pytest.raises(InputError) as refused:
        Command().work(table=table)
    assert str(refused.value) == "line 1: nothing.mp4 is neither the file of an ad nor its id"


def test_a_table_that_excel_saved_in_chinese_is_read(books, tmp_path, capsys):
    ad = an_ad_of_footage(books)
    table = tmp_path / "posts.csv"
    table.write_bytes(f"ad,post\r\n{ad.id},店铺.example/夏天\r\n".encode("gb18030"))

    Command().work(table=table)

    assert capsys.readouterr().out.splitlines() == [f"店铺.example/夏天 {ad.id}"]


def test_a_line_that_is_no_csv_is_named(books, tmp_path):
    table = tmp_path / "posts.csv"
    table.write_text("\nad," + "7" * 200_000 + "\n", encoding="utf-8")

    with pytest.raises(InputError, match="line 2: cannot be read as CSV"):
        Command().work(table=table)
