"""An EspoCRM site: leads that nothing holds apart but its check for equal names and emails.

Answers as on docs.espocrm.com, read 2026-11-23: "CRUD Operations" (list, create, update, delete,
X-Skip-Duplicate-Check), "API search parameters" (where items), "API Overview" (X-Api-Key, X-Hmac-Authorization, error
codes), "Metadata". The 409 and its body, the candidates, as in its record service (github.com/espocrm/espocrm, read
2026-11-23).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.agentbot.crm.vendor import Asked, Stored, Vendor

FIELDS = {"cAdloomLeadKey": {}, "cAdloomLeadVersion": {}, "cAdloomDetails": {}, "status": {}, "phoneNumber": {}}
"""As made in the Entity Manager of version 8.1 and later: with a "c" before their names."""
DENIED = Stored(403, None, (("X-Status-Reason", "No 'edit' access."),))
BAD_PHONE = Stored(400, None, (("X-Status-Reason", "Field validation failure; entityType: Lead, field: phoneNumber."),))
"""API Overview, 2026-11-23: the reason stands in a header, as its own client reads it."""


@dataclass
class Site(Vendor):
    leads: dict[str, dict[str, Any]] = field(default_factory=dict)
    key: str = "espo-key"
    secret: str = ""
    now: str = "2026-11-23 01:00:00"
    made: int = 0
    fields: dict[str, Any] = field(default_factory=lambda: dict(FIELDS))

    def add(self, **values: Any) -> str:
        """A lead that was there before us."""
        self.made += 1
        row = {"id": f"lead{self.made}", "status": "New", "modifiedAt": self.now, **values}
        self.leads[row["id"]] = row
        return str(row["id"])

    def answer(self, asked: Asked) -> Stored:
        path = unquote(urlsplit(asked.path).path).removeprefix("/api/v1/")
        if not self._is_known(asked, path):
            return Stored(401)
        if path == "Metadata":
            return Stored(200, self.fields)
        if path == "Lead":
            return self._list(asked) if asked.method == "GET" else self._make(asked)
        row = self.leads.get(path.removeprefix("Lead/"))
        if row is None:
            return Stored(404)
        if asked.method == "DELETE":
            del self.leads[row["id"]]
            return Stored(200, True)
        row |= asked.body | {"modifiedAt": self.now}
        return Stored(200, row)

    def _is_known(self, asked: Asked, path: str) -> bool:
        if not self.secret:
            return asked.headers.get("X-Api-Key") == self.key
        digest = hmac.new(self.secret.encode(), f"{asked.method} /{path}".encode(), hashlib.sha256).digest()
        wanted = base64.b64encode(self.key.encode() + b":" + digest).decode()
        return asked.headers.get("X-Hmac-Authorization") == wanted

    def _make(self, asked: Asked) -> Stored:
        names = ("lastName", "emailAddress")
        same = [row for row in self.leads.values() if any(_equal(row, asked.body, name) for name in names)]
        if same and asked.headers.get("X-Skip-Duplicate-Check") != "true":
            told = [{"id": row["id"], "name": row.get("lastName", "")} for row in same]
            return Stored(409, told, (("X-Status-Reason", "duplicate"),))
        return Stored(200, self.leads[self.add(**asked.body)])

    def _list(self, asked: Asked) -> Stored:
        query = dict(parse_qsl(urlsplit(asked.path).query))
        where = _nested({name: value for name, value in query.items() if name.startswith("where")}).get("where", {})
        rows = [row for row in self.leads.values() if all(_holds(row, item) for item in where.values())]
        start = int(query["offset"])
        return Stored(200, {"list": rows[start : start + int(query["maxSize"])], "total": -1})


def _equal(row: dict[str, Any], other: dict[str, Any], name: str) -> bool:
    return bool(row.get(name)) and row.get(name) == other.get(name)


def _holds(row: dict[str, Any], item: dict[str, Any]) -> bool:
    if item["type"] == "or":
        return any(_holds(row, each) for each in item["value"].values())
    found, wanted = row.get(item["attribute"]), item.get("value")
    match item["type"]:
        case "equals":
            return bool(found == wanted)
        case "in":
            return found in wanted.values()
        case "greaterThanOrEquals":
            return str(found) >= str(wanted)
        case "isNotNull":
            return found is not None
    raise AssertionError(item)


def _nested(flat: dict[str, str]) -> dict[str, Any]:
    """PHP's brackets as dicts: where[0][type]=in → {"where": {"0": {"type": "in"}}}."""
    whole: dict[str, Any] = {}
    for name, value in flat.items():
        *parents, last = re.findall(r"[^\[\]]+", name)
        place = whole
        for each in parents:
            place = place.setdefault(each, {})
        place[last] = value
    return whole
