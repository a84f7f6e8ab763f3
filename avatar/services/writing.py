"""Scripts that a language model writes: in the background, lap by lap, while the room has one by the phrasebook."""

from __future__ import annotations

import threading

from django.db import connections, transaction
from django.db.models import F

from avatar.hosts import say_name
from avatar.models import Room, ScriptVersion, ScriptWriting
from avatar.scripts.writing import LAPS
from avatar.services.products import wares_of
from avatar.services.scripts import current_script, entries_of, generated, keep_script
from core.errors import AdloomError
from core.leases.services import claim, complete, fail, find_forgotten, mark_dispatched, requeue_expired
from core.live_updates import publish
from core.llm.gateway import configured
from core.tasks.sending import send

LEASE_SECONDS = 300.0
"""Longer than a model takes for four laps of a room with several products."""
OPEN = (ScriptWriting.State.QUEUED, ScriptWriting.State.RUNNING)


def order_script(room: Room) -> ScriptWriting | None:
    """Let the model write; None where no model is configured. One at a time for a room."""
    if not configured():
        return None
    under_way: ScriptWriting | None = room.writings.filter(state__in=OPEN).order_by("-pk").first()
    if under_way is not None:
        return under_way
    made = ScriptWriting.objects.create(
        advertiser=room.advertiser, room=room, script=current_script(room), laps=LAPS * len(wares_of(room))
    )
    transaction.on_commit(lambda: _send(made.pk))
    return made


def write(writing_id: int) -> None:
    """Write one that was ordered. Safe to hear twice; what somebody edited meanwhile stays as it is."""
    lease = claim(ScriptWriting, writing_id, worker="script", lease_seconds=LEASE_SECONDS)
    if lease is None:
        return
    writing = ScriptWriting.objects.select_related("room__product__advertiser", "room__own_persona").get(pk=writing_id)
    room = writing.room
    try:
        script = generated(room, say_name(room), told=_Telling(writing).one_more)
    except AdloomError as error:
        fail(lease, str(error))
        _tell(room)
        return
    newest = current_script(room)
    if newest is None or newest.pk == writing.script_id:
        entries = entries_of(script, len(wares_of(room)))
        keep_script(room, entries, ScriptVersion.Source.GENERATED, script.degraded)
    complete(lease, laps_done=writing.laps)
    _tell(room)


def send_forgotten() -> None:
    """Messages that were lost are sent again, and work whose worker died."""
    for key in (*requeue_expired(ScriptWriting), *find_forgotten(ScriptWriting)):
        send(ScriptWriting.task_name, [key])


class _Telling:
    """Counts laps as they are written, from whichever thread writes them."""

    def __init__(self, writing: ScriptWriting) -> None:
        self._writing, self._lock = writing, threading.Lock()
        self._home = threading.get_ident()

    def one_more(self) -> None:
        with self._lock:
            ScriptWriting.objects.filter(pk=self._writing.pk).update(laps_done=F("laps_done") + 1)
            _tell(self._writing.room)
        if threading.get_ident() != self._home:
            # A thread of the writer's pool ends with its lap; its connection would stay.
            connections.close_all()


def _send(key: int) -> None:
    if send(ScriptWriting.task_name, [key]):
        mark_dispatched(ScriptWriting, key)


def _tell(room: Room) -> None:
    publish(room.advertiser_id, "rooms", {"room": str(room.pk)})
