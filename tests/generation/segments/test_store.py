"""The store keeps whole files only, renders a key once, and stays within its bound."""

from __future__ import annotations

import errno
import multiprocessing
import shutil
import time
from pathlib import Path

import pytest

from core.clock import ManualClock
from core.errors import RetryableError, ServiceDown
from generation.assembly.index import NotIndexable, sound_index
from generation.contracts import TextBox
from generation.segments.store import SegmentFacts, SegmentStore, StemFacts, StoreFull
from tests.generation.assembly.pieces import write_segment

KEY = "ab" + "0" * 62
STEM = "cd" + "0" * 62
BOX = TextBox("caption", "冷萃", 0, 30, 1, 2, 3, 4, 60)
PACKETS = 25 * 3


@pytest.fixture(scope="module")
def segment(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "segment.mp4"
    write_segment(path, 0, 48)
    return path


@pytest.fixture
def render(segment):
    def copy(path: Path) -> SegmentFacts:
        shutil.copyfile(segment, path)
        return SegmentFacts(48, (BOX,), 1.25)

    return copy


def put_stem(store: SegmentStore, folder: Path, key: str = STEM, packets: int = PACKETS):
    path = folder / "packets"
    path.write_bytes(bytes(range(10)) * packets)
    index = sound_index(48, [10] * packets, b"\x11\x90")
    return store.put(key, path, SegmentFacts(48, (), 0.2, StemFacts(index, {"lufs": [-14.1, -13.9]})))


class FolderBehind:
    """A second tier that is a folder, and may be down."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.is_down = False

    def fetch(self, name: str, target: Path) -> bool:
        self._answer()
        if not (self.folder / name).exists():
            return False
        shutil.copyfile(self.folder / name, target)
        return True

    def keep(self, name: str, source: Path) -> None:
        self._answer()
        shutil.copyfile(source, self.folder / name)

    def _answer(self) -> None:
        if self.is_down:
            raise ServiceDown("storage", "no answer")


def flip_a_bit(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def test_a_segment_is_made_once_and_then_reused(tmp_path, render):
    store = SegmentStore(tmp_path)
    first, was_made = store.get_or_make(KEY, render)
    again, was_made_again = store.get_or_make(KEY, render)
    assert (was_made, was_made_again) == (True, False)
    assert first == again
    assert (again.frames, again.boxes, again.cpu_seconds, again.kind) == (48, (BOX,), 1.25, "picture")
    assert again.path.suffix == ".mp4"


def test_a_segments_samples_stand_on_blocks_and_its_file_ends_on_one(tmp_path, render, segment):
    stored, _ = SegmentStore(tmp_path).get_or_make(KEY, render)
    payload = stored.path.read_bytes()[stored.picture.payload_offset :][: stored.picture.payload_bytes]
    assert stored.picture.payload_offset % 4096 == stored.size_bytes % 4096 == 0
    assert payload in segment.read_bytes()


def test_a_stem_is_kept_with_its_packets_and_what_was_measured(tmp_path):
    store = SegmentStore(tmp_path)
    put_stem(store, tmp_path)
    stored = store.get(STEM)
    assert (stored.kind, stored.path.suffix, stored.size_bytes) == ("sound", ".aac", PACKETS * 10)
    assert (stored.sound.packets, stored.sound.config, stored.measured) == (
        PACKETS,
        b"\x11\x90",
        {"lufs": [-14.1, -13.9]},
    )


def test_packets_that_do_not_add_up_to_the_file_are_refused(tmp_path):
    path = tmp_path / "packets"
    path.write_bytes(b"short")
    facts = SegmentFacts(48, (), 0.2, StemFacts(sound_index(48, [10] * PACKETS, b"\x11\x90")))
    with pytest.raises(NotIndexable, match="do not add up"):
        SegmentStore(tmp_path / "store").put(STEM, path, facts)


def test_a_file_no_ad_could_be_put_together_from_is_not_kept(tmp_path):
    store = SegmentStore(tmp_path)

    def scribble(path):
        path.write_bytes(b"picture" * 100)
        return SegmentFacts(48, (), 1.0)

    with pytest.raises(NotIndexable, match="no moov box"):
        store.get_or_make(KEY, scribble)
    assert store.get(KEY) is None
    assert not list(tmp_path.rglob("*.mp4"))


@pytest.mark.parametrize("at", [10, 5000, -1])
def test_a_damaged_segment_is_rendered_again(tmp_path, render, at):
    store = SegmentStore(tmp_path)
    stored, _ = store.get_or_make(KEY, render)
    flip_a_bit(stored.path, at)
    assert store.get(KEY) is None
    _, was_made = store.get_or_make(KEY, render)
    assert was_made
    assert store.get(KEY) is not None


@pytest.mark.parametrize("text", ["", "{", '{"frames": 3}', "[]", '{"kind": "smell"}', "\udcff"])
def test_a_damaged_sidecar_counts_as_absent(tmp_path, render, text):
    store = SegmentStore(tmp_path)
    stored, _ = store.get_or_make(KEY, render)
    stored.path.with_suffix(".json").write_bytes(text.encode("utf-8", "surrogateescape"))
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


def test_a_full_disk_is_said_in_words_and_may_be_tried_again(tmp_path):
    def run_out_of_room(path):
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StoreFull, match=r"no room left on the disk of .*SEGMENTS_LIMIT_BYTES") as told:
        SegmentStore(tmp_path).get_or_make(KEY, run_out_of_room)
    assert isinstance(told.value, RetryableError)
    assert told.value.code == "disk_full"
    assert not list(tmp_path.glob("tmp/*"))


def test_many_are_looked_up_by_sidecar_and_read_once(tmp_path, render):
    clock = ManualClock()
    store = SegmentStore(tmp_path, clock=clock)
    stored, _ = store.get_or_make(KEY, render)
    put_stem(store, tmp_path)
    found = store.get_many([KEY, STEM, "ee" * 32])
    assert list(found) == [KEY, STEM]
    assert found[KEY] == stored
    assert SegmentStore(tmp_path, clock=clock).get_many([KEY])[KEY] is found[KEY]


def test_what_went_from_the_disk_is_missed_within_a_minute(tmp_path, render):
    clock = ManualClock()
    store = SegmentStore(tmp_path, clock=clock)
    stored, _ = store.get_or_make(KEY, render)
    assert store.get_many([KEY])
    stored.path.unlink()
    clock.advance(61)
    assert store.get_many([KEY]) == {}


def test_a_clock_set_back_makes_nobody_trust_old_news(tmp_path, render):
    later = ManualClock()
    later.advance(7200)
    stored, _ = SegmentStore(tmp_path, clock=later).get_or_make(KEY, render)
    SegmentStore(tmp_path, clock=later).get_many([KEY])
    stored.path.unlink()
    assert SegmentStore(tmp_path, clock=ManualClock()).get_many([KEY]) == {}


def test_the_least_recently_used_go_first_and_those_in_use_stay(tmp_path, render):
    clock = ManualClock()
    size = SegmentStore(tmp_path / "other").get_or_make(KEY, render)[0].size_bytes
    store = SegmentStore(tmp_path / "store", limit_bytes=2 * size, clock=clock)
    keys = [f"{n:02x}" + "0" * 62 for n in range(3)]
    for key in keys[:2]:
        store.get_or_make(key, render)
        clock.advance(2000)
    store.get(keys[0])
    store.get_or_make(keys[2], render)
    assert [store.get(key) is not None for key in keys] == [True, False, True]
    assert store.bytes_on_disk() == 2 * size


def test_stems_are_evicted_like_segments(tmp_path):
    clock = ManualClock()
    store = SegmentStore(tmp_path, limit_bytes=1000, clock=clock)
    put_stem(store, tmp_path)
    clock.advance(2000)
    put_stem(store, tmp_path, key="ce" + "0" * 62)
    assert store.get(STEM) is None


def test_a_segment_in_use_is_kept_even_over_the_bound(tmp_path, render):
    store = SegmentStore(tmp_path, limit_bytes=100, clock=ManualClock())
    store.get_or_make(KEY, render)
    assert store.get(KEY) is not None


def test_what_one_machine_made_another_has_from_behind_the_disk(tmp_path, render):
    behind = FolderBehind(tmp_path / "bucket")
    one, two = (SegmentStore(tmp_path / name, behind=behind) for name in ("one", "two"))
    made, _ = one.get_or_make(KEY, render)
    put_stem(one, tmp_path)

    stored, was_made = two.get_or_make(KEY, render)

    assert not was_made
    assert stored.sha256 == made.sha256
    assert two.get_many([STEM])[STEM].sound.packets == PACKETS


def test_a_damaged_segment_is_replaced_from_behind_the_disk(tmp_path, render):
    store = SegmentStore(tmp_path / "one", behind=FolderBehind(tmp_path / "bucket"))
    stored, _ = store.get_or_make(KEY, render)
    flip_a_bit(stored.path, 100)
    assert store.get(KEY) == stored


def test_what_came_damaged_from_behind_is_rendered_again(tmp_path, render):
    behind = FolderBehind(tmp_path / "bucket")
    stored, _ = SegmentStore(tmp_path / "one", behind=behind).get_or_make(KEY, render)
    flip_a_bit(behind.folder / stored.path.name, 100)
    _, was_made = SegmentStore(tmp_path / "two", behind=behind).get_or_make(KEY, render)
    assert was_made


def test_a_second_tier_that_is_down_costs_a_render_and_no_ad(tmp_path, render):
    behind = FolderBehind(tmp_path / "bucket")
    behind.is_down = True
    _, was_made = SegmentStore(tmp_path / "one", behind=behind).get_or_make(KEY, render)
    assert was_made


def _make_in_a_process(folder: str, made_log: str, segment: str) -> None:
    def slowly(path: Path) -> SegmentFacts:
        with open(made_log, "a") as log:
            log.write("made\n")
        time.sleep(0.2)
        shutil.copyfile(segment, path)
        return SegmentFacts(48, (), 1.0)

    SegmentStore(Path(folder)).get_or_make(KEY, slowly)


def test_processes_that_want_one_key_render_it_once(tmp_path, segment):
    log = tmp_path / "log"
    context = multiprocessing.get_context("fork")
    wanted = (str(tmp_path / "store"), str(log), str(segment))
    workers = [context.Process(target=_make_in_a_process, args=wanted) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert log.read_text() == "made\n"
