"""Twenty: people upserted in batches by a unique field of ours.

Pages: "APIs", "Import data via API" and "Webhooks" of docs.twenty.com (2026-11-23); what a limit looks like in GraphQL
from its repository (throttler, 2026-11-23). Its API is made from each workspace's own fields, so what a workspace
lacks is told apart by asking for it.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping, Sequence
from typing import Any

import phonenumbers

from agentbot.crm.base import TAKEN, Account, Capabilities, CrmEvent, Kept, RefusedByCrm, details, refused
from agentbot.crm.calls import Calls
from agentbot.crm.halving import LONGEST_SECONDS, write_in_halves
from core.webhooks.posting import Answer

CLOUD = "https://api.twenty.com"
KEY, VERSION, DETAILS, STAGE = "adloomLeadKey", "adloomLeadVersion", "adloomDetails", "adloomStage"
OURS = {KEY: "Text, unique", VERSION: "Number", DETAILS: "Text", STAGE: "Text or Select"}
STAGES = {
    "CONTACTED": "contacted",
    "QUALIFIED": "qualified",
    "WON": "won",
    "LOST": "lost",
    "INVALID": "invalid",
}
"""What its people write into `adloomStage`; the option `stages` adds its own."""
MOST_AT_ONCE = 60
LIMITED_SECONDS = 60.0
"""Its limit is per minute, and it does not say how much of the minute is left."""
UNEXPLAINED = Answer(502, failure="Twenty took the batch but does not name the lead")
_UPSERT = f"""mutation ($data: [PersonCreateInput!]!) {{ createPeople(data: $data, upsert: true) {{ id {KEY} }} }}"""
_DESTROY = f"""mutation ($key: String!) {{ destroyPeople(filter: {{ {KEY}: {{ eq: $key }} }}) {{ id }} }}"""
_READ = f"""query ($keys: [String!]!, $most: Int!) {{
  people(filter: {{ {KEY}: {{ in: $keys }} }}, first: $most) {{ edges {{ node {{ {KEY} {VERSION} {STAGE} }} }} }} }}"""
_FIELDS = """query { objects(paging: { first: 1000 }) { edges { node { nameSingular
  fields(paging: { first: 1000 }) { edges { node { name isUnique } } } } } } }"""


class Twenty:
    """One workspace, with an API key."""

    capabilities = Capabilities(batch=MOST_AT_ONCE, parallel=1, rate=1.4, burst=15)
    """Together below 100 requests in any minute, which the workspace's other apps share."""

    def __init__(self, account: Account) -> None:
        self._headers = {"Authorization": f"Bearer {account.secret['api_key']}"}
        self._stages = STAGES | {name.upper(): ours for name, ours in dict(account.options.get("stages", {})).items()}
        url = account.url or CLOUD
        self._calls = Calls(Account(url, account.secret, account.options, account.may_be_private), self.capabilities)
        self._until = 0.0

    def deliver(self, events: Sequence[CrmEvent]) -> list[Answer]:
        self._until = time.monotonic() + LONGEST_SECONDS
        answers = {each.delivery: self._erase(each) for each in events if each.is_erasure}
        answers |= self._write([each for each in events if not each.is_erasure])
        return [answers[each.delivery] for each in events]

    def read_back(self, keys: Sequence[str]) -> dict[str, Kept]:
        found: dict[str, Kept] = {}
        for start in range(0, len(keys), MOST_AT_ONCE):
            told = self._ask("/graphql", _READ, keys=list(keys[start : start + MOST_AT_ONCE]), most=MOST_AT_ONCE)
            rows = [each["node"] for each in told["people"]["edges"]]
            found |= {row[KEY]: Kept(int(row.get(VERSION) or 0), self.stage_of(row)) for row in rows}
        return found

    def changed_since(self, since: dt.datetime) -> dict[str, Kept]:
        """It tells by webhook; what that loses is read back by night."""
        return {}

    def prepare(self) -> dict[str, Any]:
        """The fields are made by the workspace's own people; said here is what is missing."""
        told = self._ask("/metadata", _FIELDS)
        objects = [each["node"] for each in told["objects"]["edges"]]
        person: Mapping[str, Any] = next((each for each in objects if each["nameSingular"] == "person"), {})
        fields = {each["node"]["name"]: each["node"] for each in person.get("fields", {}).get("edges", [])}
        missing = [f"{name} ({kind})" for name, kind in OURS.items() if name not in fields]
        if missing:
            raise refused(400, f"People of this workspace have no {', '.join(missing)}")
        if not fields[KEY].get("isUnique"):
            raise refused(400, f"{KEY} has to be unique")
        self.read_back(["aip_lead_"])
        return {}

    def stage_of(self, person: Mapping[str, Any]) -> str:
        """One of ours, "" where their word says nothing to us."""
        return self._stages.get(str(person.get(STAGE) or "").strip().upper(), "")

    def _write(self, events: Sequence[CrmEvent]) -> dict[str, Answer]:
        if not events:
            return {}
        try:
            told = self._ask("/graphql", _UPSERT, data=[_person(each) for each in events])
        except RefusedByCrm as error:
            if error.is_about_the_lead and len(events) > 1:
                return write_in_halves(events, self._write, self._until)
            return {each.delivery: error.answer for each in events}
        there = {row.get(KEY) for row in told["createPeople"] or ()}
        return {each.delivery: TAKEN if each.key in there else UNEXPLAINED for each in events}

    def _erase(self, event: CrmEvent) -> Answer:
        """For good; erased before, there is nobody left to find."""
        try:
            self._ask("/graphql", _DESTROY, key=event.key)
        except RefusedByCrm as error:
            return error.answer
        return TAKEN

    def _ask(self, path: str, query: str, **variables: Any) -> Mapping[str, Any]:
        """`data` of the answer. GraphQL says no inside a 200."""
        heard = self._calls.ask("POST", path, self._headers, {"query": query, "variables": variables})
        told = heard.told if isinstance(heard.told, dict) else {}
        errors = [each for each in told.get("errors") or () if isinstance(each, dict)]
        wait = heard.headers.get("retry-after")
        if errors:
            raise _understood(heard.status, errors, wait)
        if not heard.is_yes:
            words = told.get("messages") or told.get("message") or told.get("error") or ""
            failure = f"Twenty {heard.status}" + (f": {words}" if words else "")
            raise refused(heard.status, failure, wait or _wait_of(heard.status))
        if not isinstance(told.get("data"), dict):
            raise refused(502, "Twenty answered with no data")
        return dict(told["data"])


