"""Whom a question is booked on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_advertiser: ContextVar[str] = ContextVar("adloom_llm_advertiser", default="")


@contextmanager
def booked_on(advertiser: object) -> Iterator[None]:
    """Every question asked inside the block is `advertiser`'s: its id or its slug, "" changes nothing. Threads
    started inside need `contextvars.copy_context`."""
    token = _advertiser.set(str(advertiser or _advertiser.get()))
    try:
        yield
    finally:
        _advertiser.reset(token)


def current_advertiser() -> str:
    """Whose question this is, "" for nobody's."""
    return _advertiser.get()
