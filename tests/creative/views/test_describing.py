"""What a file shows: looked at, put right by a member, and only then quoted."""

from __future__ import annotations

from django.utils import timezone

from core.contracts import dump
from core.llm import gateway
from core.models import Advertiser
from creative.models import Material
from generation import api as generation
from generation.contracts import Box, ShotDescription, VideoDescription, VideoReply
from generation.models import Description
from tests.creative.views.books import a_shot

SHOWS = "/materials/{}/shows"


def described(advertiser: Advertiser) -> Material:
    """A video of two shots, looked at and not yet looked over."""
    material = a_shot(advertiser).material
    material.sha256 = "c" * 64
    material.save()
    shots = (
        ShotDescription(0, 60, "一只手把牛奶倒进咖啡", ("牛奶",), subtitles=(Box(0.1, 0.8, 0.8, 0.06),)),
        ShotDescription(60, 90, "女生在窗边喝咖啡"),
    )
    found = VideoDescription("c" * 64, "zh-CN", "窗边的咖啡", "IMG_2043", "喝咖啡。", shots, model="looker")
    Description.objects.create(advertiser=advertiser, sha256="c" * 64, title=found.title, found=dump(found))
    return material


def test_a_file_nobody_looked_at_offers_to_look(page, books):
    material = a_shot(books.advertiser).material

    html = page.get(SHOWS.format(material.id)).content.decode()

    assert "还没有人看过这个文件" in html


def test_each_shot_shows_its_caption_and_boxes_and_the_better_title(page, books):
    html = page.get(SHOWS.format(described(books.advertiser).id)).content.decode()

    assert "一只手把牛奶倒进咖啡" in html
    assert '<rect class="box-subtitle" x="10.0" y="80.0" width="80.0" height="6.0"/>' in html
    assert "IMG_2043" in html


def answered(books):
    """What is said to a question under post 7412."""
    video = generation.shown_under(books.advertiser.id, ["7412"])
    return generation.answer_about_video(video, "窗边喝咖啡的是谁", None, "zh-CN") if video else None


def test_nothing_is_quoted_before_a_member_has_read_it(page, books):
    material = described(books.advertiser)

    page.post(f"/materials/{material.id}/posts", {"post": "7412"})

    assert generation.posts_of(books.advertiser, material.id)[0].post == "7412"
    assert answered(books) is None


def test_what_a_member_put_right_is_what_is_quoted_from_then_on(page, books):
    material = described(books.advertiser)
    captions = ["一只手把燕麦奶倒进咖啡", "女生在窗边喝咖啡"]
    page.post(f"/materials/{material.id}/posts", {"post": "7412"})

    page.post(SHOWS.format(material.id) + "/approve", {"title": "窗边", "caption": captions})

    row = Description.objects.get()
    assert (row.title, row.text) == ("窗边", "一只手把燕麦奶倒进咖啡。女生在窗边喝咖啡。")
    assert answered(books) == VideoReply("女生在窗边喝咖啡", (2.0,), (str(row.id),), ("answer:by-words",))


def test_what_is_withdrawn_is_quoted_no_more(page, books):
    material = described(books.advertiser)
    Description.objects.update(approved_at=timezone.now(), text="一只手。")

    page.post(SHOWS.format(material.id) + "/withdraw")

    row = Description.objects.get()
    assert (row.text, row.approved_at) == ("", None)


def test_captions_of_another_look_are_not_approved(page, books):
    material = described(books.advertiser)

    page.post(SHOWS.format(material.id) + "/approve", {"title": "窗边", "caption": ["一句"]})

    assert Description.objects.get().approved_at is None


def test_looking_at_it_orders_a_job_once(page, books):
    material = described(books.advertiser)
    material.understanding = None
    material.media = "audio"
    material.save()

    answer = page.post(SHOWS.format(material.id) + "/look")

    assert answer.status_code == 302
    assert not generation.is_being_described(books.advertiser, material.sha256)


def test_a_model_that_may_not_look_for_this_shop_says_so_in_place(page, books, settings, monkeypatch):
    settings.LLM_BASE_URL, settings.LLM_MODEL = "http://127.0.0.1:9/v1", "ours"
    monkeypatch.setattr(gateway, "_objections", [lambda model, advertiser: f"{model} may not look"])
    material = a_shot(books.advertiser).material

    html = page.get(SHOWS.format(material.id)).content.decode()

    assert "<span>ours may not look</span>" in html
    assert generation.vision_model(books.advertiser.id) is None
