"""Which engines can work on this install right now, on which device, and what would mend those that cannot."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
from django.conf import settings

from core.errors import AdloomError
from core.processes.devices import device_kind
from generation.checkpoints.cards import cards_for
from generation.checkpoints.folders import Installed, find_checkpoint, installed_checkpoints
from generation.engines.clips.devices import PACKAGES
from generation.presenting import head_problem

INSTALL = ".venv/bin/python -m pip install -c constraints.txt -e '.[{}]'"
DOWNLOAD = ".venv/bin/python manage.py checkpoints download {}"
CLIP_ENGINES = ("stable-diffusion", "edit", "wan", "ltx", "cogvideox")
ANSWER_SECONDS = 3.0


@dataclass(frozen=True)
class EngineState:
    """`missing` in words, `mend` the commands or settings that mend it, in order; `device` "" for what runs elsewhere.

    `note` says more about one that is available: its checkpoint, its server.
    """

    available: bool
    device: str
    missing: tuple[str, ...] = ()
    mend: tuple[str, ...] = ()
    note: str = ""


def check_engines() -> dict[str, EngineState]:
    """Every engine by its name. Loads no weights; asks the configured servers once, for three seconds at most."""
    found = {name: clip_engine(name) for name in CLIP_ENGINES}
    llm = server("LLM_BASE_URL", settings.LLM_BASE_URL, settings.LLM_MODEL, settings.LLM_API_KEY, SERVE)
    return {
        **found,
        "head": head(),
        "voice-espeak": voice_espeak(),
        "voice-sherpa": sherpa("VOICE_MODEL_DIR", settings.VOICE_MODEL_DIR, "kokoro-multi-lang"),
        "voice-http": voice_http(),
        "hearing": sherpa("HEARING_MODEL_DIR", settings.HEARING_MODEL_DIR, "zipformer-zh-en"),
        "llm": llm,
        "embeddings": server(
            "EMBEDDINGS_BASE_URL",
            settings.EMBEDDINGS_BASE_URL,
            settings.EMBEDDINGS_MODEL,
            "",
            f"{SERVE} --embeddings --port 8101",
        ),
        "vision": vision(llm),
    }


SERVE = ".venv/bin/python manage.py serve_llm --model NAME"


def clip_engine(name: str) -> EngineState:
    """Packages, and a checkpoint that lies here: the configured one, or any that is registered for the engine."""
    device = device_kind(settings.MODEL_DEVICE)
    needs = Needs().packages(PACKAGES, "models").sees(device)
    here = _checkpoint_for(name)
    if here is None:
        first = min(cards_for(name), key=lambda card: card.commercial != "yes").id
        needs.lack(f"a checkpoint for {name}", DOWNLOAD.format(first))
        needs.say(f"CLIP_ENGINE={name} CLIP_CHECKPOINT={first} (or a folder of your own)")
    return needs.state(device, f"{here.name}, licence: {here.licence}" if here else "")


def _checkpoint_for(engine: str) -> Installed | None:
    from generation.model_host.naming import engine_of

    configured = [settings.CLIP_CHECKPOINT] if settings.CLIP_CHECKPOINT and engine == settings.CLIP_ENGINE else []
    for name in (*configured, *(each.name for each in installed_checkpoints())):
        try:
            found = find_checkpoint(name)
            if name in configured or engine_of(found) == engine:
                return found
        except AdloomError:
            continue
    return None


def head() -> EngineState:
    device = device_kind(settings.MODEL_DEVICE)
    needs = Needs().packages(("torch", "diffusers", "transformers"), "models").sees(device)
    if problem := head_problem():
        needs.lack(problem, "HEAD_MODEL_DIR=/path/to/a/head")
        needs.say(".venv/bin/python manage.py checkpoints make-tiny --kind head DIR (one to try)")
    return needs.state(device, str(settings.HEAD_MODEL_DIR or ""))


def voice_espeak() -> EngineState:
    return Needs().packages(("espeakng_loader",), "").state("cpu", "embedded; marked as a stand-in")


def sherpa(setting: str, folder: Path | None, card: str) -> EngineState:
    """A local sherpa-onnx model."""
    needs = Needs().packages(("sherpa_onnx",), "live")
    if not folder:
        needs.lack("the folder of a model", DOWNLOAD.format(card))
        needs.say(f"{setting}={settings.MODELS_DIR}/{card} (or a folder of your own)")
    elif problem := _folder_problem(setting, folder):
        needs.lack(problem, DOWNLOAD.format(card))
    return needs.state("cpu", str(folder or ""))


def _folder_problem(setting: str, folder: Path) -> str:
    """Why the folder holds no model of its kind, "" when it does; looks at names and notes, loads nothing."""
    from generation.engines.voiceover.sherpa import find_model_files
    from generation.hearing.sherpa_models import find_hearing_model

    try:
        find_model_files(folder) if setting == "VOICE_MODEL_DIR" else find_hearing_model(folder)
    except AdloomError as error:
        return str(error)
    return ""


def voice_http() -> EngineState:
    needs = Needs()
    if not settings.VOICE_BASE_URL:
        needs.lack("a speech server", "VOICE_BASE_URL=http://host:port of a server that speaks")
    return needs.state("", settings.VOICE_BASE_URL)


def server(setting: str, address: str, model: str, key: str, serve: str) -> EngineState:
    """A server behind the OpenAI API; up when it lists the configured model."""
    needs = Needs()
    if not address:
        needs.lack("a server", serve)
        needs.say(f"{setting} and {setting.replace('BASE_URL', 'MODEL')} as it prints them")
    else:
        reason = _unanswered(address, model, key)
        if reason:
            needs.lack(reason, serve)
    return needs.state("", f"{model} at {address}" if address else "")


def vision(llm: EngineState) -> EngineState:
    """The language model, where it takes pictures."""
    if not llm.available:
        return EngineState(False, "", ("a language model that answers", *llm.missing), llm.mend)
    from core.llm.capabilities import capabilities
    from core.llm.gateway import language_model

    model = language_model()
    if model is not None and capabilities(model).images:
        return EngineState(True, "", note=llm.note)
    return EngineState(
        False, "", ("a model that takes pictures",), (SERVE, "LLM_VISION=yes where it does and hides it")
    )


def _unanswered(address: str, model: str, key: str) -> str:
    """Why the server does not count as up; "" when it does."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        answer = httpx.get(f"{address}/models", headers=headers, timeout=ANSWER_SECONDS)
        answer.raise_for_status()
        names = [str(entry["id"]) for entry in answer.json()["data"]]
    except httpx.HTTPStatusError as error:
        return f"an answer from {address} (it says {error.response.status_code})"
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return f"an answer from {address}"
    return "" if model in names else f"{model} at {address}, which has {', '.join(names) or 'no model'}"


