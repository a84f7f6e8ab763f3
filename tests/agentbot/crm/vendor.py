"""A vendor's server on the loopback: answers what its pages say, and fails when a test says so."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
import ssl
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Stored:
    """One answer. `swallows` does what was asked and never says so."""

    status: int
    body: Any = None
    headers: tuple[tuple[str, str], ...] = ()
    swallows: bool = False


@dataclass
class Asked:
    method: str
    path: str
    body: Any
    headers: dict[str, str]


@dataclass
class Vendor:
    """Subclasses answer in `answer`. `faults` come first, each to a path that holds its first word; then `weather`."""

    asked: list[Asked] = field(default_factory=list)
    faults: deque[tuple[str, Stored]] = field(default_factory=deque)
    weather: Callable[[Asked], Stored | None] = lambda asked: None
    is_hanging: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    def answer(self, asked: Asked) -> Stored:
        raise NotImplementedError

    def open(self, context: ssl.SSLContext | None = None) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self._reply))
        self._server.daemon_threads = True
        if context is not None:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.is_hanging.set()
        self._server.shutdown()
        self._server.server_close()

    def paths(self) -> list[str]:
        return [f"{each.method} {each.path.partition('?')[0]}" for each in self.asked]

    def _reply(self, asked: Asked) -> Stored:
        self.asked.append(asked)
        is_meant = self.faults and self.faults[0][0] in asked.path
        fault = self.faults.popleft()[1] if is_meant else self.weather(asked)
        if fault is None:
            return self.answer(asked)
        if fault.swallows:
            self.answer(asked)
            self.is_hanging.wait(5.0)
        return fault


def _handler(reply: Callable[[Asked], Stored]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            body = json.loads(raw) if raw.startswith("{") else raw
            stored = reply(Asked(self.command, self.path, body, dict(self.headers.items())))
            text = b"" if stored.body is None else json.dumps(stored.body).encode()
            self.send_response(stored.status)
            for name, value in (*stored.headers, ("content-type", "application/json"), ("content-length", len(text))):
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve

        def log_message(self, *_: Any) -> None:
            return

    return Handler


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """For 127.0.0.1, signed by itself: the Salesforce client speaks https only."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now - dt.timedelta(1)).not_valid_after(now + dt.timedelta(1))
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    builder = builder.add_extension(names, False).add_extension(x509.BasicConstraints(True, None), True)
    file, key_file = folder / "cert.pem", folder / "key.pem"
    file.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    key_file.write_bytes(key.private_bytes(*form))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key_file)
    return context, file
