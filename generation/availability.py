"""Which engines can work on this install right now, on which device, and what would mend those that cannot."""

from __future__ import annotations

import importlib.util
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
from django.conf import settings
from django.db import DatabaseError

from core.errors import AdloomError, InputError
from core.processes.devices import device_kind
from generation.checkpoints.cards import Card, card_named, card_served, cards_for
from generation.checkpoints.folders import (
    SET_ASIDE,
    Installed,
    find_checkpoint,
    installed_checkpoints,
    look_at,
    refused_to_all,
)
from generation.checkpoints.router import Use, choose
from generation.engines.clips.devices import PACKAGES, install_extra, missing_extra
from generation.engines.clips.loading import check_files, check_parts_are_there, pipeline_class, pipeline_settings
from generation.presenting import head_problem

INSTALL = ".venv/bin/python -m pip install -c constraints.txt -e '.[{}]'"
DOWNLOAD = ".venv/bin/python manage.py checkpoints download {} --accept-licence"
SERVE = ".venv/bin/python manage.py serve_llm --model {}"
TINY_HEAD = ".venv/bin/python manage.py checkpoints make-tiny --kind head {}"
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
    llm = server("LLM_BASE_URL", settings.LLM_BASE_URL, settings.LLM_MODEL, settings.LLM_API_KEY, "llm")
    return {
        **found,
        "head": head(),
        "voice-espeak": voice_espeak(),
        "voice-sherpa": sherpa("VOICE_MODEL_DIR", settings.VOICE_MODEL_DIR, "voice-sherpa"),
        "voice-http": voice_http(),
        "hearing": sherpa("HEARING_MODEL_DIR", settings.HEARING_MODEL_DIR, "hearing"),
        "llm": llm,
        "embeddings": server(
            "EMBEDDINGS_BASE_URL", settings.EMBEDDINGS_BASE_URL, settings.EMBEDDINGS_MODEL, "", "embeddings"
        ),
        "vision": vision(llm),
    }


def clip_engine(name: str) -> EngineState:
    """Packages, and a checkpoint that lies here: the configured one, else any whose pipeline the engine loads.

    One that is configured and not here is with a model host, or it is what is missing.
    """
    device = device_kind(settings.MODEL_DEVICE)
    needs = Needs().packages(PACKAGES, "models").sees(device)
    if _is_absent(name):
        return _elsewhere(name, needs)
    here, problem = _checkpoint_for(name)
    if here is None:
        card = suggested(name)
        needs.extra(card.pipeline).lack(f"a checkpoint for {name}", DOWNLOAD.format(card.id))
        needs.say(f"CLIP_ENGINE={name} CLIP_CHECKPOINT={card.id}  # or a folder of your own")
        needs.allow(card)
        return needs.state(device, "")
    if problem:
        needs.lack(f"a checkpoint that loads: in {here.name}, {problem}", _mend(here, name))
    else:
        needs.extra(pipeline_class(here.folder))
    if here.card is not None:
        needs.allow(here.card)
    return needs.state(device, f"{here.name}, licence: {here.licence}")


def suggested(engine: str) -> Card:
    """The checkpoint to begin with: the first that may be used for ads as things are, else the first there is."""
    cards = cards_for(engine)
    chosen, _ = choose(cards, Use(agreements=frozenset(settings.MODEL_AGREEMENTS)))
    return chosen or cards[0]


def _mend(here: Installed, engine: str) -> str:
    """Another engine where the folder is whole and another's; else the files anew, or a look at them."""
    from generation.model_host.naming import CLASSES, reading

    try:
        with reading(here.folder):
            name = pipeline_class(here.folder)
    except AdloomError:
        name = ""
    owners = [owner for owner, classes in CLASSES.items() if name in classes]
    if owners and engine not in owners:
        return f"CLIP_ENGINE={owners[0]}"
    if here.card is None:
        return f".venv/bin/python manage.py checkpoints verify {shlex.quote(str(here.folder))}"
    aside = here.folder.with_name(f"{here.folder.name}{SET_ASIDE}")
    return f"mv {shlex.quote(str(here.folder))} {shlex.quote(str(aside))} && {DOWNLOAD.format(here.card.id)}"


def _is_absent(engine: str) -> bool:
    """Whether a checkpoint is configured for the engine that does not lie here."""
    if not settings.CLIP_CHECKPOINT or engine != settings.CLIP_ENGINE:
        return False
    try:
        find_checkpoint(settings.CLIP_CHECKPOINT, engine)
    except AdloomError:
        return True
    return False


def _elsewhere(engine: str, needs: Needs) -> EngineState:
    """The engine with the configured checkpoint on a model host; where none has it, what gets it here."""
    from generation.model_host.hosted import known_abilities, known_checkpoint

    name = settings.CLIP_CHECKPOINT
    try:
        found = known_checkpoint(name)
        known_abilities(found, engine)
    except (InputError, DatabaseError) as error:
        reason = error.reason if isinstance(error, InputError) else "is not here, and the books are not open"
        card = card_named(name) or suggested(engine)
        needs.lack(f"the checkpoint that is set up, {name}: {reason}", DOWNLOAD.format(card.id))
        if card.id != name:
            needs.say(f"CLIP_CHECKPOINT={card.id}  # or a folder of your own")
        return needs.extra(card.pipeline).allow(card).state(device_kind(settings.MODEL_DEVICE), "")
    allowed = Needs() if found.card is None else Needs().allow(found.card)
    return allowed.state(found.device, f"{found.name} with a model host, licence: {found.licence}")


