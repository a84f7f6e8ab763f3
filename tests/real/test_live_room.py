"""A live room as a person starts it: real voice, drawn host, a real ingest, a real browser."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from bench.live_nginx import IS_THERE, Nginx, nginx
from bench.live_tls import TlsDoor, write_certificate
from generation.provenance.labels import verify_labels
from tests.real.running import ROOT, environment, manage
from tests.real.test_browser import CHROMIUM, QUIET

needs_nginx = pytest.mark.skipif(not IS_THERE, reason="needs the Debian package libnginx-mod-rtmp")
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="needs the Debian package chromium")
ROOM = """
advertiser: chengye
language: {language}
size: 180x320
barge_in: at_once
product: {{name: {name}, category: coffee, price: "{price}", facts: [{{id: size, text: {size}}}]}}
script: {script}
"""
ZH = ROOM.format(
    language="zh-CN",
    name="澄夜冷萃",
    price="¥39.9",
    size="每瓶 280 毫升",
    script='["今天带来澄夜冷萃，大家先看看。", "拧开就能喝，上班带一瓶。", "喜欢的点下方链接。"]',
)
COMMENTS = [
    {"at": 1.5, "viewer": "Lin", "text": "多少钱一瓶"},
    {"at": 2.0, "viewer": "Lin", "text": "多少钱一瓶"},
    {"at": 9.0, "viewer": "Bo", "text": "一瓶多大"},
]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("room")
    (folder / "room.yaml").write_text(ZH, encoding="utf-8")
    lines = [json.dumps(each, ensure_ascii=False) for each in COMMENTS]
    (folder / "comments.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def arguments(room: Path, out: Path, *more: str) -> list[str]:
    given = ["run_live_room", "--config", str(room / "room.yaml"), "--comments", str(room / "comments.jsonl")]
    return [*given, "--log", str(out / "events.jsonl"), *more]


def events(out: Path) -> list[dict]:
    return [json.loads(line) for line in (out / "events.jsonl").read_text(encoding="utf-8").splitlines()]


def without_wall(lines: list[dict]) -> list[dict]:
    return [{name: value for name, value in line.items() if name != "wall_ms"} for line in lines]


def decoded(path: Path) -> tuple[int, np.ndarray]:
    """How many pictures, and the sound."""
    with av.open(str(path)) as container:
        pictures = sum(1 for _ in container.decode(video=0))
    with av.open(str(path)) as container:
        return pictures, np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


@pytest.fixture(scope="module")
def twice(home: Path, room: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same room run two times in virtual time."""
    outs = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    for out in outs:
        more = ("--output", str(out / "live.mp4"), "--seconds", "20", "--unpaced", "--answer-seconds", "0.5")
        ran = manage(home, *arguments(room, out, *more))
        assert ran.code == 0, ran.err
    return outs


def test_a_room_answers_its_viewers_by_interruption_and_has_exactly_25_pictures_a_second(twice):
    log = events(twice[0])

    pictures, sound = decoded(twice[0] / "live.mp4")

    assert pictures == 500
    assert abs(len(sound) - 500 * 1920) < 3 * 1024
    assert [line["comments"] for line in log if line["event"] == "answer_ended"] == [[1], [3]]
    assert [line["comment"] for line in log if line["event"] == "comment_dropped"] == [2]
    assert all(line["ok"] for line in log if line["event"] == "label_check")
    assert np.abs(sound).max() > 0.1


def test_the_same_room_twice_gives_the_same_log_and_the_same_samples(twice):
    logs = [without_wall(events(out)) for out in twice]

    assert logs[0] == logs[1]
    first, second = (decoded(out / "live.mp4")[1] for out in twice)
    assert np.array_equal(first, second)


def test_the_recording_is_labelled_and_signed(twice, home):
    facts = verify_labels(twice[0] / "live.mp4", home)

    assert (facts.aigc_count, facts.signature.state) == (1, "Trusted")


def test_a_wrong_room_is_refused_with_its_fields_and_2(home, tmp_path):
    (tmp_path / "room.yaml").write_text("advertiser: x\nbarge_in: never\n", encoding="utf-8")

    ran = manage(home, "run_live_room", "--config", str(tmp_path / "room.yaml"), "--output", str(tmp_path / "o.mp4"))

    assert ran.code == 2
    assert "barge_in: " in ran.err
    assert "product: " in ran.err


@pytest.fixture
def ingest(tmp_path: Path) -> Iterator[Nginx]:
    with nginx(tmp_path / "nginx") as made:
        yield made


@needs_nginx
@needs_browser
def test_a_room_pushed_to_an_ingest_in_the_clear_and_by_tls_plays_in_a_browser_with_sound(home, room, ingest, tmp_path):
    certificate = write_certificate(tmp_path, "127.0.0.1")
    door = TlsDoor(ingest.rtmp, certificate)
    secure = f"rtmps://127.0.0.1:{door.port}/live/t0p"
    command = arguments(room, tmp_path, "--output", ingest.push_address("s3cret"), "--output", secure)
    given = {**environment(home), "SSL_CERT_FILE": str(certificate[0])}
    with subprocess.Popen([sys.executable, "manage.py", *command], cwd=ROOT, env=given) as running:
        try:
            seen = watch(ingest, "s3cret")
        finally:
            running.send_signal(signal.SIGTERM)
            code = running.wait(30)
            door.close()

    assert code == 0
    assert "#EXTINF" in (ingest.folder / "hls" / "t0p.m3u8").read_text()
    assert seen["time"] > 1.5
    assert seen["width"] == 180
    assert seen["sound"] > 0
    assert "s3cret" not in (tmp_path / "events.jsonl").read_text(encoding="utf-8")


def watch(ingest: Nginx, key: str, seconds: float = 40.0) -> dict[str, float]:
    """Play the ingest's HLS in Chromium; where it stands after a while."""
    from playwright.sync_api import sync_playwright

    playlist = ingest.folder / "hls" / f"{key}.m3u8"
    until = time.monotonic() + seconds
    while not (playlist.exists() and playlist.read_text().count("#EXTINF") >= 3) and time.monotonic() < until:
        time.sleep(0.1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        tab = browser.new_page()
        tab.goto(f"http://127.0.0.1:{ingest.http}/page.html")
        tab.evaluate(
            "address => { const v = document.getElementById('video'); v.src = address; v.play(); }", f"/hls/{key}.m3u8"
        )
        tab.wait_for_function("document.getElementById('video').currentTime > 1.5", timeout=30_000)
        return tab.evaluate(
            "() => { const v = document.getElementById('video');"
            "return { time: v.currentTime, width: v.videoWidth, sound: v.webkitAudioDecodedByteCount }; }"
        )
