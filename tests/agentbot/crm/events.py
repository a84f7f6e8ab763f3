"""Leads as the outbox tells of them."""

from __future__ import annotations

import uuid
from typing import Any

from agentbot.crm.base import CrmEvent


def event(number: int = 1, version: int = 1, kind: str = "", **data: Any) -> CrmEvent:
    """Lead `number` in `version`; the same delivery each time it is asked for."""
    told = {
        "lead": str(uuid.UUID(int=number)),
        "external_key": f"aip_lead_{uuid.UUID(int=number)}",
        "version": version,
        "contacts": [{"type": "phone", "value": f"+861380013{number:04}", "status": "valid"}],
        "consents": [{"purpose": "contact", "words": "<b>请打给我</b>", "at": "2026-11-22T10:00:00+00:00"}],
        "fields": {},
        "source": {},
        "stage": "new",
    }
    kind = kind or ("lead.created" if version == 1 else "lead.updated")
    return CrmEvent(str(uuid.UUID(int=number * 100 + version)), kind, "2026-11-22T10:00:00.000Z", told | data)
