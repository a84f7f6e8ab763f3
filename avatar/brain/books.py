"""What reaches a broadcast's brain through the books: viewers' comments, operators' orders, changed facts.

Rows and not a socket of the brain's own: pages and platforms write them on whatever machine they run, a brain that
starts anew finds what waits, and an operator's order stays on record. A room run from a file has no books.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections

from agentbot.api import knowledge_of
from avatar.brain.guests import answer_guest
from avatar.brain.mind import Brain
from avatar.brain.orders import obey
from avatar.comments.ground import Ground
from avatar.feed import RoomFeed
from avatar.hosting.health import save_health
from avatar.live.wire import Message
from avatar.models import Broadcast
from avatar.rooms import folder_of
from avatar.services.products import wares_of
from avatar.services.scripts import brief_of, platform_of
from core.clock import Clock, system_clock
from core.contracts import Language
from core.errors import InputError

logger = logging.getLogger(__name__)
WAIT_SECONDS = 1.0
LOOK_SECONDS = 10.0
"""How long a changed price may still be the old one in an answer."""

Change = Callable[[tuple[Ground, ...]], None]


class Books:
    """A thread that reads the books of one broadcast until it is closed."""

    def __init__(self, broadcast: uuid.UUID, brain: Brain, change: Change, clock: Clock = system_clock) -> None:
        self._broadcast, self._brain, self._change, self._clock = broadcast, brain, change, clock
        self._feed = RoomFeed(broadcast)
        self._closing = threading.Event()
        self._looked_at = clock.now()
        self._thread = threading.Thread(target=self._run, name="brain-books", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join(timeout=WAIT_SECONDS * 3)
        else:
            self._feed.close()

    def keep_health(self, status: Message) -> None:
        """What the engine measures of itself, for the host that keeps the books of this broadcast."""
        try:
            save_health(folder_of(self._broadcast), status)
        except OSError as error:
            logger.warning("health was not kept: %s", error.strerror)

    def look(self) -> None:
        """Hand on what waits in the books."""
        for item in self._feed.fetch():
            if item["kind"] == "order":
                obey(self._brain, str(item["order"]), str(item["text"]))
            elif item["by_guest"]:
                answer_guest(self._brain, int(item["number"]), str(item["viewer"]), str(item["text"]))
            else:
                self._brain.hear_live(int(item["number"]), str(item["viewer"]), str(item["text"]))

    def _run(self) -> None:
        try:
            while not self._closing.is_set():
                self.look()
                self._look_at_facts()
                if not self._feed.wait(WAIT_SECONDS):
                    self._closing.wait(0.05)
        except OSError as error:
            logger.warning("the engine is gone: %s", error)
        finally:
            self._feed.close()

    def _look_at_facts(self) -> None:
        now = self._clock.now()
        if (now - self._looked_at).total_seconds() < LOOK_SECONDS:
            return
        self._looked_at = now
        close_old_connections()
        try:
            grounds = grounds_of(self._broadcast, self._clock)
        except (DatabaseError, InputError, LookupError) as error:
            logger.warning("facts were not looked at: %s", type(error).__name__)
            return
        if grounds != self._brain.texts.grounds:
            self._change(grounds)


def grounds_of(broadcast: uuid.UUID, clock: Clock = system_clock) -> tuple[Ground, ...]:
    """The facts of a broadcast's products in turn and its advertiser's approved knowledge, read now."""
    rows = Broadcast.objects.select_related("room__product__advertiser", "room__advertiser")
    room = rows.get(pk=broadcast).room
    language: Language = "en" if room.language == "en" else "zh-CN"
    known = knowledge_of(room.advertiser_id)
    own = known if known.articles or known.prices else None
    platform, today = platform_of(room), clock.now().date()
    return tuple(
        Ground(
            ware.product.name, brief_of(ware.product, language, platform).all_facts(), language, platform, today, own
        )
        for ware in wares_of(room)
    )
