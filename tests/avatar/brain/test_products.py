"""A room of two products: each comment is answered for the product it asks for, else for the one that is on."""

from __future__ import annotations

import dataclasses

import pytest

from avatar.brain.facts import room_texts
from avatar.contracts import ProductCard, RoomProduct
from core.contracts import Fact
from tests.avatar.brain.room import Room, told
from tests.avatar.comments.talk import ground

CUP = (Fact("name", "澄夜随行杯"), Fact("price", "¥59"))


@pytest.fixture
def room() -> Room:
    made = Room()
    cup = dataclasses.replace(ground(), name="澄夜随行杯", facts=CUP)
    wares = (
        RoomProduct("澄夜冷萃咖啡", made.config.card, ground().facts),
        RoomProduct("澄夜随行杯", ProductCard("杯"), CUP),
    )
    lines = tuple(dataclasses.replace(line, product=int(line.place == 2)) for line in made.config.lines)
    made.config = dataclasses.replace(made.config, lines=lines, products=wares)
    made.brain.room = made.config
    made.brain.texts = room_texts(made.config, (ground(), cup), "小林")
    return made


def product(room: Room) -> int:
    return next(message for message in reversed(room.sent) if message["kind"] == "answer")["answer"]["product"]


def test_who_names_a_product_hears_of_that_one(room):
    answered = told(room.comment(1.0, "小李", "随行杯多少钱"))[0]

    assert answered.startswith("answer [1] canned: 小李，澄夜随行杯的价格是¥59")
    assert product(room) == 1


def test_who_names_none_hears_of_the_one_that_is_on(room):
    room.comment(1.0, "小李", "多少钱")
    assert (product(room), "¥39.9" in room.sent[0]["answer"]["text"]) == (0, True)
    room.tell({"kind": "status", "tick": 30, "sentence": 2})

    answered = told(room.comment(2.0, "阿强", "多少钱"))

    assert answered[0].startswith("answer [2] canned: 阿强，澄夜随行杯的价格是¥59")
    assert product(room) == 1


def test_an_operator_may_speak_of_both(room):
    assert room.brain.say("冷萃咖啡¥39.9，随行杯¥59。") == ()
    assert room.brain.say("随行杯¥69。") != ()


def test_a_comment_that_is_asked_again_after_a_restart_of_the_engine_is_answered_once(room):
    room.comment(1.0, "小李", "多少钱")
    again = {"number": 1, "viewer": "小李", "text": "多少钱", "at": 1.0}

    assert told(room.tell({"kind": "comment", "asked": 9, "comment": again})) == ["done 9"]
