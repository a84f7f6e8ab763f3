"""Following a platform that is asked page after page: comments go on as they come, outages are waited out."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

import httpx

from avatar.comments.contracts import Heard
from avatar.comments.feeds import kuaishou, youtube
from core.errors import ServiceDown

logger = logging.getLogger(__name__)
TIME_LIMIT_SECONDS = 10.0
LONGEST_PAUSE = 30.0
Store = Callable[[str, Heard], None]
"""Takes a comment under an id that is the same whenever the same comment comes again."""


@dataclass(frozen=True)
class Asked:
    """One GET."""

    url: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Taken:
    """What one answer held, and when to ask again."""

    comments: tuple[Heard, ...]
    wait_seconds: float
    is_over: bool = False


class Source(Protocol):
    """A platform's pages in order. `take` raises ServiceDown for an answer in error."""

    name: str

    def ask(self) -> Asked: ...

    def take(self, payload: Any) -> Taken: ...


class KuaishouSource:
    """`api` with scheme and host; `token` as `connect` gave it."""

    name = "kuaishou"

    def __init__(self, api: str, token: str) -> None:
        self._api, self._token, self._cursor = api, token, ""

    def ask(self) -> Asked:
        return Asked(self._api + kuaishou.POLL_PATH, kuaishou.poll_query(self._token, self._cursor), {})

    def take(self, payload: Any) -> Taken:
        page = kuaishou.read_page(payload, self._cursor)
        # Its comments carry no id that any page names; their place among the pages is one.
        numbered = (replace(each, id=each.id or f"{page.cursor}.{at}") for at, each in enumerate(page.comments))
        self._cursor = page.cursor
        return Taken(tuple(numbered), page.wait_seconds, page.is_over)


class YouTubeSource:
    """`chat` is the broadcast's liveChatId; `token` an OAuth access token."""

    name = "youtube"

    def __init__(self, api: str, chat: str, token: str) -> None:
        self._api, self._chat, self._token, self._page = api, chat, token, ""

    def ask(self) -> Asked:
        headers = {"Authorization": f"Bearer {self._token}"}
        return Asked(self._api + youtube.PATH, youtube.query(self._chat, self._page), headers)

    def take(self, payload: Any) -> Taken:
        page = youtube.read_page(payload, self._page)
        self._page = page.token
        return Taken(page.comments, page.wait_seconds, page.is_over)


def follow(source: Source, store: Store, wait: Callable[[float], bool]) -> None:
    """Until the platform ends the broadcast or `wait` (seconds in) says that it is time to end."""
    failures = 0
    with httpx.Client(timeout=TIME_LIMIT_SECONDS, follow_redirects=False) as client:
        while True:
            try:
                taken = source.take(_got(client, source.ask()))
                failures = 0
            except ServiceDown as error:
                failures += 1
                logger.warning("comments are asked for again: %s", error)
                taken = Taken((), min(LONGEST_PAUSE, 2.0**failures))
            for heard in taken.comments:
                store(f"{source.name}:{heard.id or mark(heard)}", heard)
            if taken.is_over or wait(taken.wait_seconds):
                return


def _got(client: httpx.Client, asked: Asked) -> Any:
    """The JSON of an answer; the address stays out of errors, for it may carry a token."""
    try:
        return client.get(asked.url, params=dict(asked.query), headers=dict(asked.headers)).json()
    except (httpx.HTTPError, ValueError) as error:
        raise ServiceDown("the platform", f"does not answer: {type(error).__name__}") from None


def mark(heard: Heard) -> str:
    """An id for a comment that came without one."""
    return hashlib.blake2b(f"{heard.viewer}\x1f{heard.text}\x1f{heard.sent_at}".encode(), digest_size=12).hexdigest()
