"""The HTTP side shared by completions and embeddings: client, limits, errors by kind."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from core.errors import AdloomError
from core.llm.base import (
    LanguageModelBroken,
    LanguageModelBusy,
    LanguageModelDenied,
    LanguageModelDown,
    LanguageModelSlow,
    PromptTooLong,
    RequestRefused,
)

MAX_RESPONSE_BYTES = 8_000_000
CONNECT_SECONDS = 5.0
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_TOO_LONG = ("context length", "context_length", "maximum context", "max_model_len", "too long", "too many tokens")


class ResponseTooLarge(Exception):
    """A server sent more than any answer can be."""


@lru_cache(maxsize=8)
def client_for(base_url: str, api_key: str) -> Any:
    """An openai.OpenAI for one server. Retrying is ours, so the package's own is off.

    A server on this machine is never asked through a proxy.
    """
    import openai

    is_loopback = urlsplit(base_url).hostname in _LOOPBACK
    http_client = openai.DefaultHttpxClient(
        trust_env=not is_loopback, follow_redirects=False, event_hooks={"response": [_guard]}
    )
    return openai.OpenAI(base_url=base_url, api_key=api_key or "none", max_retries=0, http_client=http_client)


def timeout_of(seconds: float) -> Any:
    """`seconds` for a whole answer; less for reaching the server."""
    import httpx2

    return httpx2.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))


def _guard(response: Any) -> None:
    """Hold the body to the deadline as a whole: httpx's own limit starts anew with every byte."""
    seconds = response.request.extensions.get("timeout", {}).get("read") or 600.0
    response.stream = _guarded(response.stream, time.monotonic() + seconds)


def _guarded(stream: Any, deadline: float, clock: Callable[[], float] = time.monotonic) -> Any:
    import httpx2

    class Guarded(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            size = 0
            for chunk in stream:
                size += len(chunk)
                if size > MAX_RESPONSE_BYTES:
                    raise ResponseTooLarge(f"more than {MAX_RESPONSE_BYTES} bytes")
                if clock() > deadline:
                    raise httpx2.ReadTimeout("the answer came too slowly")
                yield chunk

        def close(self) -> None:
            stream.close()

    return Guarded()


@contextmanager
def errors_by_kind() -> Iterator[None]:
    """Turns what the openai package raises into our retryable and terminal errors."""
    import httpx2
    import openai

    try:
        yield
    except AdloomError:
        raise
    except (openai.APITimeoutError, httpx2.TimeoutException) as error:
        raise LanguageModelSlow("no answer in time") from error
    except (openai.APIConnectionError, httpx2.TransportError) as error:
        raise LanguageModelDown(f"cannot be reached: {type(error.__cause__ or error).__name__}") from error
    except openai.APIStatusError as error:
        raise _by_status(error) from error
    except (openai.OpenAIError, ResponseTooLarge, ValueError, TypeError, AttributeError, LookupError) as error:
        raise LanguageModelBroken(f"answered with no completion: {type(error).__name__}") from error


def _by_status(error: Any) -> AdloomError:
    status, said = error.status_code, str(error)[:300]
    if status == 429:
        return LanguageModelBusy("asks to come back later", _retry_after(error.response.headers))
    if status in (401, 403, 404):
        return LanguageModelDenied(f"HTTP {status}: {said}")
    if status == 413 or (status in (400, 422) and any(words in said.lower() for words in _TOO_LONG)):
        return PromptTooLong(f"HTTP {status}: {said}")
    if status >= 500 or status in (408, 409, 425):
        return LanguageModelBroken(f"HTTP {status}")
    return RequestRefused(f"HTTP {status}: {said}")


def _retry_after(headers: Any) -> float:
    """Seconds from the Retry-After header; its date form and nonsense count as unsaid."""
    try:
        return max(0.0, float(headers.get("retry-after", "0")))
    except ValueError:
        return 0.0
