"""The whole way through a real vLLM on a tiny random model: scripts, streams, aborts, priorities, a killed server.

One server for all tests of this file, in their order: the last ones kill it.
"""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.llm.aborting import Abort
from core.llm.answers import Answering
from core.llm.base import CallAborted, LanguageModelBroken, LanguageModelDown, Message, Priority
from core.llm.capabilities import Capabilities, capabilities, forget
from core.llm.gateway import live_model
from core.llm.ledger import Ledger
from core.llm.openai_http import OpenAiModel
from core.llm.retrying import Breaker, Retrier, RetryRule
from creative.brief import brief_from_need
from creative.contracts import SlotBudget
from creative.references.structure import Cuts
from creative.references.structuring import structure_with_best
from creative.references.subtitles import Subtitle
from creative.rewriting.writer import write
from tests.real.running import NEED, ROOT, environment, make_ads
from tests.real.serving import free_port
from tests.support.homes import a_home

START_SECONDS = 900.0
"""Making the server's environment, where it is missing, takes minutes."""
BUDGETS = [
    SlotBudget("hook", 2.0, 1.2, 3.2),
    SlotBudget("selling_point", 2.6, 1.5, 4.0),
    SlotBudget("cta", 2.0, 1.0, 3.0),
]
HELLO = [Message("user", "hello")]


@dataclass(frozen=True)
class Served:
    """A `serve_llm` that is up, what it has said so far, and how to look inside."""

    process: subprocess.Popen[str]
    home: Path
    port: int
    told: queue.Queue[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def model(self, attempts: int = 1) -> OpenAiModel:
        retrier = Retrier(RetryRule(attempts=attempts, first_wait=0.05), Breaker(limit=3))
        return OpenAiModel(self.url, "tiny", retrier=retrier, ledger=Ledger())

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
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=10) as answer:
            found = re.search(r"^vllm:num_requests_running\{.*\} ([\d.]+)", answer.read().decode(), re.MULTILINE)
        assert found is not None
        return int(float(found[1]))

    def members(self) -> list[int]:
        """Every process of the server's own group."""
        leader = int((self.home / "run" / f"llm-{self.port}.pid").read_text())
        return group_of(leader)


def group_of(leader: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                if os.getpgid(int(folder.name)) == leader:
                    found.append(int(folder.name))
            except ProcessLookupError:
                continue
    return found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    import torch

    from generation.checkpoints.tiny.llm import WORDS, make

    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("model") / "tiny"
    make(folder, words=WORDS)
    with a_home() as home:
        port = free_port()
        options = ["--model", str(folder), "--cpu", "--port", str(port), "--max-tokens", "8192", "--cache-gib", "1"]
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "serve_llm", *options, "--at-once", "4"],
            env=environment(home),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
            start_new_session=True,
        )
        told: queue.Queue[str] = queue.Queue()
        threading.Thread(target=lambda: [told.put(line) for line in process.stdout or ()], daemon=True).start()
        up = Served(process, home, port, told)
        try:
            assert up.wait_for("LLM_BASE_URL=").strip() == f"LLM_BASE_URL={up.url}"
            assert up.wait_for("LLM_MODEL=").strip() == "LLM_MODEL=tiny"
            yield up
        finally:
            process.terminate()
            process.wait(60)


