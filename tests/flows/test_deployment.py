"""deploy/: files that other programs accept, and agree with what the platform reads."""

from __future__ import annotations

import re

import kubernetes_validate
import pytest

from config.settings.environment import ROOT
from core.processes.parts import part_names
from tests.support.deployment import compose, containers, manifests, part_commands, units

VERSIONS = ("1.30", "1.37")
FILES = manifests()
OBJECTS = [each for file in FILES.values() for each in file]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", FILES)
def test_kubernetes_accepts_every_manifest(name, version):
    for each in FILES[name]:
        kubernetes_validate.validate(each, version, strict=True)


def test_kustomize_names_every_manifest_there_is_and_leaves_the_example_out():
    text = (ROOT / "deploy/kubernetes/kustomization.yaml").read_text(encoding="utf-8")

    assert set(re.findall(r"- ([a-z-]+\.yaml)", text)) == set(FILES) - {"secrets.example.yaml"}


def test_every_object_lies_in_the_namespace():
    assert {each["metadata"].get("namespace") for each in OBJECTS if each["kind"] != "Namespace"} == {"adloom"}


def test_services_and_budgets_select_pods_that_are_there():
    labels = [
        each["spec"]["template"]["metadata"]["labels"]
        for each in OBJECTS
        if each["kind"] in ("Deployment", "StatefulSet")
    ]
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
    outside = {
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_DEFAULT_REGION",
        "POSTGRES_PASSWORD",
        "BROKER_PASSWORD",
    }
    sources = [*(ROOT / "config/settings").glob("*.py"), ROOT / "dashboard/management/commands/run_part.py"]
    read = set(re.findall(r'"([A-Z][A-Z0-9_]+)"', "".join(path.read_text(encoding="utf-8") for path in sources)))

    assert named - outside - read == set()


def test_the_server_of_the_language_model_is_told_what_serve_llm_tells_it():
    """But for its place in the machine: host, port, device."""
    from core.processes.llm_server import STRUCTURED

    (pod,) = [each for each in containers() if each["name"] == "llm"]
    served = compose()["services"]["llm"]["command"]

    assert pod["args"] == served
    (structured,) = [line for line in served if line.startswith("--structured-outputs-config=")]
    assert yaml_of(structured.partition("=")[2]) == STRUCTURED
    assert {"--enable-prefix-caching", "--scheduling-policy=priority", "--load-format=safetensors"} <= set(served)


def yaml_of(text: str) -> object:
    import json

    return json.loads(text)


def test_compose_depends_on_services_that_are_there():
    services = compose()["services"]
    for name, service in services.items():
        assert set(service.get("depends_on", {})) <= set(services), name
        assert "image" in service, name
    volumes = {mount.split(":")[0] for each in services.values() for mount in each.get("volumes", [])}
    assert {name for name in volumes if "/" not in name and "$" not in name} == set(compose()["volumes"])
