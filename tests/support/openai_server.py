"""A language model server on the loopback: speaks the OpenAI API over real HTTP, faults included.

    with OpenAiServer(answers=["{}", Fault.BUSY, "{}"]) as server:
        model = OpenAiModel(server.base_url, server.model)

Chat completions (whole and streamed), embeddings, the list of models. Each request takes the
next of `answers`; when they run out, `default` answers: a text, a fault, or a function of the
request's body. `requests` keeps every body, `headers` every request's headers.
"""

from __future__ import annotations

import hashlib
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from core.search.lexical import lexical_vector


class Fault(Enum):
    """What can go wrong on the way to an answer, or with it."""

    NONSENSE = "a completion whose text is no JSON"
    HALF_JSON = "a completion whose JSON ends in the middle"
    FENCED_JSON = "a completion with JSON inside a code fence and chatter round it"
    WRONG_SHAPE = "a completion whose JSON has other keys"
    TRUNCATED = "cut off by the token limit, finish_reason length"
    REFUSAL = "the model declines"
    EMPTY = "no choices at all"
    NO_TEXT = "a choice without text"
    NOT_JSON = "HTTP 200 with an HTML page"
    SERVER_ERROR = "HTTP 500"
    BUSY = "HTTP 429 with Retry-After"
    DENIED = "HTTP 401"
    TOO_LONG = "HTTP 400: context length exceeded"
    BAD_REQUEST = "HTTP 400: something else"
    REDIRECT = "HTTP 302 to another place"
    HANG = "no answer until the server closes"
    SLOW = "a byte at a time"
    ENDLESS = "a body that does not end"
    DISCONNECT = "the connection breaks off before an answer"
    DISCONNECT_INSIDE = "the connection breaks off inside the answer"


Request = dict[str, Any]
Answer = str | Fault | Callable[[Request], str]

_STATUS: dict[Fault, tuple[int, str, dict[str, str]]] = {
    Fault.SERVER_ERROR: (500, "internal error", {}),
    Fault.BUSY: (429, "too many requests", {"Retry-After": "7"}),
    Fault.DENIED: (401, "invalid api key", {}),
    Fault.TOO_LONG: (400, "This model's maximum context length is 1024 tokens", {}),
    Fault.BAD_REQUEST: (400, "unknown field", {}),
    Fault.REDIRECT: (302, "elsewhere", {"Location": "http://127.0.0.1:9/v1/chat/completions"}),
}
_TEXTS: dict[Fault, str] = {
    Fault.NONSENSE: "well, here is what I think about coffee",
    Fault.HALF_JSON: '{"slots": [{"text": "下午三点',
    Fault.FENCED_JSON: 'Sure!\n```json\n{"slots": []}\n```',
    Fault.WRONG_SHAPE: '{"lines": ["one", "two"]}',
    Fault.TRUNCATED: '{"slots": [{"text": "cut',
}


