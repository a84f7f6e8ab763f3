"""The music an ad may have: the advertiser's own, else the loops that ship with the product."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from core.contracts import load
from core.models import Advertiser
from creative.models import Material
from creative.planning import MusicChoice
from generation import api as generation
from generation.contracts import Understanding

SHIPPED = Path("demo") / "music"


@lru_cache(maxsize=1)
def shipped_music() -> tuple[MusicChoice, ...]:
    """The loops in demo/music, in order of name."""
    folder = Path(settings.BASE_DIR) / SHIPPED
    files = sorted(path for path in folder.iterdir() if path.suffix in {".flac", ".ogg", ".opus", ".wav"})
    return tuple(MusicChoice(str(path), generation.fingerprint(path)[0], path.stem) for path in files)


def music_for(advertiser: Advertiser, folder: str = "") -> tuple[MusicChoice, ...]:
    """The advertiser's ready audio materials, else the shipped loops."""
    own = Material.objects.for_advertiser(advertiser).filter(state=Material.State.READY, media="audio")
    if folder:
        own = own.filter(folder=folder)
    uploaded = tuple(
        MusicChoice(load(Understanding, material.understanding).source.path, material.sha256, material.name)
        for material in own.order_by("name")
    )
    return uploaded or shipped_music()
