"""A conversation for tests: turn after turn through the real dialogue, books kept as the platform keeps them."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from agentbot.contracts import Article, Knowledge, PriceFact, Said, TurnInput, TurnResult
from agentbot.dialogue import take_turn
from core.llm.base import LanguageModel

NOON = dt.datetime(2026, 11, 22, 4, 0, tzinfo=dt.UTC)

CARS = Knowledge(
    "star",
    "星途汽车",
    "zh-CN",
    "car",
    (
        Article(
            "credit",
            "分期与征信",
            "我们和三家银行合作分期。征信有过逾期的客户,可以先做一次预审,预审不留查询记录。结果以银行审核为准。",
        ),
        Article(
            "shop",
            "门店与试驾",
            "门店在杭州市滨江区江南大道 88 号,每天 9:00 到 18:00 营业。试驾需要提前一天预约,带驾驶证即可。",
        ),
        Article("x3", "X3 介绍", "星途 X3 是五座纯电 SUV,后排可以放两个儿童座椅。标准续航 520 公里。"),
    ),
    (
        PriceFact("p1", "星途 X3 标准版", 12980000, "CNY", "台"),
        PriceFact("p2", "X3 首付", 2980000, "CNY"),
        PriceFact("p3", "星途 X5", 19980000, "CNY", "台", "2026-01-01", "2026-10-31"),
    ),
    "1",
)
MOTORS = Knowledge(
    "river",
    "Riverside Motors",
    "en",
    "car",
    (
        Article(
            "credit",
            "Finance and credit",
            "Customers with missed payments in the past can ask for a soft check, which leaves no mark on the credit "
            "file. The lender makes the final decision.",
        ),
        Article(
            "shop",
            "Visiting us",
            "We are open Monday to Saturday from 9 a.m. to 6 p.m. Test drives need a booking one day ahead.",
        ),
        Article("r3", "The R3", "The R3 is a five-seat electric SUV with room for two child seats in the back."),
    ),
    (PriceFact("p1", "R3 Standard", 2849900, "GBP"),),
    "1",
)


@dataclass
class Talk:
    """`say` is one turn: what the visitor writes, then what comes of it."""

    knowledge: Knowledge = CARS
    seed: int = 1
    model: LanguageModel | None = None
    now: dt.datetime = NOON
    history: list[Said] = field(default_factory=list)
    results: list[TurnResult] = field(default_factory=list)
    policy: dict[str, Any] = field(default_factory=dict)
    asks: int = 0
    since_ask: int | None = None
    refusals: int = 0
    held: tuple[str, ...] = ()
    is_disclosed: bool = False

    def say(self, *texts: str) -> TurnResult:
        number = len(self.results)
        messages = tuple(Said(f"m{number}-{place}", "visitor", text, self.now) for place, text in enumerate(texts))
        turn = TurnInput(
            "talk", f"{self.seed}-{number}", self.seed, self.now + dt.timedelta(seconds=2.5), self.knowledge, messages,
            tuple(self.history), self.held, number, self.asks, self.since_ask, self.refusals, self.is_disclosed,
            policy=self.policy,
        )  # fmt: skip
        result = asyncio.run(take_turn(turn, self.model))
        self._keep(messages, result, turn.turn)
        return result

    def _keep(self, messages: tuple[Said, ...], result: TurnResult, turn: str) -> None:
        self.history += messages
        self.history += [
            Said(f"{turn}-{place}", part.author, part.text, self.now, part.asks_contact, turn)
            for place, part in enumerate(result.parts)
        ]
        asked = any(part.asks_contact for part in result.parts)
        self.asks += asked
        self.since_ask = 0 if asked else None if self.since_ask is None else self.since_ask + 1
        self.refusals += result.pre_pass.refuses_contact
        self.held += tuple(found.value for found in result.pre_pass.contacts)
        self.is_disclosed = self.is_disclosed or result.discloses
        self.results.append(result)
        self.now += dt.timedelta(minutes=1)


def text_of(result: TurnResult) -> str:
    return "\n".join(part.text for part in result.parts)


def asks(result: TurnResult) -> bool:
    return any(part.asks_contact for part in result.parts)
