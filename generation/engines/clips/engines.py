"""Every engine by its name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from core.errors import InputError
from generation.engines.clips.base import ClipEngine
from generation.engines.clips.cogvideox import CogVideoXEngine
from generation.engines.clips.edit import EditEngine
from generation.engines.clips.ltx import LtxEngine
from generation.engines.clips.stable_diffusion import StableDiffusionEngine
from generation.engines.clips.wan import WanEngine

_ALL: tuple[ClipEngine, ...] = (StableDiffusionEngine(), EditEngine(), WanEngine(), LtxEngine(), CogVideoXEngine())
ENGINES: Mapping[str, ClipEngine] = MappingProxyType({engine.name: engine for engine in _ALL})


def engine_named(name: str) -> ClipEngine:
    """The engine called `name`; InputError that lists them all otherwise."""
    if name not in ENGINES:
        raise InputError("engine", f"{name!r} is none of {', '.join(ENGINES)}", "engine")
    return ENGINES[name]
