"""An odd value stops the start, with the variable's name."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings import environment


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("PORT", "eighty", lambda name: environment.read_whole_number(name, 8000, 1, 65535)),
        ("PORT", "70000", lambda name: environment.read_whole_number(name, 8000, 1, 65535)),
        ("DEBUG", "perhaps", environment.read_flag),
        ("LLM_BASE_URL", "localhost:8001/v1", lambda name: environment.read_url(name, ("http", "https"))),
        ("LLM_EXTRA_BODY", "{half", environment.read_object),
        ("LLM_EXTRA_BODY", "[1]", environment.read_object),
        ("VOICE_MODEL_DIR", "/no/such/folder", environment.read_folder),
        ("HEARING_MODEL_DIR", "/etc", environment.read_model_folder),
        ("HEARING_SCRIPT", "/no/such/file", environment.read_file),
        ("VOICE_API", "polly", lambda name: environment.read_choice(name, ("openai", "cosyvoice"), "openai")),
        ("FFMPEG_BINARY", "/etc/passwd", environment.read_program),
        ("DATABASE_URL", "sqlite:///somewhere.db", environment.read_database),
        ("DATABASE_URL", "nonsense", environment.read_database),
        ("ADLOOM_HOME", "/dev/null/home", environment.read_home),
    ],
)
def test_an_odd_value_is_named(monkeypatch, name, value, read):
    monkeypatch.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match=f"^{name}: "):
        read(name)


def test_what_is_unset_or_empty_has_its_default(monkeypatch):
    monkeypatch.setenv("PORT", "")
    monkeypatch.delenv("DEBUG", raising=False)
    monkeypatch.delenv("LLM_EXTRA_BODY", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)

    assert environment.read_whole_number("PORT", 8000, 1, 65535) == 8000
    assert environment.read_flag("DEBUG") is False
    assert environment.read_object("LLM_EXTRA_BODY") == {}
    assert environment.read_database("DATABASE_URL") is None


def test_a_secret_is_made_once_and_kept_from_others(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)

    first = environment.read_secret("SECRET_KEY", tmp_path)

    assert len(first) >= 50
    assert environment.read_secret("SECRET_KEY", tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secrets" / "secret-key").stat().st_mode) == 0o600


def test_a_secret_of_the_environment_wins_and_a_short_one_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "s" * 40)
    assert environment.read_secret("SECRET_KEY", tmp_path) == "s" * 40

    monkeypatch.setenv("SECRET_KEY", "short")
    with pytest.raises(ImproperlyConfigured, match=r"^SECRET_KEY: "):
        environment.read_secret("SECRET_KEY", tmp_path)


def test_a_key_is_32_bytes(monkeypatch, tmp_path):
    monkeypatch.delenv("PII_KEY", raising=False)
    assert len(environment.read_key("PII_KEY", tmp_path)) == 44

    monkeypatch.setenv("PII_KEY", "k" * 44)
    with pytest.raises(ImproperlyConfigured, match=r"^PII_KEY: must be 32 bytes"):
        environment.read_key("PII_KEY", tmp_path)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"PORT": "x"}, "PORT: "),
        ({"LLM_BASE_URL": "http://h/v1"}, "LLM_MODEL: "),
        ({"LLM_EXTRA_BODY": '{"model": "m", "priority": 1}'}, "LLM_EXTRA_BODY: model, priority is said"),
        ({"S3_ENDPOINT_URL": "http://h"}, "STORAGE_URL: "),
        ({"SIGNING_ROOT": "bm90IGEgcm9vdA=="}, "SIGNING_ROOT: "),
    ],
)
def test_the_start_itself_stops(tmp_path, given, named):
    quiet = dict.fromkeys(("PORT", "LLM_BASE_URL", "LLM_MODEL", "STORAGE_URL", "S3_ENDPOINT_URL"), "")
    known = {"ADLOOM_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings.base"}
    result = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={**os.environ, **quiet, **known, **given},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode != 0
    assert named in result.stderr.splitlines()[-1]


def test_a_folder_with_a_model_is_taken_and_a_choice_in_any_case(monkeypatch, tmp_path):
    (tmp_path / "encoder.int8.onnx").write_bytes(b"x")
    (tmp_path / "tokens.txt").write_bytes(b"x")
    monkeypatch.setenv("HEARING_MODEL_DIR", str(tmp_path))
    monkeypatch.setenv("VOICE_API", "CosyVoice")

    assert environment.read_model_folder("HEARING_MODEL_DIR") == tmp_path
    assert environment.read_choice("VOICE_API", ("openai", "cosyvoice"), "openai") == "cosyvoice"
    assert environment.read_model_folder("NOT_SET_AT_ALL") is None
