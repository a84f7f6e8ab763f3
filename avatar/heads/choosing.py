"""Whether a room's filmed host can go on air here, and what starts its worker. Asked before anything is on air."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from avatar.contracts import RoomConfig
from avatar.live.setup import FACES
from core.errors import InputError
from generation.api import head_objection, head_problem, heads_folder, voice_objection
from generation.heads import (
    AvatarCache,
    HeadRefused,
    base_clip,
    check_origin,
    read_origin,
)

DRAWN = "host:drawn"
EMBEDDED = "voice:espeak"
STAGE = "avatar.heads.stage:head_stage"


@dataclass(frozen=True)
class Casting:
    """Who goes on air: the room as it can be shown, the head's folder, the worker's door and its arguments.

    `head` is None for a drawn host; `why_drawn` says why a filmed one was not possible, "" where none was asked for,
    and `why_embedded` why the configured voice does not speak, "" where it does.
    """

    config: RoomConfig
    head: Path | None = None
    door: Path | None = None
    worker: tuple[str, ...] = ()
    why_drawn: str = ""
    why_embedded: str = ""
    stage: str = FACES


def cast(config: RoomConfig, faces: Path) -> Casting:
    """The filmed host where one is asked for and can be had, its pictures made ready in `faces`; else the drawn one.

    HeadConsentMissing where the person to be seen does not agree (any more): then nothing goes on air.
    """
    if objection := voice_objection(config.advertiser):
        marked = replace(config, degraded=tuple(dict.fromkeys((*config.degraded, EMBEDDED))))
        return replace(_cast_face(marked, faces), why_embedded=objection)
    return _cast_face(config, faces)


def _cast_face(config: RoomConfig, faces: Path) -> Casting:
    if not config.head:
        return Casting(config)
    check_origin(read_origin(Path(config.head)), "persona")
    problem = head_problem() or head_objection(config.advertiser)
    if problem:
        return Casting(stood_in(config), why_drawn=problem)
    try:
        cache = AvatarCache(Path(config.head))
        base_clip(cache, config.width, config.height, faces)
    except (HeadRefused, InputError) as error:
        return Casting(stood_in(config), why_drawn=str(error))
    return Casting(config, cache.folder, heads_folder() / "worker", worker_arguments(), stage=STAGE)


def stood_in(config: RoomConfig) -> RoomConfig:
    """The room with the drawn host in the place of the filmed one, marked."""
    return replace(config, head="", degraded=tuple(dict.fromkeys((*config.degraded, DRAWN))))


def worker_arguments() -> tuple[str, ...]:
    """What follows `python` to start the worker."""
    door = heads_folder() / "worker"
    model, device = str(settings.HEAD_MODEL_DIR), str(settings.MODEL_DEVICE)
    return ("-m", "avatar.heads", "--model", model, "--home", str(door), "--device", device)
