"""The products of a room in turn, each with its card; adding, taking out and moving them takes the script along."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from avatar.models import FurtherProduct, Room
from core.errors import InputError
from core.models import Product

MOST_PRODUCTS = 10
CARD_FIELDS = ("price_text", "list_price_text", "coupon")


@dataclass(frozen=True)
class Ware:
    """One product of a room and what its card says."""

    product: Product
    price_text: str
    list_price_text: str
    coupon: str


def wares_of(room: Room) -> tuple[Ware, ...]:
    """The room's products in turn, at least one."""
    first = Ware(room.product, room.price_text, room.list_price_text, room.coupon)
    further = room.further.select_related("product__advertiser")
    return (first, *(Ware(each.product, each.price_text, each.list_price_text, each.coupon) for each in further))


Rewrite = Callable[[Room, Sequence[int | None]], None]
"""Brings the script after the products: for each product of the new order its place in the old one, None for a new."""


@transaction.atomic
def add_product(room: Room, product: Product, rewrite: Rewrite) -> None:
    """`product` comes last. Raises `InputError` when it is there already, or nothing may be said of it."""
    wares = list(wares_of(_locked(room)))
    if any(each.product.pk == product.pk for each in wares):
        raise InputError("product", "is in the room already", "product_there")
    if len(wares) >= MOST_PRODUCTS:
        raise InputError("product", f"a room goes through at most {MOST_PRODUCTS}", "too_many_products")
    new = Ware(product, product.price_text, "", product.offer[:60])
    _keep(room, [*wares, new], [*range(len(wares)), None], rewrite)


@transaction.atomic
def remove_product(room: Room, product: str, rewrite: Rewrite) -> None:
    """Out of the room, and its lines out of the script. Raises `InputError` for the only one."""
    wares = list(wares_of(_locked(room)))
    place = _place(wares, product)
    if len(wares) == 1:
        raise InputError("product", "is the only one; a room has at least one", "last_product")
    kept = [number for number in range(len(wares)) if number != place]
    _keep(room, [wares[number] for number in kept], kept, rewrite)


@transaction.atomic
def move_product(room: Room, product: str, by: int, rewrite: Rewrite) -> None:
    """One place up (-1) or down (1), its lines with it; beyond the ends nothing happens."""
    wares = list(wares_of(_locked(room)))
    place = _place(wares, product)
    other = place + by
    if not 0 <= other < len(wares):
        return
    order = list(range(len(wares)))
    order[place], order[other] = order[other], order[place]
    _keep(room, [wares[number] for number in order], order, rewrite)


@transaction.atomic
def change_card(room: Room, product: str, given: Mapping[str, str]) -> None:
    """What the card of one of the further products says."""
    row = room.further.filter(product_id=product).first() if _is_key(room, product) else None
    if row is None:
        raise InputError("product", "is not there any more", "unknown_product")
    for name in CARD_FIELDS:
        setattr(row, name, given.get(name, "").strip()[: 60 if name == "coupon" else 40])
    row.save(update_fields=list(CARD_FIELDS))


def _is_key(room: Room, product: str) -> bool:
    return any(str(each) == product for each in room.further.values_list("product_id", flat=True))


def _locked(room: Room) -> Room:
    Room.objects.select_for_update().get(pk=room.pk)
    return room


def _place(wares: Sequence[Ware], product: str) -> int:
    for place, each in enumerate(wares):
        if str(each.product.pk) == product:
            return place
    raise InputError("product", "is not there any more", "unknown_product")


def _keep(room: Room, wares: Sequence[Ware], order: Sequence[int | None], rewrite: Rewrite) -> None:
    first, *further = wares
    changed: dict[str, Any] = {name: getattr(first, name) for name in CARD_FIELDS}
    room.product = first.product
    for name, value in changed.items():
        setattr(room, name, value)
    room.save(update_fields=["product", *CARD_FIELDS])
    room.further.all().delete()
    rows = [
        FurtherProduct(
            advertiser=room.advertiser,
            room=room,
            product=each.product,
            position=position,
            **{name: getattr(each, name) for name in CARD_FIELDS},
        )
        for position, each in enumerate(further)
    ]
    FurtherProduct.objects.bulk_create(rows)
    rewrite(room, order)
