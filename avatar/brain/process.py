"""The brain as a process: connected to the engine by a wire, to operators by a socket, gone when the engine is."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from avatar.brain.desk_orders import Orders
from avatar.brain.facts import room_texts
from avatar.brain.lanes import ThreadLane
from avatar.brain.mind import Brain, Lanes
from avatar.brain.orders import ControlSocket
from avatar.brain.voices import Voices
from avatar.comments.ground import Ground
from avatar.config import load_room
from avatar.contracts import Cue, Emotion, RoomConfig, Utterance, UtteranceKind
from avatar.live.wire import CLOSED, Wire
from avatar.persona_names import find_persona
from avatar.speech.voicing import voice_answer, voice_sentence
from core.clock import Clock, system_clock
from core.contracts import Language
from core.llm.gateway import language_model

logger = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
Stop = Callable[[], bool]


def run_brain(config: Path, wire_fd: int, control: Path | None = None, clock: Clock = system_clock) -> int:
    """Serve the room of `config` over the inherited wire until the engine hangs up; 0 then. InputError for its file."""
    room = load_room(config, clock.now().date())
    wire = Wire.from_fd(wire_fd)
    brain, host = make_brain(room, wire, clock)
    orders = Orders(brain, host)
    socket = ControlSocket(control, orders.obey) if control is not None else None
    is_ended: list[bool] = []
    signal.signal(signal.SIGTERM, lambda *_: is_ended.append(True))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        brain.begin()
        serve(brain, wire, orders, clock, lambda: bool(is_ended))
    finally:
        if socket is not None:
            socket.close()
        for lane in (brain.lanes.voicing, brain.lanes.answering, brain.lanes.asking):
            lane.close()
    return 0


def make_brain(room: RoomConfig, wire: Wire, clock: Clock) -> tuple[Brain, str]:
    """The brain of `room` with threads of its own, and what its host is called."""
    persona = find_persona(room.persona, room.language)
    host = persona.said if persona else room.persona
    name = next((fact.text for fact in room.facts if fact.id == "name"), room.card.name)
    ground = Ground.of_facts(name, room.facts, room.language, room.platform, clock.now().date())
    brain = Brain(
        room=room,
        texts=room_texts(room, ground, host),
        voices=Voices(voice_answer, _whole, room.language, room.voice),
        send=wire.send,
        lanes=Lanes(ThreadLane("brain-voicing"), ThreadLane("brain-answering"), ThreadLane("brain-asking")),
        model=language_model(),
    )
    return brain, host


def serve(brain: Brain, wire: Wire, orders: Orders, clock: Clock, ended: Stop) -> None:
    """Message after message. One that breaks is logged: the room goes on with the next."""
    while not ended():
        message = wire.receive(LOOK_SECONDS)
        orders.renew(clock.now().date())
        if message is CLOSED:
            return
        if message is None:
            continue
        try:
            brain.hear(message)
        except OSError as error:
            logger.warning("the engine is gone: %s", error)
            return
        except Exception:
            logger.exception("a message was passed over: %s", message.get("kind"))


def _whole(
    text: str, language: Language, voice: str, emotion: Emotion, cues: Sequence[Cue], kind: UtteranceKind
) -> Iterator[Utterance]:
    yield voice_sentence(text, language, voice, emotion, cues, kind)
