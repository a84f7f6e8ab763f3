"""Enough of a model hub to download from, on loopback: what it lists, and files with ranges, broken off on request."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class HubServer:
    """`files` of one repository; an answer ends after each of `break_after` bytes in turn, then whole."""

    repo: str
    files: dict[str, bytes]
    break_after: dict[str, list[int]] = field(default_factory=dict)
    recorded_sha256: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    address: str = ""

    def listing(self) -> dict[str, object]:
        return {"id": self.repo, "modelId": self.repo, "sha": COMMIT, "siblings": [self._entry(n) for n in self.files]}

    def _entry(self, name: str) -> dict[str, object]:
        content = self.files[name]
        entry: dict[str, object] = {"rfilename": name, "size": len(content), "blobId": _git_sha1(content)}
        if name.endswith((".safetensors", ".bin", ".onnx")):
            sha256 = self.recorded_sha256.get(name) or hashlib.sha256(content).hexdigest()
            entry["lfs"] = {"sha256": sha256, "size": len(content), "pointerSize": 134}
        return entry


def _git_sha1(content: bytes) -> str:
    return hashlib.sha1(f"blob {len(content)}\0".encode() + content, usedforsecurity=False).hexdigest()


@contextmanager
def hub_server(repo: str, files: dict[str, bytes]) -> Iterator[HubServer]:
    hub = HubServer(repo, files)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(hub))
    hub.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(hub: HubServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            if path == f"/api/models/{hub.repo}":
                self._answer(200, json.dumps(hub.listing()).encode())
                return
            name = path.removeprefix(f"/{hub.repo}/resolve/{COMMIT}/")
            if name not in hub.files:
                self.send_response(404)
                self.send_header("X-Error-Code", "RepoNotFound")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self._send_file(name)

        def _send_file(self, name: str) -> None:
            wanted = self.headers.get("Range", "")
            hub.asked.append((name, wanted))
            start = int(wanted.removeprefix("bytes=").split("-")[0]) if wanted else 0
            content = hub.files[name][start:]
            breaks = hub.break_after.get(name, [])
            self._answer(206 if wanted else 200, content, breaks.pop(0) if breaks else len(content))

        def _answer(self, status: int, body: bytes, sent: int | None = None) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json" if sent is None else "application/octet-stream")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:sent])
            self.close_connection = sent is not None and sent < len(body)

        def log_message(self, format: str, *arguments: object) -> None:
            return

    return Handler
