"""The store keeps whole files only, renders a key once, and stays within its bound."""

import multiprocessing
import time
from pathlib import Path

import pytest

from core.clock import ManualClock
from generation.contracts import TextBox
from generation.segments.store import SegmentFacts, SegmentStore

KEY = "ab" + "0" * 62
BOX = TextBox("caption", "冷萃", 0, 30, 1, 2, 3, 4, 60)


def render(path: Path, payload: bytes = b"picture" * 100) -> SegmentFacts:
    path.write_bytes(payload)
    return SegmentFacts(48, (BOX,), 1.25)


def test_a_segment_is_made_once_and_then_reused(tmp_path):
    store = SegmentStore(tmp_path)
    first, was_made = store.get_or_make(KEY, render)
    again, was_made_again = store.get_or_make(KEY, render)
    assert (was_made, was_made_again) == (True, False)
    assert first == again
    assert (again.frames, again.boxes, again.cpu_seconds, again.size_bytes) == (48, (BOX,), 1.25, 700)


def test_a_damaged_segment_is_rendered_again(tmp_path):
    store = SegmentStore(tmp_path)
    stored, _ = store.get_or_make(KEY, render)
    content = bytearray(stored.path.read_bytes())
    content[10] ^= 1
    stored.path.write_bytes(content)
    assert store.get(KEY) is None
    _, was_made = store.get_or_make(KEY, render)
    assert was_made
    assert store.get(KEY) is not None


@pytest.mark.parametrize("text", ["", "{", '{"frames": 3}', "[]"])
def test_a_damaged_sidecar_counts_as_absent(tmp_path, text):
    store = SegmentStore(tmp_path)
    stored, _ = store.get_or_make(KEY, render)
    stored.path.with_suffix(".json").write_text(text, encoding="utf-8")
    assert store.get(KEY) is None


def test_a_failed_render_leaves_nothing(tmp_path):
    def fail(path):
        path.write_bytes(b"half")
        raise RuntimeError("encoder")

    store = SegmentStore(tmp_path)
    with pytest.raises(RuntimeError, match="encoder"):
        store.get_or_make(KEY, fail)
    assert store.get(KEY) is None
    assert not list(tmp_path.rglob("*.mp4"))


def test_the_least_recently_used_go_first_and_those_in_use_stay(tmp_path):
    clock = ManualClock()
    store = SegmentStore(tmp_path, limit_bytes=2000, clock=clock)
    keys = [f"{n:02x}" + "0" * 62 for n in range(3)]
    for key in keys[:2]:
        store.get_or_make(key, render)
        clock.advance(2000)
    store.get(keys[0])
    store.get_or_make(keys[2], render)
    assert [store.get(key) is not None for key in keys] == [True, False, True]


def test_a_segment_in_use_is_kept_even_over_the_bound(tmp_path):
    store = SegmentStore(tmp_path, limit_bytes=100, clock=ManualClock())
    store.get_or_make(KEY, render)
    assert store.get(KEY) is not None


def _make_in_a_process(folder: str, made_log: str) -> None:
    def slowly(path: Path) -> SegmentFacts:
        with open(made_log, "a") as log:
            log.write("made\n")
        time.sleep(0.2)
        return render(path)

    SegmentStore(Path(folder)).get_or_make(KEY, slowly)


def test_processes_that_want_one_key_render_it_once(tmp_path):
    log = tmp_path / "log"
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_make_in_a_process, args=(str(tmp_path / "store"), str(log))) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert log.read_text() == "made\n"
