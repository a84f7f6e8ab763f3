"""What other servers send us, before anybody looks for fields in it."""

from __future__ import annotations

import json
from typing import Any

from core.errors import InputError


def parse_object(body: bytes) -> dict[str, Any]:
    """A JSON object; `InputError` where it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputError("body", "is not JSON", "bad_json") from error
    if not isinstance(found, dict):
        raise InputError("body", "is not a JSON object", "bad_json")
    return found
