"""Bulk batches through the real queue and database: what goes out, judged by other programs, and what can go wrong."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import av.logging
import pytest

from bench.process_tree import worker_memory
from core.media import run_ffmpeg
from core.processes.places import Places
from generation.provenance.labels import verify_labels
from tests.real.boxes import values_of_key
from tests.real.bulk_client import Client, open_desk
from tests.real.running import manage
from tests.real.serving import serve
from tests.support.homes import a_home

ADS = 24
GROWTH_MB = 15.0
MANY = int(os.environ.get("BULK_MEMORY_ADS", "1512"))
"""The long form: BULK_MEMORY_ADS=10000."""

PATIENCE_SECONDS = 120.0


@dataclass(frozen=True)
class Made:
    """A batch that is done, its report, and two of its ads as files."""

    batch: str
    report: Path
    ads: list[dict[str, Any]]
    files: tuple[Path, ...]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with a_home(is_migrated=True) as home, open_desk(home, tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.fixture(scope="module")
def made(desk: Client, tmp_path_factory: pytest.TempPathFactory) -> Made:
    out = tmp_path_factory.mktemp("bulk")
    desk("pool", name="good")
    batch = desk("order", pool="good", ads=ADS, seed=1)
    assert desk("wait", batch=batch) == {"state": "done", "error": "", "ads": {"ready: ": ADS}}
    desk("report", batch=batch, path=str(out / "report.json"))
    ran = manage(desk.home, "deliver_ads", "--report", str(out / "report.json"), "--ads", "0,7", "--out", str(out))
    assert ran.code == 0, ran.err
    return Made(batch, out / "report.json", desk("ads", batch=batch), (out / "ad-0000.mp4", out / "ad-0007.mp4"))


@pytest.fixture(params=[0, 1])
def ad(request: pytest.FixtureRequest, made: Made) -> tuple[dict[str, Any], Path]:
    place = (0, 7)[request.param]
    return made.ads[place], made.files[request.param]


def segment_file(home: Path, key: str) -> Path:
    return home / "segments" / key[:2] / f"{key}.mp4"


def hashes_of(path: Path) -> list[str]:
    """A hash of every decoded frame."""
    lines = run_ffmpeg(["-i", str(path), "-map", "0:v", "-f", "framemd5", "-"], capture=True).output.decode()
    return [line.rsplit(",", 1)[1].strip() for line in lines.splitlines() if not line.startswith("#")]


def test_every_frame_is_there_evenly_spaced(ad):
    row, path = ad
    with av.open(path) as container:
        stream = container.streams.video[0]
        places = [frame.pts * stream.time_base * 30 for frame in container.decode(stream)]

    assert places == list(range(row["frames"]))


def test_it_decodes_in_ffmpeg_and_pyav_without_a_word(ad):
    _, path = ad
    said = subprocess_words(path)
    av.logging.set_level(av.logging.WARNING)
    try:
        with av.logging.Capture() as heard, av.open(path) as container:
            # One thread: a decoder's own threads that log need the interpreter while somebody holds it to join them.
            container.streams.video[0].thread_count = 1
            decoded = sum(1 for _ in container.decode())
    finally:
        av.logging.set_level(None)

    assert (said, heard, decoded > 0) == ("", [], True)


def subprocess_words(path: Path) -> str:
    return run_ffmpeg(["-v", "warning", "-i", str(path), "-f", "null", "-"]).log.strip()


def test_its_pictures_are_those_of_its_segments_bit_by_bit(ad, desk):
    row, path = ad

    assert hashes_of(path) == [each for key in row["segments"] for each in hashes_of(segment_file(desk.home, key))]


def test_sound_and_picture_begin_and_end_together(ad):
    _, path = ad
    with av.open(path) as container:
        starts = {stream.type: float((stream.start_time or 0) * stream.time_base) for stream in container.streams}
        ends = {stream.type: float(stream.duration * stream.time_base) for stream in container.streams}

    assert abs(starts["video"] - starts["audio"]) <= 1 / 30
    assert abs(ends["video"] - ends["audio"]) <= 1 / 30


def test_its_loudness_holds_by_ffmpegs_own_meter(ad):
    _, path = ad
    log = run_ffmpeg(["-v", "info", "-i", str(path), "-af", "ebur128=peak=true", "-f", "null", "-"]).log
    summary = log[log.rindex("Summary:") :]

    assert float(re.search(r"I:\s+(-?[\d.]+) LUFS", summary)[1]) == pytest.approx(-14, abs=0.5)
    assert float(re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)[1]) <= -1.0


def test_the_implicit_label_stands_once_and_the_signature_is_trusted(ad, desk):
    row, path = ad
    (label,) = values_of_key(path, "AIGC")

    assert len(json.loads(label)) == 7
    assert row["id"] in label
    assert verify_labels(path, desk.home).signature.state == "Trusted"


def test_another_seed_makes_other_ads_of_the_same_segments(made, desk):
    before = desk("segments")

    batch = desk("order", pool="good", ads=ADS, seed=2)

    assert desk("wait", batch=batch)["ads"] == {"ready: ": ADS}
    assert desk("segments") == before
    mixes = [tuple(ad["segments"]) for ad in made.ads]
    assert not set(mixes) & {tuple(ad["segments"]) for ad in desk("ads", batch=batch)}


def test_the_lineage_names_the_source_of_every_frame(made):
    lines = made.report.with_name("lineage.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines[1:]]

    assert len({row[0] for row in rows}) == ADS
    for _, group in itertools.groupby(rows, key=lambda row: row[0]):
        spans = [(int(row[1]), int(row[2])) for row in group]
        assert [begin for begin, _ in spans] == [0, *(end for _, end in spans[:-1])]
        assert spans[-1][1] == made.ads[0]["frames"]


def test_workers_hold_no_more_after_thousands_of_ads(made, desk):
    sizes = []
    for seed, ads in ((11, 1012), (12, MANY)):
        batch = desk("order", pool="good", ads=ads, seed=seed)
        assert desk("wait", batch=batch, seconds=120 + ads / 10)["ads"] == {"ready: ": ads}
        sizes.append(worker_memory(Places(desk.home)))

    print(f"{MANY} ads, MB by process: {sizes[0]} -> {sizes[1]}")
    stayed = sizes[0].keys() & sizes[1].keys()
    assert stayed
    assert [pid for pid in stayed if sizes[1][pid] - sizes[0][pid] > GROWTH_MB] == [], sizes


def damage(path: Path) -> None:
    """Change one byte in the middle."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 0x10]))


