"""`serve` as a person runs it: up, healed, and gone without a trace."""

from __future__ import annotations

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from config.settings.environment import ROOT
from core.processes.places import Places
from tests.core.processes.conftest import lives, pid_of, wait_until
from tests.support.homes import a_home

LONG = 120.0


@dataclass
class Platform:
    """A running `manage.py serve`."""

    process: subprocess.Popen[str]
    places: Places
    address: str
    welcome: str

    def health(self) -> tuple[int, dict[str, str]]:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=20) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        except OSError as error:
            return 0, {"web": str(error)}

    def is_healthy(self) -> bool:
        return self.health()[0] == 200


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with a_home() as home:
        known = {"ADLOOM_HOME": str(home), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "config.settings.base"}
        command = [sys.executable, "-u", "manage.py", "serve"]
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **known}, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        welcome = "".join(iter(process.stdout.readline, "  stop with Ctrl-C\n"))
        yield Platform(process, Places(home), f"http://127.0.0.1:{port}", welcome)
        process.kill()
        process.communicate()


def test_it_says_where_it_is_and_everything_answers(platform):
    assert platform.address in platform.welcome
    services = ("web", "postgres", "broker", "workers", "conversations", "live_hosts")
    assert platform.health() == (200, dict.fromkeys(services, "ok"))


def test_the_password_it_prints_is_kept_from_others(platform):
    file = platform.places.home / "sample-member.txt"

    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text().split()[-1] in platform.welcome


def test_the_link_opens_the_dashboard_once(platform):
    found = re.search(r"http://\S+sesame=\S+", platform.welcome)
    assert found is not None
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    with browser.open(found.group(), timeout=60) as page:
        assert page.url == f"{platform.address}/"
        assert page.headers["Content-Security-Policy"]

    with urllib.request.urlopen(found.group(), timeout=60) as page:
        assert page.url.startswith(f"{platform.address}/login?")


@pytest.mark.parametrize("child", ["postgres", "broker", "worker-light", "conversations-brain", "conversations-sender"])
def test_whatever_is_killed_comes_back(platform, child):
    killed = pid_of(platform.places, child)

    os.kill(killed, signal.SIGKILL)

    wait_until(lambda: pid_of(platform.places, child) != killed, LONG)
    wait_until(platform.is_healthy, LONG)
    assert lives(pid_of(platform.places, child))
    assert not lives(killed)


def test_asked_to_end_it_leaves_nothing_running(platform):
    names = ["postgres", "broker", "worker-ingest", "worker-render", "worker-light", "scheduler"]
    names += ["conversations-brain", "conversations-sender", "live_hosts"]
    pids = [pid_of(platform.places, name) for name in names]

    platform.process.terminate()

    assert platform.process.wait(LONG) == 0
    assert [pid for pid in pids if lives(pid)] == []
    assert platform.health()[0] == 0
    wait_until(lambda: not platform.places.sockets.exists())
