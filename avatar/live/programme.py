"""What a room says, tick by tick: comments out to the brain, voices and answers in, and the floor between them."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from avatar.contracts import TICKS_A_SECOND, Answer, Comment, Dropped, More, Utterance
from avatar.live.airtime import Airtime, Refused, Waiting, grown
from avatar.live.bridges import Bridges
from avatar.live.choosing import Voices
from avatar.live.conversation import Conversation
from avatar.live.cursor import Cursor
from avatar.live.desk import Begun, Command, Expired, Heard, Order, Phrases, Voiced
from avatar.live.floor import Floor
from avatar.live.guest import News
from avatar.live.rundown import Rundown
from avatar.live.schedule import Bounds, Event, milliseconds
from avatar.live.setup import RoomSetup
from avatar.live.unanswered import Unanswered
from core.contracts import dump

AHEAD = 4
"""Sentences that are voiced ahead: a voice that is slow for a sentence or two goes unheard."""

ASK_AGAIN_TICKS = 10 * TICKS_A_SECOND
PATIENCE_SECONDS = 120.0
"""How long virtual time stands still for a brain that does not answer."""

LOOK_SECONDS = 0.02
COMMENTS_KEPT = 10_000
BETWEEN_PARTS = 100


class Counter(Protocol):
    """The brain, as the programme sees it."""

    def send(self, kind: str, **fields: Any) -> None: ...

    def take(self) -> list[Command]: ...

    def take_until_done(self, asked: int, seconds: float) -> list[Command]: ...


class Programme:
    """`advance` once for every tick. `wants_slate` while an operator took the room off the air."""

    def __init__(self, setup: RoomSetup, desk: Counter, bounds: Bounds, start: Cursor | None = None) -> None:
        config = setup.config
        self.wants_slate = False
        self._setup, self._desk, self._bounds = setup, desk, bounds
        ways = max(1, len(config.laps))
        self.rundown = Rundown(len(config.lines), start.sentence if start else 0, start.lap if start else 0, ways)
        self.airtime = Airtime(None if setup.seconds is None else round(setup.seconds * 48_000))
        self.voices = Voices()
        self.bridges = Bridges(config.seed)
        self.floor = Floor(self.rundown, self.airtime, self.bridges, self.voices, config.barge_in, bounds)
        self.talk = Conversation(self.floor)
        self.wants_dump = False
        self.released = 0
        if start is not None:
            self.rundown.rule, self.floor.epoch, self.released = "restart", start.epoch + 1, start.comments
        self.unanswered = Unanswered()
        self._knows_brain = False
        self._asked = 0
        self._asked_for: dict[int, int] = {}
        self._comment_ticks: dict[int, int] = {}
        self._coming: list[tuple[int, Answer]] = []
        self._events: list[Event] = []
        self._tick = 0

    def advance(self, tick: int, news: Sequence[News] = ()) -> list[Event]:
        """Everything that happens in `tick`, in order; `news` of the guest."""
        self._tick = tick
        self._converse(news)
        self._follow(self._desk.take())
        self._release_comments()
        self._ask_for_sentences()
        self._admit_answers()
        self._drop([Refused(number, "too late") for number in self.unanswered.lost(tick)])
        gone = self.airtime.expire(tick)
        self.floor.refuse(gone)
        events, self._events = self._events, []
        events += self.floor.advance(tick)
        self._tell_fates(events, gone)
        return events

    def take_dump(self) -> bool:
        """Whether an operator takes back what is held; asked once a tick."""
        wanted, self.wants_dump = self.wants_dump, False
        return wanted

    def _converse(self, news: Sequence[News]) -> None:
        """What the guest says next makes answers to what they said before pointless."""
        for name, fields in self.talk.hear(news, self._tick):
            self._note(name, **fields)
        for comment in self.talk.take_void():
            self.airtime.withdraw(comment)
            self._coming = [each for each in self._coming if comment not in each[1].comments]
            self._drop([Refused(comment, "guest spoke on")])

    def _tell_fates(self, events: Sequence[Event], gone: Sequence[Refused]) -> None:
        """The brain lets nobody join an answer that is on air, and lets those ask again who were not answered."""
        for event in events:
            if event.event == "answer_started" and event.fields["comments"]:
                self._desk.send("started", comments=event.fields["comments"])
        if gone:
            self._desk.send("let_go", comments=[each.comment for each in gone])

    def await_voice(self, seconds: float, is_over: Callable[[], bool]) -> None:
        """Ask for the first sentences and wait for one: nobody wants to go on air with a silent host."""
        self._ask_for_sentences()
        until = time.monotonic() + seconds
        while self.rundown.number not in self.voices.script and time.monotonic() < until and not is_over():
            self._follow(self._desk.take())
            time.sleep(LOOK_SECONDS)

    def forget_voices(self, utterance_ids: set[str]) -> None:
        """Samples that were thrown away: their sentences are asked for anew."""
        for number, utterance in list(self.voices.script.items()):
            if utterance.id in utterance_ids:
                del self.voices.script[number]
                self._asked_for.pop(number, None)

    def ahead(self) -> tuple[Utterance, ...]:
        """What is voiced and not yet said: answers that wait, then the next sentences."""
        answers = [*(each.answer for each in self.airtime.waiting), *(answer for _, answer in self._coming)]
        said = [utterance for answer in answers for utterance in answer.utterances]
        script = (self.voices.script.get(number) for number in self.rundown.ahead(AHEAD))
        return (*said, *(each for each in script if each is not None))

    def shift(self, ticks: int) -> None:
        """The clock jumped ahead by `ticks`."""
        self.floor.shift(ticks)

    def _follow(self, commands: Sequence[Command]) -> None:
        for command in commands:
            self._knows_brain = self._knows_brain or not isinstance(command, Begun)
            if isinstance(command, Voiced):
                self.voices.script[command.sentence] = command.utterance
                self.voices.unvoiced.discard(command.sentence)
            elif isinstance(command, Phrases):
                self._take_phrases(command)
            elif isinstance(command, Answer):
                self.unanswered.settle(command.comments)
                self._expect(command)
            elif isinstance(command, More):
                self._extend(command)
            elif isinstance(command, Begun):
                self._ask_again()
            elif isinstance(command, Dropped):
                self.unanswered.settle((command.comment,))
                self.airtime.withdraw(command.comment)
                self._coming = [each for each in self._coming if command.comment not in each[1].comments]
                self._drop([Refused(command.comment, command.reason)])
                self.talk.let_go(command.comment)
            elif isinstance(command, Heard):
                self._note_comment(command.comment)
                if command.by_guest:
                    self.talk.ask(command.comment.number)
                else:
                    self.unanswered.note(command.comment, self._tick)
            elif isinstance(command, Order):
                self._obey(command.order)
            elif isinstance(command, Expired):
                self._forget(command)

    def _forget(self, expired: Expired) -> None:
        """Old facts are said no more: sentences are asked for anew, answers come again in other words."""
        self.voices.script.clear()
        self._asked_for.clear()
        for comment in expired.comments:
            self.airtime.withdraw(comment)
        void = set(expired.comments)
        self._coming = [each for each in self._coming if not void & set(each[1].comments)]

    def _take_phrases(self, phrases: Phrases) -> None:
        notices = tuple(each for each in phrases.utterances if each.kind == "notice")
        bridges = tuple(each for each in phrases.utterances if each.kind != "notice")
        if notices:
            self.voices.notices = notices
        if bridges:
            self.bridges.replace(bridges)

    def _expect(self, answer: Answer) -> None:
        """In virtual time an answer takes as long as it was said to take; else it is ready when it is here.

        It replaces one on its way that answers a comment of its own: more viewers asked the same.
        """
        covered = set(answer.comments)
        self._coming = [each for each in self._coming if not covered & set(each[1].comments)]
        if self._setup.is_paced or not answer.comments:
            self._coming.append((self._tick, answer))
            return
        asked = max(self._comment_ticks.get(each, self._tick) for each in answer.comments)
        ready = max(self._tick, asked) + math.ceil(self._setup.answer_seconds * TICKS_A_SECOND)
        self._coming.append((ready, answer))

    def _admit_answers(self) -> None:
        ready = [each for each in self._coming if each[0] <= self._tick]
        self._coming = [each for each in self._coming if each[0] > self._tick]
        for at, answer in sorted(ready, key=lambda each: each[0]):
            self._admit(at, answer)

    def _admit(self, at: int, answer: Answer) -> None:
        if answer.to_guest and not self.talk.admits(answer):
            return
        ticks = [self._comment_ticks.get(comment, at) for comment in answer.comments]
        for comment, tick in zip(answer.comments, ticks, strict=True):
            seconds = round((self._tick - tick) / TICKS_A_SECOND, 2)
            self._note("answer_ready", comment=comment, seconds=seconds, source=answer.source)
        if not answer.utterances:
            self._drop([Refused(comment, "no voice") for comment in answer.comments])
            return
        length = self._length(answer)
        self._drop(self.airtime.offer(Waiting(answer, min(ticks, default=at), self._tick, length)))

    def _length(self, answer: Answer) -> int:
        """Samples on air, the pauses between the stretches with them."""
        bounds = [self._bounds(each) for each in answer.utterances]
        return sum(until - first for first, until in bounds) + milliseconds(BETWEEN_PARTS) * (len(bounds) - 1)

    def _release_comments(self) -> None:
        comments = self._setup.comments
        while self.released < len(comments) and comments[self.released].at * TICKS_A_SECOND <= self._tick:
            comment = comments[self.released]
            self.released += 1
            self._note_comment(comment)
            self.unanswered.note(comment, self._tick)
            self._ask("comment", comment=dump(comment), sentence=self.rundown.place.sentence)

    def _note_comment(self, comment: Comment) -> None:
        self._comment_ticks[comment.number] = self._tick
        if len(self._comment_ticks) > COMMENTS_KEPT:
            del self._comment_ticks[next(iter(self._comment_ticks))]
        self._note("comment_received", comment=comment.number, viewer=comment.viewer)

    def _ask_for_sentences(self) -> None:
        """Ask for what comes next and is not there; in virtual time what does not come cannot be had."""
        wanted = []
        for number in self.rundown.ahead(AHEAD):
            asked_at = self._asked_for.get(number, -ASK_AGAIN_TICKS)
            if number not in self.voices.script and self._tick - asked_at >= ASK_AGAIN_TICKS:
                wanted.append(number)
                self._asked_for[number] = self._tick
        if wanted:
            self._ask("needs", sentences=wanted)
            if not self._setup.is_paced:
                self.voices.unvoiced.update(number for number in wanted if number not in self.voices.script)

    def _ask(self, kind: str, **fields: Any) -> None:
        """In virtual time wait for what comes of it; a brain that dies over it is asked once more when it is back."""
        self._asked += 1
        self._desk.send(kind, asked=self._asked, **fields)
        while not self._setup.is_paced:
            commands, knew = self._desk.take_until_done(self._asked, PATIENCE_SECONDS), self._knows_brain
            self._follow(commands)
            if not commands or commands[-1] != Begun():
                return
            if knew:
                self._desk.send(kind, asked=self._asked, **fields)

    def _ask_again(self) -> None:
        """The brain died and is back: it is asked anew for what nothing came of."""
        if not self._knows_brain or not self._setup.is_paced:
            return
        self._asked_for.clear()
        for comment in self.unanswered.again(self._tick):
            self._ask("comment", comment=dump(comment), sentence=self.rundown.place.sentence)

    def _extend(self, more: More) -> None:
        """The next stretch of an answer, wherever it is by now."""
        first, until = self._bounds(more.utterance) if more.utterance is not None else (0, 0)
        length = until - first + milliseconds(BETWEEN_PARTS)
        for place, (ready, answer) in enumerate(self._coming):
            if answer.is_open and set(more.comments) & set(answer.comments):
                whole = grown(Waiting(answer, 0, 0, self._length(answer)), more, length)
                self._coming[place] = ready, whole.answer
                return
        if not self.airtime.extend(more, length):
            self.floor.chooser.extend(more, length, self._tick)

    def _obey(self, order: str) -> None:
        if order == "skip":
            self.floor.skip()
        elif order in ("pause_answers", "resume_answers"):
            self.airtime.is_paused = order == "pause_answers"
        elif order in ("slate", "unslate"):
            self.wants_slate = order == "slate"
            self.floor.silence(self.wants_slate)
        elif order == "dump":
            self.wants_dump = True
            self._drop(self.airtime.clear("dumped"))
            self.floor.skip()

    def _drop(self, refused: Sequence[Refused]) -> None:
        for each in refused:
            self._comment_ticks.pop(each.comment, None)
            self._note("comment_dropped", comment=each.comment, reason=each.reason)

    def _note(self, event: str, **fields: Any) -> None:
        self._events.append(Event(event, self._tick, self.floor.epoch, fields))
