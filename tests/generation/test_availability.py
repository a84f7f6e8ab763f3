"""What works here is told by name, and what does not with the command that mends it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from generation.availability import Needs, check_engines, clip_engine
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
    assert "serve_llm" in states["llm"].mend[0]


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


def test_without_torch_the_command_that_installs_it_is_said():
    needs = Needs(has=lambda name: name != "torch").packages(("torch", "diffusers"), "models").sees("cuda")

    state = needs.state("cuda", "")

    assert state.missing == ("packages: torch",)
    assert state.mend == (".venv/bin/python -m pip install -c constraints.txt -e '.[models]'",)


def test_a_server_that_does_not_answer_is_not_available(settings):
    settings.LLM_BASE_URL, settings.LLM_MODEL = "http://127.0.0.1:9/v1", "tiny"

    state = check_engines()["llm"]

    assert (state.available, state.missing) == (False, ("an answer from http://127.0.0.1:9/v1",))
