"""Checkpoints on other machines: a host says what it has, and whoever has no weights orders by that."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from core.errors import AdloomError, InputError
from generation.checkpoints.cards import card_named
from generation.checkpoints.folders import Installed, find_checkpoint, installed_checkpoints
from generation.engines.clips.base import ClipCapabilities, capabilities_from, plain_capabilities
from generation.engines.clips.engines import ENGINES, engine_named
from generation.engines.clips.loading import checkpoint_hash
from generation.model_host.naming import UNREADABLE, abilities, reading
from generation.models import HostedCheckpoint

logger = logging.getLogger(__name__)

SILENT_AFTER = dt.timedelta(minutes=30)
"""A host says what it has every five minutes (`telling`): one that was not heard for six times as long is gone."""


def known_checkpoint(name: str) -> Installed:
    """The checkpoint here, else as a host has it under the same name. InputError says how to get what nobody has."""
    try:
        return find_checkpoint(name)
    except InputError:
        row = HostedCheckpoint.objects.filter(checkpoint=name).order_by("-seen_at").first()
        if row is None:
            raise
        if row.seen_at < _heard_since():
            silent = f"the model host that has {name} was last heard of on {row.seen_at:%Y-%m-%d %H:%M} UTC; start it"
            raise InputError("checkpoint", silent, "host_silent") from None
    card = card_named(row.card) if row.card else None
    return Installed(name, Path(name), card, None, row.engine, row.checkpoint_hash, row.device, row.licence)


def weights_of(found: Installed) -> str:
    """The hash that names its weights and settings."""
    if found.weights:
        return found.weights
    with reading(found.folder):
        return checkpoint_hash(found.folder)


def hosted_names() -> list[str]:
    """What checkpoints are called that hosts have which still say so, in order of names."""
    return list(_heard().order_by("checkpoint").values_list("checkpoint", flat=True).distinct())


def _heard() -> QuerySet[HostedCheckpoint]:
    return HostedCheckpoint.objects.filter(seen_at__gte=_heard_since())


def _heard_since() -> dt.datetime:
    return timezone.now() - SILENT_AFTER


def known_abilities(found: Installed, wanted: str = "") -> dict[str, ClipCapabilities]:
    """Engines that run a checkpoint, the one meant first, with what each can: read here, or as its host has said it.

    InputError where the `wanted` one does not run it.
    """
    if not found.device:
        return abilities(found, wanted)
    row = HostedCheckpoint.objects.filter(checkpoint=found.name, device=found.device).first()
    told = {} if row is None else _told(row)
    if not told:
        # A host that has not said it since an update is taken to have all its family can.
        return {found.engine: engine_named(found.engine).capabilities}
    if wanted and wanted not in told:
        reason = f"{found.name} is run by {', '.join(sorted(told))}; {wanted} does not load it"
        raise InputError("checkpoint", reason, "checkpoint_refused")
    # The database keeps no order of names.
    first = wanted or found.engine
    return {first: told[first], **told} if first in told else told


def _told(row: HostedCheckpoint) -> dict[str, ClipCapabilities]:
    """What a host said of each engine we know; where its version says it otherwise, what the family can."""
    told = {}
    for name in ENGINES.keys() & row.abilities.keys():
        try:
            told[name] = capabilities_from(row.abilities[name])
        except (AttributeError, KeyError, TypeError, ValueError):
            told[name] = engine_named(name).capabilities
    return told


def say_what_is_here(device: str) -> None:
    """Put down what this host can make pictures and clips with: what it is set up with, then all under MODELS_DIR.

    What lies there for something else (a voice, a language model) or cannot be used is passed over. What no host of
    `device` has said for long is let go; another one that has it says it again.
    """
    names = [settings.CLIP_CHECKPOINT, *(each.name for each in installed_checkpoints())]
    for name in filter(None, dict.fromkeys(names)):
        try:
            facts = _facts(name)
        except AdloomError as error:
            if error.code == UNREADABLE:
                logger.warning("passed over: %s", error)
            continue
        HostedCheckpoint.objects.update_or_create(device=device, checkpoint=name, defaults=facts)
    HostedCheckpoint.objects.filter(device=device, seen_at__lt=_heard_since()).delete()


def _facts(name: str) -> dict[str, Any]:
    found = find_checkpoint(name)
    able = abilities(found, settings.CLIP_ENGINE if name == settings.CLIP_CHECKPOINT else "")
    return {
        "engine": next(iter(able)),
        "checkpoint_hash": weights_of(found),
        "card": found.card.id if found.card else "",
        "licence": found.licence,
        "abilities": {engine: plain_capabilities(each) for engine, each in able.items()},
    }
