"""The brain as a process of its own, over a real wire, with the real voice."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

from django.conf import settings

from avatar.live.wire import CLOSED, Wire
from core.processes.workers import ROOT
from tests.avatar.brain.room import told

PATIENCE_SECONDS = 60.0


def until_done(wire, asked):
    heard = []
    while (message := wire.receive(PATIENCE_SECONDS)) not in (None, CLOSED):
        heard.append(message)
        if message == {"kind": "done", "asked": asked}:
            return heard
    raise AssertionError(f"no done after {told(heard)}")


def test_a_brain_serves_its_room_and_ends_with_the_wire():
    ours, theirs = socket.socketpair()
    command = (sys.executable, "-m", "avatar.brain", "--wire", str(theirs.fileno()), "--config", "demo/live/room.yaml")
    environment = {
        **os.environ,
        "ADLOOM_HOME": str(settings.ADLOOM_HOME),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    brain = subprocess.Popen(command, pass_fds=[theirs.fileno()], cwd=ROOT, env=environment)
    theirs.close()
    wire = Wire(ours)
    wire.send({"kind": "hello", "again": False})
    wire.send({"kind": "needs", "asked": 1, "sentences": [0]})
    first = until_done(wire, 1)
    wire.send(
        {"kind": "comment", "asked": 2, "comment": {"number": 1, "viewer": "小李", "text": "几天发货", "at": 1.0}}
    )
    answer = until_done(wire, 2)
    wire.close()

    assert [message["kind"] for message in first] == ["begun", "utterance", "bridges", "notices", "done"]
    assert all(os.path.exists(each["path"]) for each in answer[0]["answer"]["utterances"])
    assert told(answer) == ["answer [1] canned: 小李，下单后 48 小时内发货。", "done 2"]
    assert brain.wait(PATIENCE_SECONDS) == 0
