"""`serve_llm`: a language model of one's own behind the OpenAI API, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import os
import subprocess
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from core.commands import OK, AdloomCommand
from core.errors import InputError, ServiceDown
from core.processes.llm_environment import Kind, LlmEnvironment, prepare
from core.processes.llm_model import find_model, free_memory, gpu_memory, read_model, share_of
from core.processes.llm_server import AT_ONCE, LOOK_SECONDS, LlmServer, ServerPlan, refuse_taken_port
from core.processes.places import Places

PORT = 8100
_EMBEDDINGS_HELP = (
    "serve vectors (/v1/embeddings) instead of text; unsaid, so for a model laid out by sentence-transformers"
)
_FETCH = (
    "import sys; from huggingface_hub import snapshot_download as fetch; fetch(sys.argv[1], local_dir=sys.argv[2],"
    " allow_patterns=['*.safetensors', '*.json', '*.jinja', '*.txt', '*.model'])"
)


class Command(AdloomCommand):
    help = "Serve a language model with vLLM on this machine; prints the two settings that point to it when it is up."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--model", default="", help="a folder with config.json and safetensors, or a model's name")
        device = parser.add_mutually_exclusive_group()
        device.add_argument("--cpu", action="store_true", help="without a GPU")
        device.add_argument("--gpu", action="store_true", help="on the NVIDIA GPU; the default where there is one")
        parser.add_argument("--port", type=int, default=PORT)
        parser.add_argument("--name", default="", help="what the model is called; its folder's name unless said")
        parser.add_argument("--embeddings", action="store_true", help=_EMBEDDINGS_HELP)
        parser.add_argument(
            "--max-tokens", type=int, default=0, help="longest prompt and answer; by memory unless said"
        )
        parser.add_argument(
            "--cache-gib", type=int, default=0, help="memory for conversations; by what is free unless said"
        )
        parser.add_argument(
            "--at-once", type=int, default=AT_ONCE, help="answers made beside each other; the rest wait"
        )
        parser.add_argument("--prepare", action="store_true", help="only make the server's environment")
        parser.add_argument("--download", action="store_true", help="fetch the named repository (OWNER/NAME) first")

    def with_services(self, options: dict[str, Any]) -> int:
        """It needs no database: a machine that only serves a model has none."""
        return self.work(**options) or OK

    def work(self, **options: Any) -> int | None:
        kind = _kind(options["cpu"], options["gpu"])
        places = Places(settings.ADLOOM_HOME)
        for folder in (places.run, places.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        environment = LlmEnvironment(Path(settings.LLM_VENV), kind, places.log_file("llm-environment"))
        if options["prepare"]:
            self._prepare(environment)
            self._say(f"the environment is ready: {environment.folder}")
            return None
        server = LlmServer(self._plan(environment, options), places, self._warn)
        self._serve(server)
        return None

    def _plan(self, environment: LlmEnvironment, options: dict[str, Any]) -> ServerPlan:
        """Everything a person may have got wrong is said before minutes are spent."""
        if not options["model"]:
            raise InputError("--model", "name a folder with a language model, or a model's name")
        refuse_taken_port(_port(options["port"]))
        folder = find_model(options["model"], _shelves())
        if folder is None and not (options["download"] and "/" in options["model"]):
            raise InputError("--model", _missing(options["model"]), "llm_not_here")
        free = free_memory(environment.kind)
        if folder is not None:
            read_model(folder)
        self._prepare(environment)
        found = read_model(folder or self._download(environment, options["model"]))
        share = share_of(found, environment.kind, free, options["max_tokens"], options["cache_gib"])
        name = options["name"] or (options["model"] if folder is None else found.path.name)
        return ServerPlan(
            environment, found.path, name, share, options["port"], options["embeddings"] or found.makes_vectors,
            settings.LLM_API_KEY, max(1, options["at_once"]),
        )  # fmt: skip

    def _prepare(self, environment: LlmEnvironment) -> None:
        began = time.monotonic()
        if prepare(environment, self._say):
            self._say(f"made in {time.monotonic() - began:.0f} s")

    def _download(self, environment: LlmEnvironment, name: str) -> Path:
        folder = _shelves()[0] / name
        self._say(f"fetching {name} into {folder}")
        command = [str(environment.python), "-c", _FETCH, name, str(folder)]
        done = subprocess.run(command, env={**os.environ, "HF_HUB_OFFLINE": "0"}, check=False)
        if done.returncode:
            raise ServiceDown("download", f"{name} could not be fetched; the same command goes on where it stopped")
        return folder

    def _serve(self, server: LlmServer) -> None:
        plan = server.plan
        self._say(f"starting {plan.name} with room for {plan.share.tokens} tokens, log {server.child.spec.log}")
        try:
            server.wait_until_up()
            names = ("EMBEDDINGS_BASE_URL", "EMBEDDINGS_MODEL") if plan.embeds else ("LLM_BASE_URL", "LLM_MODEL")
            self._say(f"{names[0]}={plan.base_url}\n{names[1]}={plan.name}")
            while True:
                server.look_after()
                time.sleep(LOOK_SECONDS)
        except KeyboardInterrupt:
            self._say("stopping")
        finally:
            server.stop()

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _warn(self, text: str) -> None:
        self.stderr.write(text)
        self.stderr.flush()


def _kind(cpu: bool, gpu: bool) -> Kind:
    return "gpu" if gpu or (not cpu and gpu_memory() is not None) else "cpu"


def _port(port: int) -> int:
    if not 1 <= port <= 65535:
        raise InputError("--port", f"{port} is no port; choose one from 1 to 65535")
    return port


def _shelves() -> tuple[Path, ...]:
    """Where models of a name are looked for: our own folder first, then what the hub's tools fetched."""
    own = Path(getattr(settings, "MODELS_DIR", None) or settings.ADLOOM_HOME / "checkpoints")
    home = Path(os.environ.get("HF_HOME") or Path.home() / ".cache" / "huggingface")
    return own, Path(os.environ.get("HF_HUB_CACHE") or home / "hub")


def _missing(name: str) -> str:
    """A name of one word is a registered checkpoint's, which brings its licence and is fetched by its own command."""
    if "/" not in name:
        return (
            f"{name} is not on this machine; `python manage.py checkpoints download {name} --accept-licence` fetches a"
            " registered one (checkpoints list), and a repository of the hub has a name like Qwen/Qwen3-8B"
        )
    return (
        f"{name} is not on this machine, and nothing is fetched unasked;"
        f" `python manage.py serve_llm --model {name} --download` fetches and serves it"
    )
