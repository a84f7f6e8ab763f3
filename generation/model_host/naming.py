"""Which of our engines runs the checkpoint in a folder."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from core.errors import InputError
from generation.checkpoints.folders import Installed
from generation.engines.clips import cogvideox, edit, ltx, stable_diffusion, wan
from generation.engines.clips.loading import pipeline_class

CLASSES: Mapping[str, Collection[str]] = {
    "stable-diffusion": stable_diffusion.CLASSES,
    "wan": wan.CLASSES,
    "ltx": ltx.CLASSES,
    "cogvideox": cogvideox.CLASSES,
    "edit": edit.CLASSES,
}
"""The first engine that loads a pipeline class is the one meant where nobody says which."""


def engine_of(found: Installed, wanted: str = "") -> str:
    """The engine's name: as wished, as registered, or told from the pipeline the folder holds. InputError."""
    if wanted or found.engine:
        return wanted or found.engine
    if found.card is not None:
        if not found.card.engine:
            raise InputError("checkpoint", f"no engine here runs {found.card.id} yet", "no_engine")
        return found.card.engine
    name = pipeline_class(found.folder)
    for engine, classes in CLASSES.items():
        if name in classes:
            return engine
    raise InputError("checkpoint", f"{found.folder.name} holds a {name}, which no engine here runs", "no_engine")
