"""A Twenty workspace: people upserted by a unique field.

Answers as on docs.twenty.com, read 2026-11-23: "APIs" (GraphQL, batch upserts, metadata), "Import data via API" (60
records a call, 100 requests a minute). Errors inside a 200, and the words of a limit, as in its server
(github.com/twentyhq/twenty, throttler, read 2026-11-23).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.agentbot.crm.vendor import Asked, Stored, Vendor


def failure(message: str, code: str) -> dict[str, Any]:
    return {"errors": [{"message": message, "extensions": {"code": code}}], "data": None}


LIMITED = failure("Limit reached (100 tokens per 60000 ms)", "BAD_USER_INPUT")
FORBIDDEN = failure("Unauthorized", "UNAUTHENTICATED")
BROKEN = failure("Internal server error", "INTERNAL_SERVER_ERROR")


@dataclass
class Workspace(Vendor):
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    fields: dict[str, bool] = field(
        default_factory=lambda: {
            "adloomLeadKey": True,
            "adloomLeadVersion": False,
            "adloomDetails": False,
            "adloomStage": False,
        }
    )
    made: int = 0

    def answer(self, asked: Asked) -> Stored:
        if asked.headers.get("Authorization") != "Bearer twenty-key":
            return Stored(401, {"statusCode": 401, "error": "UnauthorizedException", "messages": ["Token invalid."]})
        query, given = asked.body["query"], asked.body["variables"]
        if asked.path == "/metadata":
            fields = [{"node": {"name": name, "isUnique": unique}} for name, unique in self.fields.items()]
            person = {"nameSingular": "person", "fields": {"edges": fields}}
            return Stored(200, {"data": {"objects": {"edges": [{"node": person}]}}})
        if "createPeople" in query:
            return self._upsert(given["data"])
        if "destroyPeople" in query:
            gone = self.people.pop(given["key"], None)
            return Stored(200, {"data": {"destroyPeople": [{"id": gone["id"]}] if gone else []}})
        found = [self.people[key] for key in given["keys"] if key in self.people][: given["most"]]
        return Stored(200, {"data": {"people": {"edges": [{"node": each} for each in found]}}})

    def _upsert(self, people: list[dict[str, Any]]) -> Stored:
        if len(people) > 60:
            return Stored(200, failure("Maximum number of records to upsert is 60.", "BAD_USER_INPUT"))
        odd = [each for each in people if "@" not in each.get("emails", {}).get("primaryEmail", "@")]
        if odd:
            return Stored(200, failure("Invalid email: nobody", "BAD_USER_INPUT"))
        for each in people:
            if each["adloomLeadKey"] not in self.people:
                self.made += 1
                self.people[each["adloomLeadKey"]] = {"id": f"person-{self.made}", "adloomStage": None}
            self.people[each["adloomLeadKey"]] |= each
        return Stored(200, {"data": {"createPeople": [self.people[each["adloomLeadKey"]] for each in people]}})
