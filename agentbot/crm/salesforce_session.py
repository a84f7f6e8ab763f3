"""Signing in to Salesforce, and the HTTP session its client works with. Imported only where an org is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from agentbot.crm.base import TIME_LIMIT_SECONDS, Account, refused, unanswered


@dataclass(frozen=True)
class Token:
    """`value` is sent with every request to `instance_url`."""

    value: str
    instance_url: str


class LimitedAdapter(HTTPAdapter):
    """The client sets no time limit of its own."""

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> requests.Response:
        return super().send(request, stream, timeout or TIME_LIMIT_SECONDS, verify, cert, proxies)


def make_session(note_wait: Callable[[str | None], None]) -> requests.Session:
    """`note_wait` hears every answer's Retry-After."""

    def listen(response: requests.Response, *_: Any, **__: Any) -> None:
        note_wait(response.headers.get("Retry-After"))

    session = requests.Session()
    session.mount("https://", LimitedAdapter())
    session.hooks["response"].append(listen)
    return session


def sign_in(session: requests.Session, account: Account) -> Token:
    """The client credentials flow at the org's own address. Raises `RefusedByCrm`, of 401 for what the app may not."""
    form = {
        "grant_type": "client_credentials",
        "client_id": account.secret["client_id"],
        "client_secret": account.secret["client_secret"],
    }
    try:
        answer = session.post(f"{account.url}/services/oauth2/token", data=form, allow_redirects=False)
        told = answer.json() if answer.content else {}
    except requests.exceptions.JSONDecodeError:
        told = {}
    except requests.exceptions.RequestException as error:
        raise unanswered(error) from error
    if answer.ok and told.get("access_token"):
        return Token(told["access_token"], told.get("instance_url") or account.url)
    is_ours = 300 <= answer.status_code < 500 and answer.status_code != 429
    words = f"Salesforce sign-in: {told.get('error', answer.status_code)} {told.get('error_description', '')}"
    raise refused(401 if is_ours else answer.status_code or 502, words, answer.headers.get("Retry-After"))
