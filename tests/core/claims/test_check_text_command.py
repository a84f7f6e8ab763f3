"""`check_text` on the command line: lines in, one JSON object per line out, nothing else started."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest
from django.core.management import CommandError, call_command


def run(lines: str, *arguments: str, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode()), encoding="utf-8"))
    call_command("check_text", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_gets_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = run("销量第一\n\n第一口就爱上了\n", "--language", "zh-CN", monkeypatch=monkeypatch)

    assert [(each["line"], each["ok"]) for each in answers] == [(1, False), (2, True), (3, True)]
    assert (answers[0]["rule"], answers[0]["span"]) == ("cn-adlaw-9-3", [2, 4])
    assert answers[0]["findings"][0]["text"] == "第一"
    assert answers[2]["findings"] == []


def test_a_platform_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    (answer,) = run("Find it on Amazon", "--language", "en", "--platform", "tiktok", monkeypatch=monkeypatch)

    assert answer["rule"] == "platform-other-shop"


def test_an_unknown_language_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="language"):
        run("x", "--language", "fr", monkeypatch=monkeypatch)
