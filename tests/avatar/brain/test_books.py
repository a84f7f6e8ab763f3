"""What reaches a broadcast's brain through the books."""

from __future__ import annotations

import pytest

from avatar.brain.books import Books, grounds_of
from avatar.services.broadcasting import give_order
from avatar.services.intake import store_comment
from core.models import AdvertiserArticle
from tests.avatar.brain.room import Room, told
from tests.avatar.stage import a_broadcast, a_live_shop


@pytest.mark.django_db(transaction=True)
def test_comments_and_orders_wait_in_the_books_until_the_brain_looks():
    shop = a_live_shop()
    broadcast = a_broadcast(shop.room)
    store_comment(shop.room.pk, "e1", "小李", "多少钱")
    give_order(broadcast, shop.member, "skip")
    room = Room()

    books = Books(broadcast.pk, room.brain, lambda ground: None)

    books.look()
    books.close()

    assert told(room.sent[:2]) == ["skip", "comment"]
    assert room.sent[1]["comment"]["number"] == 1
    assert told(room.sent[2:])[0].startswith("answer [1] canned: 小李，澄夜冷萃咖啡的价格是¥39.9")


@pytest.mark.django_db(transaction=True)
def test_the_ground_is_the_products_facts_and_the_advertisers_knowledge_of_now():
    shop = a_live_shop()
    broadcast = a_broadcast(shop.room)
    (before,) = grounds_of(broadcast.pk)
    shop.product.price_text = "¥35.9"
    shop.product.save()
    AdvertiserArticle.objects.create(advertiser=shop.advertiser, title="保存", text="常温避光保存，保质期 9 个月。")
    (after,) = grounds_of(broadcast.pk)

    assert before.problems("一瓶¥39.9。") == ()
    assert after.problems("一瓶¥39.9。") != ()
    assert after.problems("一瓶¥35.9，保质期 9 个月。") == ()
    assert before != after
    assert (after,) == grounds_of(broadcast.pk)
