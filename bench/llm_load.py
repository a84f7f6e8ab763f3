"""Askers of a language model's server: through our client, bare over sockets, and without end in a process beside.

`python -m bench.llm_load URL STREAMS` asks script questions for as long as it lives, as bulk work does.
"""

from __future__ import annotations

import http.client
import itertools
import json
import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from core.llm.base import Priority
from core.llm.ledger import Ledger
from core.llm.masking import Masking
from core.llm.openai_http import OpenAiModel
from core.llm.requests import body_of

MODEL = "tiny"


def client(url: str) -> OpenAiModel:
    return OpenAiModel(url, MODEL, ledger=Ledger())


def by_our_client(url: str, questions: Sequence[dict[str, Any]], streams: int) -> float:
    """Tokens a second that reach the caller as completions."""
    model = client(url)
    began = time.perf_counter()
    with ThreadPoolExecutor(streams) as threads:
        answers = list(threads.map(lambda question: model.complete(**question), questions))
    return sum(each.usage.completion_tokens for each in answers) / (time.perf_counter() - began)


def by_bare_sockets(url: str, questions: Sequence[dict[str, Any]], streams: int) -> float:
    """Tokens a second of the same requests, sent as bytes made before over one kept connection a stream."""
    bodies = [_body(question) for question in questions]
    waiting, lock = iter(bodies), threading.Lock()
    began = time.perf_counter()
    with ThreadPoolExecutor(streams) as threads:
        tokens = list(threads.map(lambda _: _ask_on(url, waiting, lock), range(streams)))
    return sum(tokens) / (time.perf_counter() - began)


def _ask_on(url: str, waiting: Iterator[bytes], lock: threading.Lock) -> int:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=600)
    tokens = 0
    while True:
        with lock:
            body = next(waiting, None)
        if body is None:
            connection.close()
            return tokens
        connection.request("POST", f"{parts.path}/chat/completions", body, {"Content-Type": "application/json"})
        tokens += json.loads(connection.getresponse().read())["usage"]["completion_tokens"]


def _body(question: dict[str, Any]) -> bytes:
    named = {name: question.get(name) for name in ("schema", "max_tokens", "temperature", "seed")}
    request = body_of(MODEL, question["messages"], Masking(), priority=Priority.SCRIPT, **named)  # type: ignore[arg-type]
    extra = request.pop("extra_body")
    return json.dumps(request | extra).encode()


def ask_without_end(url: str, streams: int) -> None:
    """Bulk work that keeps the server full; ends with its parent."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()
    from bench.llm_questions import script_questions

    model, questions = client(url), itertools.cycle(script_questions(32))
    lock, parent = threading.Lock(), os.getppid()

    def ask() -> None:
        while os.getppid() == parent:
            with lock:
                question = next(questions)
            model.complete(**{**question, "priority": Priority.BULK, "timeout": 600.0})

    threads = [threading.Thread(target=ask) for _ in range(streams)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    ask_without_end(sys.argv[1], int(sys.argv[2]))
