"""Filling the library from folders and waiting until it is ready."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from django.conf import settings

from core.models import Advertiser
from creative.models import Reference
from creative.references.folder import list_references
from creative.references.importing import add_reference

LOOK_SECONDS = 0.2
Tell = Callable[[float, float], object]


def samples_folder() -> Path:
    """The sample references the repository ships."""
    return Path(settings.BASE_DIR) / "demo" / "references"


def import_references(folder: Path, owner: Advertiser | None, asked_by: Advertiser) -> list[Reference]:
    """Book every reference of a folder; a refused one does not stop the others."""
    return [add_reference(owner, asked_by, files) for files in list_references(folder)]


def take_references(advertiser: Advertiser, folder: Path | None, tell: Tell) -> list[Reference] | None:
    """Import `folder` for the advertiser, or see to it that the shared samples are there.

    Gives the folder's references, ready and refused, or None for the whole library the
    advertiser sees. Waits until each is taken or refused.
    """
    if folder is not None:
        return await_references(import_references(folder, advertiser, advertiser), tell)
    samples = samples_folder()
    if samples.is_dir():
        await_references(import_references(samples, None, advertiser), tell)
    return None


def await_references(rows: Sequence[Reference], tell: Tell) -> list[Reference]:
    """The rows once none waits any more; `tell` hears how many are done, of how many."""
    from generation import api as generation

    keys = [row.pk for row in rows]
    while True:
        rows = list(Reference.objects.filter(pk__in=keys).order_by("name"))
        waiting = [row for row in rows if row.state == Reference.State.WAITING]
        under_way = generation.progress_of([row.job_id for row in waiting if row.job_id])
        tell(len(rows) - len(waiting) + sum(under_way), len(rows))
        if not waiting:
            return rows
        generation.tend()
        time.sleep(LOOK_SECONDS)


def refused_references(rows: Sequence[Reference]) -> list[tuple[str, str]]:
    """(file, reason) of those that were refused."""
    return [(row.name, row.refusal_reason) for row in rows if row.state == Reference.State.REFUSED]
