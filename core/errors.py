"""Errors that say whether trying again can help.

Raise a `TerminalError` when the same input can only fail again, a `RetryableError`
when the world may have changed by the next try. The retry rule itself lives once,
in `core.tasks`.
"""

from __future__ import annotations


class AdloomError(Exception):
    """Base of every error the product raises on purpose."""

    code = "error"


class TerminalError(AdloomError):
    """Trying again cannot help; a person has to change something."""

    code = "terminal"


class RetryableError(AdloomError):
    """The same call may succeed later (a service is down, a lease was lost)."""

    code = "retryable"


class InputError(TerminalError):
    """Something a person gave us cannot be used.

    `thing` names what it is about (a field path such as ``product.price``, or a file
    name), `reason` says why in one sentence, `code` is stable for pages to translate.
    """

    def __init__(self, thing: str, reason: str, code: str = "input") -> None:
        super().__init__(f"{thing}: {reason}")
        self.thing = thing
        self.reason = reason
        self.code = code

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:
        """Errors travel between processes; pickle would hand `__init__` the joined message."""
        return type(self), (self.thing, self.reason, self.code)


class ServiceDown(RetryableError):
    """An outside or embedded service did not start or does not answer."""

    code = "service_down"

    def __init__(self, service: str, reason: str) -> None:
        super().__init__(f"{service}: {reason}")
        self.service = service
        self.reason = reason

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return type(self), (self.service, self.reason)


class LeaseLost(RetryableError):
    """Another worker holds this work now; whatever we were doing is void."""

    code = "lease_lost"
