"""The set-up page of a room: five blocks in the order of air, and what still stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.urls import reverse
from django.utils.translation import gettext as _

from avatar.config import BACKGROUNDS
from avatar.hosting.children import PREVIEW, preview_folder
from avatar.hosts import say_name
from avatar.label_words import own_wording
from avatar.models import HostPersona, Room, RoomPreview, ScriptVersion, ScriptWriting
from avatar.page_data.errors import Problem, problem_of
from avatar.page_data.recordings import is_recording, recordings_of
from avatar.page_data.rooms import newest_broadcast, picture_url, state_of
from avatar.page_data.words import (
    BACKGROUND_WORDS,
    LINK_WORDS,
    PLATFORM_WORDS,
    VOICE_WORDS,
    cue_word,
    word,
)
from avatar.persona_names import find_persona, persona_names
from avatar.rooms import PICTURE
from avatar.scripts.marks import parse_marks
from avatar.services.broadcasting import on_air
from avatar.services.guests import GUEST_DELAYS
from avatar.services.personas import ConsentMissing, check_consents
from avatar.services.products import wares_of
from avatar.services.scripts import check_texts, current_script, lines_of
from avatar.services.writing import OPEN
from avatar.speech.voices import VOICES
from core.contracts import Language
from core.errors import InputError
from core.models import Product
from creative.api import Mark, marks

CUE_BUTTONS = ("{point}", "{hold_up}", "{wave}", "{welcome}", "{count:3}", "{overlay:price}", "{overlay:coupon}")
"""Marks a line can be given by a button."""


@dataclass(frozen=True)
class HostChoice:
    """A host that can be chosen; `value` is the name of a ready-made one, `own` the key of one of the advertiser's."""

    value: str
    own: str
    name: str
    note: str
    picture_url: str
    is_chosen: bool
    problem: str = ""


@dataclass(frozen=True)
class Line:
    """A line in the editor: as written, as read, its cues as chips, what stops it."""

    number: int
    written: str
    text: str
    cues: tuple[str, ...]
    mood: str
    ways: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class PreviewView:
    """The newest preview: `state` queued, running, done or failed; `is_old` when the room was changed since."""

    state: str
    seconds: int
    done: float
    url: str
    failure: str
    is_old: bool


@dataclass(frozen=True)
class ProductRow:
    """One of the room's products in turn; the card of the first is in the block below."""

    key: str
    name: str
    price_text: str
    list_price_text: str
    coupon: str
    lines: int
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class WritingView:
    """A script a model writes: `state` queued, running, done or failed; `is_newer` than what the page shows."""

    state: str
    laps: int
    laps_done: int
    failure: str
    is_newer: bool = False


@dataclass(frozen=True)
class Check:
    """One line of what stands before going on air."""

    word: str
    is_met: bool
    note: str = ""
    anchor: str = ""


def setup_page(room: Room, texts: list[str] | None = None) -> dict[str, Any]:
    """Everything avatar/setup.html shows; `texts` are lines as typed that were not saved."""
    script = current_script(room)
    lines = lines_view(room, texts if texts is not None else written_lines(script), script)
    broadcast = newest_broadcast(room)
    state, level = state_of(broadcast)
    return {
        "room": room,
        "host": say_name(room),
        "hosts": host_choices(room),
        "voices": [(name, word(VOICE_WORDS, name), room.voice == name) for name in ("", *VOICES)],
        "backgrounds": background_choices(room),
        "products": product_rows(room),
        "addable": addable_products(room),
        "link_places": [(name, word(LINK_WORDS, name), room.link_place == name) for name in Room.LinkPlace.values],
        "writing": writing_view(room),
        "picture_url": picture_url(room),
        "recordings": recordings_of(room),
        "records": is_recording(),
        "own_wording": own_wording(room.label),
        "script": script,
        "lines": lines,
        "line_seconds": round(sum(len(line.text) for line in lines) / (4.6 if room.language == "zh-CN" else 14.0)),
        "cue_buttons": [(mark, cue_word(mark.strip("{}").removeprefix("overlay:"))) for mark in CUE_BUTTONS],
        "marks": script_marks(script),
        "guest_delays": GUEST_DELAYS,
        "outputs": [(each, word(PLATFORM_WORDS, each.platform)) for each in room.outputs.all()],
        "platforms": PLATFORM_WORDS.items(),
        "preview": preview_view(room),
        "checks": checks_of(room, lines),
        "state": state,
        "level": level,
        "failure": broadcast.failure if broadcast else "",
        "is_on_air": on_air(room) is not None,
        "intake_url": intake_url(room),
        "campaign": {name: amount_text(getattr(room, f"{name}_minor")) for name in ("price", "bid", "daily_budget")},
    }


def background_choices(room: Room) -> list[tuple[str, Any, bool]]:
    """(value, title, whether it is chosen): the ready-made rooms, then the advertiser's picture where there is one."""
    own = (PICTURE,) if room.background_sha256 else ()
    return [(name, word(BACKGROUND_WORDS, name), room.background == name) for name in (*BACKGROUNDS, *own)]


def product_rows(room: Room) -> list[ProductRow]:
    wares, script = wares_of(room), current_script(room)
    turns = [line.product for line in lines_of(script)[0]] if script else []
    return [
        ProductRow(
            str(ware.product.pk),
            ware.product.name,
            ware.price_text,
            ware.list_price_text,
            ware.coupon,
            turns.count(number),
            number == 0,
            number == len(wares) - 1,
        )
        for number, ware in enumerate(wares)
    ]


