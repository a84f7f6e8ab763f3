"""On air and off; what operators order meanwhile. A host does it; here stands only what is wanted."""

from __future__ import annotations

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from avatar.feed import wake
from avatar.models import Broadcast, OperatorOrder, Room
from avatar.scripts.checking import LineProblem
from avatar.services.personas import check_consents
from avatar.services.scripts import ScriptRefused, check_texts, current_script
from core.errors import InputError
from core.live_updates import publish
from core.models import Member

ON_AIR = (Broadcast.State.QUEUED, Broadcast.State.RUNNING)
HOSTS_CHANNEL = "adloom_live_hosts"


def on_air(room: Room) -> Broadcast | None:
    """The broadcast that is on air or waits for a host."""
    return room.broadcasts.filter(state__in=ON_AIR).first()


def start(room: Room) -> Broadcast:
    """The room is wanted on air; a host claims it within a second. Raises `InputError` with what stands in the way."""
    if room.own_persona is not None:
        check_consents(room.own_persona)
    script = current_script(room)
    if script is None:
        raise InputError("script", "has no line; write at least one sentence", "empty_script")
    problems: tuple[LineProblem, ...] = check_texts(room, [entry["text"] for entry in script.lines])
    if problems:
        raise ScriptRefused(problems)
    try:
        with transaction.atomic():
            made = Broadcast.objects.create(
                advertiser=room.advertiser, room=room, script=script, guest_delay_seconds=room.guest_delay_seconds
            )
    except IntegrityError as error:
        raise InputError("room", "is on air already", "on_air") from error
    wake_hosts()
    _tell(made)
    return made


def stop(broadcast: Broadcast) -> None:
    """The host ends it within a second; one that no host has claimed yet ends here."""
    Broadcast.objects.filter(pk=broadcast.pk, stop_wanted_at=None).update(stop_wanted_at=Now())
    broadcast.guests.exclude(state="ended").update(state="ended", reason="ended", ended_at=Now(), is_connected=False)
    unclaimed = Broadcast.objects.filter(pk=broadcast.pk, state=Broadcast.State.QUEUED)
    unclaimed.update(state=Broadcast.State.DONE, ended_at=Now())
    wake_hosts()
    _tell(broadcast)


def give_order(broadcast: Broadcast, member: Member, order: str, text: str = "") -> OperatorOrder:
    """Said at once, skipped, paused, dumped, slated: nothing asks. What is to be said passes the checks first."""
    if order not in OperatorOrder.Order.values:
        raise InputError("order", f"{order!r} is none of {', '.join(OperatorOrder.Order.values)}", "unknown_choice")
    said = " ".join(text.split())[:300]
    if order == OperatorOrder.Order.SAY:
        if not said:
            raise InputError("text", "is missing", "missing")
        problems = check_texts(broadcast.room, [said])
        if problems:
            raise ScriptRefused(problems)
    made = OperatorOrder.objects.create(
        advertiser=broadcast.advertiser, broadcast=broadcast, order=order, text=said, member=member
    )
    wake(broadcast.pk)
    _tell(broadcast)
    return made


def wake_hosts() -> None:
    """Hosts look every second anyway; this saves the second."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, '')", [HOSTS_CHANNEL])


def _tell(broadcast: Broadcast) -> None:
    publish(broadcast.advertiser_id, "rooms", {"room": str(broadcast.room_id)})