@dataclass
class OpenAiServer:
    """Runs in a thread of its own for the length of the `with` block."""

    answers: Iterable[Answer] = ()
    default: Answer = "{}"
    model: str = "loopback-1"
    embedding_size: int = 384
    api_key: str = ""
    requests: list[Request] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Self:
        self._left: Iterator[Answer] = iter(list(self.answers))
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @property
    def base_url(self) -> str:
        """What LLM_BASE_URL is set to, with /v1."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def answer_next(self, *answers: Answer) -> None:
        """Give these before anything else that is left."""
        with self._lock:
            left = list(self._left)
            self._left = iter([*answers, *left])

    def take(self, request: Request, headers: dict[str, str]) -> Answer:
        with self._lock:
            self.requests.append(request)
            self.headers.append(headers)
            return next(self._left, self.default)


def _handler(server: OpenAiServer) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        owner = server

    return Handler


class _Handler(BaseHTTPRequestHandler):
    owner: OpenAiServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Tests want no access log."""

    def do_GET(self) -> None:
        if self.path.endswith("/models"):
            self._json(200, {"object": "list", "data": [{"id": self.owner.model, "object": "model"}]})
        else:
            self._json(404, {"error": {"message": "not found"}})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        answer = self.owner.take(body, {key.lower(): value for key, value in self.headers.items()})
        if isinstance(answer, Fault) and self._fails(answer):
            return
        if self.path.endswith("/embeddings"):
            self._embeddings(body)
        elif self.path.endswith("/chat/completions"):
            self._complete(body, answer)
        else:
            self._json(404, {"error": {"message": "not found"}})

    def _fails(self, fault: Fault) -> bool:
        """Carry out a fault of the connection or the status; False for one of the text."""
        if fault in _STATUS:
            status, message, headers = _STATUS[fault]
            self._json(status, {"error": {"message": message, "type": "error"}}, headers)
        elif fault is Fault.NOT_JSON:
            self._send(200, b"<html>It works!</html>", "text/html")
        elif fault is Fault.EMPTY:
            self._json(200, {"id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": []})
        elif fault is Fault.HANG:
            self.owner.closing.wait(30)
            self.close_connection = True
        elif fault in (Fault.SLOW, Fault.ENDLESS):
            self._drip(b" " if fault is Fault.SLOW else b" " * 500_000)
        elif fault is Fault.DISCONNECT:
            self._break_off()
        elif fault is Fault.DISCONNECT_INSIDE:
            self._start(200, "application/json", 5_000)
            self.wfile.write(b'{"id": "x", "choices": [')
            self._break_off()
        else:
            return False
        return True

    def _drip(self, piece: bytes) -> None:
        """A body without an end; a short pause for a slow one. Ends with the server."""
        self._start(200, "application/json", 2**40)
        pause = 0.02 if len(piece) == 1 else 0.0
        try:
            while not self.owner.closing.wait(pause):
                self.wfile.write(piece)
        except OSError:
            pass
        self.close_connection = True

    def _break_off(self) -> None:
        self.wfile.flush()
        # With a linger of zero the peer sees a reset, as from a process that was killed.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def _complete(self, body: Request, answer: Answer) -> None:
        text, reason, refusal = _said(body, answer)
        if body.get("stream"):
            self._stream(text or "", reason)
            return
        message = {"role": "assistant", "content": text, "refusal": refusal}
        usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
        choice = {"index": 0, "message": message, "finish_reason": reason, "logprobs": None}
        self._json(200, {**self._head("chat.completion"), "choices": [choice], "usage": usage})

    def _stream(self, text: str, reason: str) -> None:
        """Server-sent events, a word at a time; the connection ends with the answer."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        pieces = [text[start : start + 6] for start in range(0, len(text), 6)]
        for delta, finish in [*(({"content": piece}, None) for piece in pieces), ({}, reason)]:
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            event = {**self._head("chat.completion.chunk"), "choices": [choice]}
            self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
            self.wfile.flush()
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def _embeddings(self, body: Request) -> None:
        texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
        rows = [
            {"object": "embedding", "index": place, "embedding": embedding_of(text, self.owner.embedding_size)}
            for place, text in enumerate(texts)
        ]
        usage = {"prompt_tokens": len(texts), "total_tokens": len(texts)}
        # Servers may answer in any order; `index` is what counts.
        self._json(200, {"object": "list", "model": self.owner.model, "data": rows[::-1], "usage": usage})

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": "loopback", "object": kind, "created": 0, "model": self.owner.model}

    def _json(self, status: int, payload: Any, headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(payload).encode(), "application/json", headers)

    def _send(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self._start(status, kind, len(body), headers)
        self.wfile.write(body)

    def _start(self, status: int, kind: str, length: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()


def _said(body: Request, answer: Answer) -> tuple[str | None, str, str | None]:
    """(text, finish reason, refusal) of an answer."""
    if answer is Fault.REFUSAL:
        return None, "stop", "I can't help with that."
    if answer is Fault.NO_TEXT:
        return None, "stop", None
    if isinstance(answer, Fault):
        return _TEXTS[answer], "length" if answer is Fault.TRUNCATED else "stop", None
    return (answer if isinstance(answer, str) else answer(body)), "stop", None


def embedding_of(text: str, size: int) -> list[float]:
    """The loopback model's vector: the lexical one, spread over `size` places by the text's own hash for the rest."""
    vector = [float(number) for number in lexical_vector(text)[:size]]
    rest = hashlib.sha256(text.encode()).digest()
    return vector + [rest[place % 32] / 255_000 for place in range(size - len(vector))]


def prompt_of(request: Request) -> str:
    """All that was said to the model, in order."""
    return "\n".join(message["content"] for message in request["messages"])
