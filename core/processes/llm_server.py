"""The language model's server: vLLM behind the OpenAI API on the loopback address, kept up."""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.errors import InputError, ServiceDown
from core.processes.children import Child, ChildSpec
from core.processes.llm_environment import LlmEnvironment
from core.processes.llm_model import Share
from core.processes.offspring import kill_group
from core.processes.places import Places
from core.processes.ports import port_problem

HOST = "127.0.0.1"
START_SECONDS = 900.0
"""Reading the weights of a large model from a slow disk takes minutes."""
STARTS = 2
"""Starts in a row that may fail before it was ever up: a model that cannot be loaded fails every time."""
LOOK_SECONDS = 0.25
HEALTH_SECONDS = 5.0
MISSED = 4
"""Health checks in a row without an answer, after which a server that still runs is taken for one that hangs."""
STRUCTURED = {"backend": "guidance", "disable_any_whitespace": True}
"""The default backend breaks strict JSON where texts have a longest length, and without the second setting a weak
model fills its room with line breaks."""
AT_ONCE = 64
"""More than a process of ours asks at a time (LLM_CONCURRENCY), so that what is urgent finds room beside the rest."""
WHOLE_PROMPTS = ("--no-enable-chunked-prefill",)
"""Without a GPU vLLM 0.32 dies of a prompt that it reads in parts when the request names a seed, and with it every
other answer it is at ("CPU Generator does not use offset")."""
FEW_CORES = 8
NO_TORCHVISION = "No module named 'torchvision'"
WANTS_TORCHVISION = (
    "the model makes its pictures ready with torchvision, which is left out without a GPU; serve it on one, or take a"
    " model that does without, such as SmolVLM"
)
LAST_WORDS = 150
LEAST_BATCH_TOKENS = 4096
MODULE = "vllm.entrypoints.openai.api_server"


@dataclass(frozen=True)
class ServerPlan:
    """What to serve, where, and with how much of the machine."""

    environment: LlmEnvironment
    model: Path
    name: str
    share: Share
    port: int
    embeds: bool = False
    api_key: str = ""
    at_once: int = AT_ONCE

    @property
    def service(self) -> str:
        return "embeddings" if self.embeds else "llm"

    @property
    def base_url(self) -> str:
        return f"http://{HOST}:{self.port}/v1"


def server_spec(plan: ServerPlan, places: Places) -> ChildSpec:
    """Run by a warden, because the server's engine is a process of its own that would outlive a killed server."""
    pid_file = places.pid_file(f"{plan.service}-{plan.port}")
    warden = [sys.executable, "-I", "-S", str(Path(__file__).with_name("offspring.py")), str(pid_file)]

    def prepare() -> None:
        end_leftover(pid_file)
        refuse_taken_port(plan.port)

    return ChildSpec(
        name=plan.service,
        command=(*warden, str(plan.environment.python), "-m", MODULE, *server_arguments(plan)),
        log=places.log_file(plan.service),
        environment=server_environment(plan),
        folder=places.home,
        stop_seconds=12.0,
        prepare=prepare,
    )


def server_arguments(plan: ServerPlan) -> list[str]:
    """vLLM's own options."""
    arguments = ["--model", str(plan.model), "--served-model-name", plan.name, "--host", HOST, "--port", str(plan.port)]
    arguments += ["--max-model-len", str(plan.share.tokens), "--load-format", "safetensors"]
    arguments += ["--disable-uvicorn-access-log", "--max-num-seqs", str(plan.at_once)]
    if plan.environment.kind == "cpu":
        # Without a compiler at hand the eager way is the one that always works, and starts minutes earlier.
        # Vectors in bfloat16 ran into an illegal instruction on a machine that names AMX and does not let it be used.
        dtype = "float32" if plan.embeds else "bfloat16"
        arguments += ["--dtype", dtype, "--enforce-eager", *WHOLE_PROMPTS]
        arguments += ["--max-num-batched-tokens", str(max(LEAST_BATCH_TOKENS, plan.share.tokens))]
    else:
        arguments += ["--dtype", "auto", "--kv-cache-memory-bytes", str(plan.share.cache_bytes)]
    if plan.embeds:
        # No prefix caching: a model that reads both ways, as BERT's kin do, has nothing to keep, and vLLM dies of it.
        return [*arguments, "--runner", "pooling"]
    arguments += ["--enable-prefix-caching", "--scheduling-policy", "priority"]
    return [*arguments, "--structured-outputs-config", json.dumps(STRUCTURED)]


