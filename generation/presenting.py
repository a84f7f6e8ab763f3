"""Filmed hosts for whoever knows no model: footage prepared, spokesperson clips made, both by settings."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from django.conf import settings

from core.errors import InputError
from core.processes.devices import device_kind
from core.slugs import SHARED_SLUG, is_slug
from core.storage.hashing import hash_file
from core.storage.trimming import trim
from generation.contracts import Provenance, VoiceTake
from generation.engines.heads.cache import AvatarCache
from generation.engines.heads.consents import check_cache, check_origin
from generation.engines.heads.contracts import HeadMissing, HeadOrigin, TalkingHead
from generation.engines.heads.presenter import PresenterClip, presenter_clip

CLIP_VERSION = 1
"""Raised when the same speech and head come out otherwise than before."""


BASES_BYTES = 8 * 1024**3
"""Footage at the sizes it was asked for stays up to here, the most recently used: a size of half a minute is 2 GB."""

SHARED_HEADS = SHARED_SLUG
"""Heads that were prepared for no advertiser in particular."""


def heads_folder() -> Path:
    """Where heads and what is made of them lie."""
    return Path(settings.ADLOOM_HOME) / "heads"


def home_of_head(name: str, advertiser: str = "") -> Path:
    """Where the prepared head called `name` of an advertiser lies, or will lie."""
    return heads_folder() / "prepared" / (advertiser or SHARED_HEADS) / name


def prepared_head(name: str, advertiser: str) -> Path | None:
    """The folder of the advertiser's prepared head `name`, else of one for everybody; None where there is none."""
    if not is_slug(name):
        # No name leads out of the advertiser's own folder.
        return None
    places = (home_of_head(name, advertiser), home_of_head(name))
    return next((place for place in places if (place / "meta.json").is_file()), None)


def head_problem() -> str:
    """Why no filmed host can speak here, with what mends it; "" where one can. Loads nothing."""
    from importlib.util import find_spec

    from generation.engines.heads.checkpoint import NEEDS_GPU, check_checkpoint, needs_gpu
    from generation.engines.heads.contracts import HeadRefused

    if settings.HEAD_MODEL_DIR is None:
        return "HEAD_MODEL_DIR is not set; name a folder with a head's weights (docs/live-rooms.md, A filmed host)"
    if find_spec("torch") is None or find_spec("diffusers") is None or find_spec("transformers") is None:
        return "torch, diffusers and transformers are not installed; pip install 'adloom[models]' brings them"
    try:
        check_checkpoint(Path(settings.HEAD_MODEL_DIR))
    except HeadRefused as error:
        return str(error)
    is_too_large = device_kind(settings.MODEL_DEVICE) == "cpu" and needs_gpu(Path(settings.HEAD_MODEL_DIR))
    return NEEDS_GPU if is_too_large else ""


def prepare_head(footage: Path, out: Path, name: str, origin: HeadOrigin, seconds: float = 30.0) -> AvatarCache:
    """Prepare footage in `out` (see `generation.engines.heads.preparing`), read by the intake's own careful reader.

    HeadConsentMissing, HeadMissing; InputError for what is no video of one face.
    """
    from generation.engines.heads.footage import read_footage, shown_size
    from generation.engines.heads.preparing import prepare_head as prepare
    from generation.understanding.intake import understand_file

    check_origin(origin, name)
    head = _head()
    source = understand_file(footage, footage.name, settings.ADLOOM_HOME).source
    if source.kind != "video":
        raise InputError(footage.name, "is no video; a filmed host is made of some seconds of one person", "no_video")
    frames = read_footage(Path(source.path), shown_size(source.width, source.height), seconds)
    return prepare(head, frames, out, name, origin)


def make_presenter_clip(
    head: Path, take: VoiceTake, fps: int = 30, size: tuple[int, int] | None = None, title: str = ""
) -> PresenterClip:
    """The filmed person in the folder `head` says `take`: an mp4 with exactly ceil(seconds * fps) pictures, found again
    by what it was made of, labelled and signed as synthetic.

    HeadConsentMissing unless face and voice may be used now, HeadMissing where no model is configured, HeadRefused for
    a folder that is no head. `size` in pixels, the footage's own where None.
    """
    cache = AvatarCache(head)
    check_cache(cache)
    shape = size or (cache.facts.width, cache.facts.height)
    key = _key(cache, take, fps, shape)
    folder = Path(settings.ADLOOM_HOME) / "presenters"
    facts = folder / f"{key}.json"
    made = _kept(folder, facts)
    if made is None:
        made = _made(
            cache, take, fps, shape, Provenance(settings.LABEL_PRODUCER, key, title or cache.facts.name), folder
        )
        facts.write_text(json.dumps(asdict(made), ensure_ascii=False), encoding="utf-8")
    return made


def _kept(folder: Path, facts: Path) -> PresenterClip | None:
    """The clip that was made before, unless it is gone."""
    plain = json.loads(facts.read_text(encoding="utf-8")) if facts.is_file() else {}
    path = folder / Path(plain.get("path", "")).name
    if not plain or not path.is_file():
        return None
    lists: dict[str, Sequence[str]] = {name: tuple(plain[name]) for name in ("consents", "degraded")}
    return PresenterClip(**{**plain, **lists, "path": str(path)})


def _made(
    cache: AvatarCache, take: VoiceTake, fps: int, size: tuple[int, int], provenance: Provenance, folder: Path
) -> PresenterClip:
    """A new clip in `folder`, called by the hash of its bytes: a shared name has one content, and no two machines
    encode and sign the same speech alike."""
    from generation.provenance.labels import label_and_sign
    from generation.sound.wave_files import read_wav

    home: Path = settings.ADLOOM_HOME
    samples, rate = read_wav(Path(take.path))
    voice = samples.mean(axis=1).astype(np.float32)
    bases = heads_folder() / "bases"
    for each in (home / "work", folder):
        each.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home / "work", prefix="presenter-") as work:
        draft = Path(work) / "clip.mp4"
        made = presenter_clip(_head(), cache, voice, rate, draft, bases, fps, size, take.sha256)
        label_and_sign(draft, draft, replace(provenance, consents=made.consents), (0, 0), home)
        path = draft.replace(folder / f"{hash_file(draft)}.mp4")
    trim([bases], BASES_BYTES)
    return replace(made, path=str(path), degraded=take.degraded)


def _key(cache: AvatarCache, take: VoiceTake, fps: int, size: tuple[int, int]) -> str:
    consents = sorted(each.id for each in cache.origin.consents)
    told = [CLIP_VERSION, cache.id, consents, take.sha256, fps, *size]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:40]


def _head() -> TalkingHead:
    """The configured head, loaded once a process."""
    problem, folder = head_problem(), settings.HEAD_MODEL_DIR
    if problem or folder is None:
        raise HeadMissing(problem)
    return _loaded(folder, settings.MODEL_DEVICE)


@lru_cache(maxsize=1)
def _loaded(folder: Path, device: str) -> TalkingHead:
    from generation.heads import load_head

    return load_head(folder, device)
