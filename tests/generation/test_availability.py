"""What works here is told by name, and what does not with the command that mends it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from generation import availability
from generation.availability import Needs, check_engines, clip_engine, suggested
from generation.checkpoints.cards import require_card
from generation.checkpoints.folders import installed_checkpoints, refused_to_all
from generation.engines.clips import devices
from generation.models import HostedCheckpoint
from tests.generation.checkpoints.test_weights import safetensors

ENGINES = ["stable-diffusion", "edit", "wan", "ltx", "cogvideox", "head", "voice-espeak", "voice-sherpa", "voice-http"]
ENGINES += ["hearing", "llm", "embeddings", "vision"]


@pytest.fixture(autouse=True)
def nothing_here(settings, tmp_path) -> Path:
    settings.MODELS_DIR = tmp_path / "models"
    settings.MODEL_DEVICE = "cpu"
    return settings.MODELS_DIR


def test_every_engine_says_how_it_is_and_what_would_mend_it():
    states = check_engines()

    assert list(states) == ENGINES
    assert states["voice-espeak"].available
    for name, state in states.items():
        assert state.available or (state.missing and state.mend), name
    assert "checkpoints download wan2.1-t2v-1.3b" in states["wan"].mend[0]
    assert states["llm"].mend[1] == ".venv/bin/python manage.py serve_llm --model qwen3-8b"


def test_the_command_prints_json_for_programs_and_lines_for_people():
    out, table = io.StringIO(), io.StringIO()
    call_command("check_engines", "--json", stdout=out)
    call_command("check_engines", stdout=table)

    states = json.loads(out.getvalue())
    assert set(states["wan"]) == {"available", "device", "missing", "mend", "note"}
    assert "mend: .venv/bin/python manage.py checkpoints download qwen-image" in table.getvalue()


def test_a_checkpoint_of_ones_own_makes_its_engine_available_with_its_licence_marked(nothing_here):
    pytest.importorskip("torch")
    folder = nothing_here / "our-own"
    folder.mkdir(parents=True)
    (folder / "model_index.json").write_text('{"_class_name": "WanPipeline"}')
    (folder / "weights.safetensors").write_bytes(safetensors())

    state = clip_engine("wan")

    assert (state.available, state.note) == (True, "our-own, licence: unknown")


def test_a_command_that_mends_runs_as_it_is_printed():
    for name, state in check_engines().items():
        for mend in state.mend:
            assert not any(word in mend for word in (" NAME", " DIR", "...")), name
            assert "checkpoints download" not in mend or mend.endswith(" --accept-licence"), name


def test_a_configured_folder_that_holds_what_no_engine_reads_is_not_available(nothing_here, settings):
    pytest.importorskip("torch")
    folder = nothing_here / "our-own"
    folder.mkdir(parents=True)
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT = "wan", "our-own"
    parts = {"_class_name": "WanPipeline", "transformer": ["diffusers", "WanTransformer3DModel"]}
    (folder / "model_index.json").write_text(json.dumps(parts))
    assert "our-own/transformer: is missing" in clip_engine("wan").missing[0]

    (folder / "evil.pkl").write_bytes(b"x")
    assert "evil.pkl: is a pickle" in clip_engine("wan").missing[0]
    assert clip_engine("wan").mend == (f".venv/bin/python manage.py checkpoints verify {folder}",)


def test_an_engine_set_for_another_ones_folder_is_told_which_is_right(nothing_here, settings):
    pytest.importorskip("torch")
    folder = nothing_here / "our-own"
    folder.mkdir(parents=True)
    (folder / "model_index.json").write_text('{"_class_name": "WanPipeline"}')
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT = "ltx", "our-own"

    state = clip_engine("ltx")

    assert (state.available, state.mend) == (False, ("CLIP_ENGINE=wan",))
    assert "names WanPipeline; ltx loads" in state.missing[0]


@pytest.mark.django_db
def test_a_configured_checkpoint_that_is_not_here_is_not_covered_by_another_one(nothing_here, settings):
    (nothing_here / "our-own").mkdir(parents=True)
    (nothing_here / "our-own" / "model_index.json").write_text('{"_class_name": "WanPipeline"}')
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT = "wan", "wan2.1-t2v-1.3b"

    state = clip_engine("wan")

    assert state.available is False
    assert state.missing[-1].startswith(
        "the checkpoint that is set up, wan2.1-t2v-1.3b: wan2.1-t2v-1.3b is not here yet"
    )
    assert state.mend[-1] == ".venv/bin/python manage.py checkpoints download wan2.1-t2v-1.3b --accept-licence"


@pytest.mark.django_db
def test_a_configured_checkpoint_that_a_host_has_is_available_there(settings):
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT = "wan", "our-own"
    assert "CLIP_CHECKPOINT=wan2.1-t2v-1.3b  # or a folder of your own" in clip_engine("wan").mend

    HostedCheckpoint.objects.create(
        device="cuda", checkpoint="our-own", engine="wan", checkpoint_hash="0" * 64, licence="MIT"
    )

    state = clip_engine("wan")
    assert (state.available, state.device, state.note) == (True, "cuda", "our-own with a model host, licence: MIT")


def test_what_was_set_aside_is_no_checkpoint_and_paths_are_quoted(settings, tmp_path):
    settings.MODELS_DIR = tmp_path / "my models"
    folder = settings.MODELS_DIR / "wan2.1-t2v-1.3b"
    folder.mkdir(parents=True)
    parts = {"_class_name": "WanPipeline", "transformer": ["diffusers", "WanTransformer3DModel"]}
    (folder / "model_index.json").write_text(json.dumps(parts))

    mend = next(each for each in clip_engine("wan").mend if each.startswith("mv "))
    assert mend.startswith(f"mv '{folder}' '{folder}.broken' && ")

    folder.rename(f"{folder}.broken")
    assert installed_checkpoints() == []


def test_a_language_model_nobody_may_use_is_the_reason_why_nothing_looks(settings, monkeypatch):
    settings.LLM_BASE_URL, settings.LLM_MODEL = "http://127.0.0.1:9/v1", "tiny"
    monkeypatch.setattr(availability, "card_served", lambda model: require_card("flux-dev"))

    state = availability.vision(availability.EngineState(False, ""))

    assert state.missing[0].startswith("leave to use flux-dev: FLUX.1 dev non-commercial licence forbids")


def test_packages_that_one_pipeline_alone_needs_are_named(monkeypatch):
    monkeypatch.setattr(devices, "find_spec", lambda name: None if name == "torchvision" else object())

    assert "packages: torchvision" in clip_engine("edit").missing
    command = ".venv/bin/python -m pip install -c constraints.txt torchvision  # from the index torch came from"
    assert any(mend.startswith(command) for mend in clip_engine("edit").mend)
    assert "packages: torchvision" not in clip_engine("wan").missing


def test_a_speech_server_that_does_not_answer_is_not_available(settings):
    settings.VOICE_BASE_URL = "http://127.0.0.1:9"

    assert check_engines()["voice-http"].missing == ("an answer from http://127.0.0.1:9",)


def test_a_checkpoint_nobody_may_use_for_ads_is_told_with_the_way_out(nothing_here, settings):
    settings.VOICE_MODEL_DIR = nothing_here / "vits-zh-aishell3"
    settings.VOICE_MODEL_DIR.mkdir(parents=True)
    settings.MODEL_AGREEMENTS = ["kolors"]

    state = check_engines()["voice-sherpa"]

    assert any(each.startswith("leave to use vits-zh-aishell3: nobody has told us") for each in state.missing)
    assert "MODEL_AGREEMENTS=kolors,vits-zh-aishell3  # once its licence covers you" in state.mend


def test_what_is_suggested_may_be_used(settings):
    for engine in ("stable-diffusion", "edit", "wan", "cogvideox", "voice-sherpa", "hearing", "llm", "embeddings"):
        assert refused_to_all(suggested(engine)) == "", engine


def test_without_torch_the_command_that_installs_it_is_said():
    needs = Needs(has=lambda name: name != "torch").packages(("torch", "diffusers"), "models").sees("cuda")

    state = needs.state("cuda", "")

    assert state.missing == ("packages: torch",)
    assert state.mend == (".venv/bin/python -m pip install -c constraints.txt -e '.[models]'",)


def test_a_server_that_does_not_answer_is_not_available(settings):
    settings.LLM_BASE_URL, settings.LLM_MODEL = "http://127.0.0.1:9/v1", "tiny"

    state = check_engines()["llm"]

    assert (state.available, state.missing) == (False, ("an answer from http://127.0.0.1:9/v1",))
