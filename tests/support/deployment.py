"""Reading deploy/ as an operator's machines would: what is started, with which command and settings."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from config.settings.environment import ROOT
from core.processes.conversations import ROLES
from core.processes.workers import worker_plans
from core.queues.names import DEVICE_QUEUES

DEPLOY = ROOT / "deploy"
INSTANCES = {
    "worker": [plan.queue for plan in worker_plans()],
    "model-host": list(DEVICE_QUEUES),
    "conversations": list(ROLES),
    "live-hosts": ["one"],
}
"""What the units with an @ in their name are started for."""

SERVING = ("Deployment", "StatefulSet")
Command = tuple[str, ...]


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


def service_settings(service: str, given: Mapping[str, str]) -> dict[str, str]:
    """The environment compose gives a service, where `given` is what its own env file and shell say.

    As compose does it: `${NAME}`, `${NAME:-default}`, `${NAME:?said when it is missing}`.
    """
    named = compose()["services"][service]["environment"]
    return {name: filled(str(value), given) for name, value in named.items()}


def filled(text: str, given: Mapping[str, str]) -> str:
    """`text` with compose's `${NAME}` and Kubernetes' `$(NAME)` filled in; KeyError for one that has to be given."""

    def value(found: re.Match[str]) -> str:
        name, kind, default = found["name"] or found["kubernetes"], found["kind"], found["default"]
        if given.get(name):
            return given[name]
        if kind == ":-":
            return str(default)
        raise KeyError(name)

    return _GIVEN.sub(value, text)


_GIVEN = re.compile(r"\$\{(?P<name>\w+)(?:(?P<kind>:[-?])(?P<default>[^}]*))?\}|\$\((?P<kubernetes>\w+)\)")


def manifests() -> dict[str, list[dict[str, Any]]]:
    """The objects of every file of deploy/kubernetes by its name, kustomize's own file apart."""
    files = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    return {
        file.name: list(yaml.safe_load_all(file.read_text(encoding="utf-8")))
        for file in files
        if file.name != "kustomization.yaml"
    }


def containers() -> list[dict[str, Any]]:
    """Every container of every Deployment, StatefulSet and Job."""
    objects = [each for file in manifests().values() for each in file]
    specs = [each["spec"]["template"]["spec"] for each in objects if each["kind"] in (*SERVING, "Job")]
    return [container for spec in specs for container in spec["containers"]]


def units() -> dict[str, dict[str, list[str]]]:
    """Every unit by its name: the values of each directive."""
    return {path.name: _directives(path) for path in sorted((DEPLOY / "systemd").iterdir())}


def _directives(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def part_commands() -> dict[str, set[Command]]:
    """The command lines of the platform's own parts, by the part they run, from all three ways."""
    lines: list[list[str]] = [each["command"] for each in compose()["services"].values() if _is_ours(each)]
    lines += [each["args"] for each in containers() if _is_ours(each)]
    lines += [line for name, unit in units().items() for line in _unit_lines(name, unit)]
    found: dict[str, set[Command]] = {}
    for line in lines:
        if "run_part" in line:
            found.setdefault(line[line.index("run_part") + 1], set()).add(tuple(line))
    return found


def _is_ours(container: dict[str, Any]) -> bool:
    return str(container.get("image", "")).startswith("adloom")


def _unit_lines(name: str, unit: dict[str, list[str]]) -> list[list[str]]:
    kind = re.fullmatch(r"adloom-([a-z-]+)@\.service", name)
    instances = INSTANCES[kind.group(1)] if kind else [""]
    return [shlex.split(line.replace("%i", each)) for line in unit.get("ExecStart", []) for each in instances]


def runnable(command: Command) -> list[str]:
    """The command as it stands, by this machine's interpreter."""
    return [sys.executable if Path(word).name == "python" else word for word in command]
