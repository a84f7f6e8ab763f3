"""HubSpot: contacts upserted by a property of our own, with a note that says what was told.

Pages: CRM contacts "Batch upsert", "GDPR delete", properties and associations v4 of developers.hubspot.com (2026-11).
Nothing here is written twice: the contact has `adloom_lead_key`, the note `adloom_delivery`, both unique, and an
association that stands already is left standing.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from agentbot.crm.base import (
    QUOTA_WAIT_SECONDS,
    TAKEN,
    TIME_LIMIT_SECONDS,
    Account,
    Bucket,
    Capabilities,
    CrmEvent,
    Kept,
    RefusedByCrm,
    details,
    refused,
    unanswered,
)
from agentbot.crm.halving import LONGEST_SECONDS, write_in_halves
from core.webhooks.posting import Answer

KEY = "adloom_lead_key"
VERSION = "adloom_lead_version"
WECHAT = "adloom_wechat"
DELIVERY = "adloom_delivery"
PROPERTIES = (
    ("contacts", "contactinformation", KEY, "Adloom lead", True),
    ("contacts", "contactinformation", VERSION, "Adloom lead version", False),
    ("contacts", "contactinformation", WECHAT, "WeChat", False),
    ("notes", "engagement", DELIVERY, "Adloom delivery", True),
)
STAGES = {
    "CONNECTED": "contacted",
    "IN_PROGRESS": "contacted",
    "OPEN_DEAL": "qualified",
    "UNQUALIFIED": "invalid",
    "salesqualifiedlead": "qualified",
    "opportunity": "qualified",
    "customer": "won",
}
"""By `lifecyclestage`, else `hs_lead_status`, as a portal has them at first; the option `stages` adds its own."""

UNEXPLAINED = Answer(502, failure="HubSpot took the lead but does not name the contact")


class HubSpot:
    """One portal, through the vendor's client with the token of a private app."""

    capabilities = Capabilities(batch=100, parallel=1, rate=9.0, burst=60)
    """A tenth below the smallest plan's 100 requests in 10 seconds, which the portal's other apps share."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._bucket = Bucket(self.capabilities.rate, self.capabilities.burst)
        self._stages = STAGES | dict(account.options.get("stages", {}))
        self._until = 0.0

    def deliver(self, events: Sequence[CrmEvent]) -> list[Answer]:
        self._until = time.monotonic() + LONGEST_SECONDS
        answers = {each.delivery: self._erase(each) for each in events if each.is_erasure}
        answers |= self._write([each for each in events if not each.is_erasure])
        return [answers[each.delivery] for each in events]

    def read_back(self, keys: Sequence[str]) -> dict[str, Kept]:
        wanted = {
            "idProperty": KEY,
            "properties": [KEY, VERSION, "hs_lead_status", "lifecyclestage"],
            "propertiesWithHistory": [],
            "inputs": [{"id": each} for each in keys],
        }
        found = self._call(self._contacts.read, wanted)
        return {each.properties[KEY]: self._kept(each.properties) for each in found.results}

    def changed_since(self, since: dt.datetime) -> dict[str, Kept]:
        """Its search lags behind; by night all are read back."""
        return {}

    def prepare(self) -> dict[str, Any]:
        """Without the right to keep notes, or a unique property of theirs, there are none."""
        options = {}
        for kind, group, name, label, is_unique in PROPERTIES:
            wanted = {"name": name, "label": label, "groupName": group, "type": "string", "fieldType": "text"}
            try:
                self._call(self._properties.create, kind, wanted | {"hasUniqueValue": is_unique})
            except RefusedByCrm as error:
                if kind == "notes" and error.answer.status in (400, 403):
                    options["notes"] = False
                elif error.answer.status != 409:
                    raise
        return options

    def _write(self, events: Sequence[CrmEvent]) -> dict[str, Answer]:
        if not events:
            return {}
        try:
            contacts = self._upsert(events)
            told = [each for each in events if each.key in contacts]
            if told and self._account.options.get("notes", True):
                self._tell(told, contacts)
        except RefusedByCrm as error:
            if error.is_about_the_lead and len(events) > 1:
                return self._apart(events)
            if error.answer.status == 409 and self._adopt(events[0]):
                return self._write(events)
            return {each.delivery: error.answer for each in events}
        left = [each for each in events if each.key not in contacts]
        answers = {each.delivery: TAKEN for each in told}
        return answers | (self._apart(left) if len(events) > 1 else {each.delivery: UNEXPLAINED for each in left})

    def _apart(self, events: Sequence[CrmEvent]) -> dict[str, Answer]:
        return write_in_halves(events, self._write, self._until)

    def _adopt(self, event: CrmEvent) -> bool:
        """An email belongs to one contact. The one that has it already, and is no other lead's, becomes this lead's."""
        email = event.contact("email")
        try:
            found = self._call(self._contact.get_by_id, email, id_property="email", properties=[KEY]) if email else None
            if found is None or found.properties.get(KEY):
                return False
            self._call(self._contact.update, found.id, {"properties": {KEY: event.key}})
        except RefusedByCrm:
            return False
        return True

    def _upsert(self, events: Sequence[CrmEvent]) -> dict[str, str]:
        """{key: the contact's id there} of those it took."""
        inputs = [{"id": each.key, "idProperty": KEY, "properties": _properties(each)} for each in events]
        answer = self._call(self._contacts.upsert, {"inputs": inputs})
        errors = getattr(answer, "errors", None) or []
        if errors and len(events) == 1:
            raise refused(400, errors[0].message or "refused")
        return {each.properties[KEY]: each.id for each in answer.results}

    def _tell(self, events: Sequence[CrmEvent], contacts: dict[str, str]) -> None:
        """A note each, found again by the delivery's id, tied to the contact."""
        inputs = [{"id": each.delivery, "idProperty": DELIVERY, "properties": _note(each)} for each in events]
        notes = self._call(self._notes.upsert, {"inputs": inputs})
        by_delivery = {each.properties[DELIVERY]: each.id for each in notes.results}
        pairs = [
            {"from": {"id": by_delivery[each.delivery]}, "to": {"id": contacts[each.key]}}
            for each in events
            if each.delivery in by_delivery
        ]
        self._call(self._associations.create_default, "notes", "contacts", {"inputs": pairs})

    def _erase(self, event: CrmEvent) -> Answer:
        """For good, with what hangs on it; the call knows no property of ours, so the id is looked up first."""
        try:
            found = self._call(self._contact.get_by_id, event.key, id_property=KEY, properties=[KEY])
            self._call(self._contact.purge, {"objectId": found.id})
        except RefusedByCrm as error:
            return TAKEN if error.answer.status == 404 else error.answer
        return TAKEN

    def _kept(self, properties: dict[str, str]) -> Kept:
        named = (properties.get("lifecyclestage"), properties.get("hs_lead_status"))
        stage = next((self._stages[each] for each in named if each in self._stages), "")
        return Kept(int(properties.get(VERSION) or 0), stage)

    def _call(self, method: Callable[..., Any], *values: Any, **named: Any) -> Any:
        """One request. The client's own models are named otherwise than what is sent, so plain JSON is handed over."""
        from urllib3.exceptions import HTTPError

        self._bucket.take()
        try:
            return method(*values, **named, _request_timeout=TIME_LIMIT_SECONDS)
        except HTTPError as error:
            raise unanswered(error) from error
        except Exception as error:
            # Each part of the client has error classes of its own, alike in nothing but these fields.
            if hasattr(error, "status") and hasattr(error, "body"):
                raise _understood(error) from error
            raise

    @cached_property
    def _client(self) -> Any:
        from hubspot import HubSpot as Client

        address = {"host": self._account.url} if self._account.url else {}
        return Client(access_token=self._account.secret["token"], retry=False, **address)

    @cached_property
    def _contacts(self) -> Any:
        return self._client.crm.contacts.batch_api

    @cached_property
    def _contact(self) -> Any:
        return self._client.crm.contacts.basic_api

    @cached_property
    def _notes(self) -> Any:
        return self._client.crm.objects.notes.batch_api

    @cached_property
    def _associations(self) -> Any:
        return self._client.crm.associations.v4.batch_api

    @cached_property
    def _properties(self) -> Any:
        return self._client.crm.properties.core_api


def _properties(event: CrmEvent) -> dict[str, str]:
    """What is not known stays as somebody wrote it there."""
    known = {
        "phone": event.contact("phone"),
        "email": event.contact("email"),
        WECHAT: event.contact("wechat"),
        "firstname": event.field("name"),
    }
    ours = {KEY: event.key, VERSION: str(event.data["version"])}
    return ours | {name: value for name, value in known.items() if value}


def _note(event: CrmEvent) -> dict[str, str]:
    body = "<br>".join(html.escape(line) for line in details(event))
    return {DELIVERY: event.delivery, "hs_timestamp": event.timestamp, "hs_note_body": body}


def _understood(error: Any) -> RefusedByCrm:
    """Of `{status, message, category, errors: [{message, context}], policyName}`, every field of it optional."""
    status = int(error.status or 0)
    told = _json(getattr(error, "body", None))
    headers = {str(name).lower(): str(value) for name, value in dict(error.headers or {}).items()}
    wait = headers.get("retry-after")
    if status == 429 and wait is None and str(told.get("policyName", "")).upper() == "DAILY":
        wait = str(int(QUOTA_WAIT_SECONDS))
    words = [_field_words(each) for each in told.get("errors") or []] or [str(told.get("message") or "")]
    return refused(status, f"HubSpot {status}: {'; '.join(words)}"[:400], wait)


def _field_words(error: dict[str, Any]) -> str:
    named = (error.get("context") or {}).get("propertyName") or error.get("in") or ""
    name = str(named[0] if isinstance(named, list) else named)
    return f"{name}: {error.get('message', '')}" if name else str(error.get("message", ""))


def _json(body: Any) -> dict[str, Any]:
    try:
        told = json.loads(body or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
