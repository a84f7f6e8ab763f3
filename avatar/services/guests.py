"""Viewers on air: the door and its link, the consent, who is taken on air, how a stay ends. What is wanted stands in
rows; the room's process for guests, wherever it runs, is woken and does it."""

from __future__ import annotations

import datetime as dt
import shutil
import uuid
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, connection, transaction
from django.db.models import Max, QuerySet
from django.db.models.functions import Now

from avatar.comments.moderation import spoken_name
from avatar.consent_words import on_air_words
from avatar.models import Broadcast, Guest, Handshake, LikenessConsent, LiveComment, Room
from avatar.services.broadcasting import ON_AIR
from core.clock import Clock, system_clock
from core.contracts import Language
from core.errors import InputError
from core.live_updates import publish
from core.models import Member

CHANNEL = "adloom_costream"
PIECES = "programme"
"""Where a broadcast's folder holds what the control room plays (`avatar.hosting.children`)."""

GUEST_DELAYS = (0, 3, 4, 5)
LINK_SALT = "avatar.guest"
LINK_SECONDS = 365 * 24 * 3600
"""The door closes after half an hour; by the same link, in the same browser, a consent can be taken back for a year."""

DOOR_MINUTES = 30
LARGEST_OFFER = 64 * 1024
LONGEST_NAME = 20
OPEN = (Guest.State.INVITED, Guest.State.WAITING, Guest.State.ON_AIR)


def change_guests(room: Room, given: Mapping[str, str]) -> None:
    """How long the room holds back what it sends, from its next broadcast on; 0 lets nobody on air."""
    chosen = given.get("guest_delay_seconds", "")
    if chosen not in map(str, GUEST_DELAYS):
        raise InputError("guest_delay_seconds", f"is none of {', '.join(map(str, GUEST_DELAYS))}", "unknown_choice")
    Room.objects.filter(pk=room.pk).update(guest_delay_seconds=int(chosen))
    publish(room.advertiser_id, "rooms", {"room": str(room.pk)})


def open_door(broadcast: Broadcast, member: Member, clock: Clock = system_clock) -> Guest:
    """A link that lets one viewer in, good for half an hour; one that nobody came by yet is void from now on."""
    if broadcast.state not in ON_AIR or broadcast.stop_wanted_at is not None:
        raise InputError("room", "is not on air", "not_on_air")
    if not broadcast.guest_delay_seconds:
        raise InputError("room", "lets nobody on air; set a delay for guests first", "no_delay")
    with transaction.atomic():
        Broadcast.objects.select_for_update().get(pk=broadcast.pk)
        _close(broadcast.guests.filter(state=Guest.State.INVITED), "closed")
        highest = broadcast.guests.aggregate(highest=Max("number"))["highest"] or 0
        made = Guest.objects.create(
            advertiser=broadcast.advertiser,
            broadcast=broadcast,
            number=highest + 1,
            language=broadcast.room.language,
            invited_by=member,
            expires_at=clock.now() + dt.timedelta(minutes=DOOR_MINUTES),
        )
    _tell(made)
    return made


def link_token(guest: Guest) -> str:
    """What a guest's address ends with; nobody can make one up."""
    return signing.dumps(str(guest.pk), salt=LINK_SALT, compress=True)


def guest_of_link(token: str) -> Guest | None:
    """The guest a link names; None for a link that is false or older than a year."""
    try:
        key = signing.loads(token, salt=LINK_SALT, max_age=LINK_SECONDS)
    except signing.BadSignature:
        return None
    return (
        Guest.objects.select_related(
            "broadcast__room__own_persona", "broadcast__room__product", "consent", "advertiser"
        )
        .filter(pk=key)
        .first()
    )


def is_open(guest: Guest, clock: Clock = system_clock) -> bool:
    """Whether somebody may still come in by its link."""
    if guest.broadcast.state not in ON_AIR:
        return False
    return guest.state != Guest.State.ENDED and (guest.state != Guest.State.INVITED or guest.expires_at > clock.now())


def come_in(guest: Guest, name: str, has_picture: bool, agrees: bool, language: Language) -> Guest:
    """A viewer with a name and a consent, in the words they were shown; they wait for the host. Raises `InputError`."""
    called = " ".join(name.split())[:LONGEST_NAME]
    if not called:
        raise InputError("name", "is missing", "missing")
    if not spoken_name(called, language):
        raise InputError("name", "cannot be shown on air", "refused_name")
    if not agrees:
        raise InputError("consent", "is missing: nobody is broadcast who has not agreed", "not_agreed")
    with transaction.atomic():
        row = Guest.objects.select_for_update().get(pk=guest.pk)
        if row.state != Guest.State.INVITED or not is_open(guest):
            raise InputError("link", "is used or too old; ask the host for a new one", "link_over")
        row.consent = LikenessConsent.objects.create(
            advertiser=guest.advertiser,
            person=called,
            kind=LikenessConsent.Kind.ON_AIR,
            words=on_air_words(language, guest.advertiser.name),
            evidence=f"given on the guest page, guest {guest.number} of broadcast {guest.broadcast_id}",
            given_at=Now(),
        )
        row.name, row.has_picture, row.language, row.state = called, has_picture, language, Guest.State.WAITING
        row.came_at = Now()
        row.save()
    _tell(guest)
    return row


