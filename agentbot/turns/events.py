"""The events a channel is told, as the bytes that are signed."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any


def event_body(kind: str, at: dt.datetime, data: dict[str, Any]) -> str:
    """`{type, timestamp, data}`; made once, sent as it is at every try."""
    moment = at.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps({"type": kind, "timestamp": moment, "data": data}, ensure_ascii=False, separators=(",", ":"))
