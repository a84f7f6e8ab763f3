"""The language model is down for ten minutes: nobody notices more than quoted answers, and nothing is lost."""

from __future__ import annotations

import random
import re
from collections import defaultdict

import pytest
from django.utils import timezone

from agentbot.channels.opening import open_channel
from agentbot.contracts import QUOTED
from agentbot.models import ChannelAccount, ContactPoint, Conversation, Handoff, Lead, Message
from core.clock import ManualClock
from core.llm.ledger import Ledger
from core.llm.openai_http import OpenAiModel
from core.llm.retrying import Breaker, Retrier, RetryRule
from tests.agentbot.stage import a_seller, on_stage
from tests.agentbot.test_dialogue_model import answer
from tests.support.openai_server import Fault, OpenAiServer, prompt_of

pytestmark = pytest.mark.django_db(transaction=True)
MINUTES = 10
ASKED = (
    "X3 标准版多少钱",
    "征信有逾期，能分期吗",
    "你们门店在哪",
    "轮胎是什么牌子的",
    "续航多少公里",
    "可以带狗试驾吗",
)
DOWN = (Fault.SERVER_ERROR, Fault.DISCONNECT, Fault.NOT_JSON, Fault.NONSENSE)


@pytest.fixture
def account() -> ChannelAccount:
    return open_channel(a_seller(), "webhook", callback_url="http://127.0.0.1:9/cb", may_be_private=True).account


def written(chance: random.Random) -> list[tuple[float, str, str]]:
    """When, who, what: twenty visitors in ten minutes; every fourth leaves a number."""
    found = []
    for number in range(20):
        begins = chance.uniform(0, (MINUTES - 2) * 60)
        found += [(begins + 45 * place, f"v{number}", text) for place, text in enumerate(chance.sample(ASKED, 2))]
        if number % 4 == 0:
            found.append((begins + 100, f"v{number}", f"我电话 1390000{number:04d}，打给我"))
    return sorted(found)


def backed(request) -> str:
    """A good answer again, quoting the article by the id it has in the books."""
    found = re.search(r'"id": "([0-9a-f-]{36})", "text": "分期与征信', prompt_of(request))
    return answer(request, sources=(found[1],) if found else ())


def test_ten_minutes_without_a_model_lose_no_message_and_no_lead(account):
    chance, clock = random.Random(18), ManualClock(timezone.now())
    coming = written(chance)
    with OpenAiServer(default=Fault.SERVER_ERROR) as server:
        retrier = Retrier(RetryRule(attempts=1), Breaker(clock=clock))
        model = OpenAiModel(server.base_url, server.model, "", retrier, Ledger())

        async def play(stage):
            while stage.now < MINUTES * 60:
                server.default = chance.choice(DOWN)
                while coming and coming[0][0] <= stage.now:
                    _, visitor, text = coming.pop(0)
                    await stage.hear(visitor, text)
                await stage.pass_(5, 5)
                clock.advance(5)
            server.default = backed
            for text in ("还在吗，后排能放儿童座椅吗", "征信有过逾期怎么办"):
                clock.advance(60)
                await stage.hear("v0", text)
                await stage.pass_(30, 5)

        stage = on_stage(account, play, model)

    answered = {message for part in stage.sent for message in part.answers}
    assert {str(pk) for pk in Message.objects.filter(direction="in").values_list("pk", flat=True)} == answered
    assert Lead.objects.filter(state="open").count() == ContactPoint.objects.count() == 5
    said = defaultdict(list)
    for part in stage.sent:
        said[part.visitor].append(part.text)
    assert all(len(set(texts)) == len(texts) for texts in said.values())
    down = [part for part in stage.sent if part.at < MINUTES * 60 and part.author == "expert"]
    assert all(QUOTED in part.degraded for part in down)
    assert stage.sent[-1].visitor == "v0"
    assert stage.sent[-1].degraded == ()
    assert not Handoff.objects.exists()
    assert not Conversation.objects.filter(turn_due_at__isnull=False).exists()