class Needs:
    """What an engine lacks, gathered in the order it is mended in."""

    def __init__(self, has: Callable[[str], bool] = lambda name: importlib.util.find_spec(name) is not None) -> None:
        self._has = has
        self._missing: list[str] = []
        self._mend: list[str] = []

    def packages(self, names: Sequence[str], extra: str) -> Needs:
        absent = [name for name in names if not self._has(name)]
        if absent:
            self.lack(f"packages: {', '.join(absent)}", INSTALL.format(extra) if extra else "make setup")
        return self

    def sees(self, device: str) -> Needs:
        """A GPU is no use to a torch that was built without one."""
        if device == "cuda" and self._has("torch"):
            import torch

            if not torch.cuda.is_available():
                self.lack("a torch that sees the GPU", "install torch's CUDA build, or MODEL_DEVICE=cpu")
        return self

    def lack(self, what: str, mend: str) -> None:
        self._missing.append(what)
        self._mend.append(mend)

    def say(self, mend: str) -> None:
        self._mend.append(mend)

    def state(self, device: str, note: str) -> EngineState:
        is_there = not self._missing
        return EngineState(is_there, device, tuple(self._missing), tuple(self._mend), note if is_there else "")


def plain_states(states: Mapping[str, EngineState]) -> dict[str, dict[str, object]]:
    """As JSON has it: {engine: {available, device, missing, mend, note}}."""
    return {
        name: {
            "available": state.available,
            "device": state.device,
            "missing": list(state.missing),
            "mend": list(state.mend),
            "note": state.note,
        }
        for name, state in states.items()
    }
