"""Rows M1 to M3: a real vLLM on a tiny random model, asked as the product asks.

Every token of that model is about as likely as any other: for a schema the hardest case there is. Both sides of M1
send the same bytes; the server's cache of prefixes is warm for both.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.llm_load import by_bare_sockets, by_our_client, client
from bench.llm_questions import script_questions
from bench.llm_server import ROOT, served_model
from bench.run import Figure, Row
from core.llm.base import Completion, LanguageModel, Message, Priority
from core.llm.strict_json import NotStrictJson, parse_object
from creative.rewriting.llm import WHOLE_TRIES

STREAMS = 16
PAIRS = 15
"""Of short passes: on a machine that others use too, many small pairs tell more than a few long ones."""
BULK_STREAMS = 16
LIVE = [Message("user", "有人问：这个咖啡要放冰箱吗？用一句话回答。")]


def measure_m1(small: bool, folder: Path) -> Figure:
    """The middle of the ratios of neighbouring passes, each side first in turn: what drifts hits both."""
    url, questions = served_model(), script_questions(4 if small else STREAMS)
    # Neither side pays for the first reading of a prompt, or for loading what it asks with.
    by_bare_sockets(url, questions, STREAMS)
    by_our_client(url, questions[:1], 1)
    pairs = []
    for turn in range(1 if small else PAIRS):
        sides = [by_our_client, by_bare_sockets] if turn % 2 else [by_bare_sockets, by_our_client]
        figures = {side: side(url, questions, STREAMS) for side in sides}
        pairs.append((figures[by_our_client], figures[by_bare_sockets]))
    ratio = statistics.median(ours / bare for ours, bare in pairs)
    behind = {
        "tokens_a_second_ours": [round(ours, 1) for ours, _ in pairs],
        "tokens_a_second_bare": [round(bare, 1) for _, bare in pairs],
        "scripts": len(questions),
        "streams": STREAMS,
    }
    return Figure(ratio, "×", ratio >= 0.95, behind)


def measure_m2(small: bool, folder: Path) -> Figure:
    """Of the scripts asked for, the share that is strict JSON and valid by its schema."""
    url, questions = served_model(), script_questions(4 if small else 200)
    with ThreadPoolExecutor(STREAMS) as threads:
        outcomes = list(threads.map(lambda question: _ask_as_the_writer(client(url), question), questions))
    good = sum(_is_valid(answer, question["schema"]) for (answer, _), question in zip(outcomes, questions, strict=True))
    share = 100.0 * good / len(outcomes)
    behind = {
        "scripts": len(outcomes),
        "asked_again_because_cut_off": sum(tries - 1 for _, tries in outcomes),
        "tokens": sum(answer.usage.completion_tokens for answer, _ in outcomes),
    }
    return Figure(share, "%", good == len(outcomes), behind)


def _ask_as_the_writer(model: LanguageModel, question: dict[str, Any]) -> tuple[Completion, int]:
    """(answer, tries): one that was cut off is asked for again with twice the room, as the writer does."""
    tries = 0
    while True:
        room = min(question["max_tokens"] * 2**tries, 8000)
        answer = model.complete(**{**question, "max_tokens": room, "timeout": 300.0})
        tries += 1
        if answer.finish_reason != "length" or tries == WHOLE_TRIES:
            return answer, tries


def _is_valid(answer: Completion, schema: dict[str, Any]) -> bool:
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # no stubs in the development set-up

    try:
        return Draft202012Validator(schema).is_valid(parse_object(answer.text))
    except NotStrictJson:
        return False


def measure_m3(small: bool, folder: Path) -> Figure:
    """Time to the first piece of a live reply beside bulk work, held against an idle server's."""
    url, count = served_model(), 5 if small else 60
    _first_pieces(url, 5)
    idle = _first_pieces(url, count)
    with _bulk(url):
        busy = _first_pieces(url, count)
    quiet, loud = statistics.median(idle), statistics.median(busy)
    behind = {
        "idle_ms": round(quiet * 1000, 1),
        "busy_ms": round(loud * 1000, 1),
        "busy_p90_ms": round(sorted(busy)[int(len(busy) * 0.9)] * 1000, 1),
        "bulk_streams": BULK_STREAMS,
    }
    return Figure(loud / quiet, "× idle", loud <= max(2 * quiet, quiet + 0.05), behind)


def _first_pieces(url: str, count: int) -> list[float]:
    """Seconds to the first piece of `count` replies, one after the other."""
    model, found = client(url), []
    for seed in range(count):
        began = time.perf_counter()
        answering = model.stream(LIVE, max_tokens=16, seed=seed, priority=Priority.LIVE)
        next(answering)
        found.append(time.perf_counter() - began)
        for _ in answering:
            continue
    return found


@contextmanager
def _bulk(url: str) -> Iterator[None]:
    """Bulk work in a process of its own, as it is; inside once the server is full."""
    process = subprocess.Popen([sys.executable, "-m", "bench.llm_load", url, str(BULK_STREAMS)], cwd=ROOT)
    try:
        deadline = time.monotonic() + 60
        while _running(url) < BULK_STREAMS and time.monotonic() < deadline:
            time.sleep(0.1)
        yield
    finally:
        process.kill()
        process.wait()


def _running(url: str) -> int:
    with urllib.request.urlopen(url.removesuffix("/v1") + "/metrics", timeout=30) as answer:
        lines: Sequence[str] = answer.read().decode().splitlines()
    found = [line for line in lines if line.startswith("vllm:num_requests_running{")]
    return int(float(found[0].rsplit(" ", 1)[1])) if found else 0


ROWS = [
    Row("M1", "tokens/s through our client / of a bare load generator", "-", ">= 0.95", measure_m1),
    Row("M2", "200 structured scripts from a random model", "0 % by the default backend", "100 %", measure_m2),
    Row(
        "M3",
        "a live reply's first token beside bulk rewriting",
        "1.4 to 2.4",
        "<= 2 x idle or idle + 50 ms",
        measure_m3,
    ),
]
