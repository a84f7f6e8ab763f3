"""The lines of an engine's log as rows: transcript with the proof of every cut, comments, health."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, cast

from django.db import transaction
from django.db.models import QuerySet

from avatar.hosting.following import LogLine
from avatar.hosts import say_name
from avatar.models import Broadcast, Guest, LiveComment, SpokenUtterance
from avatar.scripts.asides import notices
from avatar.services.scripts import lines_of
from avatar.speech.clauses import split_clauses
from core.contracts import Language
from core.errors import LeaseLost
from core.live_updates import publish

ON_AIR = SpokenUtterance.State.ON_AIR


class Books:
    """One broadcast's rows. Lines and the place in the log are kept together: a host that died repeats nothing."""

    def __init__(self, broadcast: Broadcast) -> None:
        self.broadcast = broadcast
        self.figures: dict[str, Any] = dict(broadcast.figures)
        self._language = cast(Language, broadcast.room.language)
        self._rule = ""
        self._notices = frozenset(notices(self._language, say_name(broadcast.room)))
        self._on_air: SpokenUtterance | None = SpokenUtterance.objects.filter(broadcast=broadcast, state=ON_AIR).last()
        self._book: dict[str, Callable[[LogLine], None]] = {
            "sentence_started": self._begin_sentence,
            "sentence_ended": self._end,
            "sentence_skipped": self._skip,
            "cut": self._cut,
            "resumed": self._resume,
            "answer_started": self._begin_answer,
            "answer_ended": self._end,
            "answer_ready": self._ready,
            "comment_received": self._receive,
            "comment_dropped": self._drop,
            "output_lost": self._output,
            "output_restored": self._output,
            "label_check": self._label,
            "degraded": self._degraded,
            "guest_joined": self._guest_joins,
            "guest_left": self._guest_leaves,
            "dumped": self._dumped,
        }

    def book(self, lines: list[LogLine], epoch: int, offset: int) -> None:
        """All of them or none, with the place in the log up to which the books are. Raises `LeaseLost`."""
        with transaction.atomic():
            held = Broadcast.objects.select_for_update().filter(pk=self.broadcast.pk, epoch=epoch, state="running")
            if not held.exists():
                raise LeaseLost(f"broadcast {self.broadcast.pk}: epoch {epoch} is over")
            for line in lines:
                self._book.get(line["event"], self._pass_over)(line)
            self._keep(lines, offset)
            publish(self.broadcast.advertiser_id, "rooms", {"room": str(self.broadcast.room_id)})

    def close_open(self, kind: str = "crash") -> None:
        """The engine died, or was ended: what was on air then was cut by that."""
        if self._on_air is not None:
            self._close(SpokenUtterance.State.CUT, cut={"kind": kind})

    def _pass_over(self, line: LogLine) -> None:
        """Events of engines to come."""

    def _keep(self, lines: list[LogLine], offset: int) -> None:
        changes: dict[str, Any] = {"log_bytes": offset, "figures": self.figures}
        if lines:
            changes["media_seconds"] = float(lines[-1].get("media_seconds", 0.0))
        begun = next((line for line in lines if line["event"] in ("sentence_started", "answer_started")), None)
        if begun and self.broadcast.begun_at is None:
            self.broadcast.begun_at = changes["begun_at"] = _moment(begun)
        sentences = [
            line["sentence"] for line in lines if line["event"] == "sentence_started" and _place(line) is not None
        ]
        if sentences:
            changes["sentence"] = sentences[-1]
        Broadcast.objects.filter(pk=self.broadcast.pk).update(**changes)

    def _begin(self, line: LogLine, kind: str, text: str, **more: Any) -> None:
        self.close_open()
        self._on_air = SpokenUtterance.objects.create(
            advertiser_id=self.broadcast.advertiser_id,
            broadcast=self.broadcast,
            kind=kind,
            sentence=_place(line),
            text=text,
            words=line.get("words") or [],
            started_tick=int(line["tick"]),
            started_at=_moment(line),
            **more,
        )

    def _begin_sentence(self, line: LogLine) -> None:
        rule, self._rule = self._rule, ""
        text = str(line.get("text", ""))
        aside = "notice" if text in self._notices else "bridge"
        self._begin(line, "script" if _place(line) is not None else aside, text, rule=rule)
        self._count("sentences" if line.get("sentence") is not None else "asides")

    def _begin_answer(self, line: LogLine) -> None:
        numbers = [int(each) for each in line.get("comments") or []]
        self._begin(line, "answer" if numbers else "operator", str(line.get("text", "")), answered=numbers)
        self._count("answers")
        for comment in self._comments(numbers):
            comment.state = LiveComment.State.ANSWERED
            comment.answer_seconds = max(0.0, (_moment(line) - comment.received_at).total_seconds())
            comment.save(update_fields=["state", "answer_seconds"])

    def _resume(self, line: LogLine) -> None:
        """At a clause the sentence goes on where it was cut; by any other rule its start follows in the log."""
        rule = str(line.get("rule", ""))[:20]
        before = self._last_of(_place(line))
        if rule != "clause" or before is None:
            self._rule = rule
            return
        self._begin(line, "script", _from_clause(before.text, int(line.get("clause") or 0), self._language), rule=rule)

    def _end(self, line: LogLine) -> None:
        if self._on_air is not None:
            self._close(SpokenUtterance.State.SAID, tick=int(line["tick"]))

    def _cut(self, line: LogLine) -> None:
        self._count("cuts")
        if self._on_air is None:
            return
        proof = {key: line.get(key) for key in ("kind", "clause", "tick", "epoch")}
        self._close(SpokenUtterance.State.CUT, tick=int(line["tick"]), heard=str(line.get("heard", "")), cut=proof)

    def _close(self, state: str, tick: int | None = None, **fields: Any) -> None:
        spoken, self._on_air = self._on_air, None
        if spoken is None:
            return
        if state == SpokenUtterance.State.SAID:
            fields["heard"] = spoken.text
        SpokenUtterance.objects.filter(pk=spoken.pk).update(state=state, ended_tick=tick, **fields)

    def _skip(self, line: LogLine) -> None:
        self._count("skipped")
        reason = str(line.get("reason", ""))[:20]
        before = self._last_of(_place(line))
        if before is not None and before.state == SpokenUtterance.State.CUT:
            SpokenUtterance.objects.filter(pk=before.pk).update(rule=reason)
            return
        self._begin(line, "script", self._text_of(_place(line)), rule=reason)
        self._close(SpokenUtterance.State.SKIPPED, tick=int(line["tick"]))

    def _receive(self, line: LogLine) -> None:
        """Comments of the feed are in the books already; a replay's come in here."""
        values = {"viewer": str(line.get("viewer", ""))[:100], "text": str(line.get("text", ""))[:500]}
        number = int(line["comment"])
        known = LiveComment.objects.filter(broadcast=self.broadcast, number=number).exists()
        if not known:
            LiveComment.objects.create(
                advertiser_id=self.broadcast.advertiser_id,
                broadcast=self.broadcast,
                number=number,
                external_id=f"log:{number}",
                received_at=_moment(line),
                delivered_at=_moment(line),
                **values,
            )

    def _ready(self, line: LogLine) -> None:
        for comment in self._comments([int(line["comment"])]):
            comment.state, comment.source = LiveComment.State.READY, str(line.get("source", ""))[:12]
            comment.save(update_fields=["state", "source"])

    def _drop(self, line: LogLine) -> None:
        for comment in self._comments([int(line["comment"])]):
            comment.state, comment.reason = LiveComment.State.DROPPED, str(line.get("reason", ""))[:60]
            comment.save(update_fields=["state", "reason"])

    def _output(self, line: LogLine) -> None:
        states = dict(self.figures.get("output_states") or {})
        name = str(line.get("output", ""))
        is_lost = line["event"] == "output_lost"
        states[name] = {"lost": is_lost, "since": int(line.get("wall_ms", 0))}
        self.figures["output_states"] = states
        if not is_lost:
            self._count("reconnects")

    def _label(self, line: LogLine) -> None:
        self.figures["label"] = {"ok": bool(line.get("ok")), "wall_ms": int(line.get("wall_ms", 0))}

    def _degraded(self, line: LogLine) -> None:
        self.figures["degraded"] = [str(each) for each in line.get("degraded", ())]

    def _guest_joins(self, line: LogLine) -> None:
        """The first time counts: a guest whose connection broke and came back was on air in between, too."""
        self._guest(line).filter(joined_tick=None).update(joined_tick=int(line["tick"]))

    def _guest_leaves(self, line: LogLine) -> None:
        self._guest(line).update(left_tick=int(line["tick"]))

    def _guest(self, line: LogLine) -> QuerySet[Guest]:
        return Guest.objects.filter(broadcast=self.broadcast, number=int(line["guest"]))

    def _dumped(self, line: LogLine) -> None:
        self._count("dumps")

    def _count(self, what: str) -> None:
        self.figures[what] = int(self.figures.get(what, 0)) + 1

    def _comments(self, numbers: list[int]) -> list[LiveComment]:
        return list(LiveComment.objects.filter(broadcast=self.broadcast, number__in=numbers))

    def _last_of(self, sentence: int | None) -> SpokenUtterance | None:
        rows = SpokenUtterance.objects.filter(broadcast=self.broadcast, kind="script", sentence=sentence)
        return rows.order_by("-id").first()

    def _text_of(self, sentence: int | None) -> str:
        laps = lines_of(self.broadcast.script)
        if sentence is None or not laps[0]:
            return ""
        lap, place = divmod(sentence, len(laps[0]))
        return laps[lap % len(laps)][place].text


def _place(line: LogLine) -> int | None:
    place = line.get("sentence")
    return place if isinstance(place, int) else None


def _from_clause(text: str, clause: int, language: Language) -> str:
    """What is said of a sentence that is entered again at `clause`."""
    return "".join(each.text for each in split_clauses(text, language)[clause:]) or text


def _moment(line: LogLine) -> dt.datetime:
    return dt.datetime.fromtimestamp(int(line.get("wall_ms", 0)) / 1000, tz=dt.UTC)
