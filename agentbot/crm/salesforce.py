"""Salesforce: leads upserted by an external id of our own, in an org whose rules about duplicates are kept.

Pages: REST API Developer Guide, "Insert or Update (Upsert) a Record Using an External ID" and "Status Codes and Error
Responses" (developer.salesforce.com, 2026-11); OAuth 2.0 Client Credentials Flow (help.salesforce.com, 2026-11).
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from agentbot.crm.base import (
    QUOTA_WAIT_SECONDS,
    TAKEN,
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
from core.webhooks.posting import Answer

API_VERSION = "62.0"
KEY = "Adloom_Lead_Key__c"
VERSION = "Adloom_Lead_Version__c"
DETAILS = "Adloom_Details__c"
NOT_PROVIDED = "[not provided]"
"""A lead needs a name and a company; a visitor gives what they like."""
STAGES = {
    "Working - Contacted": "contacted",
    "Working": "contacted",
    "Contacted": "contacted",
    "Nurturing": "contacted",
    "Qualified": "qualified",
    "Closed - Converted": "qualified",
    "Closed - Not Converted": "lost",
    "Unqualified": "invalid",
}
"""By Lead.Status as orgs have it at first; the option `stages` adds its own."""
PASSING = frozenset({"UNABLE_TO_LOCK_ROW", "SERVER_UNAVAILABLE", "REQUEST_RUNNING_TOO_LONG"})
"""Answered 400 and the like, though the next try may go through."""
QUOTA = "REQUEST_LIMIT_EXCEEDED"
EXPIRED = "INVALID_SESSION_ID"


class Salesforce:
    """One org, through simple-salesforce, signed in as a connected app."""

    capabilities = Capabilities(batch=1, parallel=4, rate=8.0, burst=20)

    def __init__(self, account: Account) -> None:
        self._account = account
        self._bucket = Bucket(self.capabilities.rate, self.capabilities.burst)
        self._stages = STAGES | dict(account.options.get("stages", {}))
        self._lock = threading.Lock()
        self._client: Any = None
        self._heard = threading.local()

    def deliver(self, events: Sequence[CrmEvent]) -> list[Answer]:
        return [self._deliver(each) for each in events]

    def read_back(self, keys: Sequence[str]) -> dict[str, Kept]:
        from simple_salesforce.format import format_soql

        wanted = f"SELECT {KEY}, {VERSION}, Status, IsConverted FROM Lead WHERE {KEY} IN {{keys}}"
        query = format_soql(wanted, keys=list(keys))
        found = self._call(lambda client: client.query_all(query))["records"]
        return {each[KEY]: self._kept(each) for each in found}

    def changed_since(self, since: dt.datetime) -> dict[str, Kept]:
        """Every question costs of a day's quota; by night all are read back."""
        return {}

    def prepare(self) -> dict[str, Any]:
        """The fields are made by the org's own people; said here is what is missing."""
        fields = {each["name"]: each for each in self._call(lambda client: client.Lead.describe())["fields"]}
        missing = [name for name in (KEY, VERSION, DETAILS) if name not in fields]
        if missing:
            raise refused(400, f"the Lead of this org has no {', '.join(missing)}")
        if not (fields[KEY].get("externalId") and fields[KEY].get("unique")):
            raise refused(400, f"{KEY} has to be an External ID and unique")
        return {}

    def _deliver(self, event: CrmEvent) -> Answer:
        try:
            if event.is_erasure:
                self._call(lambda client: client.Lead.delete(f"{KEY}/{event.key}"))
            else:
                self._write(event)
        except RefusedByCrm as error:
            is_gone = event.is_erasure and error.answer.status == 404
            return TAKEN if is_gone else error.answer
        return TAKEN

    def _write(self, event: CrmEvent) -> None:
        """A later version leaves name and company as people wrote them there, unless the lead is gone from there."""
        if event.kind == "lead.updated":
            try:
                return self._upsert(event, _fields(event))
            except RefusedByCrm as error:
                if "REQUIRED_FIELD_MISSING" not in error.codes:
                    raise
        self._upsert(event, _first_fields(event) | _fields(event))

    def _upsert(self, event: CrmEvent, fields: Mapping[str, Any]) -> None:
        self._call(lambda client: client.Lead.upsert(f"{KEY}/{event.key}", dict(fields)))

    def _kept(self, record: Mapping[str, Any]) -> Kept:
        stage = "qualified" if record.get("IsConverted") else self._stages.get(str(record.get("Status")), "")
        return Kept(int(record.get(VERSION) or 0), stage)

    def _call(self, work: Callable[[Any], Any]) -> Any:
        """One request; with a token that has run out a second one, with a new token."""
        client = self._signed_in()
        try:
            return self._ask(work, client)
        except RefusedByCrm as error:
            if error.answer.status != 401 or EXPIRED not in error.codes:
                raise
        return self._ask(work, self._signed_in(instead_of=client))

    def _ask(self, work: Callable[[Any], Any], client: Any) -> Any:
        from requests.exceptions import RequestException
        from simple_salesforce.exceptions import SalesforceError

        self._bucket.take()
        self._heard.retry_after = None
        try:
            return work(client)
        except SalesforceError as error:
            raise _understood(error.status, error.content, self._heard.retry_after) from error
        except RequestException as error:
            raise unanswered(error) from error

    def _signed_in(self, instead_of: Any = None) -> Any:
        """The client in use, or a new one when there is none or `instead_of` is the one in use."""
        from agentbot.crm.salesforce_session import make_session, sign_in

        with self._lock:
            if self._client is None or self._client is instead_of:
                from simple_salesforce.api import Salesforce as Client

                self._bucket.take()
                session = make_session(self._note_wait)
                token = sign_in(session, self._account)
                self._client = Client(
                    session_id=token.value, instance_url=token.instance_url, session=session, version=API_VERSION
                )
            return self._client

    def _note_wait(self, retry_after: str | None) -> None:
        """The client's errors carry no headers."""
        self._heard.retry_after = retry_after


def _fields(event: CrmEvent) -> dict[str, Any]:
    """What is not known stays as somebody wrote it there."""
    known = {"Phone": event.contact("phone"), "Email": event.contact("email"), "LastName": event.field("name")}
    ours = {VERSION: event.data["version"], DETAILS: "\n".join(details(event))}
    return ours | {name: value for name, value in known.items() if value}


def _first_fields(event: CrmEvent) -> dict[str, str]:
    return {"LastName": NOT_PROVIDED, "Company": event.field("company") or NOT_PROVIDED, "LeadSource": "Adloom"}


def _understood(status: int, content: Any, retry_after: str | None) -> RefusedByCrm:
    """Of `[{message, errorCode, fields}]`; of 300 the list of the records that match."""
    if status == 300:
        return refused(300, "Salesforce 300: several leads have this key; make the field unique")
    told = [each for each in content if isinstance(each, dict)] if isinstance(content, list) else []
    codes = frozenset(str(each.get("errorCode", "")) for each in told)
    words = "; ".join(_words(each) for each in told) or str(content)[:120]
    if QUOTA in codes:
        return refused(429, f"Salesforce: {words}", retry_after or str(int(QUOTA_WAIT_SECONDS)))
    if codes & PASSING:
        return refused(503, f"Salesforce {status}: {words}", retry_after)
    return refused(status, f"Salesforce {status}: {words}", retry_after, codes)


def _words(error: Mapping[str, Any]) -> str:
    fields = ", ".join(error.get("fields") or [])
    return f"{error.get('errorCode', '')} {fields + ': ' if fields else ''}{error.get('message', '')}"
