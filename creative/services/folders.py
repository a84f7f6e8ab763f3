"""Importing a folder of footage with what its materials.yaml (or materials.yml) says of the files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.errors import InputError
from core.models import Advertiser
from core.yaml_text import read_yaml_file
from creative.contracts import ROLES
from creative.models import Material
from creative.services.materials import add_material, refuse_material
from generation import api as generation

NOTES_FILES = ("materials.yaml", "materials.yml")
LARGEST_NOTES = 1024 * 1024
"""Bytes; room for a line on each of some thousand files."""
_RIGHTS = ("own", "licensed")
_KEYS = {"words", "role", "rights"}


def import_folder(advertiser: Advertiser, folder: Path) -> list[Material]:
    """Book every file below `folder`; files that are gone from it are no longer used."""
    folder = folder.resolve()
    if not folder.is_dir():
        raise InputError(f"materials: {folder}", "there is no such folder")
    notes = read_notes(notes_file(folder))
    found = generation.list_media(folder)
    names = [file.name for file in found]
    gone = Material.objects.for_advertiser(advertiser).filter(folder=str(folder), origin=Material.Origin.FOOTAGE)
    gone.exclude(name__in=names).delete()
    return [
        refuse_material(advertiser, file.name, str(folder), file.refused)
        if file.refused
        else add_material(advertiser, file.path, file.name, str(folder), notes.get(file.name, {}))
        for file in found
    ]


def notes_without_file(folder: Path) -> list[tuple[str, str]]:
    """Entries of materials.yaml whose file is not there, as (entry, reason): a slip there costs words and a role."""
    there = {file.name for file in generation.list_media(folder.resolve())}
    notes = notes_file(folder)
    return [(f"{notes.name}: {name}", "no such file") for name in read_notes(notes) if name not in there]


def notes_file(folder: Path) -> Path:
    """Where a folder's notes are, or would be; InputError when both spellings lie there: which one holds?"""
    there = [folder / name for name in NOTES_FILES if (folder / name).is_file()]
    if len(there) > 1:
        raise InputError(there[1].name, f"stands beside {there[0].name}; put everything into one of them", "two-notes")
    return there[0] if there else folder / NOTES_FILES[0]


def read_notes(path: Path) -> dict[str, dict[str, Any]]:
    """materials.yaml as {file name: {words, role, rights}}; a wrong entry is named with its file."""
    if not path.is_file():
        return {}
    raw = read_yaml_file(path, path.name, LARGEST_NOTES)
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise InputError(path.name, "must map file names to {words, role, rights}")
    return {str(name): _checked(f"{path.name}: {name}", entry) for name, entry in raw.items()}


def _checked(where: str, entry: Any) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise InputError(where, "must be {words: [..], role, rights}")
    unknown = sorted(set(map(str, entry)) - _KEYS)
    if unknown:
        raise InputError(where, f"unknown key {unknown[0]}; known are words, role, rights")
    if entry.get("role") and entry["role"] not in ROLES:
        raise InputError(where, f"role {entry['role']!r} is none of {', '.join(ROLES)}")
    if entry.get("rights") and entry["rights"] not in _RIGHTS:
        raise InputError(where, f"rights {entry['rights']!r} is neither own nor licensed")
    words = entry.get("words") or []
    if isinstance(words, str):
        words = words.split()
    if not isinstance(words, list):
        raise InputError(where, "words must be a list")
    return {**entry, "words": [str(word) for word in words]}
