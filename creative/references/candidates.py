"""Which references of the library are worth scoring for a brief."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import BooleanField, ExpressionWrapper, F, FloatField, Q, QuerySet, TextField
from django.db.models.functions import Cast

from core.errors import AdloomError
from core.models import Advertiser
from core.search.embedding import Embedder
from core.search.full_text import any_of
from core.search.hybrid import best_by_words, nearest_by_vector
from core.search.lexical import SIZE
from creative.models import Reference
from creative.references.likeness import Look
from creative.references.need import Wanted
from creative.references.performance import PRIOR_IMPRESSIONS_3S, USUAL, Metrics

logger = logging.getLogger("adloom.references")

BY_WORDS = 40
BY_VECTOR = 40
BY_KIND = 24
BY_CATEGORY = 24
_FIELDS = (
    *("id", "title", "category", "format", "platform", "language", "seconds", "roles", "rights"),
    *("video_path", "poster_path", "impressions", "plays_3s", "clicks", "conversions", "vec_text", "vec_space"),
)


@dataclass(frozen=True, eq=False)
class Candidate:
    """A reference as the row scores it. `text` is how near its words are to the need (0..1)."""

    id: UUID
    title: str
    platform: str
    language: str
    rights: str
    video_path: str
    poster_path: str
    metrics: Metrics
    look: Look
    text: float


def visible_references(advertiser: Advertiser | None, only: Collection[UUID] | None = None) -> QuerySet[Any]:
    """Ready references of the shared library and of this advertiser; never another's."""
    rows = Reference.objects.filter(state=Reference.State.READY)
    rows = rows.filter(Q(advertiser=None) | Q(advertiser=advertiser)) if advertiser else rows.filter(advertiser=None)
    return rows if only is None else rows.filter(pk__in=list(only))


@dataclass(frozen=True)
class Found:
    """What was found. `by_words_only`: the embeddings endpoint did not answer, so meaning did not count."""

    candidates: list[Candidate]
    by_words_only: bool


def find_candidates(rows: QuerySet[Any], wanted: Wanted, using: Embedder) -> Found:
    """Those near in words or in meaning, and the strongest of the kind and the category asked for."""
    vector, by_words_only = _vector_of(wanted.query, using)
    query = any_of(wanted.query)
    same_space = rows.filter(vec_space=using.space)
    keys: dict[Any, None] = dict.fromkeys(best_by_words(rows, query, BY_WORDS))
    keys.update(dict.fromkeys(nearest_by_vector(same_space, vector, BY_VECTOR)))
    if wanted.format:
        kind = rows.filter(category=wanted.category, format=wanted.format)
        keys.update(dict.fromkeys(_strongest(kind, wanted, BY_KIND)))
    keys.update(dict.fromkeys(_strongest(rows.filter(category=wanted.category), wanted, BY_CATEGORY)))
    # As text and read by NumPy in one go: pgvector's own reading took a third of the whole row's time.
    found = Reference.objects.filter(pk__in=list(keys)).annotate(vec_text=Cast("vec", TextField()))
    candidates = [_candidate(row, vector, using.space) for row in found.values_list(*_FIELDS)]
    return Found(candidates, by_words_only)


def _vector_of(text: str, using: Embedder) -> tuple[np.ndarray, bool]:
    """The text's vector; all zeros and True when its embedder fails: a row by words beats none."""
    try:
        return using.embed([text])[0], False
    except AdloomError as error:
        logger.warning("the row is found by words only, %s failed: %s", using.space, error.code)
        return np.zeros(SIZE, dtype=np.float32), True


def _strongest(rows: QuerySet[Any], wanted: Wanted, limit: int) -> list[Any]:
    """By their smoothed 3-second rate, those in the brief's language first."""
    rate = ExpressionWrapper(
        (F("plays_3s") + PRIOR_IMPRESSIONS_3S * USUAL.plays_3s) / (F("impressions") + PRIOR_IMPRESSIONS_3S),
        output_field=FloatField(),
    )
    in_language = ExpressionWrapper(Q(language=wanted.language), output_field=BooleanField())
    ordered = rows.order_by(in_language.desc(), rate.desc(), "pk")
    return list(ordered.values_list("pk", flat=True)[:limit])


def _candidate(row: tuple[Any, ...], vector: np.ndarray, space: str) -> Candidate:
    values = dict(zip(_FIELDS, row, strict=True))
    own = _vector(values["vec_text"], len(vector))
    text = max(0.0, float(np.dot(own, vector))) if values["vec_space"] == space else 0.0
    return Candidate(
        id=values["id"],
        title=values["title"],
        platform=values["platform"],
        language=values["language"],
        rights=values["rights"],
        video_path=values["video_path"],
        poster_path=values["poster_path"],
        metrics=Metrics(values["impressions"], values["plays_3s"], values["clicks"], values["conversions"]),
        look=Look(values["category"], values["format"], values["roles"], values["seconds"], own),
        text=text,
    )


def _vector(text: str | None, size: int) -> np.ndarray:
    """ "[0.1,0,…]" as PostgreSQL writes it; zeros where there is none."""
    if text is None:
        return np.zeros(size, dtype=np.float32)
    return np.fromstring(text[1:-1], dtype=np.float32, sep=",")
