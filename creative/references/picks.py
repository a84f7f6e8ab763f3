"""The advertiser's pick, kept as a preference."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import InputError
from creative.contracts import RowEntry
from creative.models import Brief, Pick, Reference


def record_pick(brief: Brief, reference: Reference, row: Sequence[RowEntry], *, by_person: bool = True) -> Pick:
    """Book which reference was taken from which row.

    InputError when the reference belongs to another advertiser: a pick may never reach
    across. Picks a command made teach the next row nothing.
    """
    if reference.advertiser_id not in (None, brief.advertiser_id):
        raise InputError("reference", "there is no such reference", "no-reference")
    return Pick.objects.create(
        advertiser_id=brief.advertiser_id,
        brief=brief,
        reference=reference,
        row=[{"id": entry.reference_id, "score": entry.score} for entry in row],
        by_person=by_person,
    )
