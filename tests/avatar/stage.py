"""An advertiser with a product and a room, for tests of the live room's books and pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model

from avatar.models import Broadcast, Room
from avatar.services.rooms import open_room
from core.models import Advertiser, Member, Product, ProductFact

FACTS = (
    ("brew", "12 小时低温慢萃", "工艺单 3 页"),
    ("beans", "只用云南咖啡豆", "采购合同"),
    ("size", "一瓶 300 毫升", "标签"),
)


@dataclass
class Shop:
    """Who sells, what, and where it is sold live."""

    advertiser: Advertiser
    member: Member
    product: Product
    room: Room


def a_product(advertiser: Advertiser, name: str = "澄夜冷萃") -> Product:
    product = Product.objects.create(
        advertiser=advertiser,
        name=name,
        category="冷萃咖啡",
        category_key="drinks",
        price_text="¥39.9",
        price_minor=3990,
        offer="第二件半价",
        audience="上班族",
        cta="点下方链接",
    )
    for position, (key, text, evidence) in enumerate(FACTS):
        ProductFact.objects.create(product=product, key=key, text=text, evidence=evidence, position=position)
    return product


def a_live_shop(slug: str = "chengye") -> Shop:
    advertiser = Advertiser.objects.create(slug=slug, name=f"{slug} 咖啡", language="zh-CN")
    user = get_user_model().objects.create_user(f"{slug}@example.com", first_name="林舒")
    member = Member.objects.create(user=user, advertiser=advertiser, role="owner")
    product = a_product(advertiser)
    return Shop(advertiser, member, product, open_room(advertiser, product))


def a_broadcast(room: Room, state: str = "running", epoch: int = 1) -> Broadcast:
    """On air, held by a host called h1."""
    script = room.scripts.first()
    return Broadcast.objects.create(
        advertiser=room.advertiser, room=room, script=script, state=state, epoch=epoch, worker="h1"
    )
