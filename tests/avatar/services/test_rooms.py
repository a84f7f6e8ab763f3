"""A room from a product in one step, and what is refused when it is changed."""

from __future__ import annotations

import pytest

from avatar.models import ScriptVersion
from avatar.rooms import load_room
from avatar.services import rooms
from avatar.services.scripts import ScriptRefused, current_script, save_script, suggested
from core.errors import InputError


def test_a_product_becomes_a_room_that_could_go_on_air(shop):
    room = shop.room
    config = load_room(str(room.pk)).config

    assert (room.persona, room.background, room.label) == ("Lin", "tea", "AI 数字人")
    assert (config.card.price, config.card.coupon) == ("¥39.9", "第二件半价")
    assert len(config.lines) >= 6
    assert {len(lap) for lap in config.laps} == {len(config.lines)}
    assert any("澄夜冷萃" in line.text for line in config.lines)


def test_a_second_room_of_the_product_has_a_name_and_address_of_its_own(shop):
    other = rooms.open_room(shop.advertiser, shop.product)

    assert (other.slug, other.name) == ("room-2", "澄夜冷萃 2")
    assert other.intake_token != shop.room.intake_token


def test_a_room_is_found_by_its_slug_and_an_unknown_one_is_named(shop):
    assert load_room("room").room_id == shop.room.pk
    with pytest.raises(InputError, match="there is no room 'nowhere'"):
        load_room("nowhere")


def test_edited_lines_become_a_new_version_and_unchanged_ones_keep_their_ways(shop):
    before = current_script(shop.room)
    texts = [entry["text"] for entry in before.lines]

    kept = save_script(shop.room, ["{wave}大家好，欢迎来到直播间。", *texts[1:]])

    assert (kept.number, kept.source) == (2, ScriptVersion.Source.EDITED)
    assert kept.lines[0] == {"text": "{wave}大家好，欢迎来到直播间。", "ways": []}
    assert kept.lines[1]["ways"] == before.lines[1]["ways"]
    assert load_room("room").config.lines[0].cues[0].value == "wave"


def test_saving_what_is_there_makes_no_version(shop):
    before = current_script(shop.room)

    assert save_script(shop.room, [entry["text"] for entry in before.lines]).number == before.number


def test_a_line_that_may_not_be_said_is_named_and_nothing_is_saved(shop):
    with pytest.raises(ScriptRefused) as refused:
        save_script(shop.room, ["欢迎来到直播间。", "全网最低价，只要 9.9 元。"])

    assert {problem.line for problem in refused.value.problems} == {2}
    assert current_script(shop.room).number == 1


def test_an_unknown_mark_is_named_by_its_line(shop):
    with pytest.raises(ScriptRefused, match="line 1"):
        save_script(shop.room, ["{dance}欢迎来到直播间。"])


def test_cues_are_suggested_where_the_words_call_for_them():
    assert suggested("点下方链接就能看到。", "zh-CN") == "点{point}{overlay:link}下方链接就能看到。"


@pytest.mark.parametrize("written", ["三十九块九", "-3", "39.999", "1e20"])
def test_an_amount_that_is_none_is_refused(shop, written):
    with pytest.raises(InputError, match="is not an amount"):
        rooms.change_campaign(shop.room, {"name": "晚场", "price": written})


def test_a_bid_stands_in_minor_units_and_never_above_the_budget(shop):
    rooms.change_campaign(shop.room, {"name": "晚场", "price": "¥39.9", "bid": "12", "daily_budget": "1,200"})
    assert (shop.room.price_minor, shop.room.bid_minor, shop.room.daily_budget_minor) == (3990, 1200, 120000)

    with pytest.raises(InputError, match="more than the budget"):
        rooms.change_campaign(shop.room, {"name": "晚场", "bid": "12", "daily_budget": "10"})


def test_the_label_always_says_ai(shop):
    with pytest.raises(InputError, match="does not say that the host is an AI"):
        rooms.change_overlays(shop.room, {"label": "主播小林"})

    rooms.change_overlays(shop.room, {"label": "由 AI 生成 · 澄夜"})

    assert load_room(str(shop.room.pk)).config.label == "由 AI 生成 · 澄夜"


def test_a_host_nobody_knows_is_refused(shop):
    with pytest.raises(InputError, match="nobody is called 'Max'"):
        rooms.change_host(shop.room, {"persona": "Max", "background": "tea", "barge_in": "at_once"})
