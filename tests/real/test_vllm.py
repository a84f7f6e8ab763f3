"""The whole way through a real vLLM on a tiny random model: scripts, streams, aborts, priorities, a killed server.

One server for all tests of this file, in their order: the last ones kill it.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.llm.aborting import Abort
from core.llm.answers import Answering
from core.llm.base import CallAborted, LanguageModelBroken, LanguageModelDown, Message, Priority
from core.llm.capabilities import Capabilities, capabilities, forget
from core.llm.gateway import live_model
from core.llm.openai_http import OpenAiModel
from creative.brief import brief_from_need
from creative.contracts import SlotBudget
from creative.references.structure import Cuts
from creative.references.structuring import structure_with_best
from creative.references.subtitles import Subtitle
from creative.rewriting.writer import write
from tests.real.llm_serving import ServedModel, serving, until
from tests.real.running import NEED, make_ads

AT_ONCE = 4
BUDGETS = [
    SlotBudget("hook", 2.0, 1.2, 3.2),
    SlotBudget("selling_point", 2.6, 1.5, 4.0),
    SlotBudget("cta", 2.0, 1.0, 3.0),
]
HELLO = [Message("user", "hello")]
TO_THE_LAST = {"ignore_eos": True}
"""A random model may end its answer at any token; told this, it makes as many as it was asked for."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedModel]:
    import torch

    from generation.checkpoints.tiny.llm import WORDS, make

    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("model") / "tiny"
    make(folder, words=WORDS)
    with serving(folder, "LLM", "--max-tokens", "8192", "--at-once", str(AT_ONCE)) as up:
        yield up


def going_on(served: ServedModel, model: OpenAiModel) -> Answering:
    """An answer the server is at this moment writing."""
    answering = model.stream(HELLO, max_tokens=6000)
    next(answering)
    assert until(lambda: served.running() == 1)
    return answering


def test_the_model_writes_scripts_that_may_go_out(served: ServedModel) -> None:
    brief = brief_from_need(NEED)
    drafts = [write(brief, BUDGETS, style="plain", seed=seed, model=served.model()) for seed in range(4)]

    assert {draft.engine for draft in drafts} == {"llm:tiny"}
    assert {draft.degraded for draft in drafts} == {()}
    assert len({tuple(line.text for line in draft.lines) for draft in drafts}) == 4


def test_it_structures_a_reference_or_says_why_not(served: ServedModel) -> None:
    texts = ("还在为困发愁吗", "现磨的豆子", "看这个颜色", "现在下单立减", "点下面的链接")
    lines = [Subtitle(place * 2.0, place * 2.0 + 1.8, text) for place, text in enumerate(texts)]
    outcome = structure_with_best(lines, Cuts(10.0), "zh-CN", served.model())

    assert outcome.structured.read_from == "llm:tiny" or outcome.note.startswith("structure_failed: ")
    assert outcome.structured.structure.seconds == 10.0


def test_words_come_as_they_are_made(served: ServedModel) -> None:
    model = served.model(TO_THE_LAST)
    answering = model.stream(HELLO, max_tokens=40, seed=3, prompt="hello-1")
    pieces = list(answering)

    assert answering.completion is not None
    assert answering.completion.text == "".join(pieces)
    assert len(pieces) > 10
    assert answering.completion.usage.completion_tokens == 40
    assert model.ledger.usage == answering.completion.usage


def test_it_says_that_it_takes_no_pictures(served: ServedModel) -> None:
    forget()

    assert capabilities(served.model()) == Capabilities(images=False, context_tokens=8192)


def test_an_answer_nobody_waits_for_is_not_made(served: ServedModel) -> None:
    abort, model = Abort(), served.model(TO_THE_LAST)
    raised: list[type[BaseException]] = []

    def ask() -> None:
        try:
            live_model(model, abort).complete(HELLO, max_tokens=6000, priority=Priority.LIVE)
        except CallAborted as error:
            raised.append(type(error))

    thread = threading.Thread(target=ask)
    thread.start()
    assert until(lambda: served.running() == 1)
    abort.abort()
    thread.join(30)

    assert raised == [CallAborted]
    assert until(lambda: served.running() == 0)


def test_leaving_a_stream_ends_it_on_the_server_and_what_was_made_is_booked(served: ServedModel) -> None:
    model = served.model(TO_THE_LAST)
    answering = going_on(served, model)

    answering.close()

    assert until(lambda: served.running() == 0)
    assert 1 <= model.ledger.usage.completion_tokens < 6000


def test_who_came_last_goes_first_where_somebody_waits_for_the_answer(served: ServedModel) -> None:
    """Others hold every place. Bulk comes, then what is more and more urgent; then one place is given back, and whoever
    gets it gives it back with the first word. In the order they came the live reply would be the last."""
    model = served.model(TO_THE_LAST)
    others = [served.hold_a_place() for _ in range(AT_ONCE)]
    assert until(lambda: served.running() == AT_ONCE)
    begun: queue.SimpleQueue[tuple[str, Answering]] = queue.SimpleQueue()

    def ask(name: str, priority: Priority) -> None:
        answering = model.stream(HELLO, max_tokens=8000, priority=priority, timeout=600.0)
        next(answering)
        begun.put((name, answering))

    bulk = [(f"bulk {number}", Priority.BULK) for number in range(3)]
    urgent = [("script", Priority.SCRIPT), ("turn", Priority.TURN), ("live", Priority.LIVE)]
    for before, asked in enumerate([*bulk, *urgent]):
        assert until(lambda before=before: served.waiting() == before)  # type: ignore[misc]  # bound now
        threading.Thread(target=ask, args=asked, daemon=True).start()
    assert until(lambda: served.waiting() == 6)
    others[0].close()
    order = []
    for _ in range(6):
        name, answering = begun.get(timeout=60)
        order.append(name)
        answering.close()
    for other in others:
        other.close()

    assert order == ["live", "turn", "script", "bulk 0", "bulk 1", "bulk 2"]
    assert until(lambda: served.running() == 0)


def test_all_ads_are_made_with_scripts_by_the_model(
    served: ServedModel, footage: Path, reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLM_BASE_URL", served.url)
    monkeypatch.setenv("LLM_MODEL", "tiny")
    ran = make_ads(served.home, footage, tmp_path, "--count", "1", "--draft", "--references", str(reference))

    assert (ran.code, ran.report["made"]) == (0, 1), ran.err
    assert ran.report["engines"]["script"] == "llm:tiny"
    assert "script:phrasebook" not in ran.report["degraded"]
    assert ran.report["language_model"]["calls"] >= 1
    assert ran.report["language_model"]["completion_tokens"] > 0


def test_a_server_killed_inside_an_answer_is_an_error_by_kind_and_left_alone_after_three(served: ServedModel) -> None:
    model = served.model(TO_THE_LAST)
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


def test_it_is_started_again_and_answers(served: ServedModel) -> None:
    assert "starting it again" in served.wait_for("llm ended with code")
    served.wait_for("llm is up again")

    assert served.model(TO_THE_LAST).complete(HELLO, max_tokens=4).usage.completion_tokens == 4


def test_nothing_is_left_when_its_keeper_is_killed(served: ServedModel) -> None:
    members = served.members()
    served.process.kill()

    assert len(members) >= 2
    assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in members))
