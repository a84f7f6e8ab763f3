"""A Salesforce org: leads by an external id, a token that can run out.

Answers as in the REST API Developer Guide on developer.salesforce.com, read 2026-11-22: "Insert or Update (Upsert) a
Record Using an External ID", "Status Codes and Error Responses", "Query"; OAuth 2.0 Client Credentials Flow.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.agentbot.crm.vendor import Asked, Stored, Vendor

EXPIRED = [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]
"""Status Codes and Error Responses, 2026-11-22."""
SPENT = [{"message": "TotalRequests Limit exceeded.", "errorCode": "REQUEST_LIMIT_EXCEEDED"}]
"""The same page: 403."""
DUPLICATE = [{"message": "Use one of these records?", "errorCode": "DUPLICATES_DETECTED", "fields": []}]
"""Duplicate rules, "DuplicateResult", 2026-11-22: 400 unless the request says that it may save."""
LOCKED = [{"message": "unable to obtain exclusive access to this record", "errorCode": "UNABLE_TO_LOCK_ROW"}]
BAD_EMAIL = [{"message": "Email: invalid email address: z@", "errorCode": "INVALID_EMAIL_ADDRESS", "fields": ["Email"]}]
MATCHES = [
    "/services/data/v62.0/sobjects/Lead/00Q190000001pPvHAA",
    "/services/data/v62.0/sobjects/Lead/00Q190000001pPvHAB",
]
"""Upsert, 2026-11-22: 300 with the records that match."""


@dataclass
class Org(Vendor):
    leads: dict[str, dict[str, Any]] = field(default_factory=dict)
    token: str = "first"
    tokens: int = 0
    made: int = 0

    def answer(self, asked: Asked) -> Stored:
        path = unquote(urlsplit(asked.path).path)
        if path.endswith("/oauth2/token"):
            return self._sign_in(asked)
        if asked.headers.get("Authorization") != f"Bearer {self.token}":
            return Stored(401, EXPIRED)
        if path.endswith("/describe"):
            key = {"name": "Adloom_Lead_Key__c", "externalId": True, "unique": True}
            others = [{"name": name} for name in ("Adloom_Lead_Version__c", "Adloom_Details__c")]
            return Stored(200, {"fields": [key, *others]})
        if "/query" in path:
            wanted = parse_qs(urlsplit(asked.path).query)["q"][0]
            found = [row for key, row in self.leads.items() if f"'{key}'" in wanted]
            return Stored(200, {"totalSize": len(found), "done": True, "records": found})
        return self._row(asked, path.rpartition("/")[2])

    def _sign_in(self, asked: Asked) -> Stored:
        if "client_secret=right" not in asked.body:
            return Stored(400, {"error": "invalid_client", "error_description": "invalid client credentials"})
        self.tokens += 1
        url = f"https://127.0.0.1:{self.port}"
        return Stored(200, {"access_token": self.token, "instance_url": url, "token_type": "Bearer"})

    def _row(self, asked: Asked, key: str) -> Stored:
        is_known = key in self.leads
        if asked.method == "DELETE":
            return (
                Stored(204) if self.leads.pop(key, None) else Stored(404, [{"errorCode": "NOT_FOUND", "message": ""}])
            )
        if not is_known and not asked.body.keys() >= {"LastName", "Company"}:
            missing = [each for each in ("LastName", "Company") if each not in asked.body]
            told = {"message": "Required fields are missing", "errorCode": "REQUIRED_FIELD_MISSING", "fields": missing}
            return Stored(400, [told])
        row = self.leads.setdefault(key, {"Adloom_Lead_Key__c": key, "Status": "Open", "IsConverted": False})
        row |= asked.body
        self.made += not is_known
        made = {"id": "00Q190000001pPvHAA", "errors": [], "success": True, "created": not is_known}
        return Stored(200 if is_known else 201, made)
