"""Rows S1 and S2: references for a brief, clips for a line. Each on a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.run import Figure, Row

S1_MS, S1_RIGHT, S1_ALIKE = 150.0, 0.95, 0.6
S2_MS, S2_RECALL = 100.0, 0.85


@contextmanager
def own_database() -> Iterator[None]:
    """An empty database beside the install's own, gone afterwards."""
    import psycopg
    from django.conf import settings
    from django.db import connection

    from core.processes.places import Places
    from core.processes.use import embedded_services

    with embedded_services("postgres"):
        sockets = str(Places(settings.ADLOOM_HOME).postgres_sockets)
        with psycopg.connect(host=sockets, user="postgres", dbname="template1") as template:
            template.execute("create extension if not exists vector")
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


def measure_s1(small: bool, folder: Path) -> Figure:
    """p95 of the row over 10,000 references and 100 briefs, and whether it holds what it should."""
    from bench.retrieval import s1_row

    with own_database():
        found = s1_row(500, 10) if small else s1_row()
    return Figure(round(found["p95_ms"], 1), "ms p95", s1_reached(found), found)


def s1_reached(found: dict[str, float]) -> bool:
    return found["p95_ms"] <= S1_MS and found["right"] >= S1_RIGHT and found["most_alike"] < S1_ALIKE


def measure_s2(small: bool, folder: Path) -> Figure:
    """Recall@10 over 10,000 shots and 200 queries with known answers."""
    from bench.retrieval import s2_clips

    with own_database():
        found = s2_clips(500, 20) if small else s2_clips()
    return Figure(found["recall_at_10"], "Recall@10", s2_reached(found), found)


def s2_reached(found: dict[str, float]) -> bool:
    return found["recall_at_10"] >= S2_RECALL and found["p95_ms"] <= S2_MS


ROWS = [
    Row(
        "S1",
        "row of references over 10,000",
        "–",
        "p95 ≤ 150 ms, pairwise < 0.6, right category and format in ≥ 95 % of 100 briefs",
        measure_s1,
    ),
    Row("S2", "clip search over 10,000 shots, 200 queries", "–", "Recall@10 ≥ 0.85, p95 ≤ 100 ms", measure_s2),
]
