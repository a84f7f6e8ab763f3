"""A room from room.yaml."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from avatar.config import RoomError, load_room, parse_room
from avatar.contracts import Cue, RoomConfig
from tests.avatar.scripts.facts import PRODUCTS, TODAY

DEMO = Path(__file__).resolve().parents[2] / "demo" / "live"
PRODUCT = PRODUCTS["zh-CN"]
LINES = ["欢迎大家，今天讲澄夜冷萃咖啡。", "今天只要¥39.9，第二件半价。", "点击下方链接，带一瓶去上班。"]


def room(**fields: object) -> RoomConfig:
    return parse_room({"product": PRODUCT, "script": LINES, **fields}, DEMO, TODAY)


def problems(**fields: object) -> dict[str, str]:
    with pytest.raises(RoomError) as raised:
        room(**fields)
    return dict(raised.value.problems)


@pytest.fixture(scope="module")
def demo() -> RoomConfig:
    return load_room(DEMO / "room.yaml", TODAY)


def test_the_demo_room_is_complete(demo: RoomConfig):
    assert (demo.advertiser, demo.language, demo.persona, demo.voice) == ("chengye", "zh-CN", "Lin", "bright")
    assert (demo.barge_in, demo.label, demo.seed, demo.background) == ("at_clause", "AI 数字人", 7, "tea")
    assert (demo.card.name, demo.card.price, demo.card.coupon) == ("澄夜冷萃咖啡", "¥39.9", "第二件半价")
    assert demo.card.picture == (DEMO.parent / "footage" / "product.png").resolve()
    assert 12 <= len(demo.lines) <= 15
    assert demo.degraded == ("script:phrasebook",)
    assert "小林" in demo.lines[0].text
    assert {"price", "offer", "brew"} <= {fact.id for fact in demo.facts}


def test_the_english_demo_room_too():
    found = load_room(DEMO / "room.en.yaml", TODAY)

    assert (found.language, found.persona, found.barge_in, found.platform) == ("en", "Tom", "at_once", "tiktok")
    assert found.card.price == "$4.99"


def test_laps_follow_each_other_and_begin_again(demo: RoomConfig):
    count = len(demo.lines)

    assert demo.line(0) == demo.lines[0]
    assert demo.line(count) == demo.laps[1][0]
    assert demo.line(count * len(demo.laps)) == demo.lines[0]
    assert all(len(lap) == count for lap in demo.laps)


def test_the_room_of_the_guide_is_taken():
    guide = (DEMO.parents[1] / "docs" / "live-rooms.md").read_text("utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    found = parse_room(block, DEMO, TODAY)

    assert [cue.value for line in found.lines for cue in line.cues] == ["welcome", "price", "coupon", "point"]
    assert [line.emotion for line in found.lines] == ["delight", "warm", "warm"]


def test_a_product_is_all_a_room_needs():
    found = parse_room({"product": PRODUCT}, today=TODAY)

    assert (found.language, found.persona, found.voice, found.seed) == ("zh-CN", "Lin", "bright", 1)
    assert (found.width, found.height, found.label) == (720, 1280, "AI 数字人")


def test_the_language_is_that_of_the_product():
    found = parse_room({"product": PRODUCTS["en"]}, today=TODAY)

    assert (found.language, found.persona, found.label) == ("en", "Tom", "AI digital host")


def test_lines_of_ones_own_are_said_as_they_stand():
    found = room()

    assert [line.text for line in found.lines] == LINES
    assert found.laps == (found.lines,)
    assert found.degraded == ()


def test_everything_wrong_is_named_at_once():
    found = problems(
        language="fr",
        persona="Bob",
        voice="loud",
        barge_in="never",
        seed="-1",
        label="host",
        background="moon",
        advertiser="A b",
        colour="red",
    )

    assert found["language"] == "'fr' is not one of zh-CN, en"
    assert found["persona"] == "nobody is called 'Bob'; there are Lin, Tom, Ama"
    assert found["voice"].startswith("no voice is called 'loud'; there are default, bright, soft, deep, clear")
    assert found["barge_in"] == "'never' is not one of at_once, at_clause"
    assert found["seed"] == "'-1' is not a whole number from 0 on"
    assert found["label"] == "'host' does not say that the host is an AI; AI 数字人 does"
    assert found["background"].endswith("there are tea, showroom, kitchen, studio, or a picture file")
    assert found["advertiser"] == "is a slug: small letters, digits and single hyphens"
    assert found["colour"].startswith("is not a field of a room; known here: advertiser, product")


def test_the_product_is_read_as_in_a_brief():
    found = problems(product={**PRODUCT, "price": "much", "taste": "good"})

    assert set(found) == {"product.price", "product.taste"}


def test_size_ticker_and_platform_may_be_given():
    found = room(size="360x640", ticker="今晚有货", platform="douyin")

    assert (found.width, found.height, found.ticker, found.platform) == (360, 640, "今晚有货", "douyin")
    assert problems(size="361x640")["size"] == "361x640: both sides are even numbers of pixels from 144 to 1920"
    assert problems(size="big")["size"] == "'big' is not a size such as 720x1280"
    assert problems(picture="moon.png")["picture"] == "there is no file moon.png"


def test_the_label_cannot_be_turned_off():
    assert problems(label="false")["label"] == "cannot be turned off: a digital host is labelled all the time"


def test_the_label_may_be_worded_as_long_as_it_says_that_an_ai_made_the_host():
    assert room(label="画面声音由 AI 生成").label == "画面声音由 AI 生成"
    assert problems(label="AI 小林")["label"].startswith("'AI 小林' does not say that the host is made")
    assert (
        problems(label="澄夜冷萃咖啡官方旗舰店 AI 数字人主播小林为您服务")["label"]
        == "is 26 characters long; at most 24"
    )
    assert problems(label="澄夜冷萃旗舰店 AI 数字人主播小林")["label"].endswith(
        "does not fit the label's box; shorten it"
    )
    assert problems(label="AI 数字人 🦉")["label"].endswith("holds characters that no font here draws: 🦉")


def test_a_line_that_may_not_be_said_is_named_with_its_word():
    found = problems(script=[LINES[0], "这是最好的咖啡。", "只要9.9元。"])

    assert found["script[1]"].startswith('"最好": ')
    assert found["script[2]"] == "\"9.9元\": no approved fact holds '9.9元'; add it as a fact or take the number out"


def test_a_bad_cue_mark_is_named():
    assert problems(script=["{dance}大家好"])["script[0]"].startswith("{dance} is no cue mark; known are {point}")


def test_a_mark_without_quotes_is_no_sentence():
    with pytest.raises(RoomError, match="put a line that begins with a cue mark in quotes"):
        parse_room("product: {name: 咖啡, category: 咖啡, price: none}\nscript:\n  - {point}大家好\n  - {wave: 1}\n")


def test_cues_may_be_left_at_the_marks_or_left_out():
    marked = ["{hold_up}点击下方链接。"]

    assert [cue.value for cue in room(script=marked).lines[0].cues] == ["hold_up", "link"]
    assert [cue.value for cue in room(script=marked, cues="written").lines[0].cues] == ["hold_up"]
    assert room(script=marked, cues="none").lines[0].cues == ()
    assert [cue.value for cue in room(script=marked, cues=["overlay:link"]).lines[0].cues] == ["link"]


def test_cues_may_be_set_by_word():
    assert room(cues={"链接": "point"}).lines[2].cues == (Cue("gesture", "point", 4),)
    placed = room(cues=[{"sentence": "0", "word": "今天", "cue": "wave"}])

    assert placed.lines[0].cues == (Cue("gesture", "wave", 5),)
    assert placed.lines[1].cues == ()


def test_a_cue_for_a_word_nobody_says_is_named():
    assert problems(cues={"月亮": "point"})["cues[0]"] == "no sentence holds the word '月亮'"
    assert problems(cues="often")["cues"].startswith("'often' is not one of suggest, written, none")


def test_a_script_is_read_from_a_file(tmp_path: Path):
    (tmp_path / "host.txt").write_text("".join(LINES), "utf-8")
    found = parse_room({"product": PRODUCT, "script": "host.txt"}, tmp_path, TODAY)

    assert [line.text for line in found.lines] == LINES


def test_a_hosts_script_may_be_written_anew_where_it_may_not_be_said(tmp_path: Path):
    (tmp_path / "host.txt").write_text("拧开就能喝。这是全国最好的咖啡。", "utf-8")
    found = parse_room({"product": PRODUCT, "script": {"from": "host.txt"}}, tmp_path, TODAY)

    assert found.lines[1].text == "拧开就能喝。"
    assert not any("最好" in line.text for lap in found.laps for line in lap)
    assert found.degraded == ("script:phrasebook",)
    assert problems(script={"file": "host.txt"})["script"].startswith("as a mapping it holds `from` alone")


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(RoomError, match="cannot be read: No such file"):
        load_room(tmp_path / "room.yaml")


def test_yaml_that_cannot_be_read_is_named():
    with pytest.raises(RoomError, match=r"^room: is not readable YAML"):
        parse_room("product: [")
    with pytest.raises(RoomError, match=r"^room: is not a mapping"):
        parse_room("- a")


def test_the_message_has_a_line_for_each_field_and_travels_between_processes():
    with pytest.raises(RoomError) as raised:
        room(seed="x", persona="Bob")
    again = pickle.loads(pickle.dumps(raised.value))

    assert [line.split(":")[0] for line in str(again).splitlines()] == ["seed", "persona"]
    assert again.problems == raised.value.problems
