"""The brain as a process: connected to the engine by a wire, to the books by a feed, gone when the engine is."""

from __future__ import annotations

import logging
import signal
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from avatar.brain.books import Books, grounds_of
from avatar.brain.facts import room_texts
from avatar.brain.lanes import Lanes, ThreadLane
from avatar.brain.mind import Brain
from avatar.brain.voices import Voices
from avatar.comments.ground import Ground
from avatar.contracts import Cue, Emotion, RoomConfig, RoomProduct, Utterance, UtteranceKind
from avatar.heads.naming import name_of
from avatar.hosts import host_named
from avatar.live.wire import CLOSED, Wire
from avatar.services.cloned_voices import consented_voice
from avatar.speech.voicing import voice_answer, voice_sentence
from core.clock import Clock, system_clock
from core.contracts import Language
from core.llm.gateway import language_model
from generation.api import ConsentedVoice, VoiceConsentMissing, VoiceEngine, stand_in_voice

logger = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
Stop = Callable[[], bool]


class BrainProcess:
    """One room's brain with its threads. `run` serves until the engine hangs up or SIGTERM comes; 0 then."""

    def __init__(
        self, room: RoomConfig, wire: Wire, broadcast: uuid.UUID | None = None, clock: Clock = system_clock
    ) -> None:
        self._wire, self._clock = wire, clock
        persona = host_named(room.persona, room.language)
        self._host = dict(room.host).get("name") or name_of(room.head) or (persona.said if persona else room.persona)
        self._room = room
        grounds = grounds_of(broadcast, clock) if broadcast is not None else self._from_facts()
        self.brain = Brain(
            room=room,
            texts=room_texts(room, grounds, self._host),
            voices=_voices(room),
            send=wire.send,
            lanes=Lanes(ThreadLane("brain-voicing"), ThreadLane("brain-answering"), ThreadLane("brain-asking")),
            model=language_model(room.advertiser),
        )
        self._books = Books(broadcast, self.brain, self._change, clock) if broadcast is not None else None

    def run(self) -> int:
        is_ended: list[bool] = []
        signal.signal(signal.SIGTERM, lambda *_: is_ended.append(True))
        # Ctrl-C reaches the whole group; the supervisor ends the engine first, and the wire ends us.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            self._wire.send({"kind": "begun"})
            self.brain.begin()
            if self._books is not None:
                self._books.start()
            self._serve(lambda: bool(is_ended))
        finally:
            self._close()
        return 0

    def _serve(self, ended: Stop) -> None:
        """Message after message. One that breaks is logged: the room goes on with the next."""
        while not ended():
            message = self._wire.receive(LOOK_SECONDS)
            self._renew()
            if message is CLOSED:
                return
            if message is None:
                continue
            if self._books is not None and message.get("kind") == "status":
                self._books.keep_health(message)
            try:
                self.brain.hear(message)
            except OSError as error:
                logger.warning("the engine is gone: %s", error)
                return
            except Exception:
                logger.exception("a message was passed over: %s", message.get("kind"))

    def _renew(self) -> None:
        """A new day: facts that were valid until yesterday are not said any more."""
        grounds = self.brain.texts.grounds
        today = self._clock.now().date()
        if grounds[0].today != today:
            self._change(tuple(replace(ground, today=today) for ground in grounds))

    def _change(self, grounds: tuple[Ground, ...]) -> None:
        self.brain.change_facts(room_texts(self._room, grounds, self._host))

    def _from_facts(self) -> tuple[Ground, ...]:
        room, today = self._room, self._clock.now().date()
        return tuple(Ground(_name_of(ware), ware.facts, room.language, room.platform, today) for ware in room.wares)

    def _close(self) -> None:
        if self._books is not None:
            self._books.close()
        self.brain.break_off()
        lanes = self.brain.lanes
        for lane in (lanes.voicing, lanes.answering, lanes.asking):
            lane.close()


def _name_of(ware: RoomProduct) -> str:
    return next((fact.text for fact in ware.facts if fact.id == "name"), ware.name)


def _voices(room: RoomConfig) -> Voices:
    """The room's voice, the embedded one where the configured one may not speak for its shop.

    A person's without a consent that stands stays silent, sentence by sentence.
    """
    try:
        person = consented_voice(room.voice, room.advertiser)
    except VoiceConsentMissing as error:
        logger.warning("the host has no voice: %s", error)
        person = None
    engine = stand_in_voice(room.advertiser)
    speak = partial(voice_answer, person=person, engine=engine)
    speak_whole = partial(whole, person=person, engine=engine)
    may_speak = person.stands if person is not None else lambda: True
    return Voices(speak, speak_whole, room.language, room.voice, may_speak)


def whole(
    text: str,
    language: Language,
    voice: str,
    emotion: Emotion,
    cues: Sequence[Cue],
    kind: UtteranceKind,
    person: ConsentedVoice | None = None,
    engine: VoiceEngine | None = None,
) -> Iterator[Utterance]:
    yield voice_sentence(text, language, voice, emotion, cues, kind, person, engine)
