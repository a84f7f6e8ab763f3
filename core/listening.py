"""A connection of its own to Django's database on which one channel is heard, for loops outside the ORM."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.rows import dict_row

from core.pools import connection_arguments

Link = psycopg.Connection[dict[str, Any]]


class Listening:
    """One thread uses it. Opened when first needed, and again after the database was away."""

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self._link: Link | None = None

    @property
    def is_open(self) -> bool:
        return self._link is not None

    def link(self) -> Link:
        """The connection: rows as dicts, statements committed at once; psycopg.Error while there is no database."""
        if self._link is None:
            self._link = psycopg.connect(**connection_arguments(), autocommit=True, row_factory=dict_row)
            self._link.execute(f"listen {self._channel}")
        return self._link

    def wait(self, seconds: float, payload: str = "") -> bool:
        """True as soon as the channel says `payload` ("" anything), False after `seconds` or without a database."""
        try:
            notices = self.link().notifies(timeout=seconds)
            return any(not payload or notice.payload == payload for notice in notices)
        except psycopg.Error:
            self.close()
            return False

    def close(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.close()
