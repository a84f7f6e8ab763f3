"""A CRM connected by a member on a page, where addresses inside our own network are refused."""

from __future__ import annotations

import json
from collections.abc import Mapping

from agentbot.crm.connecting import connect_vendor
from agentbot.crm.vendors import VENDORS
from agentbot.models import CrmConnection
from agentbot.pii import unwrap_key
from agentbot.services.crm import connect_crm
from core.errors import InputError
from core.models import Advertiser


def connect_on_page(advertiser: Advertiser, kind: str, given: Mapping[str, str]) -> tuple[CrmConnection, str]:
    """The connection and, for a signed webhook made just now, its secret.

    `given` has `url`, `label`, `takes_all` ("" for no) and the vendor's secrets; one that is left empty stays as it
    was. Raises `InputError`.
    """
    url, name = given.get("url", "").strip().rstrip("/"), given.get("label", "").strip()[:80]
    if kind == CrmConnection.Kind.WEBHOOK:
        return connect_crm(advertiser, given.get("url", ""), name, bool(given.get("takes_all")))
    if kind not in VENDORS:
        raise InputError("kind", f"{kind!r} is no CRM we know", "unknown_crm")
    vendor = VENDORS[kind]
    found = CrmConnection.objects.for_advertiser(advertiser).filter(kind=kind, url=url).first()
    kept = json.loads(unwrap_key(bytes(found.secret))) if found is not None and found.secret else {}
    typed = {key: given.get(key, "").strip() for key in (*vendor.secrets, *vendor.optional)}
    secret = kept | {key: value for key, value in typed.items() if value}
    stages = dict(found.options.get("stages", {})) if found is not None else {}
    name = name or (found.name if found is not None else "")
    return connect_vendor(advertiser, kind, secret, url=url, name=name, stages=stages, may_be_private=False), ""
