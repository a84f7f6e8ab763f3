"""Making vectors anew after the embedder of the install has changed."""

from __future__ import annotations

from core.search.embedding import embedder
from creative.models import Reference, Shot

BATCH = 200


def reindex_references() -> int:
    """Give every reference whose vector another embedder made one of the present one; how many there were."""
    using = embedder()
    stale = list(
        Reference.objects.filter(state=Reference.State.READY)
        .exclude(vec_space=using.space)
        .only("pk", "search_text")
        .order_by("pk")
    )
    for start in range(0, len(stale), BATCH):
        batch = stale[start : start + BATCH]
        for row, vector in zip(batch, using.embed([row.search_text for row in batch]), strict=True):
            row.vec, row.vec_space = vector, using.space
        Reference.objects.bulk_update(batch, ["vec", "vec_space"])
    return len(stale)


def reindex_shots() -> int:
    """Give every shot a vector of the present embedder; how many there are.

    Shots do not note whose vector they carry, so all of them are made anew.
    """
    using = embedder()
    keys = list(Shot.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = list(Shot.objects.filter(pk__in=keys[start : start + BATCH]).only("pk", "search_text"))
        for shot, vector in zip(batch, using.embed([shot.search_text for shot in batch]), strict=True):
            shot.vec = vector
        Shot.objects.bulk_update(batch, ["vec"])
    return len(keys)
