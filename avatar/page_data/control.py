"""The control room: what is said, what viewers wrote and became of it, health with its limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from avatar.contracts import TICKS_A_SECOND, ScriptLine
from avatar.hosting.costs import HalfHour, half_hour
from avatar.models import Broadcast, LiveComment, Room, SpokenUtterance
from avatar.outputs.encoder import SOUND_BITS_A_SECOND, bits_a_second
from avatar.page_data.rooms import lasted, state_of
from avatar.page_data.selling import selling_lines
from avatar.page_data.words import (
    ORDER_WORDS,
    PLATFORM_WORDS,
    REASON_WORDS,
    RULE_WORDS,
    SOURCE_WORDS,
    cue_word,
    money,
    word,
)
from avatar.services.broadcasting import ON_AIR
from avatar.services.scripts import lines_of

SAID_SHOWN = 7
TIMED_ROWS = 5
"""The picture in the page runs a few seconds behind: the words it says may be those of the row before."""
NEXT_SHOWN = 3
COMMENTS_SHOWN = 40
SECONDS_A_CHARACTER = {"zh-CN": 0.217, "en": 0.072}
LATE_LIMIT_MS, SKEW_LIMIT_MS = 20, 10
LABEL_LIMIT_SECONDS = 15
WIDTH, HEIGHT = 720, 1280
UNHEARD = ("crash", "end")
"""Cuts after which nobody knows how much was heard."""
OWN_OUTPUTS = 1
"""The programme of the control room itself is the first --output; platforms follow."""


@dataclass(frozen=True)
class Row:
    """One row of the words: `words` are (text, seconds from the start) of the newest few."""

    id: int
    mark: str
    text: str
    rest: str
    note: str
    chip: str
    level: str
    cues: tuple[str, ...]
    words: tuple[tuple[str, float], ...]
    started_ms: int
    started_seconds: float
    is_now: bool = False


@dataclass(frozen=True)
class CommentRow:
    viewer: str
    text: str
    note: str
    chip: str
    level: str
    is_now: bool


@dataclass(frozen=True)
class Gauge:
    """A figure with its limit; `level` fine, look or blocked."""

    name: str
    figure: str
    note: str
    level: str
    below: str = ""
    share: float | None = None


@dataclass(frozen=True)
class OutputChip:
    name: str
    level: str
    note: str


def control_page(room: Room, broadcast: Broadcast, shows_all: bool = False) -> dict[str, Any]:
    """Everything avatar/control.html shows and fetches again while it is open."""
    state, level = state_of(broadcast)
    figures = broadcast.figures
    rows = said_rows(broadcast)
    return {
        "room": room,
        "broadcast": broadcast,
        "state": state,
        "level": level,
        "is_live": broadcast.state in ON_AIR,
        "begun_ms": int(broadcast.begun_at.timestamp() * 1000) if broadcast.begun_at else 0,
        "now_ms": int(timezone.now().timestamp() * 1000),
        "lasted": lasted(broadcast),
        "outputs": output_chips(room, broadcast),
        "rows": rows,
        "coming": coming_rows(broadcast) if broadcast.state in ON_AIR else [],
        "told": _told(figures),
        "comments": comment_rows(broadcast, shows_all, _now_answered(broadcast)),
        "comment_counts": comment_counts(broadcast),
        "shows_all": shows_all,
        "gauges": gauges(room, broadcast),
        "is_paused": _last_order(broadcast, "pause_answers", "resume_answers") == "pause_answers",
        "is_slated": _last_order(broadcast, "slate", "unslate") == "slate",
        "orders_given": _orders_given(broadcast),
        "selling": selling_lines(room, broadcast),
        "programme_url": reverse("avatar:programme", args=[room.pk, "index.m3u8"]),
        "fault": broadcast.failure,
    }


def said_rows(broadcast: Broadcast) -> list[Row]:
    """The last few, oldest first; a cut one shows how much of it was heard."""
    newest = list(broadcast.said.order_by("-id")[:SAID_SHOWN])
    cues = _cues_by_place(broadcast)
    timed = {each.pk for each in newest[:TIMED_ROWS]} if broadcast.state in ON_AIR else set()
    return [_row(each, broadcast, cues, each.pk in timed) for each in reversed(newest)]


def coming_rows(broadcast: Broadcast) -> list[Row]:
    """What the script says next, unless somebody asks."""
    laps = lines_of(broadcast.script)
    count = len(laps[0])
    first = (broadcast.sentence if broadcast.sentence is not None else -1) + 1
    rows = []
    for sentence in range(first, first + min(NEXT_SHOWN, count)):
        lap, place = divmod(sentence, count)
        line = laps[lap % len(laps)][place]
        rows.append(Row(0, str(place + 1), line.text, "", "", "", "", _cue_words(line), (), 0, 0.0))
    return rows


def comment_rows(broadcast: Broadcast, shows_all: bool, answered_now: tuple[int, ...]) -> list[CommentRow]:
    rows = broadcast.heard.order_by("-number")
    if not shows_all:
        rows = rows.filter(state__in=("received", "ready", "answered"))
    return [_comment(each, each.number in answered_now) for each in rows[:COMMENTS_SHOWN]]


def comment_counts(broadcast: Broadcast) -> dict[str, Any]:
    counts: dict[str, Any] = broadcast.heard.aggregate(
        all=Count("pk"),
        answered=Count("pk", filter=Q(state="answered")),
        dropped=Count("pk", filter=Q(state="dropped")),
        open=Count("pk", filter=Q(state__in=("received", "ready"))),
    )
    return counts


def output_chips(room: Room, broadcast: Broadcast) -> list[OutputChip]:
    states = broadcast.figures.get("output_states") or {}
    chips = []
    for number, output in enumerate(room.outputs.all(), OWN_OUTPUTS + 1):
        is_lost = bool((states.get(str(number)) or {}).get("lost"))
        name = word(PLATFORM_WORDS, output.platform)
        if broadcast.state not in ON_AIR:
            chips.append(OutputChip(name, "", pgettext("output", "off")))
        else:
            chips.append(
                OutputChip(
                    name,
                    "look" if is_lost else "fine",
                    pgettext("output", "reconnecting") if is_lost else pgettext("output", "sending"),
                )
            )
    return chips


def gauges(room: Room, broadcast: Broadcast) -> list[Gauge]:
    figures = broadcast.figures
    return [
        _lateness(figures),
        _processor(broadcast),
        _skew(figures),
        _label(figures),
        _cost(broadcast),
        _sold(room, broadcast),
    ]


def _row(each: SpokenUtterance, broadcast: Broadcast, cues: dict[int, tuple[str, ...]], is_timed: bool) -> Row:
    count = len(broadcast.script.lines)
    place = each.sentence % count if each.sentence is not None and count else None
    chip, level = _chip(each)
    is_cut = each.state == "cut" and each.cut.get("kind") not in UNHEARD
    heard = each.heard if is_cut and each.text.startswith(each.heard) else each.text
    return Row(
        id=each.pk,
        mark=str(place + 1) if place is not None else _kind_mark(each.kind),
        text=heard,
        rest=each.text[len(heard) :],
        note=word(RULE_WORDS, each.rule) if each.rule else "",
        chip=chip,
        level=level,
        cues=cues.get(place, ()) if place is not None and each.state != "cut" else (),
        words=_timed(each, broadcast.room.language) if is_timed and each.state in ("on_air", "said") else (),
        is_now=is_timed and each.state == "on_air",
        started_ms=int(each.started_at.timestamp() * 1000),
        started_seconds=each.started_tick / TICKS_A_SECOND,
    )


def _kind_mark(kind: str) -> str:
    marks = {
        "answer": pgettext("before a spoken line", "A"),
        "bridge": pgettext("before a spoken line", "B"),
        "notice": pgettext("before a spoken line", "N"),
        "operator": pgettext("before a spoken line", "O"),
    }
    return marks.get(kind, "")


def _chip(each: SpokenUtterance) -> tuple[str, str]:
    if each.state == "on_air":
        return _("being said"), "chosen"
    if each.state == "skipped":
        return _("skipped"), "look"
    if each.state == "cut":
        if each.cut.get("kind") in UNHEARD:
            return _("cut by a restart") if each.cut["kind"] == "crash" else _("broadcast ended"), ""
        length = (
            sum(1 for character in each.heard if character.isalnum()) if _is_han(each.text) else len(each.heard.split())
        )
        words = ngettext("cut · %(count)d word heard", "cut · %(count)d words heard", length)
        return words % {"count": length}, "look"
    return {"bridge": _("bridge"), "notice": _("AI notice"), "answer": _("answer")}.get(each.kind, ""), ""


def _is_han(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _timed(each: SpokenUtterance, language: str) -> tuple[tuple[str, float], ...]:
    """Words with their moments; without the engine's own they lie evenly."""
    if each.words:
        return tuple((str(text), float(at)) for text, at in each.words)
    pieces = list(each.text) if _is_han(each.text) else [f"{piece} " for piece in each.text.split()]
    pace, at, timed = SECONDS_A_CHARACTER.get(language, 0.2), 0.0, []
    for piece in pieces:
        timed.append((piece, round(at, 2)))
        at += pace * len(piece)
    return tuple(timed)


