"""A room.yaml with several products: who is on when, what may be said of whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from avatar.config import RoomError, parse_room
from avatar.contracts import RoomConfig
from avatar.live.on_show import OnShow
from avatar.live.schedule import Airing, Turn
from bench.live_talk import answer, utterance
from tests.avatar.scripts.facts import PRODUCTS, TODAY

COFFEE = PRODUCTS["zh-CN"]
CUP = {
    "name": "澄夜随行杯",
    "category": "杯子",
    "price": "¥59",
    "facts": [{"id": "size", "text": "容量 400 毫升", "evidence": "标签"}],
}


def room(folder: Path = Path(), **fields: Any) -> RoomConfig:
    return parse_room({"product": [COFFEE, CUP], **fields}, folder, TODAY)


def problems(**fields: Any) -> dict[str, str]:
    with pytest.raises(RoomError) as raised:
        room(**fields)
    return dict(raised.value.problems)


def test_the_script_goes_through_the_products_in_turn():
    found = room(script="generate", seed=3)
    turns = [line.product for line in found.lines]

    assert turns == sorted(turns)
    assert set(turns) == {0, 1}
    assert [ware.card.name for ware in found.wares] == ["澄夜冷萃咖啡", "澄夜随行杯"]
    assert (found.card, found.facts) == (found.wares[0].card, found.wares[0].facts)
    assert found.lines[turns.index(1)].text.count("澄夜随行杯") == 1
    assert [line.product for line in found.laps[2]] == turns
    assert sum("欢迎来到直播间" in line.text or "AI 数字人主播" in line.text for line in found.lines) == 1


def test_a_mark_says_which_product_is_on_and_without_marks_its_name_does():
    marked = room(script=["欢迎大家。", "{product:2}容量 400 毫升。", "这一杯¥59。", "{product:1}咖啡只要¥39.9。"])
    named = room(script=["欢迎大家。", "澄夜随行杯容量 400 毫升。", "这一杯¥59。", "澄夜冷萃咖啡只要¥39.9。"])

    assert [line.product for line in marked.lines] == [line.product for line in named.lines] == [0, 1, 1, 0]
    assert marked.lines[1].text == "容量 400 毫升。"


def test_a_line_is_held_against_its_own_product():
    found = problems(script=["欢迎大家，只要¥39.9。", "{product:2}容量 400 毫升，只要¥39.9。"])

    assert list(found) == ["script[1]"]
    assert "39.9" in found["script[1]"]


def test_whoever_names_both_may_say_both_prices():
    both = "澄夜冷萃咖啡¥39.9，澄夜随行杯¥59。"

    assert room(script=[both]).lines[0].text == both


def test_what_is_wrong_with_a_product_is_named_by_its_place():
    found = problems(product=[COFFEE, {**CUP, "price": "much"}], script=["欢迎大家。"])

    assert set(found) == {"product[1].price"}
    assert problems(product=[COFFEE, COFFEE])["product"] == "澄夜冷萃咖啡 stands there twice"
    assert problems(product=[COFFEE] * 11)["product"] == "holds 11 products; 1 to 10"
    assert problems(script=["{product:3}欢迎大家。"])["script[0]"] == "{product:3}: this room has 2 products"


def test_one_product_in_a_list_is_one_product():
    found = parse_room({"product": [COFFEE], "script": ["欢迎大家。"]}, Path(), TODAY)

    assert (found.products, len(found.wares)) == ((), 1)


def test_a_picture_of_ones_own_stands_behind_the_host(tmp_path, settings):
    settings.ADLOOM_HOME = tmp_path
    (tmp_path / "incoming").mkdir()
    Image.new("RGB", (320, 200), (90, 120, 150)).save(tmp_path / "shop.jpg")
    (tmp_path / "odd.jpg").write_bytes(b"no picture at all")

    assert Path(room(tmp_path, background="shop.jpg", script=["欢迎大家。"]).background).is_absolute()
    with pytest.raises(RoomError) as raised:
        room(tmp_path, background="odd.jpg", script=["欢迎大家。"])
    assert dict(raised.value.problems)["background"].startswith("odd.jpg: ")


def test_card_and_desk_follow_what_is_said():
    config = room(script=["欢迎大家。", "{product:2}这一杯¥59。"])
    shown = OnShow(config)

    def heard(turn: Turn) -> int:
        return shown.at([Airing(turn, 0, 0)], 3)

    said = utterance("s", (3,))
    about = answer("a", product=0)
    assert heard(Turn(said, 0, said.samples, sentence=1)) == 1
    assert heard(Turn(about.utterances[0], 0, said.samples, answer=about)) == 0
    assert shown.at([], 3) == 0
    assert heard(Turn(said, 0, said.samples)) == 1