def until(holds: object, seconds: float = 20.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def going_on(served: Served, model: OpenAiModel) -> Answering:
    """An answer the server is at this moment writing: a random model may end one at any token, so some are tried."""
    for seed in range(40):
        answering = model.stream(HELLO, max_tokens=6000, seed=seed)
        next(answering, None)
        if until(lambda: served.running() == 1, 1.0):
            return answering
        answering.close()
    raise AssertionError("none of forty answers went on for a second")


def test_the_model_writes_scripts_that_may_go_out(served: Served) -> None:
    brief = brief_from_need(NEED)
    drafts = [write(brief, BUDGETS, style="plain", seed=seed, model=served.model()) for seed in range(4)]

    assert {draft.engine for draft in drafts} == {"llm:tiny"}
    assert {draft.degraded for draft in drafts} == {()}
    assert len({tuple(line.text for line in draft.lines) for draft in drafts}) == 4


def test_it_structures_a_reference_or_says_why_not(served: Served) -> None:
    texts = ("还在为困发愁吗", "现磨的豆子", "看这个颜色", "现在下单立减", "点下面的链接")
    lines = [Subtitle(place * 2.0, place * 2.0 + 1.8, text) for place, text in enumerate(texts)]
    outcome = structure_with_best(lines, Cuts(10.0), "zh-CN", served.model())

    assert outcome.structured.read_from == "llm:tiny" or outcome.note.startswith("structure_failed: ")
    assert outcome.structured.structure.seconds == 10.0


def test_words_come_as_they_are_made(served: Served) -> None:
    model = served.model()
    answering = model.stream(HELLO, max_tokens=40, seed=3, prompt="hello-1")
    pieces = list(answering)

    assert answering.completion is not None
    assert answering.completion.text == "".join(pieces)
    assert len(pieces) > 10
    assert answering.completion.usage.completion_tokens == 40
    assert model.ledger.usage == answering.completion.usage


def test_it_says_that_it_takes_no_pictures(served: Served) -> None:
    forget()

    assert capabilities(served.model()) == Capabilities(images=False, context_tokens=8192)


def test_an_answer_nobody_waits_for_is_not_made(served: Served) -> None:
    """Of some that are broken off as soon as the server works on them: one that ended by chance just before is none."""
    raised: list[type[BaseException]] = []
    for seed in range(20):
        abort, model = Abort(), served.model()

        def ask(abort: Abort = abort, model: OpenAiModel = model, seed: int = seed) -> None:
            try:
                live_model(model, abort).complete(HELLO, max_tokens=6000, priority=Priority.LIVE, seed=seed)
            except CallAborted as error:
                raised.append(type(error))

        thread = threading.Thread(target=ask)
        thread.start()
        until(lambda: served.running() == 1, 1.0)
        abort.abort()
        thread.join(30)
        if raised:
            break

    assert raised == [CallAborted]
    assert until(lambda: served.running() == 0)


def test_leaving_a_stream_ends_it_on_the_server(served: Served) -> None:
    answering = going_on(served, served.model())

    answering.close()

    assert until(lambda: served.running() == 0)


def test_all_ads_are_made_with_scripts_by_the_model(
    served: Served, footage: Path, reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLM_BASE_URL", served.url)
    monkeypatch.setenv("LLM_MODEL", "tiny")
    ran = make_ads(served.home, footage, tmp_path, "--count", "1", "--draft", "--references", str(reference))

    assert (ran.code, ran.report["made"]) == (0, 1), ran.err
    assert ran.report["engines"]["script"] == "llm:tiny"
    assert "script:phrasebook" not in ran.report["degraded"]
    assert ran.report["language_model"]["calls"] >= 1
    assert ran.report["language_model"]["completion_tokens"] > 0


def test_a_server_killed_inside_an_answer_is_an_error_by_kind_and_left_alone_after_three(served: Served) -> None:
    model = served.model()
    killed = served.members()
    keeper = int((served.home / "run" / f"llm-{served.port}.pid").read_text())
    answering = going_on(served, model)
    os.kill(keeper, signal.SIGKILL)
    with pytest.raises((LanguageModelDown, LanguageModelBroken)):
        list(answering)
    for _ in range(2):
        with pytest.raises((LanguageModelDown, LanguageModelBroken)):
            model.complete(HELLO, max_tokens=1, timeout=5)

    with pytest.raises(LanguageModelDown, match="left alone for 30 s"):
        model.complete(HELLO, max_tokens=1)
    assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in killed))


def test_it_is_started_again_and_answers(served: Served) -> None:
    assert "starting it again" in served.wait_for("llm ended with code")
    served.wait_for("llm is up again")

    assert served.model().complete(HELLO, max_tokens=4).usage.completion_tokens == 4


def test_nothing_is_left_when_its_keeper_is_killed(served: Served) -> None:
    members = served.members()
    served.process.kill()

    assert len(members) >= 2
    assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in members))
