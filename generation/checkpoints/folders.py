"""Where checkpoints lie on this machine, and what is known of each folder."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from core.errors import InputError
from core.models import Advertiser
from generation.checkpoints.cards import Card, card_named, require_card
from generation.checkpoints.manifest import UNKNOWN_LICENCE, Manifest, read_manifest
from generation.checkpoints.router import Use, allow, require_allowed

logger = logging.getLogger(__name__)

SET_ASIDE = ".broken"
"""Ending of a folder that somebody moved away to fetch its checkpoint anew (`check_engines` says the command)."""


@dataclass(frozen=True)
class Installed:
    """A checkpoint that lies here. `card` is None for a folder that nobody registered: `licence` is then "unknown".

    One that lies with a model host on another machine has what that host said of it: `engine`,
    `weights` (its hash), `device`; all "" for one that is here to be looked at.
    """

    name: str
    folder: Path
    card: Card | None
    manifest: Manifest | None
    engine: str = ""
    weights: str = ""
    device: str = ""
    said_licence: str = ""

    @property
    def licence(self) -> str:
        if self.card is not None:
            return self.card.licence
        if self.said_licence:
            return self.said_licence
        return self.manifest.licence if self.manifest else UNKNOWN_LICENCE


def models_folder() -> Path:
    """Where downloads go, a folder a checkpoint; by MODELS_DIR."""
    return Path(settings.MODELS_DIR)


def installed_checkpoints() -> list[Installed]:
    """Everything under MODELS_DIR that holds a checkpoint, in order of names; what cannot be looked at stays out."""
    root = models_folder()
    if not root.is_dir():
        return []
    found = (_seen(folder) for folder in sorted(root.iterdir()) if _is_name(folder.name))
    return [each for each in found if each is not None]


def _seen(folder: Path) -> Installed | None:
    try:
        return look_at(folder) if folder.is_dir() else None
    except OSError as error:
        logger.warning("%s: passed over: %s", folder.name, error.strerror or error)
        return None


def _is_name(name: str) -> bool:
    return not name.startswith(".") and not name.endswith((".partial", SET_ASIDE))


def look_at(folder: Path) -> Installed:
    """What is known of a folder: its manifest says which card is its own, else its name under MODELS_DIR does."""
    folder = folder.resolve()
    manifest = read_manifest(folder)
    name = (manifest.id if manifest else "") or _offered_as(folder)
    return Installed(name or folder.name, folder, card_named(name) if name else None, manifest)


def _offered_as(folder: Path) -> str:
    """The name the operator gave the folder under MODELS_DIR, also where that is a link to it; "" elsewhere."""
    root = models_folder()
    names = (entry.name for entry in root.iterdir() if _resolved(entry) == folder) if root.is_dir() else iter(())
    return next(names, "")


def _resolved(entry: Path) -> Path:
    """Where `entry` leads; itself where that is a circle, which `Path.resolve` answers with RuntimeError."""
    return Path(os.path.realpath(entry))


def find_checkpoint(name: str, engine: str = "") -> Installed:
    """The folder `name` is or names; InputError says how to get what is not there, or what `engine` runs instead."""
    by_path = Path(name).expanduser()
    if os.path.isdir(by_path):
        return look_at(by_path)
    if "/" in name or "\\" in name:
        raise InputError("checkpoint", f"there is no folder {name}", "unknown_checkpoint")
    folder = models_folder() / name
    if _is_name(name) and os.path.isdir(folder):
        return look_at(folder)
    card = require_card(name, engine)
    raise InputError(
        "checkpoint", f"{card.id} is not here yet: manage.py checkpoints download {card.id}", "missing_checkpoint"
    )


def require_orderable(found: Installed) -> None:
    """InputError for a folder the operator did not offer: members name checkpoints, not places on the machine."""
    configured = settings.CLIP_CHECKPOINT
    is_configured = bool(configured) and Path(configured).expanduser().resolve() == found.folder
    if not (found.device or is_configured or _offered_as(found.folder)):
        reason = f"{found.folder.name} is not offered here; put it under MODELS_DIR, or set CLIP_CHECKPOINT to it"
        raise InputError("checkpoint", reason, "unknown_checkpoint")


def use_of(advertiser: Advertiser, is_commercial: bool = True) -> Use:
    """What licences ask about an advertiser; its ads are commercial, whatever they sell."""
    return Use(advertiser.territory, is_commercial, advertiser.annual_revenue_usd, frozenset(settings.MODEL_AGREEMENTS))


def require_usable(found: Installed, advertiser: Advertiser) -> None:
    """LicenceRefused where the licence does not cover the advertiser. An unregistered folder is the operator's word."""
    if found.card is not None:
        require_allowed(found.card, use_of(advertiser))


def refused_to_all(card: Card) -> str:
    """Why no advertiser may use the card for ads here, whoever it is; "" where one may."""
    anybody = Use("", True, 0, frozenset(settings.MODEL_AGREEMENTS))
    return allow(replace(card, refused_in=()), anybody).reason