def test_a_segment_damaged_by_one_byte_is_rendered_again_before_it_goes_out(made, desk, tmp_path):
    key = made.ads[7]["segments"][1]
    whole = hashes_of(made.files[1])
    damage(segment_file(desk.home, key))

    ran = manage(desk.home, "deliver_ads", "--report", str(made.report), "--ads", "7", "--out", str(tmp_path))

    assert ran.code == 0, ran.err
    assert hashes_of(tmp_path / "ad-0007.mp4") == whole
    assert desk("segments")[key]["made_count"] == 2


def test_a_damaged_segment_is_rendered_again_before_a_chunk_that_looks_at_it_is_booked(made, desk):
    openings = {ad["segments"][0] for ad in made.ads}
    for key in openings:
        damage(segment_file(desk.home, key))

    batch = desk("order", pool="good", ads=12, seed=3)

    assert desk("wait", batch=batch)["ads"] == {"ready: ": 12}
    looked_at = desk("ads", batch=batch)[0]["segments"][0]
    assert desk("segments")[looked_at]["made_count"] == 2


def test_what_cannot_be_made_withholds_exactly_the_ads_that_use_it_and_says_why(desk):
    files = desk("pool", name="odd", clips=2, odd=("black", "gone"))
    batch = desk("order", pool="odd", ads=16, seed=1)
    desk("wait", batch=batch)
    ads = desk("ads", batch=batch)

    expected = ["failed" if ad["choices"][2] == 0 else "held" if ad["choices"][1] == 0 else "ready" for ad in ads]
    assert [ad["state"] for ad in ads] == expected
    assert set(expected) == {"failed", "held", "ready"}
    assert all("odd-gone.mp4" in ad["reason"] for ad in ads if ad["state"] == "failed")
    assert all(ad["reason"].startswith("black for") for ad in ads if ad["state"] == "held")

    Path(files[-1]).write_bytes(Path(files[0]).read_bytes())
    desk("control", batch=batch, what="retry_failed")
    desk("wait", batch=batch)

    again = desk("ads", batch=batch)
    assert [ad["state"] for ad in again] == ["held" if ad["choices"][1] == 0 else "ready" for ad in ads]


