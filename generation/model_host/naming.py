"""Which of our engines runs the checkpoint in a folder."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from core.errors import InputError
from generation.checkpoints.folders import Installed
from generation.engines.clips import cogvideox, edit, ltx, stable_diffusion, wan
from generation.engines.clips.base import CheckpointRefused, ClipCapabilities
from generation.engines.clips.engines import engine_named
from generation.engines.clips.loading import pipeline_class

CLASSES: Mapping[str, Collection[str]] = {
    "stable-diffusion": stable_diffusion.CLASSES,
    "wan": wan.CLASSES,
    "ltx": ltx.CLASSES,
    "cogvideox": cogvideox.CLASSES,
    "edit": edit.CLASSES,
}
"""The first engine that loads a pipeline class is the one meant where nobody says which."""

UNREADABLE = "checkpoint_unreadable"


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """CheckpointRefused where the disk or its rights keep us from what lies in `folder`: of that folder alone."""
    try:
        yield
    except OSError as error:
        raise CheckpointRefused(folder.name, f"cannot be read: {error.strerror or error}", UNREADABLE) from error


def abilities(found: Installed, wanted: str = "") -> dict[str, ClipCapabilities]:
    """Engines that run a checkpoint that lies here, the one meant first, and what each can with it. InputError."""
    with reading(found.folder):
        meant = engine_of(found, wanted)
        able = {meant: engine_named(meant).able(found.folder)}
        pipeline = pipeline_class(found.folder)
        others = [engine for engine, classes in CLASSES.items() if pipeline in classes and engine != meant]
        return able | {engine: engine_named(engine).able(found.folder) for engine in others}


def engine_of(found: Installed, wanted: str = "") -> str:
    """The engine's name: as wished, as registered, or told from the pipeline the folder holds. InputError."""
    if wanted or found.engine:
        return wanted or found.engine
    if found.card is not None:
        if not found.card.engine:
            raise InputError("checkpoint", f"no engine here runs {found.card.id} yet", "no_engine")
        return found.card.engine
    with reading(found.folder):
        name = pipeline_class(found.folder)
    for engine, classes in CLASSES.items():
        if name in classes:
            return engine
    raise InputError("checkpoint", f"{found.folder.name} holds a {name}, which no engine here runs", "no_engine")
