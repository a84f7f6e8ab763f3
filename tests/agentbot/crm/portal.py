"""A HubSpot portal: contacts and notes by their unique properties.

Answers as on developers.hubspot.com, read 2026-11-22: "Upsert contacts" and "Read contacts" (api-reference, CRM
objects, contacts, batch), "Permanently delete a contact", "Error handling", "API usage guidelines" (429).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.agentbot.crm.vendor import Asked, Stored, Vendor

AT = "2026-11-22T10:00:00.000Z"
LIMITED = {
    "status": "error",
    "message": "You have reached your ten_secondly_rolling limit.",
    "errorType": "RATE_LIMIT",
    "correlationId": "c033cdaa-2c40-4a64-ae48-b4cec88dad24",
    "policyName": "TEN_SECONDLY_ROLLING",
}
"""API usage guidelines, 2026-11-22."""
SPENT = LIMITED | {"message": "You have reached your daily limit.", "policyName": "DAILY"}
"""The same page."""
NO_TOKEN = {
    "status": "error",
    "message": "Authentication credentials not found.",
    "correlationId": "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
    "category": "INVALID_AUTHENTICATION",
}
"""Error handling, 2026-11-22."""


def invalid(name: str, message: str) -> dict[str, Any]:
    """Error handling, 2026-11-22: every field of it optional."""
    return {
        "status": "error",
        "message": "Property values were not valid",
        "correlationId": "a43683b0-5717-4ceb-80b4-104d02915d8c",
        "category": "VALIDATION_ERROR",
        "errors": [{"message": message, "code": "INVALID", "context": {"propertyName": [name]}}],
    }


def taken(contact: str) -> dict[str, Any]:
    """As quoted in github.com/stape-io/hubspot-tag issue 7, read 2026-11-22."""
    return {
        "status": "error",
        "message": f"Contact already exists. Existing ID: {contact}",
        "correlationId": "a43683b0-5717-4ceb-80b4-104d02915d8c",
        "category": "CONFLICT",
    }


@dataclass
class Portal(Vendor):
    contacts: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: dict[str, dict[str, Any]] = field(default_factory=dict)
    ties: set[tuple[str, str]] = field(default_factory=set)
    made: int = 0

    def answer(self, asked: Asked) -> Stored:
        path = urlsplit(asked.path).path
        if path.endswith("/batch/upsert"):
            return self._upsert(self.contacts if "/contacts/" in path else self.notes, asked.body["inputs"])
        if path.endswith("/contacts/batch/read"):
            found = [self.contacts[each["id"]] for each in asked.body["inputs"] if each["id"] in self.contacts]
            return Stored(200, _batch(found))
        if path.endswith("/gdpr-delete"):
            self.contacts = {key: row for key, row in self.contacts.items() if row["id"] != asked.body["objectId"]}
            return Stored(204)
        if path.endswith("/batch/associate/default"):
            self.ties |= {(each["from"]["id"], each["to"]["id"]) for each in asked.body["inputs"]}
            return Stored(200, {"status": "COMPLETE", "results": [], "startedAt": AT, "completedAt": AT})
        if "/properties/" in path:
            return Stored(409, {"status": "error", "message": "exists", "category": "OBJECT_ALREADY_EXISTS"})
        return self._row(asked, unquote(path.rpartition("/")[2]))

    def _row(self, asked: Asked, name: str) -> Stored:
        named = parse_qs(urlsplit(asked.path).query).get("idProperty", ["id"])[0]
        rows = self.contacts.values()
        row = next((each for each in rows if name == ({"id": each["id"]} | each["properties"]).get(named)), None)
        if row is None:
            return Stored(404, {"status": "error", "message": "resource not found", "category": "OBJECT_NOT_FOUND"})
        if asked.method == "PATCH":
            row["properties"] |= asked.body["properties"]
            self.contacts = {each["properties"].get("adloom_lead_key", each["id"]): each for each in rows}
        return Stored(200, row)

    def add(self, **properties: str) -> None:
        """A contact that was there before us."""
        self.made += 1
        row = {"id": str(500 + self.made), "properties": properties, **_dates()}
        self.contacts[row["id"]] = row

    def _upsert(self, table: dict[str, dict[str, Any]], inputs: list[dict[str, Any]]) -> Stored:
        for each in inputs:
            email = each["properties"].get("email", "x@x.x")
            if not re.fullmatch(r"[^@]+@[^@]+\.[a-z]+", email):
                return Stored(400, invalid("email", f"Email address {email} is invalid"))
            other = next((row for key, row in table.items() if row["properties"].get("email") == email), None)
            if other is not None and other is not table.get(each["id"]):
                return Stored(409, taken(other["id"]))
        for each in inputs:
            if each["id"] not in table:
                self.made += 1
                table[each["id"]] = {"id": str(500 + self.made), "properties": {}, **_dates(), "new": True}
            table[each["id"]]["properties"] |= {each["idProperty"]: each["id"], **each["properties"]}
        return Stored(200, _batch([table[each["id"]] for each in inputs]))


def _dates() -> dict[str, Any]:
    return {"createdAt": AT, "updatedAt": AT, "archived": False}


def _batch(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"status": "COMPLETE", "results": rows, "startedAt": AT, "completedAt": AT}