def _person(event: CrmEvent) -> dict[str, Any]:
    """What is not known stays as somebody wrote it there."""
    person: dict[str, Any] = {KEY: event.key, VERSION: event.data["version"], DETAILS: "\n".join(details(event))}
    if event.contact("phone"):
        person["phones"] = _phones(event.contact("phone"))
    if event.contact("email"):
        person["emails"] = {"primaryEmail": event.contact("email")}
    if event.field("name"):
        person["name"] = {"firstName": event.field("name"), "lastName": ""}
    return person


def _phones(number: str) -> dict[str, str]:
    """An E.164 number in the three parts Twenty keeps."""
    parsed = phonenumbers.parse(number)
    return {
        "primaryPhoneNumber": phonenumbers.national_significant_number(parsed),
        "primaryPhoneCallingCode": f"+{parsed.country_code}",
        "primaryPhoneCountryCode": phonenumbers.region_code_for_number(parsed) or "",
    }


STATUSES = {"UNAUTHENTICATED": 401, "FORBIDDEN": 403, "NOT_FOUND": 404, "TIMEOUT": 408, "CONFLICT": 409}
_BUSY = frozenset({"LIMIT_REACHED", "TOO_MANY_REQUESTS", "RATE_LIMITED"})


def _understood(status: int, errors: Sequence[Mapping[str, Any]], wait: str | None) -> RefusedByCrm:
    """Of `[{message, extensions: {code, subCode}}]`. A limit comes as bad input that says "Limit reached"."""
    first = errors[0]
    told = first.get("extensions") or {}
    codes = frozenset(str(told.get(name, "")) for name in ("code", "subCode"))
    words = f"Twenty: {first.get('message', '')}"
    if codes & _BUSY or str(first.get("message", "")).startswith("Limit reached"):
        return refused(429, words, wait or str(int(LIMITED_SECONDS)))
    if "INTERNAL_SERVER_ERROR" in codes:
        return refused(502, words, wait)
    if not 200 <= status < 300:
        return refused(status, words, wait or _wait_of(status), codes)
    return refused(next((STATUSES[each] for each in codes if each in STATUSES), 400), words, wait, codes)


def _wait_of(status: int) -> str | None:
    return str(int(LIMITED_SECONDS)) if status == 429 else None
