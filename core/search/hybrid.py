"""Hybrid search over rows that carry a `tsv` and a `vec` column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import models
from django.db.models import F
from pgvector.django import CosineDistance

from core.search.embedding import Embedder, embedder
from core.search.full_text import any_of
from core.search.merge import fuse_ranks


@dataclass(frozen=True)
class Hit:
    """A row that was found: its primary key and its fused score, best first."""

    key: Any
    score: float


def nearest_by_vector(rows: models.QuerySet[Any], vector: np.ndarray, limit: int) -> list[Any]:
    """Keys of the `limit` rows nearest to `vector`; rows without a vector are not found."""
    if not np.any(vector):
        return []
    found = rows.filter(vec__isnull=False).order_by(CosineDistance("vec", vector.tolist()))
    return list(found.values_list("pk", flat=True)[:limit])


def best_by_words(rows: models.QuerySet[Any], query: SearchQuery | None, limit: int) -> list[Any]:
    """Keys of the `limit` rows that share most with `query`, short texts first among equals."""
    if query is None:
        return []
    ranked = rows.filter(tsv=query).annotate(rank=SearchRank(F("tsv"), query, normalization=1))
    return list(ranked.order_by("-rank", "pk").values_list("pk", flat=True)[:limit])


def find(
    rows: models.QuerySet[Any], text: str, limit: int = 10, depth: int = 50, using: Embedder | None = None
) -> list[Hit]:
    """The rows that fit `text` best, by words and by vector.

    `rows` is any queryset whose model has `tsv` and `vec`, already narrowed to what the
    asker may see. `depth` is how far down each list the fusion looks.
    """
    vector = (using or embedder()).embed([text])[0]
    lists: Sequence[Sequence[Any]] = (
        best_by_words(rows, any_of(text), depth),
        nearest_by_vector(rows, vector, depth),
    )
    return [Hit(key, score) for key, score in fuse_ranks(lists)[:limit]]
