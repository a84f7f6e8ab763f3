"""Whether lines may go out: checked against the facts of today and the reference they were written on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.utils import timezone

from creative.contracts import Role
from creative.models import Brief, Script
from creative.rewriting.release import Blocked, blocked_by
from creative.selectors import brief_data


def release_of(
    script: Script | None, lines: Sequence[tuple[Role, str]], brief: Brief | None = None
) -> tuple[Blocked, ...]:
    """What stops `lines`, written on the structure of the script's reference."""
    reference = script.reference if script else None
    data = brief_data(script.brief if script else cast(Brief, brief))
    text, brands = (reference.script, tuple(reference.brands)) if reference else ("", ())
    return blocked_by(lines, data, text, brands, timezone.localdate())
