"""Checkpoints on other machines: a host says what it has, and whoever has no weights orders by that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from core.errors import AdloomError, InputError
from generation.checkpoints.cards import card_named
from generation.checkpoints.folders import Installed, find_checkpoint, installed_checkpoints
from generation.engines.clips.base import ClipCapabilities, capabilities_from, plain_capabilities
from generation.engines.clips.engines import engine_named
from generation.engines.clips.loading import checkpoint_hash
from generation.model_host.naming import abilities
from generation.models import HostedCheckpoint


def known_checkpoint(name: str) -> Installed:
    """The checkpoint here, else as a host has it under the same name. InputError says how to get what nobody has."""
    try:
        return find_checkpoint(name)
    except InputError:
        row = HostedCheckpoint.objects.filter(checkpoint=name).order_by("-seen_at").first()
        if row is None:
            raise
    card = card_named(row.card) if row.card else None
    return Installed(name, Path(name), card, None, row.engine, row.checkpoint_hash, row.device, row.licence)


def weights_of(found: Installed) -> str:
    """The hash that names its weights and settings."""
    return found.weights or checkpoint_hash(found.folder)


def known_abilities(found: Installed, wanted: str = "") -> dict[str, ClipCapabilities]:
    """Engines that run a checkpoint, the one meant first, with what each can: read here, or as its host has said it."""
    if not found.device:
        return abilities(found, wanted)
    row = HostedCheckpoint.objects.filter(checkpoint=found.name, device=found.device).first()
    told = {} if row is None else {name: capabilities_from(each) for name, each in row.abilities.items()}
    # A host that has not said it since an update is taken to have all its family can.
    return told or {found.engine: engine_named(found.engine).capabilities}


def say_what_is_here(device: str) -> None:
    """Put down what this host can make pictures and clips with: what it is set up with, and all under MODELS_DIR.

    What lies there for something else (a voice, a language model) or cannot be used is passed over.
    """
    names = [settings.CLIP_CHECKPOINT, *(each.name for each in installed_checkpoints())]
    for name in filter(None, dict.fromkeys(names)):
        try:
            facts = _facts(name)
        except AdloomError:
            continue
        HostedCheckpoint.objects.update_or_create(device=device, checkpoint=name, defaults=facts)


def _facts(name: str) -> dict[str, Any]:
    found = find_checkpoint(name)
    able = abilities(found, settings.CLIP_ENGINE if name == settings.CLIP_CHECKPOINT else "")
    return {
        "engine": next(iter(able)),
        "checkpoint_hash": checkpoint_hash(found.folder),
        "card": found.card.id if found.card else "",
        "licence": found.licence,
        "abilities": {engine: plain_capabilities(each) for engine, each in able.items()},
    }