def addable_products(room: Room) -> list[Product]:
    """The advertiser's products that are not in the room."""
    there = {ware.product.pk for ware in wares_of(room)}
    return list(Product.objects.for_advertiser(room.advertiser).exclude(pk__in=there).order_by("name"))


def writing_view(room: Room, shown: str = "") -> WritingView | None:
    """The newest script that a model was asked for; `shown` is the number of the script an open page shows."""
    newest: ScriptWriting | None = room.writings.order_by("-pk").first()
    if newest is None:
        return None
    script = current_script(room)
    is_edited = script is not None and script.source != ScriptVersion.Source.GENERATED
    if newest.state not in OPEN and is_edited:
        return None
    is_newer = bool(script and shown and str(script.number) != shown)
    return WritingView(newest.state, newest.laps, min(newest.laps, newest.laps_done), newest.failure, is_newer)


def host_choices(room: Room) -> list[HostChoice]:
    """Ready-made hosts, then the advertiser's own with what keeps them off air."""
    language = cast(Language, room.language)
    chosen = "" if room.own_persona_id else room.persona
    ready = []
    for name in persona_names():
        found = find_persona(name, language)
        if found:
            voice = word(VOICE_WORDS, found.voice)
            url = reverse("avatar:host_picture", args=[name.lower()])
            ready.append(
                HostChoice(name, "", found.said, _("Voice: %(voice)s") % {"voice": voice}, url, name == chosen)
            )
    own = HostPersona.objects.for_advertiser(room.advertiser).order_by("created_at")
    return ready + [_own(persona, room) for persona in own]


def _own(persona: HostPersona, room: Room) -> HostChoice:
    note = _("Likeness of %(person)s") % {"person": persona.likeness_of} if persona.likeness_of else _("Your own")
    url = reverse("avatar:persona_picture", args=[persona.pk])
    is_chosen = persona.pk == room.own_persona_id
    return HostChoice("", str(persona.pk), persona.name, note, url, is_chosen, consent_problem(persona))


def consent_problem(persona: HostPersona) -> str:
    """What keeps a host that looks like somebody off air; "" when nothing does."""
    try:
        check_consents(persona)
    except ConsentMissing as error:
        kind = _("likeness") if error.kind == "likeness" else _("voice")
        return _("%(person)s has not agreed to the use of their %(kind)s") % {"person": error.person, "kind": kind}
    return ""


def written_lines(script: ScriptVersion | None) -> list[str]:
    return [entry["text"] for entry in script.lines] if script else []


def lines_view(room: Room, texts: list[str], script: ScriptVersion | None) -> list[Line]:
    """Lines with what stops each of them."""
    problems: dict[int, list[Problem]] = {}
    for found in check_texts(room, texts) if texts else ():
        problems.setdefault(found.line, []).append(problem_of(found))
    ways = {entry["text"]: entry["ways"] for entry in script.lines} if script else {}
    return [
        line_view(number, text, problems.get(number, []), ways.get(text, [])) for number, text in enumerate(texts, 1)
    ]


def line_view(number: int, written: str, problems: list[Problem], ways: list[str]) -> Line:
    try:
        marked = parse_marks(written)
        text, mood = marked.text, "" if marked.emotion == "warm" else cue_word(marked.emotion)
        cues = tuple(cue_word(cue.value) for cue in marked.cues)
    except InputError:
        text, cues, mood = written, (), ""
    plain = tuple(parse_marks(way).text for way in ways)
    return Line(number, written, text, cues, mood, plain, tuple(problems))


def script_marks(script: ScriptVersion | None) -> list[Mark]:
    """Which stand-ins wrote it."""
    return list(marks(script.degraded)) if script else []


def preview_view(room: Room) -> PreviewView | None:
    newest: RoomPreview | None = room.previews.select_related("script").order_by("-pk").first()
    if newest is None:
        return None
    is_there = (preview_folder(newest) / PREVIEW).exists()
    url = (
        reverse("avatar:preview_video", args=[room.pk]) + f"?{newest.pk}" if newest.state == "done" and is_there else ""
    )
    script = current_script(room)
    return PreviewView(
        newest.state,
        newest.seconds,
        newest.seconds_done,
        url,
        newest.failure,
        bool(script and newest.script_id != script.pk),
    )


def checks_of(room: Room, lines: list[Line]) -> list[Check]:
    """What a room needs before it goes on air, and what it could do without."""
    blocked = [str(line.number) for line in lines if line.problems]
    consent = consent_problem(room.own_persona) if room.own_persona else ""
    outputs = room.outputs.count()
    return [
        Check(_("A host who may be shown"), not consent, consent, "host"),
        Check(_("A script that may be said"), bool(lines) and not blocked, _lines_note(lines, blocked), "script"),
        Check(_("The AI label, always in the picture"), True, room.label, "overlays"),
        Check(
            _("A platform"),
            outputs > 0,
            "" if outputs else _("none: it goes on air here only, as a rehearsal"),
            "outputs",
        ),
    ]


def _lines_note(lines: list[Line], blocked: list[str]) -> str:
    if not lines:
        return _("there is no line yet")
    return _("line %(numbers)s may not be said") % {"numbers": ", ".join(blocked)} if blocked else ""


def amount_text(minor: int | None) -> str:
    """An amount as the form takes it: 39.9."""
    return "" if minor is None else f"{minor / 100:.2f}".rstrip("0").rstrip(".")


def intake_url(room: Room) -> str:
    return reverse("avatar:intake", args=[room.intake_token])
