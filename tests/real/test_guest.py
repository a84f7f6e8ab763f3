"""A viewer on air in a real browser: a WAV for a microphone is heard in the output, and the dump takes it back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from django.conf import settings
from django.db import connection

from avatar.services import broadcasting
from avatar.speech.voicing import voice_sentence
from core.processes.workers import ROOT
from tests.avatar.stage import a_live_shop
from tests.real.test_browser import CHROMIUM, QUIET

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs the Debian package chromium")
DELAY = 3
PATIENCE = 45.0
RATE, TICK = 48_000, 1920
QUESTION = "这个冷萃咖啡一瓶要多少钱"
MICROPHONE = (
    *("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"),
    *("--autoplay-policy=no-user-gesture-required",),
)


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, np.ndarray]:
    """A question and a pause, which the browser says over and over."""
    said = np.load(voice_sentence(QUESTION, "zh-CN", "deep", "warm", (), "answer").path)
    samples = np.concatenate([np.zeros(RATE, np.int16), said, np.zeros(int(2.4 * RATE), np.int16)])
    path = tmp_path_factory.mktemp("microphone") / "question.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return path, said


class RoomOnAir:
    """The room's processes on the test's database, and what they log."""

    def __init__(self, broadcast: Any, folder: Path) -> None:
        self.output, self.log = folder / "out.mp4", folder / "events.jsonl"
        (folder / "hearing.txt").write_text("这个冷萃咖啡一瓶多少钱\n" * 20, encoding="utf-8")
        database = connection.settings_dict
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
            "ADLOOM_HOME": str(settings.ADLOOM_HOME),
            "DATABASE_URL": f"postgres://{database['USER']}@/{database['NAME']}?host={database['HOST']}",
            "HEARING_SCRIPT": str(folder / "hearing.txt"),
        }
        command = [sys.executable, "-m", "tests.real.guest_room", str(broadcast.pk), str(self.output), str(self.log)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)

    def events(self, name: str) -> list[dict[str, Any]]:
        if not self.log.exists():
            return []
        lines = [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines() if line.endswith("}")]
        return [line for line in lines if line["event"] == name]

    def wait(self, name: str, count: int = 1) -> dict[str, Any]:
        """The `count`-th event of that name."""
        until_true(lambda: len(self.events(name)) >= count, name)
        return self.events(name)[count - 1]

    def end(self) -> None:
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGTERM)
            self.process.wait(PATIENCE)


def until_true(is_so: Callable[[], Any], what: object) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until, f"nothing of {what}"
        time.sleep(0.1)


@pytest.fixture
def browser(speech) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, and Django takes it for a sign of asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        arguments = [*QUIET, *MICROPHONE, f"--use-file-for-fake-audio-capture={speech[0]}"]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def test_a_viewer_is_heard_answered_and_dumped(transactional_db, live_server, client, browser, speech, tmp_path):
    shop = a_live_shop()
    shop.room.guest_delay_seconds = DELAY
    shop.room.save()
    broadcast = broadcasting.start(shop.room)
    room = RoomOnAir(broadcast, tmp_path)
    try:
        client.force_login(shop.member.user, backend="django.contrib.auth.backends.ModelBackend")
        control = operators_page(browser, live_server.url, client, shop.room)
        guest = come_in(browser, control)
        room.wait("sentence_started")
        take_on_air(control)
        room.wait("guest_joined")
        guest.wait_for_selector("#guest[data-state=on_air]")
        room.wait("answer_started")
        # What the dump shall not reach has to have left the delay line first.
        heard = room.wait("guest_speaking")["wall_ms"] + 1000 * (DELAY + 5)
        until_true(lambda: time.time() * 1000 > heard, "the first turn on air")
        room.wait("guest_speaking", len(room.events("guest_speaking")) + 1)
        control.keyboard.press("F7")
        room.wait("guest_left")
        guest.wait_for_selector("#guest[data-state=over][data-reason=dumped]")
        left = room.wait("guest_left")
        until_true(lambda: time.time() * 1000 > left["wall_ms"] + 2500, "a while after")
    finally:
        room.end()
    assert room.process.returncode == 0
    pictures, sound = decoded(room.output)
    check_what_is_heard(room, sound, speech[1])
    check_what_is_dumped(room, pictures, sound, speech[1])
    note_reply_times(room)


def operators_page(browser: Any, address: str, client: Any, room: Any) -> Any:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
    # The line of live updates needs an ASGI server; this one would never end it.
    context.add_init_script("window.EventSource = class { close() {} }")
    page = context.new_page()
    seen: list[str] = []

    def is_there() -> bool:
        answer = page.goto(f"{address}/rooms/{room.pk}/control")
        seen.append(f"{answer.status if answer else 0} {page.url}")
        return bool(page.query_selector("#open-door"))

    until_true(is_there, seen)
    page.click("#open-door")
    page.wait_for_selector("#guest-link")
    return page


def come_in(browser: Any, control: Any) -> Any:
    page = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844}).new_page()
    page.goto(control.inner_text("#guest-link"))
    page.fill("#name", "小满")
    page.check("#agrees")
    page.click(".guest-go")
    page.wait_for_selector("#guest[data-state=waiting]")
    return page


def take_on_air(control: Any) -> None:
    """The panel follows a line that this small server does not have: it is fetched again instead."""

    def is_ready() -> bool:
        control.reload()
        return bool(control.query_selector("#take-on-air:not([disabled])"))

    until_true(is_ready, "connected guest")
    control.click("#take-on-air")
    control.wait_for_selector(".guest-row.is-on-air")


def decoded(path: Path) -> tuple[list[tuple[int, float]], np.ndarray]:
    """(tick, mean luma) of every picture, and the sound; packets' times ascend."""
    with av.open(str(path)) as container:
        stamps: dict[str, list[int]] = {"video": [], "audio": []}
        for packet in container.demux():
            if packet.dts is not None:
                stamps[packet.stream.type].append(packet.dts)
    for kind in stamps.values():
        assert kind == sorted(set(kind))
    with av.open(str(path)) as container:
        pictures = [
            (round(frame.pts * frame.time_base * 25), float(frame.to_ndarray()[: frame.height].mean()))
            for frame in container.decode(video=0)
        ]
    with av.open(str(path)) as container:
        sound = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    return pictures, sound


