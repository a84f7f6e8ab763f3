"""The loop that answers: claims what is due, reads it, takes the turn, commits. Sleeps for nobody."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from agentbot import pre_pass
from agentbot.contracts import PrePass, Said, TurnResult
from agentbot.dialogue import take_turn
from agentbot.leads.capture import Given, keep_contacts, keep_fields
from agentbot.leads.opting_out import opt_out
from agentbot.leads.returning import keep_from_returning
from agentbot.pii import mask_text
from agentbot.sending.sender import DATABASE_AWAY
from agentbot.turns import claiming, committing
from agentbot.turns.claiming import Claim
from agentbot.turns.context import Waiting, load, turn_input
from agentbot.turns.database import ORM_AWAY, in_database
from agentbot.turns.knowledge import KnowledgeShelf
from agentbot.turns.planning import plan_turn
from agentbot.turns.policies import PolicyShelf
from agentbot.turns.watching import with_the_video
from core.llm.base import LanguageModel
from core.pools import Pool, renew

logger = logging.getLogger(__name__)
LOOK_SECONDS = 0.2
MOST_AT_ONCE = 384
"""A turn that waits for a language model costs nothing but its place."""
MOST_CLAIMED_AT_ONCE = 16
TURN_SECONDS = 25.0
HEAD_START_SECONDS = 0.3
"""So long a lead waits for the turn's own understanding of it; then it leaves without."""
MOST_FAILURES = 3
SPEAKING = ("bot", "shadow")
FAILED = "failed"
ModelOf = Callable[[uuid.UUID], LanguageModel | None]
"""The language model that may write for an advertiser, by its id; asked where books may be opened."""