def _checkpoint_for(engine: str) -> tuple[Installed | None, str]:
    """The checkpoint the engine would load, and why it could not, "" where nothing speaks against it."""
    if settings.CLIP_CHECKPOINT and engine == settings.CLIP_ENGINE:
        configured = find_checkpoint(settings.CLIP_CHECKPOINT, engine)
        return configured, _clip_problem(configured, engine)
    broken: tuple[Installed | None, str] = (None, "")
    for found in installed_checkpoints():
        if not _is_for(found, engine):
            continue
        problem = _clip_problem(found, engine)
        if not problem:
            return found, ""
        broken = broken if broken[0] else (found, problem)
    return broken


def _is_for(found: Installed, engine: str) -> bool:
    from generation.model_host.naming import engine_of

    try:
        return engine_of(found) == engine
    except AdloomError:
        return False


def _clip_problem(found: Installed, engine: str) -> str:
    """By names, headers and settings: no weights are read."""
    from generation.model_host.naming import CLASSES, reading

    try:
        with reading(found.folder):
            check_files(found.folder)
            pipeline_settings(found.folder, engine, CLASSES[engine])
            check_parts_are_there(found.folder)
    except AdloomError as error:
        return str(error)
    return ""


def head() -> EngineState:
    device = device_kind(settings.MODEL_DEVICE)
    needs = Needs().packages(("torch", "diffusers", "transformers"), "models").sees(device)
    if problem := head_problem():
        tiny = settings.MODELS_DIR / "tiny-head"
        needs.lack(problem, f"{TINY_HEAD.format(shlex.quote(str(tiny)))}  # one to try")
        needs.say(f"HEAD_MODEL_DIR={tiny}  # or a folder of your own")
    return needs.licensed(settings.HEAD_MODEL_DIR).state(device, str(settings.HEAD_MODEL_DIR or ""))


def voice_espeak() -> EngineState:
    return Needs().packages(("espeakng_loader",), "").state("cpu", "embedded; marked as a stand-in")


def sherpa(setting: str, folder: Path | None, engine: str) -> EngineState:
    """A local sherpa-onnx model."""
    needs = Needs().packages(("sherpa_onnx",), "live")
    card = suggested(engine)
    problem = _folder_problem(setting, folder) if folder else "the folder of a model"
    if problem:
        if not (settings.MODELS_DIR / card.id).is_dir():
            needs.say(DOWNLOAD.format(card.id))
        needs.lack(problem, f"{setting}={settings.MODELS_DIR / card.id}  # or a folder of your own")
    return needs.licensed(folder).state("cpu", str(folder or ""))


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
    """A server that speaks; up when it answers at all: the dialects have no question in common but the speaking."""
    needs = Needs()
    address = settings.VOICE_BASE_URL
    if not address:
        needs.lack("a speech server", "VOICE_BASE_URL=http://host:port of a server that speaks")
    elif not _answers(address):
        needs.lack(f"an answer from {address}", f"start the server at {address}, or VOICE_BASE_URL= to do without")
    return needs.state("", address)


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=ANSWER_SECONDS).status_code < httpx.codes.INTERNAL_SERVER_ERROR
    except (httpx.HTTPError, httpx.InvalidURL):
        return False


def server(setting: str, address: str, model: str, key: str, engine: str) -> EngineState:
    """A server behind the OpenAI API; up when it lists the configured model."""
    needs = Needs()
    name = setting.replace("BASE_URL", "MODEL")
    if not address:
        needs.lack("a server", _serving(needs, engine))
        needs.say(f"{setting} and {name} as it prints them")
    elif reason := _unanswered(address, model, key):
        needs.lack(reason, _serving(needs, engine))
    elif card := card_served(model):
        needs.allow(card)
    return needs.state("", f"{model} at {address}" if address else "")


def _serving(needs: Needs, engine: str) -> str:
    """The command that serves a model for `engine`, the download before it where it is not here yet."""
    card = suggested(engine)
    if not (settings.MODELS_DIR / card.id).is_dir():
        needs.say(DOWNLOAD.format(card.id))
    return SERVE.format(card.id) + (" --embeddings --port 8101" if engine == "embeddings" else "")


def vision(llm: EngineState) -> EngineState:
    """The language model, where it takes pictures; one that nobody may use takes none, whatever it can."""
    if llm.available:
        from core.llm.capabilities import capabilities
        from core.llm.gateway import unasked_model

        # Where its licence asks about the advertiser, that is asked for each: here, whether it can look at all.
        model = unasked_model()
        if model is not None and capabilities(model).images:
            return EngineState(True, "", note=llm.note)
    needs = Needs()
    card = card_served(settings.LLM_MODEL) if settings.LLM_BASE_URL else None
    if card is not None and refused_to_all(card):
        return needs.allow(card).state("", "")
    needs.lack("a language model that answers and takes pictures", _serving(needs, "vision"))
    needs.say("LLM_BASE_URL and LLM_MODEL as it prints them; LLM_VISION=yes where it sees and does not say so")
    return needs.state("", "")


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

    def extra(self, pipeline: str) -> Needs:
        """What this pipeline alone needs."""
        if package := missing_extra(pipeline):
            self.lack(f"packages: {package}", f".venv/bin/{install_extra(package)}")
        return self

    def licensed(self, folder: Path | None) -> Needs:
        """Whether the checkpoint in a configured folder may be used for ads."""
        card = look_at(folder).card if folder else None
        return self if card is None else self.allow(card)

    def allow(self, card: Card) -> Needs:
        """Where a licence asks about the advertiser, that is asked for each; here only what no advertiser may."""
        if not_covered := refused_to_all(card):
            held = ",".join(dict.fromkeys([*settings.MODEL_AGREEMENTS, card.id]))
            self.lack(
                f"leave to use {card.id}: {not_covered}", f"MODEL_AGREEMENTS={held}  # once its licence covers you"
            )
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
