"""A guest and the host: who holds the floor between them. Values in, values out.

The guest's voice cuts the host hard; the host waits while the guest speaks, then for the answer, for as long as
somebody would wait on the telephone; then the script goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from avatar.contracts import TICKS_A_SECOND, Answer
from avatar.live.floor import Floor
from avatar.live.guest import Joined, Left, News, Paused, Speaking

PATIENCE_TICKS = 6 * TICKS_A_SECOND
"""A model answers within 5 s or not at all."""

Told = tuple[str, dict[str, Any]]


class Conversation:
    """Holds and frees the floor. Events come back as (name, fields) for the log."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._guest: int | None = None
        self._speaks = False
        self._waits_until: int | None = None
        self._asked: set[int] = set()
        self._void: list[int] = []

    @property
    def guest(self) -> int | None:
        """The number of the guest on air."""
        return self._guest

    def hear(self, news: Sequence[News], tick: int) -> list[Told]:
        """What the guest did, and whether the wait for an answer is over."""
        told: list[Told] = []
        for each in news:
            told += self._took(each, tick)
        if self._waits_until is not None and tick >= self._waits_until:
            self._free(owes_bridge=True)
        return told

    def ask(self, comment: int) -> None:
        """The guest's words are comment `comment`."""
        self._asked.add(comment)

    def let_go(self, comment: int) -> None:
        """Nothing is said to them."""
        if comment in self._asked:
            self._asked.discard(comment)
            if not self._speaks:
                self._free(owes_bridge=True)

    def take_void(self) -> list[int]:
        """Comments of the guest that no answer is wanted for any more; each is told once."""
        void, self._void = self._void, []
        return void

    def admits(self, answer: Answer) -> bool:
        """Whether an answer to the guest may go on air; the floor is free for it then."""
        if self._speaks or not self._asked & set(answer.comments):
            return False
        self._asked -= set(answer.comments)
        self._free(owes_bridge=False)
        return True

    def _took(self, news: News, tick: int) -> list[Told]:
        if isinstance(news, Joined):
            self._guest, self._speaks = news.number, False
            return [("guest_joined", {"guest": news.number, "picture": news.has_picture})]
        if news.number != self._guest:
            return []
        if isinstance(news, Speaking):
            self._speaks, self._waits_until = True, None
            self._floor.hold()
            self._forget()
            return [("guest_speaking", {"guest": news.number})]
        if isinstance(news, Left):
            return self._leave(news)
        return self._pause(news, tick)

    def _pause(self, news: Paused, tick: int) -> list[Told]:
        self._speaks = False
        if news.why == "turn":
            self._waits_until = tick + PATIENCE_TICKS
        else:
            self._free(owes_bridge=news.why == "unheard")
        return [("guest_paused", {"guest": news.number, "why": news.why, "seconds": round(news.seconds, 2)})]

    def _leave(self, news: Left) -> list[Told]:
        held = self._speaks or self._waits_until is not None
        self._guest, self._speaks = None, False
        self._forget()
        self._free(owes_bridge=held)
        return [("guest_left", {"guest": news.number, "reason": news.reason})]

    def _forget(self) -> None:
        self._void += sorted(self._asked)
        self._asked.clear()

    def _free(self, owes_bridge: bool) -> None:
        """The floor is free; after a wait for nothing a bridge leads back to the script."""
        self._waits_until = None
        self._floor.release(owes_bridge)
