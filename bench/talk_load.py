"""Visitors by the thousand: what they say, at what rate, and whether each was answered once."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import random
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.talk_client import Client, NoAnswer
from bench.talk_server import Heard
from core.webhooks.signing import secret_bytes, signed_headers

QUESTIONS = (
    "你们的冷萃咖啡多少钱一杯？",
    "门店周末几点开门？",
    "第二件半价是怎么算的？",
    "可以送到公司楼下吗？",
    "请问豆子是哪里产的？",
)
TRY_AGAIN_SECONDS = 0.25
MOST_LINES = 120


@dataclass
class Said:
    """One message as its sender sees it."""

    id: str
    visitor: str
    text: str
    stored: str = ""
    seconds: float = 0.0
    tries: int = 0
    duplicates: int = 0
    offered_at: float = 0.0


@dataclass
class Visitors:
    """Sends messages to one channel, again under the same id until they are taken."""

    inbound_url: str
    secret: str
    said: list[Said] = field(default_factory=list)
    refused: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        self._client = Client(self.inbound_url, MOST_LINES)

    async def say(self, visitor: str, text: str, message_id: str = "", deadline_seconds: float = 120.0) -> Said:
        said = Said(message_id or f"m-{uuid.uuid4().hex}", visitor, text, offered_at=time.time())
        self.said.append(said)
        until = time.monotonic() + deadline_seconds
        while not said.stored and time.monotonic() < until:
            await self.deliver(said)
            if not said.stored:
                await asyncio.sleep(TRY_AGAIN_SECONDS)
        return said

    async def deliver(self, said: Said) -> int:
        """One try; its status, 0 when no answer came."""
        sent_at = dt.datetime.fromtimestamp(said.offered_at, dt.UTC).isoformat()
        body = json.dumps({"visitor": said.visitor, "text": said.text, "sent_at": sent_at}).encode()
        headers = signed_headers([secret_bytes(self.secret)], said.id, int(time.time()), body)
        said.tries += 1
        began = time.monotonic()
        try:
            async with asyncio.timeout(10):
                status, content = await self._client.post(headers, body)
        except (NoAnswer, TimeoutError):
            self.refused[0] += 1
            return 0
        if status != 200:
            self.refused[status] += 1
            return status
        answer = json.loads(content)
        said.seconds = said.seconds or time.monotonic() - began
        said.duplicates += answer["duplicate"]
        said.stored = answer["message"]
        return 200

    async def talk(
        self, rate: float, seconds: float, gap_seconds: float = 25.0, seed: int = 1, name: str = "v"
    ) -> None:
        """`rate` messages a second for `seconds`; a visitor writes again only after `gap_seconds`."""
        chance = random.Random(seed)
        began, tasks = time.monotonic(), []
        crowd = max(1, int(rate * gap_seconds))
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
            visitor = f"{name}{number // (crowd * 5) * crowd + number % crowd}"
            tasks.append(asyncio.create_task(self.say(visitor, chance.choice(QUESTIONS))))
        await asyncio.gather(*tasks)

    async def close(self) -> None:
        self._client.close()


@dataclass(frozen=True)
class Ledger:
    """What came of all that was said."""

    messages: int
    lost: int
    twice: int
    parts: int
    repeats: int

    @classmethod
    def of(cls, said: Sequence[Said], taken: Sequence[Heard]) -> Ledger:
        """Lost: never answered. Twice: answered in two whole turns, a part under two ids, an id with two bodies.

        A turn that the visitor cut short leaves its messages to the next one, so it counts for none.
        """
        parts = [heard for heard in taken if heard.event["type"] == "message.part"]
        turns: dict[str, set[str]] = defaultdict(set)
        ids: dict[tuple[str, int], set[str]] = defaultdict(set)
        bodies: dict[str, set[str]] = defaultdict(set)
        for heard in parts:
            data = heard.event["data"]
            ids[data["turn"], data["part"]].add(heard.id)
            bodies[heard.id].add(heard.digest)
            for message in data["answers"]:
                turns[message].add(data["turn"])
        said_of = Counter(turn for turn, _ in ids)
        whole = {h.event["data"]["turn"] for h in parts if said_of[h.event["data"]["turn"]] == h.event["data"]["of"]}
        answered = {message: found & whole for message, found in turns.items()}
        stored = {each.stored for each in said if each.stored}
        twice = sum(len(found) > 1 for group in (answered, ids, bodies) for found in group.values())
        return cls(len(stored), len(stored - set(turns)), twice, len(parts), len(parts) - len(bodies))


async def until_answered(said: Sequence[Said], taken: Sequence[Heard], seconds: float) -> None:
    """Until every message that was taken in is in the answers of some part, or nothing has come for `seconds`.

    What still comes is late, not lost. Events are read once each: whoever counts shares the loop that takes them in.
    """
    deadline = time.monotonic() + seconds
    answered: set[str] = set()
    read = 0
    while time.monotonic() < deadline:
        fresh = taken[read:]
        read += len(fresh)
        if fresh:
            deadline = time.monotonic() + seconds
        answered.update(*(heard.event["data"].get("answers", ()) for heard in fresh))
        if all(each.stored in answered for each in said if each.stored):
            return
        await asyncio.sleep(1.0)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0..1) of them do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
