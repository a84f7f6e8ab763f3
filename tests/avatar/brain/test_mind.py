"""What the brain sends for what it hears; every "done" comes after all that belongs to it."""

from __future__ import annotations

import dataclasses
import json

import pytest

from avatar.brain.facts import room_texts
from avatar.brain.orders import obey
from core.contracts import Fact
from core.llm.base import LanguageModelDown
from core.llm.scripted import ScriptedModel
from tests.avatar.brain.room import Room, ScriptedVoice, told
from tests.avatar.comments.talk import ground

PRICE = "澄夜冷萃咖啡的价格是¥39.9，第二件半价，点下方链接就能看到。"
NOT_KNOWN = "这一点我没有准确资料，不乱说，可以问店铺客服。"


class Later:
    """A lane whose work waits until the test lets it go, the lower rank first."""

    def __init__(self):
        self.waiting = []

    def add(self, work, rank=0):
        self.waiting.append((rank, len(self.waiting), work))

    def close(self):
        self.waiting.clear()

    def go(self):
        while self.waiting:
            self.waiting.sort(key=lambda each: each[:2])
            self.waiting.pop(0)[2]()


def test_sentences_are_voiced_when_asked_for_and_asides_come_with_the_first_of_them():
    room = Room()

    assert told(room.tell({"kind": "needs", "asked": 7, "sentences": [0, 1]})) == [
        "utterance 0: 欢迎来到直播间。", "utterance 1: 澄夜冷萃咖啡，一瓶只要¥39.9。", "bridges 14", "notices 4", "done 7",
    ]  # fmt: skip
    assert told(room.tell({"kind": "needs", "asked": 8, "sentences": [2, 3]})) == [
        "utterance 2: 每瓶 280 毫升。", "utterance 3: 欢迎来到直播间。", "done 8",
    ]  # fmt: skip


def test_an_engine_that_starts_anew_gets_its_phrases_again():
    room = Room()
    room.tell({"kind": "needs", "asked": 1, "sentences": []})
    room.tell({"kind": "hello", "again": True})

    assert told(room.tell({"kind": "needs", "asked": 2, "sentences": []})) == ["bridges 14", "notices 4", "done 2"]


def test_canned_answers_are_voiced_before_anybody_asks():
    room = Room()
    room.brain.begin()
    room.voice.said.clear()

    room.comment(1.0, "小李", "多少钱")

    assert room.voice.said == ["小李，"]


def test_a_comment_is_answered_by_name_or_let_go_and_then_done():
    room = Room()

    assert told(room.comment(1.0, "小李", "多少钱")) == [f"answer [1] canned: 小李，{PRICE}", "done 101"]
    assert told(room.comment(2.0, "阿强", "傻逼主播")) == ["dropped 2: abuse", "done 102"]
    assert told(room.comment(3.0, "小李", "多少钱？？")) == ["dropped 3: repeated", "done 103"]
    assert room.sent[0]["answer"]["priority"] == 80
    assert room.sent[0]["answer"]["asked_by"] == "@小李"


def test_who_asks_the_same_joins_the_answer_that_waits_and_it_says_how_many_they_are():
    room = Room()
    room.comment(1.0, "小李", "一瓶多大")

    assert told(room.comment(2.0, "阿强", "多少毫升")) == [
        "answer [1, 2] canned: 有两位朋友在问规格。每瓶 280 毫升。", "done 102",
    ]  # fmt: skip
    assert told(room.comment(3.0, "王姐", "容量多少")) == [
        "answer [1, 2, 3] canned: 有三位朋友在问规格。每瓶 280 毫升。", "done 103",
    ]  # fmt: skip
    assert room.sent[-2]["answer"]["asked_by"] == "3 位观众"
    room.tell({"kind": "started", "comments": [1, 2, 3]})
    assert told(room.comment(4.0, "老张", "多少毫升")) == ["answer [4] canned: 老张，每瓶 280 毫升。", "done 104"]


def test_what_is_not_known_is_said_once_a_minute():
    room = Room()

    assert told(room.comment(1.0, "小李", "孕妇能喝吗")) == [f"answer [1] canned: 小李，{NOT_KNOWN}", "done 101"]
    assert told(room.comment(20.0, "阿强", "会不会很苦")) == ["dropped 2: no answer", "done 102"]
    assert told(room.comment(61.0, "王姐", "睡前喝睡得着吗你们"))[-1] == "done 103"
    assert room.sent[0]["answer"]["priority"] == 30


