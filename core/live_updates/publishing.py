"""Tell open pages that something changed."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import connection

CHANNEL = "adloom_live"
LONGEST_PAYLOAD_BYTES = 7900
"""PostgreSQL takes less than 8,000; whatever is longer belongs in a row the page fetches."""


def publish(advertiser_id: uuid.UUID | str, topic: str, payload: Mapping[str, Any]) -> None:
    """Send `payload` (small, plain JSON) to every open page of the advertiser that listens to `topic`.

    Inside a transaction it leaves with the commit, or not at all. ValueError when too long.
    """
    message = json.dumps(
        {"advertiser": str(advertiser_id), "topic": topic, "payload": payload},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    if len(message.encode()) > LONGEST_PAYLOAD_BYTES:
        raise ValueError(f"live update on {topic} is longer than {LONGEST_PAYLOAD_BYTES} bytes")
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, message])
