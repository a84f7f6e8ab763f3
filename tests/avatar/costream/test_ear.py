"""A guest's samples on their way in: words understood while the voice goes on, turns told, echo turned down."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from avatar.costream.ear import FRAME, Ear, joined, level_db
from avatar.costream.peer import Peer, fitted
from avatar.costream.servers import IceServers
from avatar.costream.turns import GaveBack, Took
from avatar.live.guest_line import RING_SAMPLES, SampleRing, WindowSize
from generation.hearing.base import HEARING_RATE
from generation.hearing.scripted import ScriptedHearing
from tests.avatar.costream.test_voice_activity import hiss, vowels


class AtOnce:
    """A listener without a thread."""

    def __init__(self, *texts: str) -> None:
        self._stream = ScriptedHearing(texts).open("zh-CN")
        self.text = ""
        self.heard = 0

    def accept(self, samples) -> None:
        self.heard += len(samples)
        found = self._stream.accept(samples)
        self.text = found.text if found is not None else self.text

    def finish(self, done) -> None:
        self.text = ""
        done(self._stream.finish().text)


class Guest:
    """An ear whose changes are kept."""

    def __init__(self, *texts: str, is_deaf: bool = False) -> None:
        self.listener = AtOnce(*texts)
        self.changes: list[object] = []
        self.ear = Ear(
            None if is_deaf else self.listener, self.changes.append, lambda n, text: self.ear.settled(n, text)
        )

    def hear(self, sound: np.ndarray, played_db: float = -100.0) -> np.ndarray:
        """`sound` at 16 kHz, as a browser would send it."""
        wide = (np.repeat(sound, 3) * 32767).astype(np.int16)
        pieces = [wide[at : at + FRAME] for at in range(0, len(wide) - FRAME + 1, FRAME)]
        return np.concatenate([self.ear.hear(piece, played_db, 60.0) for piece in pieces])


def test_a_question_is_a_turn_with_its_words():
    guest = Guest("一瓶多少钱")

    guest.hear(np.concatenate([hiss(1, 0.002), vowels(2), hiss(1.5, 0.002, 3)]))

    assert [type(change) for change in guest.changes] == [Took, GaveBack]
    assert (guest.changes[1].why, guest.changes[1].text) == ("turn", "一瓶多少钱")
    assert 0.4 < guest.changes[1].seconds < 0.8


def test_two_questions_are_two_turns():
    guest = Guest("一瓶多少钱", "几天发货")
    for _ in range(2):
        guest.hear(np.concatenate([hiss(1, 0.002), vowels(1.5), hiss(1.5, 0.002, 3)]))

    assert [change.text for change in guest.changes if isinstance(change, GaveBack)] == ["一瓶多少钱", "几天发货"]


def test_silence_is_not_listened_to():
    guest = Guest("一瓶多少钱")

    guest.hear(hiss(5, 0.002))

    assert guest.listener.heard == 0
    assert guest.changes == []


def test_without_an_ear_for_words_a_turn_is_unheard():
    guest = Guest(is_deaf=True)

    guest.hear(np.concatenate([hiss(1, 0.002), vowels(1.5), hiss(1.5, 0.002, 3)]))

    assert [getattr(change, "why", "took") for change in guest.changes] == ["took", "unheard"]


def test_what_was_said_before_the_air_is_no_turn():
    guest = Guest("喂喂听得到吗", "一瓶多少钱")
    guest.hear(np.concatenate([hiss(1, 0.002), vowels(1.5)]))
    guest.changes.clear()

    guest.ear.begin()
    guest.hear(hiss(3, 0.002, 3))

    assert [change for change in guest.changes if isinstance(change, GaveBack)] == []


def test_pieces_of_a_turn_are_put_together_as_the_language_does():
    assert joined(["你好", "一瓶多少钱"]) == "你好一瓶多少钱"
    assert joined(["how much", "", "is it"]) == "how much is it"


def test_levels_are_of_full_scale():
    assert level_db(np.zeros(FRAME, np.int16)) == -100.0
    assert level_db(np.full(FRAME, 32767, np.int16)) == pytest.approx(0.0, abs=0.01)
    assert HEARING_RATE == 16_000


def test_a_picture_is_cut_to_the_window_without_being_stretched():
    import av

    wide = np.zeros((120, 320, 3), np.uint8)
    wide[:, 100:220] = 255
    frame = av.VideoFrame.from_ndarray(wide, format="rgb24")

    yuv = fitted(frame, WindowSize(94, 126))

    assert yuv.shape == (189, 94)
    assert yuv[:126].min() > 200
    assert abs(int(yuv[126:].mean()) - 128) < 3


def test_two_ends_hear_each_other_and_no_server_is_asked():
    """aiortc on both sides, in one loop: our voice there, theirs here."""
    from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
    from aiortc.mediastreams import MediaStreamError

    from avatar.costream.peer import _know_own_addresses, programme_track

    _know_own_addresses()
    tone = (8000 * np.sin(2 * np.pi * 440 * np.arange(RING_SAMPLES) / 48_000)).astype(np.int16)
    rings = [SampleRing(np.zeros(RING_SAMPLES, np.int16), np.zeros(1, np.int64)) for _ in range(2)]
    heard: list[float] = []
    tasks: list[asyncio.Future[None]] = []

    async def talk() -> float:
        ours = Peer(rings[0], IceServers(), on_sound=lambda samples: heard.append(level_db(samples)))
        browser = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        browser.addTrack(programme_track(Peer(rings[1], IceServers())))
        arrived: asyncio.Future[float] = asyncio.get_running_loop().create_future()

        @browser.on("track")
        def follow(track) -> None:
            async def listen() -> None:
                try:
                    while not arrived.done():
                        level = level_db(np.asarray((await track.recv()).to_ndarray()).reshape(-1))
                        if level > -40:
                            arrived.set_result(level)
                except MediaStreamError:
                    return

            tasks.append(asyncio.ensure_future(listen()))

        await browser.setLocalDescription(await browser.createOffer())
        answer = await ours.answer(browser.localDescription.sdp)
        assert "stun" not in answer
        await browser.setRemoteDescription(RTCSessionDescription(answer, "answer"))
        for _ in range(400):
            for ring in rings:
                ring.write(tone[:960])
            await asyncio.sleep(0.02)
            if arrived.done() and heard and max(heard) > -40:
                break
        await browser.close()
        await ours.close()
        return arrived.result()

    assert asyncio.run(talk()) == pytest.approx(-15.3, abs=3)
    assert max(heard) == pytest.approx(-15.3, abs=3)


def test_servers_are_those_that_are_set():
    assert IceServers().as_browsers_take_them() == []
    assert IceServers("stun:a:1", "turn:b:2", "me", "secret").as_browsers_take_them() == [
        {"urls": "stun:a:1"},
        {"urls": "turn:b:2", "username": "me", "credential": "secret"},
    ]
