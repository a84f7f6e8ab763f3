"""`run_part` and `make_keys`: what an install on several machines is given, and refuses to make up."""

from __future__ import annotations

import subprocess
import sys

import pytest
import yaml
from django.core.management import call_command

from config.settings.environment import ROOT
from core.errors import InputError
from core.processes.parts import part_names, part_spec
from core.processes.places import Places
from core.processes.web import web_spec


def test_keys_are_all_that_compose_asks_for_and_kept_from_others(tmp_path, capsys):
    call_command("make_keys", tmp_path / "keys")

    path = tmp_path / "keys/adloom.env"
    made = dict(line.split("=", 1) for line in path.read_text().splitlines())
    asked = {name for name in made if f"${{{name}" in (ROOT / "deploy/compose.yaml").read_text(encoding="utf-8")}
    assert path.stat().st_mode & 0o777 == 0o600
    assert made["POSTGRES_PASSWORD"] in made["DATABASE_URL"]
    assert set(made) - asked == {"DATABASE_URL", "CELERY_BROKER_URL"}
    example = yaml.safe_load((ROOT / "deploy/kubernetes/secrets.example.yaml").read_text(encoding="utf-8"))
    assert set(example["stringData"]) == set(made)


def test_keys_that_are_there_are_never_written_over(tmp_path, capsys):
    call_command("make_keys", tmp_path)
    before = (tmp_path / "adloom.env").read_bytes()

    with pytest.raises(SystemExit) as end:
        call_command("make_keys", tmp_path)

    assert end.value.code == 2
    assert "is there already" in capsys.readouterr().err
    assert (tmp_path / "adloom.env").read_bytes() == before


def test_a_part_makes_up_nothing_that_machines_share(monkeypatch, capsys):
    monkeypatch.setenv("SECRET_KEY", "s" * 40)

    with pytest.raises(SystemExit) as end:
        call_command("run_part", "web")

    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("DATABASE_URL, CELERY_BROKER_URL, PII_KEY: must be set")


def test_a_part_runs_as_serve_would_run_it(tmp_path):
    places = Places(tmp_path)

    assert part_spec(places, "web", host="0.0.0.0", port=8000).command == web_spec(places, 8000, "0.0.0.0").command
    assert [part_spec(places, name, host="127.0.0.1", port=1).name for name in part_names()] == part_names()


def test_a_worker_takes_as_many_tasks_as_it_is_told(tmp_path):
    command = part_spec(Places(tmp_path), "worker-render", host="", port=1, processes=3).command

    assert command[command.index("-c") + 1] == "3"


def test_a_name_no_part_has_is_answered_with_those_there_are(tmp_path):
    with pytest.raises(InputError, match=r"is no part of the platform; there are web, worker-ingest"):
        part_spec(Places(tmp_path), "worker", host="", port=1)


def test_the_health_check_says_how_it_is_used():
    done = subprocess.run(
        [sys.executable, "-m", "core.processes.ready"], cwd=ROOT, env={}, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "usage: ADLOOM_HOME=FOLDER" in done.stderr