def server_environment(plan: ServerPlan) -> dict[str, str]:
    """Nothing is fetched and nothing is reported while it serves."""
    variables = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1"}
    variables |= {"HF_HUB_DISABLE_TELEMETRY": "1", "PYTHONUNBUFFERED": "1", "TOKENIZERS_PARALLELISM": "false"}
    if plan.environment.kind == "cpu":
        variables["VLLM_CPU_KVCACHE_SPACE"] = str(plan.share.cache_bytes >> 30)
        variables |= _on_few_cores(len(os.sched_getaffinity(0)))
    if plan.api_key:
        variables["VLLM_API_KEY"] = plan.api_key
    return variables


def _on_few_cores(cores: int) -> dict[str, str]:
    """Scheduler and model in one process. In two, as vLLM has it without a GPU, each waits for the other by
    `sched_yield` in a loop: on two cores that left nothing to the front that takes questions, nor to other programs.
    Where cores are many, its own way binds threads to the nearest memory, which counts for more."""
    if cores > FEW_CORES:
        return {}
    return {"VLLM_ENABLE_V1_MULTIPROCESSING": "0", "OMP_NUM_THREADS": str(max(1, cores - 1))}


def refuse_taken_port(port: int) -> None:
    """InputError now rather than a server that dies of it half a minute later."""
    if problem := port_problem(HOST, port):
        raise InputError("--port", f"{port} is taken ({problem}); name another one", "llm_port_taken")


def end_leftover(pid_file: Path) -> None:
    """A server whose keeper and warden were both killed may still be there; one that is not ours is left alone."""
    try:
        pid = int(pid_file.read_text())
        if MODULE.encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
            kill_group(pid)
            time.sleep(LOOK_SECONDS)
    except (OSError, ValueError):
        return
    finally:
        pid_file.unlink(missing_ok=True)


def is_healthy(port: int, seconds: float = 10.0) -> bool:
    """Whether the server answers and its engine lives."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://{HOST}:{port}/health", timeout=seconds) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError, ValueError):
        return False


class LlmServer:
    """The server under care. `tell` gets what a person wants to know; not thread-safe, as `Child` is not."""

    def __init__(self, plan: ServerPlan, places: Places, tell: Callable[[str], None]) -> None:
        self.plan = plan
        self.child = Child(server_spec(plan, places))
        self.tell = tell
        self._missed = 0
        self._next_check = 0.0

    def wait_until_up(self) -> None:
        """Until it answers; ServiceDown with the log's last words where it does not come up."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            self.child.look_after()
            if self.child.failures >= STARTS or time.monotonic() > deadline:
                raise ServiceDown(self.plan.service, f"{self._why()}, see {self.child.spec.log}")
            if self.child.pid is not None and is_healthy(self.plan.port, 2.0):
                return
            time.sleep(LOOK_SECONDS)

    def look_after(self) -> None:
        """One look: a dead server is started anew after a pause, one that hangs is ended first."""
        failures = self.child.failures
        if self.child.look_after():
            self._missed, self._next_check = 0, time.monotonic() + START_SECONDS
        if self.child.failures > failures:
            self.tell(f"{self.plan.service} {self.child.last_error}; starting it again, see {self.child.spec.log}")
        if self.child.pid is not None:
            self._check()

    def stop(self) -> None:
        self.child.ask_to_stop()
        self.child.stop()

    def _check(self) -> None:
        """A fresh server is asked too, but has its whole time to start before silence counts."""
        now = time.monotonic()
        starting = self._next_check - now > HEALTH_SECONDS
        if now < self._next_check and not starting:
            return
        if is_healthy(self.plan.port, 2.0 if starting else 10.0):
            if starting:
                self.tell(f"{self.plan.service} is up again")
            self._missed, self._next_check = 0, now + HEALTH_SECONDS
        elif not starting:
            self._missed += 1
            self._next_check = now + HEALTH_SECONDS
            if self._missed >= MISSED:
                self.tell(f"{self.plan.service} does not answer; ending it")
                self.child.ask_to_stop()
                self.child.stop()
                self.child.failures += 1

    def _why(self) -> str:
        said = _last_error(self.child.spec.log)
        return said or self.child.last_error or "does not answer"


def _last_error(log: Path) -> str:
    """The last line of the log that names an error, without its prefixes; "" for none. Of a missing torchvision vLLM
    says last that a model's class cannot be looked into, which helps nobody."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 40_000))
            lines = file.read().decode(errors="replace").splitlines()
    except OSError:
        return ""
    if any(NO_TORCHVISION in line for line in lines[-LAST_WORDS:]):
        return WANTS_TORCHVISION
    named = [line for line in lines if "Error: " in line]
    return named[-1].split("] ", 1)[-1].strip()[:300] if named else ""
