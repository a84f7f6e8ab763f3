"""A publisher's side of RTMP and RTMPS over a socket of our own: every wait has an end, the key stays in here.

FFmpeg's own RTMP output knows no write timeout: once an ingest stops reading, it hangs for good.
"""

from __future__ import annotations

import os
import re
import select
import socket
import ssl
import struct
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from avatar.outputs import chunks, tags
from avatar.outputs.amf import decode, encode
from avatar.outputs.chunks import ChunkReader, Message, to_chunks
from avatar.outputs.coded import Codecs, Coded
from core.errors import InputError, RetryableError

SEND_SECONDS = 3.0
CONNECT_SECONDS = 5.0
UNACKNOWLEDGED_MS = 4000
SEND_BUFFER_BYTES = 96 * 1024
"""The kernel doubles it. Small, so that an ingest that stops reading is noticed within seconds."""

PORTS = {"rtmp": 1935, "rtmps": 443}
PING_REQUEST, PING_RESPONSE = 6, 7
_NO_WORD = re.compile(r"[^A-Za-z.]")


class OutputLost(RetryableError):
    """The receiver is gone, refuses or does not keep up; the reason never holds the address or the key."""

    code = "output_lost"


@dataclass(frozen=True, repr=False)
class Address:
    """A push address taken apart. Its `repr` is the host alone."""

    host: str
    port: int
    app: str
    key: str
    is_secure: bool

    def __repr__(self) -> str:
        return f"Address({self.host})"