class Brain:
    """Answers for as long as `run` lasts; `stop` lets begun turns end."""

    def __init__(self, pool: Pool, worker: int, model_of: ModelOf | None = None) -> None:
        self.wake = asyncio.Event()
        self._pool = pool
        self._worker = worker
        self._model_of = model_of
        self._shelf = KnowledgeShelf(pool)
        self._policies = PolicyShelf(pool)
        self._stopping = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._count = 0
        self._dropped: list[uuid.UUID] = []

    def stop(self) -> None:
        self._stopping = True
        self.wake.set()

    async def run(self) -> None:
        while not self._stopping:
            self.wake.clear()
            claimed = await self._claim()
            if len(claimed) < MOST_CLAIMED_AT_ONCE:
                try:
                    await asyncio.wait_for(self.wake.wait(), LOOK_SECONDS)
                except TimeoutError:
                    continue
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def answer_due(self) -> int:
        """One look whose turns are waited for, for those who hold the clock; gives how many were due."""
        claimed = await self._claim()
        if self._tasks:
            await asyncio.wait(self._tasks)
        return len(claimed)

    async def _claim(self) -> Sequence[Claim]:
        room = min(MOST_CLAIMED_AT_ONCE, MOST_AT_ONCE - self._count)
        if room <= 0:
            return ()
        try:
            if self._dropped:
                await claiming.let_go(self._pool, self._worker, self._dropped)
                self._dropped = []
            claims = await claiming.claim_due(self._pool, self._worker, room)
        except DATABASE_AWAY as error:
            logger.warning("brain: the database does not answer: %s", type(error).__name__)
            await renew(self._pool)
            return ()
        if claims:
            self._count += len(claims)
            task = asyncio.create_task(self._answer_all(claims))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return claims

    async def _answer_all(self, claims: Sequence[Claim]) -> None:
        try:
            waiting = await load(self._pool, claims)
        except DATABASE_AWAY as error:
            self._count -= len(claims)
            self._dropped += [claim.id for claim in claims]
            logger.warning("brain: %s claims cannot be read: %s", len(claims), type(error).__name__)
            return
        await asyncio.gather(*(self._answer(each) for each in waiting))

    async def _answer(self, waiting: Waiting) -> None:
        """One turn; whatever goes wrong with it leaves the conversation due, for another try or another brain."""
        try:
            await self._turn(waiting, time.monotonic())
        except (*DATABASE_AWAY, *ORM_AWAY) as error:
            self._dropped.append(waiting.claim.id)
            logger.warning("brain: turn of %s not written: %s", waiting.claim.id, type(error).__name__)
        except Exception:
            logger.exception("brain: turn of %s failed", waiting.claim.id)
            await self._note_failure(waiting.claim)
        finally:
            self._count -= 1

    async def _note_failure(self, claim: Claim) -> None:
        try:
            await claiming.note_failure(self._pool, self._worker, claim)
        except DATABASE_AWAY as error:
            logger.warning("brain: failure of %s not written: %s", claim.id, type(error).__name__)

    async def _turn(self, waiting: Waiting, began: float) -> None:
        claim = waiting.claim
        seen = pre_pass.read(waiting.messages, waiting.history)
        if claim.opted_out and seen.contacts and not seen.is_opt_out:
            await in_database(keep_from_returning, claim.id, _given(waiting, seen, {}))
        if claim.opted_out or not waiting.messages or waiting.key is None:
            return await self._only_read(claim)
        if seen.is_opt_out:
            return await in_database(opt_out, claim.id)
        if claim.owner not in SPEAKING:
            await self._keep(waiting, seen, None)
            return await self._only_read(claim)
        knowledge = await self._shelf.of(claim.advertiser_id)
        policy = await self._policies.of(knowledge.vertical)
        turn = turn_input(waiting, knowledge, dt.datetime.now(dt.UTC), policy)
        thinking = asyncio.create_task(self._think(turn, seen, claim))
        await asyncio.wait({thinking}, timeout=HEAD_START_SECONDS)
        early = thinking.result() if thinking.done() and not thinking.exception() else None
        await self._keep(waiting, seen, early)
        result = await thinking
        if early is None and result.lead and result.lead.fields and claim.person_id:
            await in_database(keep_fields, claim.id, result.lead.fields)
        plan = plan_turn(waiting, result, dt.datetime.now(dt.UTC), knowledge_version=knowledge.version, seed=turn.seed)
        if not await committing.commit(self._pool, self._worker, plan, time.monotonic() - began):
            await claiming.let_go(self._pool, self._worker, [claim.id])

    async def _think(self, turn: Any, seen: PrePass, claim: Claim) -> TurnResult:
        """After three failures in a row a person has to look."""
        if claim.failures >= MOST_FAILURES:
            return TurnResult((), seen, handoff_reason=FAILED)
        async with asyncio.timeout(TURN_SECONDS):
            model = await in_database(self._model_of, claim.advertiser_id) if self._model_of else None
            return await take_turn(await with_the_video(turn, claim), model)

    async def _keep(self, waiting: Waiting, seen: PrePass, result: TurnResult | None) -> None:
        fields = result.lead.fields if result and result.lead else {}
        if seen.contacts or seen.withdraws or (fields and waiting.claim.person_id):
            await in_database(keep_contacts, waiting.claim.id, _given(waiting, seen, fields))

    async def _only_read(self, claim: Claim) -> None:
        values: dict[str, object] = {"conversation": claim.id, "upto": claim.last_inbound_seq, "epoch": claim.epoch}
        if not await committing.note_read(self._pool, self._worker, values):
            await claiming.let_go(self._pool, self._worker, [claim.id])


def _given(waiting: Waiting, seen: PrePass, fields: dict[str, dict[str, str]]) -> Given:
    said = _contact_message(waiting.messages, seen)
    ask = next((each for each in reversed(waiting.history) if each.author != "visitor"), None)
    words = mask_text(said.text) if ask is None or not ask.asks_contact else f"{ask.text} — {mask_text(said.text)}"
    return Given(seen.contacts, said.id, words, seen.withdraws, fields)


def _contact_message(messages: Sequence[Said], seen: PrePass) -> Said:
    """The newest message whose own text holds the first contact's span."""
    for said in reversed(messages):
        if any(each.end and pre_pass.read((said,)).contacts for each in seen.contacts[:1]):
            return said
    return messages[-1]
