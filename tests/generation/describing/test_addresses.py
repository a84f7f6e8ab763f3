"""Which post an address leads to."""

from __future__ import annotations

import pytest

from core.errors import InputError
from generation.describing.addresses import post_of

MANY = "leads to many posts: open the one that shows this video, and copy its address"


@pytest.mark.parametrize(
    ("address", "post"),
    [
        ("www.tiktok.com/@shop/video/7300?is_from_webapp=1", "7300"),
        ("m.tiktok.com/v/7300.html", "7300"),
        ("www.douyin.com/user/abc?modal_id=7412", "7412"),
        ("www.iesdouyin.com/share/video/741/?region=CN", "741"),
        ("www.kuaishou.com/short-video/3xabc?authorId=1", "3xabc"),
        ("www.facebook.com/shop/posts/some-words/88/", "88"),
        ("www.facebook.com/watch/?v=88", "88"),
        ("m.facebook.com/story.php?story_fbid=5&id=1", "5"),
        ("www.instagram.com/shop/reel/Cabc/?igsh=1", "Cabc"),
        ("www.bilibili.com/video/BV1xx411c7mD?p=2", "BV1xx411c7mD"),
        ("b23.tv/BV1xx411c7mD", "BV1xx411c7mD"),
        ("www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "dQw4w9WgXcQ"),
        ("www.youtube.com/shorts/dQw4w9WgXcQ", "dQw4w9WgXcQ"),
        ("youtu.be/dQw4w9WgXcQ?si=1", "dQw4w9WgXcQ"),
        ("www.xiaohongshu.com/explore/65abc?xsec_source=pc", "65abc"),
        ("www.xiaohongshu.com/user/profile/5ff/65abc", "65abc"),
    ],
)
def test_platforms_call_a_post_by_its_number(address, post):
    assert post_of(f"https://{address}") == post


@pytest.mark.parametrize(
    "address",
    [
        "www.tiktok.com/@shop",
        "www.douyin.com/user/abc",
        "www.kuaishou.com/profile/3xabc",
        "www.facebook.com/shop",
        "www.instagram.com/shop/",
        "space.bilibili.com/123",
        "www.youtube.com/@shop/videos",
        "www.xiaohongshu.com/user/profile/5ff",
    ],
)
def test_the_page_of_a_person_is_no_post(address):
    with pytest.raises(InputError) as refused:
        post_of(f"https://{address}")
    assert refused.value.reason == MANY


@pytest.mark.parametrize(
    "address",
    [
        "v.douyin.com/iabc/",
        "vm.tiktok.com/ZMabc/",
        "www.tiktok.com/t/ZTabc/",
        "www.kuaishou.com/f/X-abc",
        "www.facebook.com/share/v/1ABC/",
        "b23.tv/abc123",
        "xhslink.com/a/b",
    ],
)
def test_short_links_hold_no_number(address):
    with pytest.raises(InputError) as refused:
        post_of(f"https://{address}")
    assert refused.value.code == "short_link"


@pytest.mark.parametrize(
    ("address", "post"),
    [
        ("shop.example/item?id=2&utm_source=x&fbclid=y", "shop.example/item?id=2"),
        ("www.shop.example/item/?size=m&id=2", "shop.example/item?id=2&size=m"),
        ("shop.example/cups/?from=1#top", "shop.example/cups"),
        ("shop.example/item?" + "x" * 200, "shop.example/item"),
        ("notiktok.com/@shop", "notiktok.com/@shop"),
    ],
)
def test_a_page_of_ones_own_is_told_by_its_query_too_but_not_by_what_counts_visits(address, post):
    assert post_of(f"https://{address}") == post
