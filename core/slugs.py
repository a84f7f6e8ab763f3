"""The short name of an advertiser in addresses, briefs and commands: one grammar for all of them."""

from __future__ import annotations

import re

LONGEST_SLUG = 60
SHARED_SLUG = "shared"
"""Stands in an advertiser's place where something belongs to all of them, and so is nobody's slug."""
SLUG_RULE = "is a slug: small letters, digits and single hyphens"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Small letters and digits in parts joined by single hyphens, such as `tea-house`."""
    return len(text) <= LONGEST_SLUG and _SLUG.fullmatch(text) is not None