def shake_hands(broadcast: Broadcast, offer: str, guest: Guest | None = None) -> Handshake:
    """A browser's offer, to be answered by the room's process; an earlier one of the same browser is void."""
    if not offer.startswith("v=0") or len(offer) > LARGEST_OFFER:
        raise InputError("offer", "is no session description", "unreadable")
    if guest is not None:
        guest.handshakes.all().delete()
    made = Handshake.objects.create(advertiser=broadcast.advertiser, broadcast=broadcast, guest=guest, offer=offer)
    _wake(broadcast.pk)
    return made


def take_on_air(guest: Guest) -> None:
    """The operator's yes. Raises `InputError` while somebody else is on air, or nobody waits."""
    try:
        with transaction.atomic():
            waiting = Guest.objects.filter(pk=guest.pk, state=Guest.State.WAITING, consent__withdrawn_at=None)
            taken = waiting.update(state=Guest.State.ON_AIR, admitted_at=Now())
    except IntegrityError as error:
        raise InputError("guest", "another guest is on air; let that one go first", "taken") from error
    if not taken:
        raise InputError("guest", "is not waiting", "not_waiting")
    _tell(guest)


def end_stay(guest: Guest, reason: str) -> None:
    """`left` by the guest, `removed` by the operator, `lost`, `dumped`, `closed`; whoever says it first is believed."""
    if _close(Guest.objects.filter(pk=guest.pk, state__in=OPEN), reason):
        Handshake.objects.filter(guest=guest).delete()
        _tell(guest)


def withdraw(guest: Guest) -> None:
    """The consent is taken back: off the air at once, and neither name nor words stay in the books.

    What platforms and viewers have received is with them; the consent page says so before anybody agrees.
    """
    with transaction.atomic():
        if guest.consent_id is not None:
            LikenessConsent.objects.filter(pk=guest.consent_id, withdrawn_at=None).update(
                withdrawn_at=Now(), person=f"guest {guest.number}"
            )
        _close(Guest.objects.filter(pk=guest.pk, state__in=OPEN), "withdrawn")
        Guest.objects.filter(pk=guest.pk).update(name="", said="")
        words = LiveComment.objects.filter(broadcast=guest.broadcast, external_id__startswith=f"guest:{guest.number}:")
        words.update(viewer="", text="")
        Handshake.objects.filter(guest=guest).delete()
    if guest.broadcast.state not in ON_AIR:
        # While it is on air its pieces are gone within seconds by themselves.
        shutil.rmtree(Path(settings.ADLOOM_HOME) / "live" / str(guest.broadcast_id) / PIECES, ignore_errors=True)
    _tell(guest)


def end_stays(consent: LikenessConsent) -> None:
    """The advertiser withdrew it: whoever came on air under it is off."""
    for guest in Guest.objects.select_related("broadcast").filter(consent=consent):
        withdraw(guest)


def keep_turn(guest_id: uuid.UUID, turn: int, text: str) -> int | None:
    """What a guest said, as a comment that the brain hears before all others; its number, None when it is over."""
    with connection.cursor() as cursor:
        cursor.execute(_TURN, {"guest": guest_id, "turn": turn, "text": text[:500], "wake": "adloom_avatar"})
        row = cursor.fetchone()
    return int(row[0]) if row else None


_TURN = """
with air as (
  update avatar_broadcast b set comments = comments + 1 from avatar_guest g
  where g.id = %(guest)s and g.state = 'on_air' and b.id = g.broadcast_id and b.state in ('queued', 'running')
  returning b.id, b.comments, b.advertiser_id, g.number as guest, g.name
), heard as (
  insert into avatar_livecomment (advertiser_id, broadcast_id, number, external_id, viewer, text, by_guest)
  select advertiser_id, id, comments, 'guest:' || guest || ':' || %(turn)s, name, %(text)s, true from air
  on conflict (broadcast_id, external_id) do nothing
  returning number, broadcast_id
)
select number, pg_notify(%(wake)s, broadcast_id::text) from heard
"""


def _close(rows: QuerySet[Guest], reason: str) -> int:
    return int(rows.update(state=Guest.State.ENDED, reason=reason, ended_at=Now(), is_connected=False, said=""))


def _tell(guest: Guest) -> None:
    """Pages look again, and so does the room's process."""
    _wake(guest.broadcast_id)
    publish(guest.advertiser_id, "rooms", {"room": str(guest.broadcast.room_id)})


def _wake(broadcast_id: uuid.UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, str(broadcast_id)])