def test_greetings_and_owning_up_leave_the_air_to_questions():
    room = Room(ScriptedVoice(pace=19_200))

    room.comment(1.0, "小李", "多少钱")
    # The price took 14 of the 24 seconds that answers may take of the first minute.
    room.tell({"kind": "started", "comments": [1]})
    assert told(room.comment(20.0, "阿强", "主播好")) == ["dropped 2: busy", "done 102"]
    assert told(room.comment(21.0, "王姐", "孕妇能喝吗")) == ["dropped 3: no answer", "done 103"]
    assert told(room.comment(22.0, "老张", "多大一瓶"))[0] == "answer [4] canned: 老张，每瓶 280 毫升。"
    room.tell({"kind": "let_go", "comments": [4]})
    assert told(room.comment(71.0, "小周", "主播好"))[0].startswith("answer [5] canned: 小周你好。欢迎")


def test_a_dead_voice_stops_nothing():
    room = Room(ScriptedVoice(is_dead=True))

    assert told(room.tell({"kind": "needs", "asked": 1, "sentences": [0, 1]})) == [
        "unvoiced 0: no voice", "unvoiced 1: no voice", "bridges 0", "notices 0", "done 1",
    ]  # fmt: skip
    assert told(room.comment(1.0, "小李", "多少钱")) == ["dropped 1: no voice", "done 101"]
    room.voice.is_dead = False
    assert told(room.comment(2.0, "小李", "多少钱")) == [f"answer [2] canned: 小李，{PRICE}", "done 102"]


def test_a_name_the_voice_cannot_say_is_left_out():
    room = Room(ScriptedVoice(refuses=["小李，"]))

    assert told(room.comment(1.0, "小李", "多少钱")) == [f"answer [1] canned: {PRICE}", "done 101"]


def test_no_answer_is_longer_than_twenty_seconds():
    room = Room(ScriptedVoice(pace=48_000))

    assert told(room.comment(1.0, "小李", "多少钱")) == ["dropped 1: too long", "done 101"]
    assert told(room.comment(2.0, "阿强", "多大一瓶 几天发货")) == [
        "answer [2] canned: 阿强，下单后 48 小时内发货。", "done 102",
    ]  # fmt: skip


def test_a_model_answers_in_its_own_lane_and_holds_up_nobody():
    later = Later()
    said = json.dumps(
        {"text": "每瓶 280 毫升，慢慢喝。", "sources": ["volume"], "quote": "每瓶 280 毫升"}, ensure_ascii=False
    )
    room = Room(model=ScriptedModel([said]), asking=later)

    assert told(room.comment(1.0, "小李", "一瓶能喝两次吗")) == []
    assert told(room.comment(2.0, "阿强", "多少钱")) == [f"answer [2] canned: 阿强，{PRICE}", "done 102"]
    later.go()
    assert told(room.sent[2:]) == ["answer [1] model: 小李，每瓶 280 毫升，慢慢喝。", "done 101"]


def test_while_a_model_thinks_others_join():
    later = Later()
    said = json.dumps({"text": "每瓶 280 毫升。", "sources": ["volume"], "quote": "每瓶 280 毫升"}, ensure_ascii=False)
    room = Room(model=ScriptedModel([said]), asking=later)
    room.comment(1.0, "小李", "一瓶能喝两次吗")
    room.comment(2.0, "阿强", "请问一瓶能喝两次吗")
    later.go()

    assert told(room.sent) == ["answer [1, 2] model: 有两位朋友在问同一个问题。每瓶 280 毫升。", "done 101", "done 102"]


def test_a_dead_model_leaves_what_is_known_and_an_honest_word():
    room = Room(model=ScriptedModel([LanguageModelDown("gone")], repeats=True))

    assert told(room.comment(1.0, "小李", "多少钱")) == [f"answer [1] canned: 小李，{PRICE}", "done 101"]
    assert told(room.comment(2.0, "阿强", "孕妇能喝吗")) == [f"answer [2] canned: 阿强，{NOT_KNOWN}", "done 102"]