def _cues_by_place(broadcast: Broadcast) -> dict[int, tuple[str, ...]]:
    return {line.place: _cue_words(line) for line in lines_of(broadcast.script)[0]}


def _cue_words(line: ScriptLine) -> tuple[str, ...]:
    return tuple(cue_word(cue.value) for cue in line.cues if cue.kind == "gesture")


def _comment(each: LiveComment, is_now: bool) -> CommentRow:
    if is_now:
        return CommentRow(each.viewer, each.text, word(SOURCE_WORDS, each.source), _("being answered"), "chosen", True)
    if each.state == "answered":
        seconds = _("after %(seconds).1f s") % {"seconds": each.answer_seconds or 0.0}
        note = " · ".join(part for part in (word(SOURCE_WORDS, each.source), seconds) if part)
        return CommentRow(each.viewer, each.text, note, _("answered"), "", False)
    if each.state == "dropped":
        return CommentRow(each.viewer, each.text, word(REASON_WORDS, each.reason), _("not answered"), "", False)
    if each.state == "ready":
        note = _("voiced, waits for its moment")
        return CommentRow(each.viewer, each.text, note, _("next"), "fine", False)
    return CommentRow(each.viewer, each.text, _("being looked at"), _("queued"), "", False)


def _now_answered(broadcast: Broadcast) -> tuple[int, ...]:
    now = broadcast.said.filter(state="on_air", kind="answer").order_by("-id").first()
    return tuple(now.answered) if now and broadcast.state in ON_AIR else ()


