"""What the command says about checkpoints, asks before it fetches, and finds when it verifies."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from core.errors import InputError
from generation.checkpoints.folders import find_checkpoint, installed_checkpoints
from tests.generation.checkpoints.test_weights import safetensors
from tests.support.hub_server import hub_server


@pytest.fixture(autouse=True)
def models(settings, tmp_path) -> Path:
    settings.MODELS_DIR = tmp_path / "models"
    return settings.MODELS_DIR


def told(*arguments: str) -> str:
    out = io.StringIO()
    call_command("checkpoints", *arguments, stdout=out)
    return out.getvalue()


def code_of(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        told(*arguments)
    return int(str(ended.value))


def put(models: Path, name: str) -> Path:
    folder = models / name
    folder.mkdir(parents=True)
    (folder / "weights.safetensors").write_bytes(safetensors())
    return folder


def test_the_list_has_every_card_and_every_folder_that_has_none(models):
    put(models, "wan2.1-t2v-1.3b")
    put(models, "our-own")

    entries = {entry["id"]: entry for entry in json.loads(told("list", "--json"))}

    assert len(entries) >= 21
    assert entries["wan2.1-t2v-1.3b"]["state"] == "here, not verified"
    assert entries["hunyuan-video"]["commercial_text"] == "yes; not in EU, GB, KR"
    assert (entries["our-own"]["licence"], entries["our-own"]["commercial"]) == ("unknown", "unknown")


def test_nothing_is_fetched_before_the_licence_is_accepted(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    assert code_of("download", "kolors") == 2
    assert "once its licence is accepted" in capsys.readouterr().err


def test_whoever_reads_the_size_and_says_no_fetches_nothing(models, monkeypatch, capsys):
    monkeypatch.setattr(pytest.importorskip("huggingface_hub.constants"), "HF_HUB_OFFLINE", False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: "n")
    with hub_server("THUDM/CogVideoX-2b", {"model_index.json": b"{}", "vae/weights.safetensors": safetensors()}) as hub:
        assert code_of("download", "cogvideox-2b", "--endpoint", hub.address) == 2

    assert hub.asked == []
    assert "is fetched once its licence is accepted" in capsys.readouterr().err


def test_an_unknown_name_is_answered_with_the_nearest(capsys):
    assert code_of("download", "kolor", "--accept-licence") == 2
    assert "did you mean kolors" in capsys.readouterr().err


def test_verifying_names_the_file_that_is_cut_short(models):
    folder = put(models, "our-own")
    assert "recorded now" in told("verify", "our-own")
    (folder / "weights.safetensors").write_bytes(safetensors()[:-2])

    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("checkpoints", "verify", stdout=out)

    assert str(ended.value) == "1"
    assert "weights.safetensors: is cut short" in out.getvalue()


def test_what_is_not_here_says_how_to_get_it(models):
    with pytest.raises(InputError, match="checkpoints download kolors"):
        find_checkpoint("kolors")
    with pytest.raises(InputError, match="there is no folder"):
        find_checkpoint("/nowhere/at/all")
    assert installed_checkpoints() == []


def test_a_tiny_one_goes_into_an_empty_folder_only(models, capsys):
    folder = put(models, "our-own")

    assert code_of("make-tiny", "--kind", "wan", str(folder)) == 2
    assert "is not empty" in capsys.readouterr().err


def test_a_tiny_one_is_no_file_and_lies_in_none(tmp_path, capsys):
    (tmp_path / "taken").write_text("mine")

    assert code_of("make-tiny", "--kind", "wan", str(tmp_path / "taken")) == 2
    assert "is a file; name a folder" in capsys.readouterr().err
    assert code_of("make-tiny", "--kind", "wan", str(tmp_path / "taken" / "below")) == 2
    assert "cannot be made: Not a directory" in capsys.readouterr().err


def test_a_checkpoint_is_fetched_listed_and_verified(models, monkeypatch):
    monkeypatch.setattr(pytest.importorskip("huggingface_hub.constants"), "HF_HUB_OFFLINE", False)
    files = {"model_index.json": b'{"_class_name": "CogVideoXPipeline"}', "vae/weights.safetensors": safetensors()}
    with hub_server("THUDM/CogVideoX-2b", files) as hub:
        said = told("download", "cogvideox-2b", "--accept-licence", "--endpoint", hub.address)

    assert "licence: Apache-2.0" in said
    assert "download: about 14 GB" in said
    assert "  to fetch: 0.00 GB in 2 files; free on the disk: " in said
    assert f"lies in {models / 'cogvideox-2b'}" in said
    entries = {entry["id"]: entry for entry in json.loads(told("list", "--json"))}
    assert entries["cogvideox-2b"]["state"] == "here"
    assert "cogvideox-2b: whole, 2 files" in told("verify", "cogvideox-2b")
