"""An RTMP ingest on loopback for tests and measurements: keeps what comes, and misbehaves when told to."""

from __future__ import annotations

import socket
import struct
import threading
import time
from dataclasses import dataclass, field

from avatar.outputs import chunks
from avatar.outputs.amf import decode, encode
from avatar.outputs.chunks import ChunkReader, Message, to_chunks


@dataclass
class Session:
    """What one publisher sent: commands by name, and media messages in order."""

    key: str = ""
    commands: list[str] = field(default_factory=list)
    media: list[Message] = field(default_factory=list)
    ended_at: float | None = None

    def pictures(self) -> list[Message]:
        """Pictures without their header."""
        return [each for each in self.media if each.kind == chunks.PICTURE and each.content[1] == 1]

    def sounds(self) -> list[Message]:
        return [each for each in self.media if each.kind == chunks.SOUND and each.content[1] == 1]


class Ingest:
    """Listens on a port of its own. `refusals` publishers are told BadName first; `reads` False stops reading."""

    def __init__(self, refusals: int = 0) -> None:
        self.sessions: list[Session] = []
        self.refusals = refusals
        self.reads = threading.Event()
        self.reads.set()
        self.port = 0
        self._links: list[socket.socket] = []
        self.start()

    def address(self, key: str = "s3cret") -> str:
        return f"rtmp://127.0.0.1:{self.port}/live/{key}"

    def start(self) -> None:
        """Listen, on the same port as before."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def stop(self) -> None:
        """Gone: nobody listens, and nobody is connected."""
        try:
            self._listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._listener.close()
        self.drop()

    def drop(self) -> None:
        """Break every connection, as a killed ingest does."""
        for link in self._links:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            link.close()
        self._links.clear()

    def close(self) -> None:
        self.stop()

    def wait(self, sessions: int = 1, pictures: int = 1, seconds: float = 15.0) -> Session:
        """The session with that number once it has so many pictures."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if len(self.sessions) >= sessions and len(self.sessions[sessions - 1].pictures()) >= pictures:
                return self.sessions[sessions - 1]
            time.sleep(0.01)
        raise AssertionError(f"{len(self.sessions)} sessions, {[len(each.media) for each in self.sessions]} messages")

    def wait_for_end(self, session: Session, seconds: float = 5.0) -> None:
        """Until everything the publisher sent before it hung up was read."""
        until = time.monotonic() + seconds
        while session.ended_at is None and time.monotonic() < until:
            time.sleep(0.01)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                link, _ = listener.accept()
            except OSError:
                return
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32768)
            self._links.append(link)
            threading.Thread(target=self._serve, args=(link,), daemon=True).start()

    def _serve(self, link: socket.socket) -> None:
        session = Session()
        try:
            _shake_hands(link)
            reader = ChunkReader()
            while raw := self._receive(link):
                for message in reader.feed(raw):
                    self._take(link, session, message)
        except OSError:
            pass
        session.ended_at = time.monotonic()

    def _receive(self, link: socket.socket) -> bytes:
        self.reads.wait()
        return link.recv(65536)

    def _take(self, link: socket.socket, session: Session, message: Message) -> None:
        if message.kind in (chunks.PICTURE, chunks.SOUND, chunks.METADATA):
            session.media.append(message)
        if message.kind != chunks.COMMAND:
            return
        name, number, *rest = decode(message.content)
        session.commands.append(name)
        if name == "connect":
            _answer(link, "_result", number, {}, {"code": "NetConnection.Connect.Success"})
        elif name == "createStream":
            _answer(link, "_result", number, None, 1)
        elif name == "publish":
            session.key = rest[1]
            if self.refusals:
                self.refusals -= 1
                _answer(link, "onStatus", 0, None, {"level": "error", "code": "NetStream.Publish.BadName"})
            else:
                self.sessions.append(session)
                _answer(link, "onStatus", 0, None, {"level": "status", "code": "NetStream.Publish.Start"})


def _answer(link: socket.socket, *values: object) -> None:
    link.sendall(to_chunks(Message(chunks.COMMAND, encode(*values)), 3, 128))


def _shake_hands(link: socket.socket) -> None:
    raw = b""
    while len(raw) < 1537:
        raw += link.recv(1537 - len(raw))
    link.sendall(b"\3" + bytes(1536) + raw[1:])
    rest = 1536
    while rest:
        rest -= len(link.recv(rest))


def main() -> None:
    """An ingest as a process: prints its port, forgets what it takes."""
    ingest = Ingest()
    print(ingest.port, flush=True)
    while True:
        time.sleep(0.2)
        for session in ingest.sessions:
            session.media.clear()


if __name__ == "__main__":
    main()