def _told(figures: dict[str, Any]) -> str:
    return _("said %(sentences)d · answers %(answers)d · cuts %(cuts)d · skipped %(skipped)d") % {
        name: int(figures.get(name, 0)) for name in ("sentences", "answers", "cuts", "skipped")
    }


def _lateness(figures: dict[str, Any]) -> Gauge:
    late = figures.get("late_ms")
    if late is None:
        return Gauge(_("Picture late"), "–", _("limit %(limit)d ms") % {"limit": LATE_LIMIT_MS}, "")
    level = "fine" if late <= LATE_LIMIT_MS else "look"
    note = _("limit %(limit)d ms") % {"limit": LATE_LIMIT_MS}
    drawn = int(figures.get("drawn", TICKS_A_SECOND))
    below = _("%(drawn)d of 25 pictures drawn") % {"drawn": drawn} if drawn < TICKS_A_SECOND else ""
    level = "look" if below else level
    return Gauge(_("Picture late"), _("%(ms).0f ms") % {"ms": late}, note, level, below, min(1.0, late / LATE_LIMIT_MS))


def _processor(broadcast: Broadcast) -> Gauge:
    spent, media = float(broadcast.figures.get("cpu_seconds_all") or 0.0), broadcast.media_seconds
    if media < 2.0 or not spent:
        return Gauge(_("Processor"), "–", "", "")
    cores = spent / media
    note = _("%(ms).1f ms a picture") % {"ms": 1000 * cores / TICKS_A_SECOND}
    return Gauge(_("Processor"), _("%(cores).2f cores") % {"cores": cores}, note, "fine", "", min(1.0, cores))