def test_what_a_model_was_asked_under_old_facts_is_broken_off_and_not_said():
    cheaper = tuple(dataclasses.replace(fact, text="¥35.9") if fact.id == "price" else fact for fact in ground().facts)
    aborts = []

    def thinks(messages):
        number, abort = room.brain._asking
        room.brain.change_facts(room_texts(room.config, dataclasses.replace(ground(), facts=cheaper), "小林"))
        aborts.append((number, abort.is_set))
        return json.dumps({"text": "一瓶¥39.9。", "sources": ["price"], "quote": "¥39.9"}, ensure_ascii=False)

    room = Room(model=ScriptedModel([thinks]))
    room.comment(1.0, "小李", "一瓶够两个人喝吗")

    assert aborts == [(1, True)]
    assert not any("39.9" in text for text in room.voice.said)
    assert told(room.sent) == ["expired []", f"answer [1] canned: 小李，{NOT_KNOWN}", "done 101"]


def test_a_wrong_price_of_a_model_is_never_voiced():
    said = json.dumps({"text": "今天只要 9.9 元。", "sources": ["price"], "quote": "¥39.9"}, ensure_ascii=False)
    room = Room(model=ScriptedModel([said]))

    room.comment(1.0, "小李", "买十瓶送朋友值不值")

    assert not any("9.9 元" in text for text in room.voice.said)
    assert told(room.sent)[0] == f"answer [1] canned: 小李，{NOT_KNOWN}"


def test_what_waits_for_the_model_too_long_is_let_go_before_it_is_asked():
    later, model = Later(), ScriptedModel([])
    room = Room(model=model, asking=later)
    room.comment(1.0, "小李", "孕妇能喝吗")

    assert told(room.comment(32.0, "阿强", "哈哈")) == [
        "dropped 1: too late",
        "done 101",
        "dropped 2: small talk",
        "done 102",
    ]
    later.go()
    assert model.asked == []


def test_a_flood_for_the_model_stays_bounded_and_everything_is_settled():
    later = Later()
    room = Room(model=ScriptedModel([LanguageModelDown("gone")], repeats=True), asking=later)
    for number in range(400):
        room.comment(
            number * 0.01, f"观众{number}", f"第{number}次问 {chr(0x4E00 + number * 7)}{chr(0x5000 + number * 3)}能喝吗"
        )
    assert len(room.brain.desk) <= 50
    later.go()
    room.tell({"kind": "status", "tick": 60 * 25})

    settled = {each for message in room.sent for each in _settles(message)}
    assert settled == set(range(1, 401))
    assert sorted(message["asked"] for message in room.sent if message["kind"] == "done") == list(range(101, 501))


def _settles(message):
    if message["kind"] == "dropped":
        return [message["comment"]]
    return message["answer"]["comments"] if message["kind"] == "answer" else []


def test_the_same_messages_in_the_same_order_give_the_same_messages():
    def run():
        room = Room()
        room.tell({"kind": "needs", "asked": 1, "sentences": [0, 1, 2]})
        for number, text in enumerate(("多少钱", "含糖吗", "哈哈", "主播好", "孕妇能喝吗", "多少钱", "链接", "已拍")):
            room.comment(number * 3.0, f"观众{'甲乙丙丁戊己'[number % 6]}", text)
        return room.sent

    assert run() == run()


def test_a_changed_price_takes_back_what_was_voiced_under_the_old_one():
    room = Room()
    room.comment(1.0, "小李", "多少钱")
    room.tell({"kind": "needs", "asked": 1, "sentences": [1]})
    before = len(room.sent)
    facts = tuple(dataclasses.replace(fact, text="¥35.9") if fact.id == "price" else fact for fact in ground().facts)
    room.brain.change_facts(room_texts(room.config, dataclasses.replace(ground(), facts=facts), "小林"))

    assert told(room.sent[before:]) == ["expired [1]", f"answer [1] canned: 小李，{PRICE.replace('39.9', '35.9')}"]
    assert told(room.tell({"kind": "needs", "asked": 2, "sentences": [0, 1]}))[:2] == [
        "utterance 0: 欢迎来到直播间。", "utterance 1: 澄夜冷萃咖啡，一瓶只要¥35.9。",
    ]  # fmt: skip


