"""One WebRTC connection of a browser: its sound and picture in, the programme out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatar.contracts import SAMPLE_RATE
from avatar.costream.ear import FRAME, FRAME_SECONDS, level_db
from avatar.costream.servers import IceServers
from avatar.live.guest_line import SampleRing, WindowSize

Samples = NDArray[np.int16]
AHEAD = SAMPLE_RATE * 60 // 1000
MOST_AHEAD = SAMPLE_RATE * 200 // 1000
LOOPBACK = "127.0.0.1"


class Peer:
    """`answer` an offer, then sound comes to `on_sound` in pieces of 960 samples and pictures to `on_picture`."""

    def __init__(
        self,
        programme: SampleRing,
        servers: IceServers,
        on_sound: Callable[[Samples], None] = lambda _samples: None,
        on_picture: Callable[[NDArray[np.uint8]], None] = lambda _yuv: None,
        window: WindowSize | None = None,
    ) -> None:
        self._programme, self._servers = programme, servers
        self._on_sound, self._on_picture, self._window = on_sound, on_picture, window
        self._connection: Any = None
        self._tasks: list[asyncio.Task[None]] = []
        self.played_db = -100.0
        self.host_since = 0.0
        self.is_over = False

    async def answer(self, offer: str) -> str:
        """The answer to a browser's offer, with all our addresses in it. ValueError for what is no offer."""
        from aiortc import RTCConfiguration, RTCIceServer, RTCPeerConnection, RTCSessionDescription

        _know_own_addresses()
        # A list, also an empty one: without it aiortc asks a server of Google's.
        servers = [RTCIceServer(**each) for each in self._servers.as_browsers_take_them()]
        self._connection = connection = RTCPeerConnection(RTCConfiguration(iceServers=servers))
        connection.on("track", self._follow)
        connection.on("connectionstatechange", self._note_state)
        await connection.setRemoteDescription(RTCSessionDescription(offer, "offer"))
        connection.addTrack(programme_track(self))
        await connection.setLocalDescription(await connection.createAnswer())
        return str(connection.localDescription.sdp)

    async def close(self) -> None:
        """Nothing comes in after this."""
        self.is_over = True
        for task in self._tasks:
            task.cancel()
        if self._connection is not None:
            await self._connection.close()

    def next_programme(self) -> Samples:
        """The next 20 ms of what the browser hears; silence while the engine is late."""
        ring = self._programme
        if ring.level > MOST_AHEAD:
            ring.skip_to(AHEAD)
        found = ring.read(FRAME) if ring.level >= FRAME else np.zeros(0, np.int16)
        samples = np.pad(found, (0, FRAME - len(found)))
        was_silent = self.played_db < -50.0
        self.played_db = level_db(samples)
        if was_silent and self.played_db >= -50.0:
            self.host_since = time.monotonic()
        return samples

    def _note_state(self) -> None:
        if self._connection.connectionState in ("failed", "closed"):
            self.is_over = True

    def _follow(self, track: Any) -> None:
        work = self._hear(track) if track.kind == "audio" else self._see(track)
        self._tasks.append(asyncio.ensure_future(work))

    async def _hear(self, track: Any) -> None:
        from aiortc.mediastreams import MediaStreamError
        from av import AudioResampler

        resampler = AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        rest = np.zeros(0, np.int16)
        while not self.is_over:
            try:
                frame = await track.recv()
            except MediaStreamError:
                return
            pieces = [each.to_ndarray().reshape(-1) for each in resampler.resample(frame)]
            rest = np.concatenate([rest, *pieces])
            while len(rest) >= FRAME and not self.is_over:
                self._on_sound(rest[:FRAME])
                rest = rest[FRAME:]

    async def _see(self, track: Any) -> None:
        from aiortc.mediastreams import MediaStreamError

        while not self.is_over:
            try:
                frame = await track.recv()
            except MediaStreamError:
                return
            if self._window is not None:
                self._on_picture(fitted(frame, self._window))


def fitted(frame: Any, window: WindowSize) -> NDArray[np.uint8]:
    """The middle of a picture in the window's shape, as I420."""
    scale = max(window.width / frame.width, window.height / frame.height)
    wide = max(window.width, round(frame.width * scale / 2) * 2)
    high = max(window.height, round(frame.height * scale / 2) * 2)
    scaled = frame.reformat(wide, high, "yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG").to_ndarray()
    left, top = (wide - window.width) // 4 * 2, (high - window.height) // 4 * 2
    luma = scaled[top : top + window.height, left : left + window.width]
    chroma = scaled[high:].reshape(2, high // 2, wide // 2)
    rows, columns = slice(top // 2, (top + window.height) // 2), slice(left // 2, (left + window.width) // 2)
    small = np.ascontiguousarray(chroma[:, rows, columns]).reshape(-1, window.width)
    return np.ascontiguousarray(np.concatenate([luma, small]))


def programme_track(peer: Peer) -> Any:
    """A sound track that asks `peer` for the programme every 20 ms."""
    from aiortc.mediastreams import MediaStreamTrack
    from av import AudioFrame

    from avatar.outputs.coded import SOUND_TIME

    class ProgrammeTrack(MediaStreamTrack):
        kind = "audio"

        def __init__(self) -> None:
            super().__init__()
            self._began: float | None = None
            self._sent = 0

        async def recv(self) -> AudioFrame:
            if self._began is None:
                self._began = time.monotonic()
            await asyncio.sleep(max(0.0, self._began + self._sent * FRAME_SECONDS - time.monotonic()))
            # Both channels are filled here: to make two of one, the encoder's resampler would take 3 dB off each.
            both = np.repeat(peer.next_programme(), 2).reshape(1, -1)
            frame = AudioFrame.from_ndarray(both, format="s16", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, self._sent * FRAME, SOUND_TIME
            self._sent += 1
            return frame

    return ProgrammeTrack()


def _know_own_addresses() -> None:
    """A machine without a network still talks with itself: aioice leaves out the loopback address, always."""
    from aioice import ice

    if not getattr(ice.get_host_addresses, "knows_loopback", False):
        setattr(ice, "get_host_addresses", _with_loopback(ice.get_host_addresses))  # noqa: B010  # it is a function


def _with_loopback(found: Callable[[bool, bool], list[str]]) -> Callable[[bool, bool], list[str]]:
    def addresses(use_ipv4: bool, use_ipv6: bool) -> list[str]:
        return found(use_ipv4, use_ipv6) or [LOOPBACK]

    addresses.knows_loopback = True  # type: ignore[attr-defined]  # so that it is put in once
    return addresses
