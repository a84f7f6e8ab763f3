"""Prepared heads by name: where they lie and what their hosts are called."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from avatar.persona_names import PersonaName, find_persona
from core.contracts import Language
from core.slugs import is_slug
from generation.api import SHARED_HEADS, home_of_head, hosted_head_names, prepared_head
from generation.heads import AvatarCache


def head_named(name: str, advertiser: str, folder: Path | None = None) -> Path | None:
    """The head called `name`, or in the folder of that name counted from `folder`; None where there is none."""
    if folder is not None and name.strip() and (folder / name / "meta.json").is_file():
        return (folder / name).resolve()
    found = prepared_head(name, advertiser) if is_slug(name) else None
    return found.resolve() if found else None


def heads_of(advertiser: str) -> tuple[str, ...]:
    """Names of the heads that an advertiser's hosts can have, here or on a machine that has a model for them."""
    folders = (home_of_head("_", owner).parent for owner in (advertiser, SHARED_HEADS))
    found = {path.parent.name for folder in folders for path in folder.glob("*/meta.json")}
    found |= hosted_head_names(advertiser)
    return tuple(sorted(name for name in found if is_slug(name)))


def filmed_host(head: Path, language: Language) -> PersonaName:
    """How a filmed host introduces itself; by its name stands the drawn one of the language, who may stand in.

    HeadRefused for a folder that is no whole head.
    """
    drawn = find_persona("", language)
    assert drawn is not None, "every language has a host of its own"
    return replace(drawn, said=AvatarCache(head).facts.name)


def name_of(head: str) -> str:
    """What the filmed host in this folder is called, "" for no folder."""
    return AvatarCache(Path(head)).facts.name if head else ""
