"""Which embedder serves this install: a configured endpoint, else the lexical vector."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
from django.conf import settings
from django.utils.module_loading import import_string

from core.search.lexical import SIZE, LexicalEmbedder


class Embedder(Protocol):
    """Turns texts into unit vectors of 384 numbers. Vectors of two `space`s do not compare."""

    space: str

    def embed(self, texts: Sequence[str]) -> list[np.ndarray]: ...


class VectorsClient(Protocol):
    """A server of embeddings: its model's name, and one vector a text of the model's own length."""

    model: str

    def vectors(self, texts: Sequence[str]) -> list[list[float]]: ...


class EndpointEmbedder:
    """Vectors of a configured endpoint, brought to our size."""

    def __init__(self, client: VectorsClient) -> None:
        self._client = client
        self.space = f"endpoint:{client.model}"[:120]

    def embed(self, texts: Sequence[str]) -> list[np.ndarray]:
        """One unit vector a text; raises the client's RetryableError while it cannot be reached."""
        return [to_size(vector) for vector in self._client.vectors(texts)]


def embedder() -> Embedder:
    """The embedder of this install.

    The setting EMBEDDINGS_CLIENT names a callable that gives a client, or None where no
    endpoint is configured: core's folders know nothing of each other, settings wire them.
    """
    path = getattr(settings, "EMBEDDINGS_CLIENT", "")
    client: VectorsClient | None = import_string(path)() if path else None
    return EndpointEmbedder(client) if client else LexicalEmbedder()


@lru_cache(maxsize=8)
def _projection(size: int) -> np.ndarray:
    seed = int.from_bytes(hashlib.blake2b(f"projection-{size}".encode(), digest_size=8).digest(), "big")
    signs: np.ndarray = np.random.default_rng(seed).choice((-1.0, 1.0), size=(size, SIZE))
    return signs.astype(np.float32)


def to_size(vector: Sequence[float] | np.ndarray) -> np.ndarray:
    """`vector` of any length as a unit vector of 384.

    A model with another length goes through a fixed random projection of signs, which
    keeps cosines within a few hundredths (Johnson and Lindenstrauss; Achlioptas 2003).
    """
    array = np.asarray(vector, dtype=np.float32)
    if array.size != SIZE:
        array = array @ _projection(array.size)
    length = float(np.linalg.norm(array))
    return array / length if length else array


def cosine(one: np.ndarray, other: np.ndarray) -> float:
    """Cosine of two unit vectors, -1..1."""
    return float(np.dot(one, other))


class NoVectors:
    """For when the endpoint is away: nothing is near in meaning, words alone decide."""

    space = "none"

    def embed(self, texts: Sequence[str]) -> list[np.ndarray]:
        return [np.zeros(SIZE, dtype=np.float32) for _ in texts]
