"""The lexical vector: meaning by words, for installs without an embeddings endpoint.

384 numbers, unit length, the same on every machine. Each feature of the text is hashed
(BLAKE2b, keyed by the scheme's version) to two places with a sign each:

* concepts of the bilingual lexicon, weight 3: 咖啡 and coffee share one;
* the concept's product group, weight 0.5: tea is nearer to coffee than to shoes;
* words that a concept accounts for, weight 0.6: the same word is a little nearer than a synonym;
* words the lexicon does not know, weight 1.5: names and models count in full;
* their pairs of Chinese characters and English trigrams, weight 0.35: spelling variants.

Repeats count by the square root, as in any bag of words.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from core.search import concepts
from core.search.words import STOP_WORDS, all_words

SIZE = 384
SPACE = "lexical-1"
_WEIGHTS = {"c": 3.0, "g": 0.5, "k": 0.6, "w": 1.5, "n": 0.35}
_PLACES = 2


@lru_cache(maxsize=65_536)
def _places(feature: str) -> tuple[tuple[int, float], ...]:
    digest = hashlib.blake2b(feature.encode(), digest_size=8, key=SPACE.encode()).digest()
    numbers = [int.from_bytes(digest[index * 4 : index * 4 + 4], "big") for index in range(_PLACES)]
    return tuple((number % SIZE, 1.0 if number & 0x8000_0000 else -1.0) for number in numbers)


def _grams(word: str) -> Iterable[str]:
    size = 2 if ord(word[0]) >= 0x3400 else 3
    return (word[at : at + size] for at in range(len(word) - size + 1))


def features(text: str) -> Counter[str]:
    """What `text` is made of: "c:" concepts, "g:" groups, "k:" words a concept accounts for,
    "w:" other words, "n:" letter runs of those."""
    every = all_words(text)
    named = concepts.named_in(every)
    others = [word for word in named.other_words if word not in STOP_WORDS]
    known = Counter(word for word in every if word not in STOP_WORDS) - Counter(others)
    groups = [concepts.lexicon().group_of[concept] for concept in named.concepts]
    counts = Counter(f"c:{concept}" for concept in named.concepts)
    counts.update(f"g:{group}" for group in groups if group != concepts.PICTURE_GROUP)
    counts.update({f"k:{word}": count for word, count in known.items()})
    counts.update(f"w:{word}" for word in others)
    counts.update(f"n:{gram}" for word in others for gram in _grams(word))
    return counts


def lexical_vector(text: str) -> np.ndarray:
    """`text` as a unit vector of 384 float32; all zeros when it holds no word."""
    vector = np.zeros(SIZE, dtype=np.float32)
    for feature, count in features(text).items():
        weight = _WEIGHTS[feature[0]] * math.sqrt(count)
        for place, sign in _places(feature):
            vector[place] += sign * weight
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


class LexicalEmbedder:
    """The embedder that needs no service."""

    space = SPACE

    def embed(self, texts: Sequence[str]) -> list[np.ndarray]:
        """One vector a text, in order."""
        return [lexical_vector(text) for text in texts]
