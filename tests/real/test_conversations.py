"""Conversations on the running platform: web, brain, sender and PostgreSQL are real, the advertiser's side is ours.

All scenarios run at once on one platform, in the morning; in the afternoon everything is killed once (-9).
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bench.talk_load import Ledger, Visitors, until_answered
from bench.talk_platform import Platform, platform
from bench.talk_server import Heard, Outside, Reply

QUESTION = "你们的冷萃咖啡多少钱一杯？"
VICTIMS = ("conversations-brain", "conversations-sender", "postgres", "web")
CHATS = 12


@dataclass
class Day:
    """What the advertiser's side heard, and when each visitor spoke."""

    outside: Outside
    auto: Visitors
    shadow: Visitors
    stubborn: dict[str, int] = field(default_factory=dict)
    owners: list[tuple[Any, ...]] = field(default_factory=list)

    def parts(self, visitor: str) -> list[Heard]:
        """Each part once, in the order they came."""
        found = [each for each in self.outside.taken if each.event["type"] == "message.part"]
        mine = [each for each in found if each.event["data"]["visitor"] == visitor]
        return list({each.id: each for each in reversed(mine)}.values())[::-1]

    def events(self, kind: str, visitor: str) -> list[Heard]:
        return [
            each
            for each in self.outside.taken
            if each.event["type"] == kind and each.event["data"]["visitor"] == visitor
        ]

    def said_at(self, visitor: str) -> list[float]:
        return [each.offered_at for each in self.auto.said if each.visitor == visitor]


def manners(day: dict[str, Day], path: str, event_id: str, event: dict[str, Any]) -> Reply:
    """The stubborn visitor's first part and the first lead are refused twice."""
    tried = day["day"].stubborn if "day" in day else {}
    if event["data"].get("visitor") != "stubborn":
        return Reply()
    tried[event_id] = tried.get(event_id, 0) + 1
    return Reply(503, stores=False) if tried[event_id] <= 2 else Reply()


async def live_a_day(place: Platform) -> Day:
    days: dict[str, Day] = {}
    outside = Outside(lambda path, event_id, event: manners(days, path, event_id, event))
    await outside.open()
    auto = await asyncio.to_thread(place.open_channel, outside.url("/callback"), outside.url("/crm"))
    shadow = await asyncio.to_thread(place.open_channel, outside.url("/shadow"), "", "shadow")
    outside.secrets = {"/callback": auto["secret"], "/crm": auto["crm_secret"]}
    day = days["day"] = Day(
        outside, Visitors(auto["inbound_url"], auto["secret"]), Visitors(shadow["inbound_url"], shadow["secret"])
    )
    await asyncio.gather(
        *(give_a_contact(day), ask_for_a_person(day), opt_out(day), go_on_writing(day), be_stubborn(day)),
        *(change_their_mind(day), interrupt(day)),
        day.shadow.say("watched", QUESTION),
    )
    await until_answered(day.auto.said, outside.taken, 1)
    day.owners = await asyncio.to_thread(
        place.ask, "select visitor, owner, opted_out_at is not null from agentbot_conversation"
    )
    await asyncio.gather(kill_everything_once(place), *(chat(day, number) for number in range(CHATS)))
    await until_answered([each for each in day.auto.said if each.visitor.startswith("k")], outside.taken, 60)
    await day.auto.close()
    await day.shadow.close()
    await outside.close()
    return day


async def give_a_contact(day: Day) -> None:
    await day.auto.say("buyer", "你好，" + QUESTION)
    await asyncio.sleep(13)
    await day.auto.say("buyer", "可以，我的电话是一三八零零一三八零零零")
    await asyncio.sleep(8)


async def ask_for_a_person(day: Day) -> None:
    await day.auto.say("impatient", "请转人工")
    await asyncio.sleep(15)
    await day.auto.say("impatient", "人呢？")
    await asyncio.sleep(8)


async def opt_out(day: Day) -> None:
    await day.auto.say("weary", QUESTION)
    await asyncio.sleep(3.2)
    await day.auto.say("weary", "别再给我发消息了，退订")
    await asyncio.sleep(5)
    await day.auto.say("weary", QUESTION)


async def go_on_writing(day: Day) -> None:
    for text in ("你好", QUESTION, "周末开门吗？"):
        await day.auto.say("chatty", text)
        await asyncio.sleep(1.2)
    await asyncio.sleep(15)


async def be_stubborn(day: Day) -> None:
    await day.auto.say("stubborn", "请联系我，电话13700137000")
    await asyncio.sleep(20)


async def change_their_mind(day: Day) -> None:
    await day.auto.say("fickle", "请转人工")
    await asyncio.sleep(2.9)
    await day.auto.say("fickle", "退订")
    await asyncio.sleep(8)


