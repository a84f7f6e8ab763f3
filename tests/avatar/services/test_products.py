"""Several products in a room of the books: the script goes along with them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from avatar.models import Order, SpokenUtterance
from avatar.page_data.selling import selling_lines
from avatar.rooms import load_room
from avatar.services.backgrounds import set_background
from avatar.services.products import add_product, move_product, remove_product, wares_of
from avatar.services.scripts import check_texts, current_script, lines_of, rewrite_in_order, save_script
from core.errors import InputError
from tests.avatar.stage import Shop, a_broadcast, a_product


@pytest.fixture
def two(shop: Shop) -> Shop:
    cup = a_product(shop.advertiser, "随行杯")
    cup.price_text, cup.offer = "¥59", ""
    cup.save()
    cup.facts.all().delete()
    add_product(shop.room, cup, rewrite_in_order)
    return shop


def turns(shop: Shop) -> list[int]:
    return [line.product for line in lines_of(current_script(shop.room))[0]]


def names(shop: Shop) -> list[str]:
    return [ware.product.name for ware in wares_of(shop.room)]


def test_a_new_product_brings_its_lines_and_its_card(two):
    config = load_room(str(two.room.pk)).config

    assert [(ware.name, ware.card.price) for ware in config.wares] == [("澄夜冷萃", "¥39.9"), ("随行杯", "¥59")]
    assert turns(two) == sorted(turns(two))
    assert set(turns(two)) == {0, 1}
    assert current_script(two.room).lines[turns(two).index(1)]["text"].startswith("{product:2}")
    assert check_texts(two.room, [entry["text"] for entry in current_script(two.room).lines]) == ()
    assert len(config.laps) == 4


def test_a_product_that_moves_takes_its_lines_along(two):
    before = [entry["text"].removeprefix("{product:2}") for entry in current_script(two.room).lines]
    first = turns(two).index(1)
    move_product(two.room, str(two.room.product_id), 1, rewrite_in_order)

    texts = [entry["text"] for entry in current_script(two.room).lines]
    assert names(two) == ["随行杯", "澄夜冷萃"]
    assert texts[0] == "{product:1}" + before[first]
    assert two.room.price_text == "¥59"
    assert turns(two) == sorted(turns(two))


def test_a_product_that_goes_takes_its_lines_with_it(two):
    remove_product(two.room, str(two.product.pk), rewrite_in_order)

    assert names(two) == ["随行杯"]
    assert set(turns(two)) == {0}
    assert all("{product" not in entry["text"] for entry in current_script(two.room).lines)
    with pytest.raises(InputError, match="is the only one"):
        remove_product(two.room, str(two.room.product_id), rewrite_in_order)


def test_a_line_of_one_product_may_not_say_what_only_holds_of_another(two):
    save_script(two.room, ["一瓶 300 毫升。", "{product:2}随行杯只要¥59。"])
    problems = check_texts(two.room, ["一瓶 300 毫升。", "{product:2}这个 300 毫升。", "{product:3}大家好。"])

    assert turns(two) == [0, 1]
    assert [(each.line, each.rule) for each in problems] == [(2, "unbound-number"), (3, "unknown_product")]


def test_an_order_is_set_against_the_lines_of_its_product(two):
    save_script(two.room, ["一瓶 300 毫升。", "{product:2}随行杯只要¥59。"])
    broadcast, now = a_broadcast(two.room), dt.datetime.now(dt.UTC)
    for sentence, ago in ((0, 20), (1, 10)):
        SpokenUtterance.objects.create(
            advertiser=two.advertiser, broadcast=broadcast, kind="script", state="said", sentence=sentence,
            text="x", started_tick=0, started_at=now - dt.timedelta(seconds=ago),
        )  # fmt: skip
    Order.objects.create(
        advertiser=two.advertiser, room=two.room, broadcast=broadcast, external_id="o1", product="澄夜冷萃 300ml",
        amount_minor=3990, at=now,
    )  # fmt: skip

    assert [(line.number, line.orders) for line in selling_lines(two.room, broadcast)] == [(1, 1.0)]


def test_a_picture_that_is_uploaded_stands_behind_the_host_and_an_odd_one_is_refused(shop, tmp_path, settings):
    settings.ADLOOM_HOME = tmp_path
    (tmp_path / "incoming").mkdir()
    Image.new("RGB", (320, 200), (90, 120, 150)).save(tmp_path / "shop.png")
    set_background(shop.room, SimpleUploadedFile("shop.png", (tmp_path / "shop.png").read_bytes()))

    assert shop.room.background == "picture"
    assert load_room(str(shop.room.pk)).config.background.endswith(shop.room.background_sha256)
    with pytest.raises(InputError, match=r"^note\.png"):
        set_background(shop.room, SimpleUploadedFile("note.png", b"hello"))