def _skew(figures: dict[str, Any]) -> Gauge:
    """As the engine measures it at the newest packets of both tracks."""
    reconnects = int(figures.get("reconnects", 0))
    counted = ngettext("%(count)d reconnect", "%(count)d reconnects", reconnects) % {"count": reconnects}
    voice = (_("the embedded voice stands in"),) if "voice:espeak" in figures.get("degraded", ()) else ()
    below = " · ".join((*voice, _("measured at the packets"), counted))
    note = _("limit %(limit)d ms") % {"limit": SKEW_LIMIT_MS}
    skew = figures.get("skew_ms")
    if skew is None:
        return Gauge(_("Sound to picture"), "–", note, "", below)
    level = "fine" if abs(skew) <= SKEW_LIMIT_MS else "look"
    return Gauge(_("Sound to picture"), _("%(ms).0f ms") % {"ms": skew}, note, level, below)


def _label(figures: dict[str, Any]) -> Gauge:
    label = figures.get("label")
    if not label:
        return Gauge(_("AI label"), "–", _("read from the picture"), "")
    if not label["ok"]:
        return Gauge(_("AI label"), _("not in the picture"), _("safe slate shown"), "blocked")
    stood_in = _("the drawn host stands in for the filmed one") if "host:drawn" in figures.get("degraded", ()) else ""
    return Gauge(
        _("AI label"), _("in the picture"), _("read from the picture"), "look" if stood_in else "fine", stood_in
    )


def _cost(broadcast: Broadcast) -> Gauge:
    figures = broadcast.figures
    outputs = broadcast.room.outputs.count()
    sent = outputs * (bits_a_second(WIDTH, HEIGHT) + SOUND_BITS_A_SECOND) / 8 * broadcast.media_seconds
    cost = half_hour(float(figures.get("cpu_seconds_all") or 0.0), sent, broadcast.media_seconds)
    if cost is None:
        return Gauge(_("A half hour"), "–", "", "")
    share = min(1.0, cost.minor / cost.highest) if cost.highest else None
    below = _("about, at list prices")
    return Gauge(_("A half hour"), f"¥{cost.minor / 100:.2f}", _offered(cost), "fine", below, share)


def _offered(cost: HalfHour) -> str:
    """What hosted rooms are offered at, where the operator said so: there is no public list to quote."""
    if not cost.highest:
        return ""
    return _("hosted rooms %(low)s–%(high)s") % {
        "low": money(cost.lowest, "CNY"),
        "high": f"{cost.highest / 100:.0f}",
    }


def _sold(room: Room, broadcast: Broadcast) -> Gauge:
    orders = list(room.orders.filter(broadcast=broadcast).values_list("amount_minor", "currency"))
    figure = ngettext("%(count)d order", "%(count)d orders", len(orders)) % {"count": len(orders)}
    earned = money(sum(amount for amount, _currency in orders), orders[0][1]) if orders else _("none yet")
    return Gauge(_("Sold"), figure, earned, "fine" if orders else "")


def _last_order(broadcast: Broadcast, *orders: str) -> str:
    newest = broadcast.orders_given.filter(order__in=orders).order_by("-id").first()
    return str(newest.order) if newest else ""


def _orders_given(broadcast: Broadcast) -> list[tuple[str, str, Any]]:
    newest = broadcast.orders_given.order_by("-id")[:3]
    return [(word(ORDER_WORDS, each.order), each.text, each.created_at) for each in newest]
