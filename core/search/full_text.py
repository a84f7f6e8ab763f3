"""Full text in PostgreSQL without a Chinese parser: we cut the words, it indexes them as they are."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Value

from core.search import concepts
from core.search.words import STOP_WORDS, all_words

_MAX_QUERY_TERMS = 64


def indexed_terms(text: str) -> list[str]:
    """The words of `text`, then each of its concepts once (as "c0coffee", one word to the `simple`
    parser): a concept named by three synonyms says no more of a text than one named once."""
    every = all_words(text)
    kept = [word for word in every if word not in STOP_WORDS]
    return kept + [_concept_term(concept) for concept in dict.fromkeys(concepts.named_in(every).concepts)]


def asked_terms(text: str) -> list[str]:
    """What to look for: concepts, and the words no concept accounts for.

    A word that has a concept is asked for through it alone: asking for both would put a
    shot that has two of three things in the asker's own words before one that has all
    three in others.
    """
    named = concepts.named_in(all_words(text))
    others = [word for word in named.other_words if word not in STOP_WORDS]
    return [_concept_term(concept) for concept in named.concepts] + others


def _concept_term(concept: str) -> str:
    return "c0" + concept.replace("_", "")


def indexed_text(text: str) -> str:
    """What to put into a tsvector column for `text`."""
    return " ".join(term.replace(".", "p").replace("'", "") for term in indexed_terms(text))


def tsvector(text: str) -> SearchVector:
    """The value of a tsvector column for `text`, to save or to update with."""
    return SearchVector(Value(indexed_text(text)), config="simple")


def _quoted(term: str) -> str:
    return "'" + term.replace(".", "p").replace("'", "").replace("\\", "") + "'"


def tsquery_text(terms: Iterable[str]) -> str:
    """Any of `terms`, as to_tsquery reads it; quoted, so nothing in a term is an operator."""
    unique = list(dict.fromkeys(terms))[:_MAX_QUERY_TERMS]
    return " | ".join(_quoted(term) for term in unique)


def any_of(text: str) -> SearchQuery | None:
    """A query for rows that share any word or concept with `text`; None when it has neither."""
    raw = tsquery_text(asked_terms(text))
    return SearchQuery(raw, config="simple", search_type="raw") if raw else None