async def interrupt(day: Day) -> None:
    """Goes on as soon as the first of several parts is there."""
    await day.auto.say("hasty", "你好，" + QUESTION + "周末几点开门？")
    for _ in range(200):
        if day.parts("hasty"):
            break
        await asyncio.sleep(0.1)
    await day.auto.say("hasty", "好的")
    await asyncio.sleep(16)


async def chat(day: Day, number: int) -> None:
    await asyncio.sleep(number * 0.6)
    await day.auto.say(f"k{number}", QUESTION)


async def kill_everything_once(place: Platform) -> None:
    for victim in VICTIMS:
        await asyncio.sleep(2.5)
        os.kill(place.pid(victim), signal.SIGKILL)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    folder = Path(tmp_path_factory.mktemp("conversations"))
    with platform(folder) as place:
        yield asyncio.run(live_a_day(place))


def test_a_contact_becomes_one_lead_with_consent(day):
    created = day.events("lead.created", "buyer")

    data = created[0].event["data"]
    assert len(created) == 1
    assert data["contacts"] == [{"type": "phone", "value": "+8613800138000", "status": "valid"}]
    assert data["consents"][0]["purpose"] == "contact"
    assert data["external_key"] == f"aip_lead_{data['lead']}"
    assert created[0].at - day.said_at("buyer")[1] < 10


def test_every_event_is_signed(day):
    assert day.outside.badly_signed == 0


def test_parts_come_in_order_at_a_human_pace(day):
    first = day.parts("buyer")[0]
    assert 2.0 <= first.at - day.said_at("buyer")[0] <= 20.0
    places = [(each.event["data"]["turn"], each.event["data"]["part"]) for each in day.parts("buyer")]
    turns = list(dict.fromkeys(turn for turn, _ in places))
    assert places == [place for turn in turns for place in sorted(each for each in places if each[0] == turn)]


def test_no_contact_is_asked_for_in_the_first_turn(day):
    first = day.parts("buyer")[0].event["data"]["turn"]
    assert not any(
        each.event["data"]["asks_contact"] for each in day.parts("buyer") if each.event["data"]["turn"] == first
    )


def test_whoever_wants_a_person_is_handed_over_and_the_agents_fall_silent(day):
    handed = day.events("conversation.handed_off", "impatient")
    assert len(handed) == 1
    assert handed[0].at - day.said_at("impatient")[0] < 15
    parts = day.parts("impatient")
    assert 1 <= len(parts) <= 2
    assert all(each.at < day.said_at("impatient")[1] for each in parts)
    assert ("impatient", "human_pending", False) in day.owners


def test_after_an_opt_out_nothing_is_sent(day):
    stopped = day.said_at("weary")[1]
    assert [each for each in day.parts("weary") if each.at > stopped] == []
    assert ("weary", "bot", True) in day.owners


def test_a_split_thought_gets_one_answer(day):
    turns = {each.event["data"]["turn"] for each in day.parts("chatty")}
    assert len(turns) == 1
    assert len(day.parts("chatty")[0].event["data"]["answers"]) == 3


def test_what_was_refused_comes_again_with_the_same_id_and_bytes(day):
    tries = [each for each in day.outside.seen if each.event["data"].get("visitor") == "stubborn"]
    for event_id in {each.id for each in tries}:
        mine = [each for each in tries if each.id == event_id]
        assert [each.status for each in mine] == [503, 503, 200]
        assert len({each.digest for each in mine}) == 1
        assert mine[1].at - mine[0].at < (30 if mine[0].path == "/crm" else 2)


def test_in_shadow_mode_drafts_wait(day):
    assert [each for each in day.outside.seen if each.path == "/shadow"] == []


def test_kills_lose_nothing_and_double_nothing(day):
    said = [each for each in day.auto.said if each.visitor.startswith("k")]
    ledger = Ledger.of(said, [each for each in day.outside.taken if each.event["data"]["visitor"].startswith("k")])
    assert (ledger.messages, ledger.lost, ledger.twice) == (CHATS, 0, 0)


def test_a_visitor_who_opts_out_hears_not_even_that_a_person_comes(day: Day):
    assert [each.event["data"]["text"] for each in day.parts("fickle")] == []


def test_what_an_interrupted_turn_left_unsaid_is_answered_by_the_next(day: Day):
    parts = [each.event["data"] for each in day.parts("hasty")]
    cut = [part for part in parts if part["turn"] == parts[0]["turn"]]
    assert len(cut) < parts[0]["of"], "the visitor did interrupt"
    assert parts[0]["answers"][0] in parts[-1]["answers"]
    assert len({part["text"] for part in parts}) == len(parts)
