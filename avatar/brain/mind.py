"""What the brain does with each message. No sockets, no processes: messages in, messages out."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from avatar.brain.ahead import Ahead
from avatar.brain.air import AirSpent
from avatar.brain.answers import LONGEST_SAMPLES, Made, Outcome, samples_of, within
from avatar.brain.facts import RoomTexts
from avatar.brain.lanes import Lanes
from avatar.brain.voices import VoiceGone, Voices
from avatar.comments.addressing import asked_by, opening
from avatar.comments.contracts import ASKED, Reading, Topic
from avatar.comments.desk import Cluster, Decision, Desk
from avatar.comments.reading import read_comment
from avatar.comments.writing import Draft, Piece, Writer
from avatar.contracts import TICKS_A_SECOND, Answer, Comment, Dropped, More, RoomConfig, Source, Utterance
from core.contracts import dump, load
from core.llm.aborting import Abort
from core.llm.base import LanguageModel
from core.llm.gateway import live_model

logger = logging.getLogger(__name__)
Message = dict[str, Any]
Send = Callable[[Message], None]

MODEL_SECONDS = 5.0
"""A live answer that takes longer comes too late to be a reply."""
OWN_UP_EVERY = 60.0
"""Saying that something is not known is useful once; a host who says it all the time is not."""
REMEMBERED, TAKEN_KEPT = 200, 5000


@dataclass
class Brain:
    """One room's brain. Everything may be called from any thread, and so may `send` be."""

    room: RoomConfig
    texts: RoomTexts
    voices: Voices
    send: Send
    lanes: Lanes
    model: LanguageModel | None = None
    desk: Desk = field(default_factory=Desk)
    is_paused: bool = False
    monotonic: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self._lock = threading.RLock()
        self._made: dict[int, Made] = {}
        self._air = AirSpent()
        self._asking: tuple[int, Abort] | None = None
        self._asked: dict[int, list[int | None]] = {}
        self._drafts: dict[int, Draft | None] = {}
        self._owned_up: dict[Topic, float] = {}
        self._ahead = Ahead(lambda: self.texts, self.voices, self.lanes.voicing, self.send)
        self._time = 0, 0.0
        self._taken: set[int] = set()
        self._selling = 0
        self.outcomes: deque[Outcome] = deque(maxlen=REMEMBERED)

    def begin(self) -> None:
        """Voice ahead what can be known before the first comment, and open the word lists it will be read with."""
        self.lanes.asking.add(self._warm)
        self._ahead.voice_canned()

    def hear(self, message: Message) -> None:
        """One message of the engine. What cannot be read is logged and passed over."""
        kind = message.get("kind")
        if kind == "needs":
            self._ahead.ask([int(each) for each in message.get("sentences", ())], int(message.get("asked", 0)))
        elif kind == "comment":
            self._note_product(message)
            self._take(load(Comment, message["comment"]), int(message.get("asked", 0)))
        elif kind == "hello":
            self._ahead.begin_anew()
        elif kind == "status":
            self._note_product(message)
            self._tell_time(int(message.get("tick", 0)))
        elif kind == "started":
            self._started(tuple(message.get("comments", ())))
        elif kind == "let_go":
            self._let_go(tuple(message.get("comments", ())))

    def say(self, text: str) -> tuple[str, ...]:
        """An operator's words, on air by a hard cut; what is wrong with them, if anything, and then nothing is said."""
        problems = self.texts.whole_ground.problems(text)
        if problems:
            return problems
        self.lanes.answering.add(lambda: self._say(text))
        return ()

    def change_facts(self, texts: RoomTexts) -> None:
        """A price or another fact is a new one: nothing voiced under the old ones is said any more."""
        with self._lock:
            self.texts = texts
            self.voices.forget()
            self.break_off()
            waiting = [cluster for number in self._made if (cluster := self.desk.cluster(number)) is not None]
            self.send({"kind": "expired", "comments": [each for cluster in waiting for each in cluster.numbers]})
            self._made.clear()
        for cluster in waiting:
            self.lanes.answering.add(partial(self._answer_anew, cluster))
        self._ahead.voice_canned()

    def pass_on(self, order: str) -> None:
        """An order that the engine carries out by itself."""
        if order in ("pause_answers", "resume_answers"):
            self.is_paused = order == "pause_answers"
        self.send({"kind": "order", "order": order})

    def hear_live(self, number: int, viewer: str, text: str) -> None:
        """A comment from outside, `number` counted by whoever took it in: the engine writes it down first."""
        comment = Comment(number, viewer, text, round(self.media_seconds(), 2))
        self.send({"kind": "comment", "comment": dump(comment)})
        self._take(comment, None)

    def media_seconds(self) -> float:
        """Where the broadcast is, by the engine's last word and the time since."""
        tick, told_at = self._time
        return tick / TICKS_A_SECOND + (self.monotonic() - told_at if told_at else 0.0)

    def _tell_time(self, tick: int) -> None:
        self._time = tick, self.monotonic()
        with self._lock:
            self._expire(tick / TICKS_A_SECOND)

    # ---- comments

    def _take(self, comment: Comment, asked: int | None) -> None:
        reading = self.read(comment)
        with self._lock:
            if comment.number in self._taken:
                # Asked again by an engine that does not know whether we lived to hear it the first time.
                return self._done([asked])
            self._remember(comment.number)
            self._expire(comment.at)
            decision = self._decision(reading)
            if decision.pushed_out is not None:
                self._drop_all(decision.pushed_out, "too many")
            if decision.verdict == "drop":
                self._drop(comment.number, reading.topic, decision.reason)
                return self._done([asked])
            self._asked.setdefault(decision.cluster, []).append(asked)
            is_made = decision.cluster in self._made
        if decision.verdict == "answer":
            self._prepare(decision.cluster, reading)
        elif is_made:
            self.lanes.answering.add(lambda: self._send_answer(decision.cluster))
        return None

    def _note_product(self, message: Message) -> None:
        """Which of the room's products is on."""
        if "sentence" in message:
            self._selling = self.room.product_at(int(message["sentence"]))

    def _remember(self, number: int) -> None:
        self._taken.add(number)
        if len(self._taken) > TAKEN_KEPT:
            self._taken.discard(min(self._taken))

    def _decision(self, reading: Reading) -> Decision:
        if self.is_paused:
            return Decision("drop", reason="paused")
        is_pleasantry = reading.topic in ("greeting", "praise", "buying")
        if is_pleasantry and not reading.refusal and not self._air.has_spare(reading.comment.at):
            return Decision("drop", reason="busy")
        return self.desk.take(reading)

    def _prepare(self, number: int, reading: Reading) -> None:
        """What needs no model is answered in its own lane: a slow model holds up nobody else."""
        draft = self.writer_for(reading).at_once(reading)
        needs_model = draft is None and self.model is not None and reading.topic in ASKED
        with self._lock:
            self._drafts[number] = draft
            self.desk.assign(number, "asking" if needs_model else "answering")
        if needs_model:
            self.lanes.asking.add(self._ask_next)
        else:
            self.lanes.answering.add(self._answer_next)

    def read(self, comment: Comment) -> Reading:
        """A comment by the rules, with the product it asks for."""
        reading = read_comment(comment, self.room.language)
        return replace(reading, product=self.texts.asked_for(comment.text, self._selling))

    def product_of(self, reading: Reading) -> int | None:
        """The product an answer to it speaks of; None in a room of one."""
        return reading.product if len(self.texts.writers) > 1 else None

    def writer_for(self, reading: Reading) -> Writer:
        """Who answers it: the writer of the product it asks for."""
        return self.texts.writers[min(reading.product, len(self.texts.writers) - 1)]

    def _ask_next(self) -> None:
        with self._lock:
            cluster = self.desk.next_waiting("asking")
        if cluster is None or self.model is None:
            return
        writer = self.writer_for(cluster.reading)
        abort = Abort()
        with self._lock:
            self._asking = cluster.number, abort
        draft = writer.by_model(cluster.reading, live_model(self.model, abort), MODEL_SECONDS)
        with self._lock:
            self._asking = None
        self._answer(cluster, writer, draft)

    def break_off(self, cluster: int | None = None) -> None:
        """Break off what the model is asked for `cluster`, or for whichever it is."""
        asking = self._asking
        if asking is not None and cluster in (None, asking[0]):
            asking[1].abort()

    def _answer_next(self) -> None:
        with self._lock:
            cluster = self.desk.next_waiting("answering")
            draft = self._drafts.get(cluster.number) if cluster is not None else None
            writer = self.writer_for(cluster.reading) if cluster is not None else self.texts.writer
        if cluster is not None:
            self._answer(cluster, writer, draft)

    def _answer_anew(self, cluster: Cluster) -> None:
        """Facts changed since the cluster's answer was written."""
        writer = self.writer_for(cluster.reading)
        self._answer(cluster, writer, writer.at_once(cluster.reading))

    def _answer(self, cluster: Cluster, writer: Writer, draft: Draft | None) -> None:
        """Voice what was drafted and send it; where nothing comes of it, say why. Old facts are not even voiced."""
        if not self._is_current(writer):
            return self.lanes.answering.add(partial(self._answer_anew, cluster))
        draft = draft or self._own_up(cluster, writer)
        if draft is None:
            return self._fail(cluster, "no answer")
        made = Made(draft)
        try:
            made.voice(self.voices, self.monotonic)
        except VoiceGone:
            return self._fail(cluster, "no voice")
        if not made.body:
            return self._fail(cluster, "too long")
        with self._lock:
            is_current = self._is_current(writer)
            if is_current and self.desk.cluster(cluster.number) is not None:
                self._made[cluster.number] = made
                self.desk.ready(cluster.number)
        if not is_current:
            return self.lanes.answering.add(partial(self._answer_anew, cluster))
        self._send_answer(cluster.number)
        return self._follow(cluster.number, made, writer) if made.is_open else None

    def _is_current(self, writer: Writer) -> bool:
        return any(writer is each for each in self.texts.writers)

    def _follow(self, number: int, made: Made, writer: Writer) -> None:
        """The sentences after the first, each as soon as it is voiced; under old facts nothing more is said."""
        try:
            for utterance in made.rest:
                with self._lock:
                    if not self._is_current(writer) or not made.takes(utterance):
                        break
                    self._send_more(made, utterance)
        except VoiceGone:
            logger.warning("an answer ends before its last sentence")
        with self._lock:
            made.is_open = False
            self._send_more(made, None)
            self._finish(number)

    def _send_more(self, made: Made, utterance: Utterance | None) -> None:
        if made.sent_to:
            self.send({"kind": "more", **dump(More(made.sent_to, utterance, utterance is None))})

    def _send_answer(self, number: int) -> None:
        """Send the cluster's answer for everybody who is in it by now."""
        with self._lock:
            cluster, made = self.desk.cluster(number), self._made.get(number)
            if cluster is None or made is None:
                return self._finish(number)
            viewers, comments, priority = cluster.viewers, cluster.numbers, cluster.priority
        lead = self._lead(viewers, cluster.topic, made)
        with self._lock:
            if self._made.get(number) is not made:
                # Facts changed meanwhile, and it is being answered anew; or it is closed.
                return self._finish(number) if self.desk.cluster(number) is None else None
            utterances = (*lead, *made.body)
            made.sent_to, made.lead = comments, samples_of(lead)
            answer = Answer(
                comments=comments,
                utterances=utterances,
                text=made.text(lead, self.room.language == "zh-CN"),
                source=made.draft.source,
                priority=priority if made.draft.is_answer else min(priority, 30),
                asked_by=asked_by(viewers, self.room.language),
                product=self.product_of(cluster.reading),
                is_open=made.is_open,
                expected=made.lead + made.expected if made.is_open else 0,
            )
            self._air.spend(number, samples_of(utterances))
            self.send({"kind": "answer", "answer": dump(answer)})
            self.outcomes.extend(
                Outcome(each, cluster.topic, source=answer.source, text=answer.text) for each in comments
            )
            if not made.is_open:
                self._finish(number)
        return None

    def _lead(self, viewers: Sequence[str], topic: Topic, made: Made) -> tuple[Utterance, ...]:
        """Who asked, before the answer, where that can be said and there is room for it."""
        words = opening(viewers, topic, self.room.language)
        lead = (self.voices.piece(Piece(words)) if words else None) or ()
        return lead if samples_of((*lead, *made.body)) <= LONGEST_SAMPLES else ()

    def _own_up(self, cluster: Cluster, writer: Writer) -> Draft | None:
        """Saying that it is not known, not too often."""
        with self._lock:
            last = self._owned_up.get(cluster.topic)
            is_too_soon = last is not None and cluster.at - last < OWN_UP_EVERY
            if is_too_soon or not self._air.has_spare(cluster.at):
                return None
            draft = writer.otherwise(cluster.reading)
            if draft is not None:
                self._owned_up[cluster.topic] = cluster.at
            return draft

    def _fail(self, cluster: Cluster, reason: str) -> None:
        with self._lock:
            if self.desk.cluster(cluster.number) is not None:
                self.desk.fail(cluster.number)
                self._drop_all(cluster, reason)
            self._finish(cluster.number)

    def _expire(self, now: float) -> None:
        for cluster in self.desk.expire(now):
            self._drop_all(cluster, "too late")

    def _drop_all(self, cluster: Cluster, reason: str) -> None:
        self.break_off(cluster.number)
        for number in cluster.numbers:
            self._drop(number, cluster.topic, reason)
        self._finish(cluster.number)

    def _started(self, comments: tuple[int, ...]) -> None:
        with self._lock:
            self.desk.started(comments)
            self._sweep()

    def _let_go(self, comments: tuple[int, ...]) -> None:
        with self._lock:
            for number in [each for comment in comments for each in self.desk.let_go(comment)]:
                self._air.let_go(number)
            self._sweep()

    def _sweep(self) -> None:
        """Forget what was made for clusters that are closed; what was not let go of counts as said."""
        kept = (*self._made, *self._drafts, *self._air.open())
        for number in [each for each in kept if self.desk.cluster(each) is None]:
            self._made.pop(number, None)
            self._drafts.pop(number, None)
            self._air.settle(number)

    def _drop(self, comment: int, topic: Topic, reason: str) -> None:
        self.send({"kind": "dropped", **dump(Dropped(comment, reason))})
        self.outcomes.append(Outcome(comment, topic, reason=reason))

    def _finish(self, number: int) -> None:
        """Everything that was to come of the cluster's comments is out."""
        with self._lock:
            self._done(self._asked.pop(number, []))
            self._sweep()

    def _done(self, asked: Sequence[int | None]) -> None:
        """Said of messages that were asked; a comment from outside was not."""
        for each in (each for each in asked if each is not None):
            self.send({"kind": "done", "asked": each})

    def _warm(self) -> None:
        reading = read_comment(Comment(0, "", "这个能放多久 how long does it keep", 0.0), self.room.language)
        self.texts.writer.at_once(reading)

    def _say(self, text: str) -> None:
        said = self.voices.piece(Piece(text), "operator")
        if said is None:
            logger.warning("an operator's words could not be voiced")
            return
        source: Source = "operator"
        answer = Answer((), within(said) or said[:1], text, source, urgent=True, priority=100)
        self.send({"kind": "answer", "answer": dump(answer)})
