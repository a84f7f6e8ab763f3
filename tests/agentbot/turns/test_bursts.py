"""People type one thought in several messages: it is answered once; and who writes on is not talked over."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest
from django.contrib.auth import get_user_model

from agentbot.channels.opening import open_channel
from agentbot.inbox.owning import return_to_agents, take_over
from agentbot.models import ChannelAccount, Conversation, Message
from core.models import Member
from tests.agentbot.stage import TICK, a_seller, on_stage, with_books

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = 60
LONGEST = 8.0
THOUGHT = ("你好", "我想看看 X3", "多少钱", "就是征信不太好", "还能分期吗", "谢谢")


@pytest.fixture
def account() -> ChannelAccount:
    return open_channel(a_seller(), "webhook", callback_url="http://127.0.0.1:9/cb", may_be_private=True).account


def burst(chance: random.Random) -> list[float]:
    """Moments of one to six messages within eight seconds: mostly a second or so apart, now and then more than
    the quiet window."""
    moments = [0.0]
    for _ in range(chance.randrange(6)):
        moments.append(moments[-1] + chance.lognormvariate(0.18, 0.35))
    return [round(each / TICK) * TICK for each in moments if each <= LONGEST]


def test_bursts_of_one_to_six_messages_get_one_turn_each_in_ninety_eight_of_a_hundred(account):
    chance = random.Random(4)
    bursts = {f"v{number}": burst(chance) for number in range(COUNT)}
    assert {len(each) for each in bursts.values()} == {1, 2, 3, 4, 5, 6}

    async def play(stage):
        for tick in range(round(LONGEST / TICK) + 1):
            for visitor, moments in bursts.items():
                for place, moment in enumerate(moments):
                    if moment == tick * TICK:
                        await stage.hear(visitor, THOUGHT[place])
            await stage.pass_(TICK)
        await stage.pass_(24, 0.5)

    stage = on_stage(account, play)

    spoken = defaultdict(set)
    answered = defaultdict(set)
    for part in stage.sent:
        spoken[part.visitor].add(part.turn)
        answered[part.visitor].update(part.answers)
    assert len(spoken) == COUNT
    assert sum(len(turns) == 1 for turns in spoken.values()) * 100 >= 98 * COUNT
    for row in Message.objects.filter(direction="in").select_related("conversation"):
        assert str(row.pk) in answered[row.conversation.visitor]


def test_a_message_while_parts_are_sent_cancels_the_later_ones_always(account):
    chance, known = random.Random(5), {}

    async def play(stage):
        for number in range(24):
            await stage.hear(f"v{number}", "你好，X3 标准版多少钱，征信不太好能分期吗，你们门店在哪")
        wrote: dict[str, float] = {}
        patience = {f"v{number}": chance.choice((0.0, 0.25, 0.5, 0.75, 1.0)) for number in range(24)}
        for _ in range(round(30 / TICK)):
            await stage.pass_(TICK)
            first = {part.visitor: part.at for part in reversed(stage.sent)}
            for visitor, at in first.items():
                if visitor not in wrote and stage.now - at >= patience[visitor]:
                    wrote[visitor] = stage.now
                    await stage.hear(visitor, "周末开门吗")
        await stage.pass_(24, 0.5)
        known.update(wrote)

    stage = on_stage(account, play)

    assert len(known) == 24
    first_turn = {part.visitor: part.turn for part in reversed(stage.sent)}
    after = [part for part in stage.sent if part.turn == first_turn[part.visitor] and part.at > known[part.visitor]]
    before = [part for part in stage.sent if part.turn == first_turn[part.visitor]]
    assert after == []
    assert len(before) < 3 * 24
    assert {part.visitor for part in stage.sent if part.turn != first_turn[part.visitor]} == set(first_turn)


def test_a_person_who_takes_over_at_any_moment_silences_the_agents_and_back_again_they_answer(account):
    chance, visitors = random.Random(6), [f"v{number}" for number in range(16)]
    member = Member.objects.create(
        user=get_user_model().objects.create_user("anna@example.com"), advertiser=account.advertiser
    )
    moments = {visitor: chance.uniform(0, 20) for visitor in visitors}
    taken: dict[str, float] = {}
    silent: list[int] = []

    async def play(stage):
        for visitor in visitors:
            await stage.hear(visitor, "X3 标准版多少钱，征信不太好能分期吗，你们门店在哪")
        ids = {row.visitor: row.pk for row in await with_books(lambda: list(Conversation.objects.all()))}
        for _ in range(round(30 / TICK)):
            for visitor in visitors:
                if visitor not in taken and stage.now >= moments[visitor]:
                    await with_books(take_over, ids[visitor], member)
                    taken[visitor] = stage.now
            await stage.pass_(TICK)
        silent.append(len(stage.sent))
        for visitor in visitors:
            await with_books(return_to_agents, ids[visitor], member)
            await stage.hear(visitor, "周末开门吗")
        await stage.pass_(24, 0.5)

    stage = on_stage(account, play)

    assert [part for part in stage.sent[: silent[0]] if part.at > taken[part.visitor] + TICK] == []
    assert {part.visitor for part in stage.sent[silent[0] :]} == set(visitors)
