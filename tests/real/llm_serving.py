"""`manage.py serve_llm` in a process of its own, on a free port, until the block ends."""

from __future__ import annotations

import http.client
import json
import os
import queue
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from core.llm.base import Priority
from core.llm.ledger import Ledger
from core.llm.openai_http import OpenAiModel
from core.llm.retrying import Breaker, Retrier, RetryRule
from tests.real.running import ROOT, environment
from tests.real.serving import free_port
from tests.support.homes import a_home

START_SECONDS = 900.0
"""Making the server's environment, where it is missing, takes minutes."""
NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True)
class ServedModel:
    """A `serve_llm` that is up, what it has said so far, and how to look inside."""

    process: subprocess.Popen[str]
    home: Path
    name: str
    port: int
    told: queue.Queue[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def model(self, extra: Mapping[str, object] = NOTHING) -> OpenAiModel:
        """A client of its own, with its own books, that asks once."""
        retrier = Retrier(RetryRule(attempts=1, first_wait=0.05), Breaker(limit=3))
        return OpenAiModel(self.url, self.name, retrier=retrier, ledger=Ledger(), extra=extra)

    def wait_for(self, words: str) -> str:
        """The line that holds `words`; fails with all that was said when the command ends before."""
        said: list[str] = []
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                said.append(self.told.get(timeout=1.0))
            except queue.Empty:
                assert self.process.poll() is None, "".join(said)
                continue
            if words in said[-1]:
                return said[-1]
        raise AssertionError("".join(said))

    def running(self) -> int:
        """Requests the server works on at this moment, by its own count."""
        return self._count("vllm:num_requests_running")

    def waiting(self) -> int:
        """Requests that have come and are not begun."""
        return self._count("vllm:num_requests_waiting")

    def _count(self, gauge: str) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=10) as answer:
            found = re.search(rf"^{gauge}\{{.*\}} ([\d.]+)", answer.read().decode(), re.MULTILINE)
        assert found is not None, gauge
        return int(float(found[1]))

    def hold_a_place(self) -> http.client.HTTPConnection:
        """An answer somebody else asked for, of bulk's priority, that goes on until the connection is closed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        question = {"messages": [{"role": "user", "content": "hello"}], "priority": int(Priority.BULK)}
        body = {"model": self.name, **question, "max_tokens": 8000, "ignore_eos": True}
        connection.request("POST", "/v1/chat/completions", json.dumps(body), {"Content-Type": "application/json"})
        return connection

    def members(self) -> list[int]:
        """Every process of the server's own group."""
        leader = int((self.home / "run" / f"llm-{self.port}.pid").read_text())
        return _group_of(leader)


def _group_of(leader: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                if os.getpgid(int(folder.name)) == leader:
                    found.append(int(folder.name))
            except ProcessLookupError:
                continue
    return found


@contextmanager
def serving(model: Path, variable: str, *options: str) -> Iterator[ServedModel]:
    """The folder `model` behind the OpenAI API; `variable` is LLM or EMBEDDINGS, whose settings it has to print."""
    with a_home() as home:
        port = free_port()
        given = ["--model", str(model), "--cpu", "--port", str(port), "--cache-gib", "1", *options]
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "serve_llm", *given],
            env=environment(home),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
            start_new_session=True,
        )
        told: queue.Queue[str] = queue.Queue()
        threading.Thread(target=_pass_on, args=(process, told), daemon=True).start()
        up = ServedModel(process, home, model.name, port, told)
        try:
            assert up.wait_for("_BASE_URL=").strip() == f"{variable}_BASE_URL={up.url}"
            assert up.wait_for("_MODEL=").strip() == f"{variable}_MODEL={model.name}"
            yield up
        finally:
            process.terminate()
            process.wait(60)


def _pass_on(process: subprocess.Popen[str], told: queue.Queue[str]) -> None:
    for line in process.stdout or ():
        told.put(line)


def until(holds: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Whether it holds before so many seconds are over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return False
