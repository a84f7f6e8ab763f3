"""Structures as the books keep them."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast
from uuid import UUID

from creative.contracts import Format, Role, Structure, StructureSlot
from creative.models import Reference, ReferenceSlot


def reference_structure(reference: Reference) -> Structure:
    """The structure of one reference."""
    return structures_of([reference.pk])[reference.pk]


def structures_of(keys: Collection[UUID]) -> dict[UUID, Structure]:
    """The structures of several references by id, in two queries."""
    slots: dict[UUID, list[StructureSlot]] = {key: [] for key in keys}
    for row in ReferenceSlot.objects.filter(reference__in=list(keys)).order_by("reference", "position"):
        slot = StructureSlot(cast(Role, row.role), row.start_seconds, row.end_seconds, row.pace, row.intent)
        slots[row.reference_id].append(slot)
    heads = Reference.objects.filter(pk__in=list(keys)).values_list("pk", "format", "seconds")
    return {key: Structure(tuple(slots[key]), cast(Format, kind), seconds) for key, kind, seconds in heads}