def parse_address(url: str) -> Address:
    """`rtmp[s]://host[:port]/app/key`; the key is what follows the last slash before a query, with the query."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError as error:
        raise InputError("output", "the port of the push address is no number") from error
    app, _, key = parts.path.lstrip("/").rpartition("/")
    if parts.scheme not in PORTS or not parts.hostname or not app or not key:
        raise InputError("output", "a push address looks like rtmp://host/app/key")
    key = f"{key}?{parts.query}" if parts.query else key
    return Address(parts.hostname, port or PORTS[parts.scheme], app, key, parts.scheme == "rtmps")


class RtmpPublisher:
    """One publishing session. Every method raises OutputLost when the session is over."""

    def __init__(self, address: Address, send_seconds: float = SEND_SECONDS) -> None:
        self._address, self._send_seconds = address, send_seconds
        self._socket: socket.socket | None = None
        self._reader = ChunkReader()
        self._stream = 0
        self._commands = 0
        self._unsent: list[bytes] = []

    def connect(self, codecs: Codecs) -> None:
        """Handshake, connect, publish, and the headers of both tracks."""
        self._guarded(self._connect, codecs)

    def send(self, coded: Coded, time_ms: int) -> None:
        """One packet, `time_ms` after the session's first picture; it leaves with the next `flush`."""
        kind, channel = (chunks.PICTURE, 6) if coded.is_picture else (chunks.SOUND, 4)
        self._unsent.append(to_chunks(Message(kind, tags.body(coded), time_ms, self._stream), channel))

    def flush(self) -> None:
        """Everything since the last time in one go: a picture and its sound cost one call of the system."""
        unsent, self._unsent = b"".join(self._unsent), []
        self._guarded(self._listen_and_send, unsent)

    def close(self) -> None:
        """Say goodbye where somebody listens; never waits long."""
        found, self._socket = self._socket, None
        if found is None:
            return
        try:
            found.settimeout(0.5)
            for name in ("FCUnpublish", "deleteStream"):
                argument = self._address.key if name == "FCUnpublish" else self._stream
                found.sendall(to_chunks(Message(chunks.COMMAND, encode(name, 0, None, argument)), 3))
        except OSError:
            pass
        found.close()

    def abort(self) -> None:
        """Leave without a word."""
        found, self._socket = self._socket, None
        if found is not None:
            found.close()

    def _guarded(self, work: Any, *arguments: Any) -> None:
        try:
            work(*arguments)
        except TimeoutError:
            what = "take what is sent" if self._stream else "answer"
            raise OutputLost(f"the receiver does not {what}") from None
        except ssl.SSLCertVerificationError as error:
            raise OutputLost(f"the receiver's certificate is not accepted ({error.verify_message})") from None
        except (OSError, ValueError, struct.error) as error:
            raise OutputLost(f"the connection broke ({type(error).__name__})") from None

    def _connect(self, codecs: Codecs) -> None:
        self._socket = self._open_socket()
        self._shake_hands()
        self._send(Message(chunks.SET_CHUNK_SIZE, struct.pack(">I", chunks.CHUNK_BYTES)), 2)
        address = self._address
        scheme = "rtmps" if address.is_secure else "rtmp"
        told = {"app": address.app, "type": "nonprivate", "flashVer": "FMLE/3.0 (compatible; Adloom)"}
        self._call("connect", {**told, "tcUrl": f"{scheme}://{address.host}:{address.port}/{address.app}"})
        self._command("releaseStream", None, address.key)
        self._command("FCPublish", None, address.key)
        answer = self._call("createStream", None)
        self._stream = int(answer[3]) if len(answer) > 3 and isinstance(answer[3], float) else 1
        self._command("publish", None, address.key, "live", stream=self._stream)
        self._await_publishing()
        self._send(Message(chunks.METADATA, tags.metadata(codecs), 0, self._stream), 4)
        self._send(Message(chunks.PICTURE, tags.picture_header(codecs), 0, self._stream), 6)
        self._send(Message(chunks.SOUND, tags.sound_header(codecs), 0, self._stream), 4)
        self._socket.settimeout(self._send_seconds)

    def _open_socket(self) -> socket.socket:
        address = self._address
        plain = socket.create_connection((address.host, address.port), CONNECT_SECONDS)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MS)
        if not address.is_secure:
            return plain
        try:
            return _tls().wrap_socket(plain, server_hostname=address.host)
        except OSError:
            plain.close()
            raise

    def _shake_hands(self) -> None:
        wire = self._wire()
        wire.sendall(b"\3" + bytes(8) + os.urandom(1528))
        theirs = _read_exactly(wire, 1 + 1536)
        wire.sendall(theirs[1:])
        _read_exactly(wire, 1536)

    def _command(self, name: str, *arguments: Any, stream: int = 0) -> int:
        self._commands += 1
        body = encode(name, self._commands, *arguments)
        self._send(Message(chunks.COMMAND, body, 0, stream), 3)
        return self._commands

    def _call(self, name: str, *arguments: Any) -> list[Any]:
        number = self._command(name, *arguments)
        while True:
            for answer in self._commands_heard(self._receive()):
                if len(answer) > 1 and answer[0] == "_error" and answer[1] in (number, 0.0):
                    raise OutputLost(f"the receiver refuses {name}")
                if len(answer) > 1 and answer[0] == "_result" and answer[1] == number:
                    return answer

    def _await_publishing(self) -> None:
        while True:
            for answer in self._commands_heard(self._receive()):
                code = _status(answer)
                if code == "NetStream.Publish.Start":
                    return
                if code or (answer[:1] == ["_error"] and answer[1] == self._commands):
                    raise OutputLost(f"the receiver refuses to publish ({code or 'error'})")

    def _listen_and_send(self, raw: bytes) -> None:
        for answer in self._commands_heard(self._heard_so_far()):
            code = _status(answer)
            if code.startswith(("NetStream.Publish.", "NetStream.Unpublish", "NetConnection.Connect.Closed")):
                raise OutputLost(f"the receiver ended the session ({code})")
        self._wire().sendall(raw)

    def _send(self, message: Message, channel: int) -> None:
        self._wire().sendall(to_chunks(message, channel))

    def _receive(self) -> list[Message]:
        raw = self._wire().recv(65536)
        if not raw:
            raise ConnectionResetError
        return self._reader.feed(raw)

    def _heard_so_far(self) -> list[Message]:
        """What the receiver has said by now. Under TLS a readable socket may hold no word of it: nobody waits then."""
        wire = self._wire()
        is_pending = isinstance(wire, ssl.SSLSocket) and wire.pending() > 0
        if not is_pending and not select.select([wire], [], [], 0)[0]:
            return []
        patience = wire.gettimeout()
        wire.setblocking(False)
        try:
            return self._receive()
        except (BlockingIOError, ssl.SSLWantReadError):
            return []
        finally:
            wire.settimeout(patience)

    def _commands_heard(self, messages: list[Message]) -> list[list[Any]]:
        """The commands among `messages`; a ping is answered at once."""
        heard = []
        for message in messages:
            if message.kind == chunks.USER_CONTROL and message.content[:2] == struct.pack(">H", PING_REQUEST):
                answer = struct.pack(">H", PING_RESPONSE) + message.content[2:6]
                self._send(Message(chunks.USER_CONTROL, answer), 2)
            elif message.kind == chunks.COMMAND:
                heard.append(decode(message.content))
        return heard

    def _wire(self) -> socket.socket:
        if self._socket is None:
            raise ConnectionResetError
        return self._socket


def _tls() -> ssl.SSLContext:
    """Certificates are checked against the system's, or those that SSL_CERT_FILE names for a platform of one's own."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _status(answer: list[Any]) -> str:
    """The code of an onStatus, "" for any other command. Descriptions may repeat the key and are never read."""
    if len(answer) > 3 and answer[0] == "onStatus" and isinstance(answer[3], dict):
        return _NO_WORD.sub("", str(answer[3].get("code", "")))[:60]
    return ""


def _read_exactly(wire: socket.socket, count: int) -> bytes:
    raw = b""
    while len(raw) < count:
        piece = wire.recv(count - len(raw))
        if not piece:
            raise ConnectionResetError
        raw += piece
    return raw
