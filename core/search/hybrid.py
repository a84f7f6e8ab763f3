"""Hybrid search over rows that carry a `tsv` and a `vec` column."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection, models, transaction
from django.db.models import F, Value
from pgvector.django import CosineDistance

from core.search.embedding import Embedder, embedder
from core.search.full_text import any_of

# Cosine carries the score: it says how much of two texts overlaps. The word rank, scaled to its best
# row, keeps apart names and numbers that a short vector blurs.
VECTOR_SHARE = 0.8


@dataclass(frozen=True)
class Hit:
    """A row that was found: its primary key and its score (0..1), best first."""

    key: Any
    score: float


def nearest_by_vector(rows: models.QuerySet[Any], vector: np.ndarray, limit: int) -> list[Any]:
    """Keys of the `limit` rows nearest to `vector`; rows without a vector are not found."""
    if not np.any(vector):
        return []
    found = rows.filter(vec__isnull=False).order_by(CosineDistance("vec", vector.tolist()))
    with transaction.atomic():
        _scan_on_past_other_rows()
        return list(found.values_list("pk", flat=True)[:limit])


def _scan_on_past_other_rows() -> None:
    """Let the vector index look further until enough rows pass the filter.

    Without this it stops after its 40 nearest, which may all be another advertiser's.
    """
    if _vector_version() >= (0, 8):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL hnsw.iterative_scan = strict_order")


@lru_cache(maxsize=1)
def _vector_version() -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
        found = cursor.fetchone()
    return tuple(int(part) for part in re.findall(r"\d+", found[0])) if found else (0,)


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
    asker may see. `depth` is how many of each kind are weighed against each other.
    """
    vector = (using or embedder()).embed([text])[0]
    query = any_of(text)
    keys = dict.fromkeys([*best_by_words(rows, query, depth), *nearest_by_vector(rows, vector, depth)])
    return _weighed(rows.filter(pk__in=list(keys)), vector, query)[:limit]


def _weighed(rows: models.QuerySet[Any], vector: np.ndarray, query: SearchQuery | None) -> list[Hit]:
    """Cosine and word rank of each row as one score, best first."""
    distance = CosineDistance("vec", vector.tolist()) if np.any(vector) else Value(1.0)
    rank = SearchRank(F("tsv"), query, normalization=1) if query is not None else Value(0.0)
    found = list(rows.annotate(distance=distance, word_rank=rank).values_list("pk", "distance", "word_rank"))
    best_rank = max((word_rank or 0.0 for _, _, word_rank in found), default=0.0) or 1.0
    hits = [
        Hit(key, VECTOR_SHARE * (1 - _number(away, 1.0)) + (1 - VECTOR_SHARE) * (word_rank or 0.0) / best_rank)
        for key, away, word_rank in found
    ]
    return sorted(hits, key=lambda hit: (-hit.score, str(hit.key)))


def _number(value: float | None, otherwise: float) -> float:
    """`value`, unless there is no vector or it is all zeros (whose distance is no number)."""
    return otherwise if value is None or math.isnan(value) else value