def test_a_line_that_the_facts_do_not_back_any_more_is_not_said():
    room = Room()
    facts = tuple(fact for fact in ground().facts if fact.id != "volume")
    room.brain.change_facts(room_texts(room.config, dataclasses.replace(ground(), facts=facts), "小林"))

    assert "unvoiced 2: facts changed" in told(room.tell({"kind": "needs", "asked": 1, "sentences": [2]}))


def test_a_fact_that_runs_out_at_midnight_is_not_said_the_next_day():
    held = dataclasses.replace(ground(), facts=(*ground().facts, Fact("gift", "送 3 个杯垫", "", "2026-11-23")))
    room = Room(held=held)
    tomorrow = dataclasses.replace(held, today=held.today.replace(day=24))

    assert room.brain.texts.writer.ground.problems("送 3 个杯垫。") == ()
    room.brain.change_facts(room_texts(room.config, tomorrow, "小林"))
    assert room.brain.texts.writer.ground.problems("送 3 个杯垫。") != ()


def test_an_operators_words_take_the_floor_when_they_may_be_said():
    room = Room()

    assert obey(room.brain, "say", "每瓶 280 毫升，拧开就能喝。") == ()
    said = room.sent[-1]["answer"]
    assert (said["urgent"], said["source"], said["comments"], said["text"]) == (
        True, "operator", [], "每瓶 280 毫升，拧开就能喝。",
    )  # fmt: skip
    assert obey(room.brain, "say", "只要 9.9 元") == ("unbound-number: 9.9 元",)
    assert len(room.sent) == 1


@pytest.mark.parametrize("order", ["skip", "dump", "slate", "unslate"])
def test_other_orders_go_to_the_engine(order):
    room = Room()

    assert obey(room.brain, order) == ()
    assert room.sent == [{"kind": "order", "order": order}]


def test_while_answers_are_paused_comments_are_let_go():
    room = Room()
    obey(room.brain, "pause_answers")

    assert told(room.comment(1.0, "小李", "多少钱")) == ["dropped 1: paused", "done 101"]
    obey(room.brain, "resume_answers")
    assert told(room.comment(2.0, "小李", "多少钱"))[0] == f"answer [2] canned: 小李，{PRICE}"


def test_an_unknown_order_is_said_to_be_one():
    assert obey(Room().brain, "explode") == ("unknown order",)


def test_a_live_comment_gets_the_broadcasts_second_and_is_told_to_the_engine_first():
    room = Room()
    room.seconds = 10.0
    room.tell({"kind": "status", "tick": 250})
    room.seconds = 10.5
    room.brain.hear_live(7, "小李", "多少钱")

    assert room.sent[0] == {"kind": "comment", "comment": {"number": 7, "viewer": "小李", "text": "多少钱", "at": 10.5}}
    assert told(room.sent[1:]) == [f"answer [7] canned: 小李，{PRICE}"]


def test_why_each_comment_was_answered_or_let_go_is_kept():
    room = Room()
    room.comment(1.0, "小李", "多少钱")
    room.comment(2.0, "阿强", "哈哈")

    assert [(each.comment, each.topic, each.source, each.reason) for each in room.brain.outcomes] == [
        (1, "price", "canned", ""), (2, "chatter", "", "small talk"),
    ]  # fmt: skip


def test_nonsense_from_the_wire_is_passed_over():
    room = Room()

    assert room.tell({"kind": "sing"}) == []


def test_a_slow_voice_follows_sentence_by_sentence_and_the_engine_hears_when_it_was_the_last():
    class Slow(ScriptedVoice):
        def whole(self, *given):
            room.seconds += 1.0
            yield from super().whole(*given)

    voice = Slow()
    room = Room(voice)

    sent = told(room.comment(1.0, "小李", "多大一瓶 几天发货"))
    kinds = [(each["kind"], each.get("is_last")) for each in room.sent]

    assert kinds == [("answer", None), ("more", False), ("more", True), ("done", None)]
    assert room.sent[0]["answer"]["is_open"]
    assert sent[0].startswith("answer [1] canned: 小李，下单后 48 小时内发货")
    assert len(room.sent[0]["answer"]["utterances"]) == 2
    assert room.sent[0]["answer"]["expected"] > sum(each["samples"] for each in room.sent[0]["answer"]["utterances"])
