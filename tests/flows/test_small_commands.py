"""Commands as a person types them: what they say, and with which exit code they end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings.environment import ROOT
from tests.support.homes import a_home

Ran = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with a_home(is_migrated=True) as folder:
        yield folder


def manage(home: Path, *arguments: str, **environment: str) -> Ran:
    known = {"ADLOOM_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings.base", **environment}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **known}, capture_output=True, text=True, check=False)


def test_an_advertiser_is_loaded_and_a_member_let_in(home, tmp_path):
    profile = tmp_path / "tea.yaml"
    profile.write_text("slug: tea\nname: 茶馆\nprices: [{item: 龙井, amount: '129.8', currency: CNY, unit: 盒}]\n")

    loaded = manage(home, "load_advertiser", "--profile", str(profile), "--json")
    added = manage(home, "add_member", "tea", "anna@example.com", "--role", "rep")

    assert (loaded.returncode, loaded.stderr) == (0, "")
    assert json.loads(loaded.stdout) == {"slug": "tea", "created": True, "prices": 1, "articles": 0}
    assert added.returncode == 0
    assert added.stdout.startswith("added: anna@example.com as rep of tea\npassword: ")


def test_an_unknown_key_is_named_and_refused(home, tmp_path):
    profile = tmp_path / "tea.yaml"
    profile.write_text("slug: tea\nname: 茶馆\ncolour: red\n")

    ran = manage(home, "load_advertiser", "--profile", str(profile), "--json")

    assert ran.returncode == 2
    assert ran.stderr.startswith("colour: unknown key")
    assert ran.stdout == ""


def test_a_database_that_does_not_answer_is_a_service_that_did_not_start(home):
    ran = manage(home, "add_member", "tea", "a@b.cn", DATABASE_URL="postgresql://adloom@127.0.0.1:1/adloom")

    assert ran.returncode == 4
    assert ran.stderr.startswith("postgres: ")
    assert len(ran.stderr.splitlines()) == 1
