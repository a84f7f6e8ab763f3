"""The process in which one room's guests come and go: one event loop, two threads that read, one pool that writes."""

from __future__ import annotations

import asyncio
import logging
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.db import DatabaseError, close_old_connections

from avatar.costream.ear import Ear, Listener, ThreadListener
from avatar.costream.peer import Peer
from avatar.costream.servers import IceServers
from avatar.costream.stay import Stay
from avatar.costream.turns import Change
from avatar.costream.visits import Door, GuestBooks, Offer, Visit, Visits
from avatar.live.guest_line import GuestLine
from avatar.live.wire import CLOSED, Message, Wire
from generation.api import HearingEngine

logger = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
WATCH_SECONDS = 0.5
MOST_MONITORS = 4


class GuestProcess:
    """`run` until `stop`, or until the engine's supervisor hangs up."""

    def __init__(
        self, broadcast: uuid.UUID, wire: Wire, line: GuestLine, servers: IceServers, hearing: HearingEngine | None
    ) -> None:
        self._broadcast, self._wire, self._line = broadcast, wire, line
        self._servers, self._hearing = servers, hearing
        self._books = GuestBooks()
        self._writing = ThreadPoolExecutor(1, "guest-books")
        self._stays: dict[uuid.UUID, Stay] = {}
        self._monitors: list[Peer] = []
        self._ended: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        for work in (self._read_wire, self._read_books):
            threading.Thread(target=work, name=work.__name__.strip("_"), daemon=True).start()
        while not self._ended.is_set():
            try:
                await asyncio.wait_for(self._ended.wait(), WATCH_SECONDS)
            except TimeoutError:
                self._let_go_of_the_lost()
        for stay in list(self._stays.values()):
            await self._close(stay, "ended")
        for peer in self._monitors:
            await peer.close()
        self._writing.shutdown(wait=True)

    def stop(self) -> None:
        """May be called from any thread or a signal handler of the loop."""
        if self._loop is not None and self._ended is not None:
            self._loop.call_soon_threadsafe(self._ended.set)

    # ---- threads that read

    def _read_wire(self) -> None:
        while (message := self._wire.receive()) is not CLOSED:
            if message is not None:
                self._on_loop(partial(self._hear_engine, message))
        self.stop()

    def _read_books(self) -> None:
        visits = Visits(self._broadcast)
        while self._ended is not None and not self._ended.is_set():
            door = visits.look()
            if door is not None:
                self._on_loop(partial(self._follow, door))
            visits.wait(LOOK_SECONDS)
        visits.close()

    def _on_loop(self, work: Callable[[], None]) -> None:
        assert self._loop is not None
        try:
            self._loop.call_soon_threadsafe(work)
        except RuntimeError:
            # The loop has ended, and with it everything that this could be about.
            return

    # ---- on the loop

    def _hear_engine(self, message: Message) -> None:
        if message["kind"] == "hello":
            for stay in self._stays.values():
                if stay.is_on_air:
                    stay.join()
        elif message["kind"] == "cut_off":
            for stay in list(self._stays.values()):
                if stay.visit.number == message.get("guest"):
                    stay.is_on_air = False
                    self._end(stay, str(message.get("reason", "dumped")))

    def _follow(self, door: Door) -> None:
        known = {visit.id: visit for visit in door.visits if not visit.is_over}
        over = {visit.id: visit.reason for visit in door.visits if visit.is_over}
        for key, stay in list(self._stays.items()):
            if key not in known:
                self._start(self._close(stay, over.get(key) or "left"))
            else:
                stay.visit = known[key]
                self._admit(stay)
        for offer in door.offers:
            visit = known.get(offer.guest) if offer.guest is not None else None
            if offer.guest is None or visit is not None:
                self._start(self._greet(offer, visit))

    def _admit(self, stay: Stay) -> None:
        if stay.visit.state == "on_air" and stay.has_sound and not stay.is_on_air:
            stay.join()

    async def _greet(self, offer: Offer, visit: Visit | None) -> None:
        stay = self._stay_of(visit) if visit is not None else None
        peer = self._peer(stay)
        try:
            answer = await peer.answer(offer.text)
        except ValueError as error:
            logger.warning("an offer could not be answered: %s", error)
            return await peer.close()
        if stay is None:
            await self._add_monitor(peer)
        else:
            before, stay.peer = stay.peer, peer
            if before is not None:
                await before.close()
        return self._write(partial(self._books.answer, offer.id, answer))

    def _peer(self, stay: Stay | None) -> Peer:
        if stay is None:
            return Peer(self._line.monitor.reader(), self._servers)
        back = self._line.back.reader()
        return Peer(back, self._servers, partial(self._hear_guest, stay), stay.see, self._line.size)

    def _hear_guest(self, stay: Stay, samples: Any) -> None:
        is_first = not stay.has_sound
        stay.hear(samples)
        if is_first:
            key = stay.visit.id
            self._write(partial(self._books.connected, key, True, self._hearing is not None))
            self._admit(stay)

    async def _add_monitor(self, peer: Peer) -> None:
        for each in [each for each in self._monitors if each.is_over]:
            self._monitors.remove(each)
            await each.close()
        self._monitors.append(peer)
        if len(self._monitors) > MOST_MONITORS:
            await self._monitors.pop(0).close()

    def _stay_of(self, visit: Visit) -> Stay:
        if visit.id not in self._stays:
            self._stays[visit.id] = Stay(
                visit,
                self._line,
                partial(self._make_ear, visit),
                self._tell,
                lambda turn, text: self._write(partial(self._books.keep_turn, visit.id, turn, text)),
                lambda text: self._write(partial(self._books.said, visit.id, text)),
            )
        return self._stays[visit.id]

    def _make_ear(self, visit: Visit, tell: Callable[[Change], None]) -> tuple[Ear, Listener | None]:
        if self._hearing is None:
            return Ear(None, tell, lambda _turn, _text: None), None
        listener = ThreadListener(self._hearing, visit.language, lambda error: logger.warning("no ear: %s", error))
        return Ear(listener, tell, partial(self._settle_on_loop, visit.id)), listener

    def _settle_on_loop(self, key: uuid.UUID, turn: int, text: str) -> None:
        self._on_loop(partial(self._settle, key, turn, text))

    def _settle(self, key: uuid.UUID, turn: int, text: str) -> None:
        if key in self._stays:
            self._stays[key].ear.settled(turn, text)

    def _let_go_of_the_lost(self) -> None:
        for stay in [each for each in self._stays.values() if each.is_lost]:
            self._end(stay, "lost")

    def _end(self, stay: Stay, reason: str) -> None:
        """The stay is over for a reason of ours: the books hear of it."""
        self._write(partial(self._books.end, stay.visit.id, reason))
        self._start(self._close(stay, reason))

    async def _close(self, stay: Stay, reason: str) -> None:
        self._stays.pop(stay.visit.id, None)
        stay.leave(reason)
        if isinstance(stay.listener, ThreadListener):
            stay.listener.close()
        if stay.peer is not None:
            await stay.peer.close()

    def _tell(self, kind: str, **fields: Any) -> None:
        try:
            self._wire.send({"kind": kind, **fields})
        except OSError:
            self.stop()

    def _start(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _write(self, work: Callable[[], None]) -> None:
        """In order, off the loop; what cannot be written is logged, and the guest stays on air."""
        self._writing.submit(partial(_written, work))


def _written(work: Callable[[], None]) -> None:
    close_old_connections()
    try:
        work()
    except DatabaseError as error:
        logger.warning("not written: %s", type(error).__name__)
