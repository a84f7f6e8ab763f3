"""How many wrong passwords are let pass: few for one name from one address, more for the address as a whole.

django-axes knows one limit for all its counts; the second one is counted here.
"""

from __future__ import annotations

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest


class LoginLimits(AxesDatabaseHandler):
    """Axes' counting in the database, with `LOGIN_FAILURES_PER_ADDRESS` on top.

    A guesser who tries one password on many names stays below the first limit with each of them.
    A log-in that succeeds forgives its own name only, so an account of one's own resets nothing here.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, str] | None = None) -> int:
        """Failures that count against `AXES_FAILURE_LIMIT`; an address beyond its own limit has used that up."""
        failures = int(super().get_failures(request, credentials))
        if _failures_from(request) >= settings.LOGIN_FAILURES_PER_ADDRESS:
            return max(failures, int(settings.AXES_FAILURE_LIMIT))
        return failures


def _failures_from(request: HttpRequest) -> int:
    """Wrong passwords from the request's address, whatever the name, within the cool-off."""
    recent = AccessAttempt.objects.filter(
        ip_address=request.axes_ip_address,  # type: ignore[attr-defined] # set by axes before it asks
        attempt_time__gte=get_cool_off_threshold(request),
    )
    return recent.aggregate(total=Sum("failures_since_start"))["total"] or 0