def low(sound: np.ndarray) -> np.ndarray:
    """Below 400 Hz, where a codec and a clock that is steered by a little change nothing that matters here."""
    kernel = np.sinc((np.arange(481) - 240) * 2 * 400 / RATE) * np.hamming(481)
    return np.convolve(sound.astype(np.float64), kernel / kernel.sum(), "same")[::16]


def likeness(part: np.ndarray, whole: np.ndarray) -> float:
    """The best normalised correlation of `part` anywhere in `whole`, both low-passed."""
    part = part - part.mean()
    products = np.abs(np.correlate(whole, part, "valid"))
    sums = np.concatenate([[0.0], np.cumsum(whole**2)])
    norms = np.sqrt((sums[len(part) :] - sums[: -len(part)])[: len(products)] * (part**2).sum())
    loud = norms > 0.05 * norms.max() if len(norms) and norms.max() > 0 else np.zeros(0, bool)
    return float((products[loud] / norms[loud]).max()) if loud.any() else 0.0


def heard_windows(said: np.ndarray) -> list[np.ndarray]:
    """Stretches of 0.3 s of what was said, the loud ones."""
    size = int(0.3 * RATE)
    windows = [said[at : at + size] for at in range(0, len(said) - size, size)]
    loudest = sorted(windows, key=lambda window: -float(np.square(window.astype(float)).sum()))
    return [low(window) for window in loudest[:6]]


def check_what_is_heard(room: RoomOnAir, sound: np.ndarray, said: np.ndarray) -> None:
    """On a machine that has too much to do a network drops some of what a guest says, as it would anywhere."""
    first, cut = room.events("guest_speaking")[0]["tick"], room.events("dumped")[0]["tick"] - DELAY * 25
    stretch = low(sound[(first - 40) * TICK : cut * TICK])

    found = [likeness(window, stretch) for window in heard_windows(said)]
    print("likeness on air", [round(each, 2) for each in found])
    assert max(found) > 0.65


def check_what_is_dumped(
    room: RoomOnAir, pictures: list[tuple[int, float]], sound: np.ndarray, said: np.ndarray
) -> None:
    dumped = room.events("dumped")[0]
    tick = dumped["tick"]
    assert dumped["seconds"] == DELAY
    assert room.events("guest_left")[0]["reason"] == "dumped"

    assert [at for at, _ in pictures] == list(range(len(pictures)))
    lumas = [luma for _, luma in pictures]
    assert max(lumas[tick - DELAY * 25 : tick]) < min(lumas[tick - DELAY * 25 - 25 : tick - DELAY * 25])
    silent = sound[(tick - DELAY * 25) * TICK : tick * TICK]
    assert np.abs(silent[2048:]).max() < 0.002
    after = low(sound[(tick - DELAY * 25) * TICK :])
    assert len(sound) > (tick + 40) * TICK
    found = [likeness(window, after) for window in heard_windows(said)]
    print("likeness after the dump", [round(each, 2) for each in found])
    assert float(np.median(found)) < 0.5


def note_reply_times(room: RoomOnAir) -> None:
    """From the guest's last word to the host's first sample, for whoever reads the test's output."""
    paused = [line for line in room.events("guest_paused") if line["why"] == "turn"]
    for line in paused:
        starts = [each["tick"] for each in room.events("answer_started") if each["tick"] >= line["tick"]]
        if starts:
            print("reply after", round(line["seconds"] + (starts[0] - line["tick"]) / 25, 2), "s")
