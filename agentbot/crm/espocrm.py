"""EspoCRM: leads found by our key, else by phone, else by email; made only where none of them finds one.

Pages: "API Overview", "CRUD Operations", "API search parameters" and "Metadata" of docs.espocrm.com (2026-11-23).
Its own check for duplicates goes by name and email and knows no phone, and nothing there is unique: so we look first,
under a lock for each contact, and what it takes for a duplicate is only ours where phone or email are the very same.
Its webhooks give up after half an hour, so it is asked what its people changed.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode

from agentbot.crm.base import TAKEN, Account, Capabilities, CrmEvent, Kept, RefusedByCrm, details, refused
from agentbot.crm.calls import Calls, Heard
from core.webhooks.posting import Answer

API = "/api/v1/"
KEY, VERSION, DETAILS = "adloomLeadKey", "adloomLeadVersion", "adloomDetails"
OURS = {KEY: "Varchar", VERSION: "Integer", DETAILS: "Text"}
NOT_PROVIDED = "[not provided]"
ERASED = "[erased]"
PAGE = 100
KEYS_AT_ONCE = 40
"""As many keys as an address of 8 KB holds."""
MOST_PAGES = 50
MOMENT = "%Y-%m-%d %H:%M:%S"
STAGES = {"In Process": "contacted", "Converted": "qualified", "Recycled": "lost", "Dead": "invalid"}
"""By Lead.status as it is at first; the option `stages` adds its own."""
PHONE, EMAIL, STATUS = "phoneNumber", "emailAddress", "status"
Where = list[dict[str, Any]]


class EspoCrm:
    """One site, signed in as an API user by key, or by HMAC where there is a secret key."""

    capabilities = Capabilities(batch=1, parallel=4, rate=10.0, burst=30, polls=True)
    """Nothing is documented; a small server of the customer's own is to stay usable beside us."""

    def __init__(self, account: Account) -> None:
        self._secret = account.secret
        self._names = {name: name for name in OURS} | dict(account.options.get("fields", {}))
        self._stages = STAGES | dict(account.options.get("stages", {}))
        self._calls = Calls(account, self.capabilities)
        self._locks = _Locks()

    def deliver(self, events: Sequence[CrmEvent]) -> list[Answer]:
        return [self._deliver(each) for each in events]

    def read_back(self, keys: Sequence[str]) -> dict[str, Kept]:
        found: dict[str, Kept] = {}
        for start in range(0, len(keys), KEYS_AT_ONCE):
            bite = list(keys[start : start + KEYS_AT_ONCE])
            found |= self._kept(self._list([_item("in", self._names[KEY], bite)]))
        return found

    def changed_since(self, since: dt.datetime) -> dict[str, Kept]:
        """Its moments are UTC, to the second."""
        moment = since.astimezone(dt.UTC).strftime(MOMENT)
        where = [
            _item("greaterThanOrEquals", "modifiedAt", moment),
            {"type": "isNotNull", "attribute": self._names[KEY]},
        ]
        found: dict[str, Kept] = {}
        for page in range(MOST_PAGES):
            rows = self._list(where, offset=page * PAGE, order="modifiedAt")
            found |= self._kept(rows)
            if len(rows) < PAGE:
                break
        return found

    def prepare(self) -> dict[str, Any]:
        """The fields are made by its people, and an EspoCRM of late puts a "c" before their names."""
        told = self._ask("GET", "Metadata", query={"key": "entityDefs.Lead.fields"}).told
        fields = _lead_fields(told)
        found = {name: each for name in OURS for each in (name, f"c{name[0].upper()}{name[1:]}") if each in fields}
        missing = [f"{name} ({kind})" for name, kind in OURS.items() if name not in found]
        if missing:
            raise refused(400, f"the Lead of this EspoCRM has no {', '.join(missing)}")
        self._names = found
        self._list([], size=1)
        return {"fields": found}

    def _deliver(self, event: CrmEvent) -> Answer:
        try:
            with self._locks.held([event.contact("phone"), event.contact("email"), event.key]):
                if event.is_erasure:
                    self._erase(event)
                else:
                    self._write(event)
        except RefusedByCrm as error:
            return error.answer
        return TAKEN

    def _write(self, event: CrmEvent) -> None:
        row = self._find(event)
        if row is not None:
            return self._change(row, event)
        first = self._first_fields(event) | self._fields(event)
        try:
            self._ask("POST", "Lead", payload=first)
        except RefusedByCrm as error:
            if error.answer.status != 409:
                raise
            row = self._find(event)
            if row is not None:
                return self._change(row, event)
            # Somebody else of the same name: its people are shown the likeness, the lead is not lost for it.
            self._ask("POST", "Lead", payload=first, headers={"X-Skip-Duplicate-Check": "true"})

    def _change(self, row: Mapping[str, Any], event: CrmEvent) -> None:
        self._ask("PUT", f"Lead/{quote(str(row['id']))}", payload=self._fields(event))

    def _find(self, event: CrmEvent) -> Mapping[str, Any] | None:
        """The lead's own record; else one with its very phone, else its very email, that is no other lead's."""
        phone, email = event.contact("phone"), event.contact("email")
        places = [_item("equals", self._names[KEY], event.key)]
        if phone:
            places.append(_item("in", PHONE, _written(phone)))
        if email:
            places.append(_item("equals", EMAIL, email))
        rows = self._list([{"type": "or", "value": places}])
        own = next((row for row in rows if row.get(self._names[KEY]) == event.key), None)
        if own is not None:
            return own
        free = [row for row in rows if not row.get(self._names[KEY])]
        by_phone = next(
            (row for row in free if phone and _digits(row.get(PHONE)) in map(_digits, _written(phone))), None
        )
        same = (row for row in free if email and str(row.get(EMAIL) or "").casefold() == email.casefold())
        return by_phone or next(same, None)

    def _erase(self, event: CrmEvent) -> None:
        """Emptied before it is deleted: what is deleted there lies in its tables for months."""
        for row in self._list([_item("equals", self._names[KEY], event.key)]):
            path = f"Lead/{quote(str(row['id']))}"
            empty = {"firstName": "", "lastName": ERASED, PHONE: "", EMAIL: "", self._names[DETAILS]: ""}
            self._ask("PUT", path, payload=empty)
            self._ask("DELETE", path)

    def _fields(self, event: CrmEvent) -> dict[str, Any]:
        """What is not known stays as somebody wrote it there."""
        known = {PHONE: event.contact("phone"), EMAIL: event.contact("email"), "lastName": event.field("name")}
        ours = {KEY: event.key, VERSION: event.data["version"], DETAILS: "\n".join(details(event))}
        return {self._names[name]: value for name, value in ours.items()} | {
            name: value for name, value in known.items() if value
        }

    def _first_fields(self, event: CrmEvent) -> dict[str, Any]:
        return {"lastName": NOT_PROVIDED} | ({"accountName": event.field("company")} if event.field("company") else {})

    def _kept(self, rows: Sequence[Mapping[str, Any]]) -> dict[str, Kept]:
        return {
            str(row[self._names[KEY]]): Kept(
                int(row.get(self._names[VERSION]) or 0), self._stages.get(str(row.get(STATUS)), "")
            )
            for row in rows
            if row.get(self._names[KEY])
        }

    def _list(self, where: Where, *, size: int = PAGE, offset: int = 0, order: str = "") -> list[dict[str, Any]]:
        wanted = ["id", self._names[KEY], self._names[VERSION], STATUS, PHONE, EMAIL]
        query = {"select": ",".join(wanted), "maxSize": size, "offset": offset} | _flat("where", where)
        if order:
            query |= {"orderBy": order, "order": "asc"}
        told = self._ask("GET", "Lead", query=query, headers={"X-No-Total": "true"}).told
        rows = told.get("list") if isinstance(told, dict) else None
        if not isinstance(rows, list):
            raise refused(502, "EspoCRM answered with no list")
        return rows

    def _ask(
        self,
        method: str,
        path: str,
        *,
        payload: Any = None,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Heard:
        where = f"{API}{path}" + (f"?{urlencode(query)}" if query else "")
        heard = self._calls.ask(method, where, {**self._sign(method, path), **(headers or {})}, payload)
        if heard.is_yes:
            return heard
        reason = heard.headers.get("x-status-reason") or _message(heard.told)
        words = f"EspoCRM {heard.status}" + (f": {reason}" if reason else "")
        raise refused(heard.status, words, heard.headers.get("retry-after"))

    def _sign(self, method: str, path: str) -> dict[str, str]:
        """The digest in bytes: taken by versions before 8.4.1 and, as the older way, by those since."""
        key, secret = self._secret["api_key"], self._secret.get("secret_key", "")
        if not secret:
            return {"X-Api-Key": key}
        digest = hmac.new(secret.encode(), f"{method} /{path}".encode(), hashlib.sha256).digest()
        return {"X-Hmac-Authorization": base64.b64encode(key.encode() + b":" + digest).decode()}


class _Locks:
    """One lock a contact, so that two leads that share one are not both looked for and both made.

    Between processes nothing is needed: a contact belongs to one lead of an advertiser, and a lead's versions leave
    one after the other.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._of: dict[str, tuple[threading.Lock, int]] = {}

    @contextmanager
    def held(self, names: Sequence[str]) -> Iterator[None]:
        """In one order everywhere, so that two never wait for each other."""
        wanted = sorted({name for name in names if name})
        locks = [self._join(name) for name in wanted]
        for lock in locks:
            lock.acquire()
        try:
            yield
        finally:
            for lock, name in zip(locks, wanted, strict=True):
                lock.release()
                self._leave(name)

    def _join(self, name: str) -> threading.Lock:
        with self._guard:
            lock, count = self._of.get(name, (threading.Lock(), 0))
            self._of[name] = (lock, count + 1)
            return lock

    def _leave(self, name: str) -> None:
        with self._guard:
            lock, count = self._of[name]
            if count == 1:
                del self._of[name]
            else:
                self._of[name] = (lock, count - 1)


def _item(kind: str, attribute: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "attribute": attribute, "value": value}


def _flat(name: str, value: Any) -> dict[str, Any]:
    """`where` as a query in PHP's brackets."""
    if isinstance(value, Mapping):
        return {key: one for inner, each in value.items() for key, one in _flat(f"{name}[{inner}]", each).items()}
    if isinstance(value, list):
        return {key: one for at, each in enumerate(value) for key, one in _flat(f"{name}[{at}]", each).items()}
    return {name: value}


def _written(phone: str) -> list[str]:
    """E.164, and as people write a Chinese one."""
    return [phone, phone.removeprefix("+86")] if phone.startswith("+86") else [phone]


def _digits(phone: Any) -> str:
    return "".join(letter for letter in str(phone or "") if letter.isdigit())


def _lead_fields(told: Any) -> Mapping[str, Any]:
    """From the part asked for; an EspoCRM before 8.2 knows no `key` and tells everything."""
    if not isinstance(told, dict):
        return {}
    whole = told.get("entityDefs")
    return whole.get("Lead", {}).get("fields", {}) if isinstance(whole, dict) else told


def _message(told: Any) -> str:
    if isinstance(told, dict):
        return str(told.get("message") or told.get("messageTranslation") or "")[:120]
    return ""