def test_two_batches_that_want_the_same_segments_have_each_rendered_once(desk):
    desk("pool", name="shared", clips=2)
    batches = [desk("order", pool="shared", ads=12, seed=seed) for seed in (1, 2)]

    assert [desk("wait", batch=batch)["ads"] for batch in batches] == [{"ready: ": 12}] * 2
    counts = {row["made_count"] for batch in batches for row in desk("segments", batch=batch).values()}
    assert counts == {1}


def test_a_paused_batch_begins_nothing_new_and_goes_on_where_it_stood(desk):
    desk("pool", name="paused", clips=3)
    batch = desk("order", pool="paused", ads=12, seed=1)
    wait_until(lambda: desk("state", batch=batch)["state"] == "running")
    desk("control", batch=batch, what="pause")
    wait_until(lambda: desk("open_segments") == 0)
    standing = desk("segments", batch=batch)

    assert desk("state", batch=batch) == {"state": "paused", "error": "", "ads": {"planned: ": 12}}
    assert {row["state"] for row in standing.values()} >= {"queued"}

    desk("control", batch=batch, what="resume")

    assert desk("wait", batch=batch)["ads"] == {"ready: ": 12}
    assert {row["made_count"] for row in desk("segments", batch=batch).values()} == {1}


def test_a_cancelled_batch_ends_and_leaves_what_is_not_begun(desk):
    desk("pool", name="cancelled", clips=3)
    batch = desk("order", pool="cancelled", ads=12, seed=1)
    wait_until(lambda: desk("state", batch=batch)["state"] == "running")

    desk("control", batch=batch, what="cancel")

    wait_until(lambda: desk("open_segments") == 0)
    assert desk("state", batch=batch) == {"state": "cancelled", "error": "", "ads": {"failed: cancelled": 12}}
    assert "queued" in {row["state"] for row in desk("segments", batch=batch).values()}


def test_a_full_disk_is_said_in_words_and_the_batch_goes_on_when_there_is_room(desk):
    desk("pool", name="full", clips=1)
    with small_disk(desk.home / "segments" / "tmp") as disk:
        batch = desk("order", pool="full", ads=4, seed=1)
        wait_until(lambda: any("no room left" in row["failure"] for row in desk("segments", batch=batch).values()))
        pictures = [key for key, row in desk("segments", batch=batch).items() if row["kind"] == "picture"]
        assert desk("state", batch=batch)["state"] == "running"
        assert not any(segment_file(desk.home, key).exists() for key in pictures)

        make_room(disk)

        assert desk("wait", batch=batch)["ads"] == {"ready: ": 4}


def test_an_ad_there_is_no_room_for_is_not_there_in_part(desk, made, tmp_path):
    with small_disk(tmp_path):
        ran = manage(desk.home, "deliver_ads", "--report", str(made.report), "--ads", "0", "--out", str(tmp_path))

        assert ran.code == 3
        assert "ad-0000.mp4: no room left" in ran.err
        assert list(tmp_path.iterdir()) == []


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 64 KB in place of `folder`."""
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def make_room(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=256m", str(disk)], check=True)


def test_a_link_gives_the_ad_whole_and_by_ranges_and_nothing_without_its_signature(desk, made):
    with serve(desk.home) as platform:
        path = made.ads[7]["url"].split("/", 3)[3]
        url = f"{platform.address}/{path}"
        whole = get(url)
        part = get(url, "bytes=1000-200999")
        end = get(url, "bytes=-500")

        assert whole.body == made.files[1].read_bytes()
        assert int(whole.headers["Content-Length"]) == len(whole.body)
        assert (part.status, part.body) == (206, whole.body[1000:201000])
        assert part.headers["Content-Range"] == f"bytes 1000-200999/{len(whole.body)}"
        assert (end.status, end.body) == (206, whole.body[-500:])
        assert get(url, f"bytes={len(whole.body)}-").status == 416
        assert get(url.replace("/ad-0007", "x/ad-0007")).status == 404


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Any
    body: bytes


def get(url: str, span: str = "") -> Answer:
    asked = urllib.request.Request(url, headers={"Range": span} if span else {})
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as refused:
        return Answer(refused.code, refused.headers, b"")


def wait_until(has_come: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not has_come():
        assert time.monotonic() < deadline
        time.sleep(0.05)
