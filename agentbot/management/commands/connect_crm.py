"""`connect_crm --advertiser SLUG --kind hubspot|salesforce|espocrm|twenty`: leads of an advertiser to their CRM."""

from __future__ import annotations

import getpass
import json
import os
import sys
from typing import Any

from django.core.management.base import CommandParser

from agentbot.channels.opening import feedback_url
from agentbot.crm.connecting import connect_vendor, send_known
from agentbot.crm.reconcile import reconcile_connection
from agentbot.crm.vendors import KINDS, VENDORS, Vendor
from core.commands import AdloomCommand
from core.errors import InputError
from core.models import Advertiser


class Command(AdloomCommand):
    help = (
        "Connect HubSpot, Salesforce, EspoCRM or Twenty. Credentials come from HUBSPOT_TOKEN; SALESFORCE_CLIENT_ID, "
        "SALESFORCE_CLIENT_SECRET; ESPOCRM_API_KEY, ESPOCRM_SECRET_KEY (for HMAC); TWENTY_API_KEY, "
        "TWENTY_WEBHOOK_SECRET (for its webhook). Else they are asked for; they are never shown."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--advertiser", required=True, metavar="SLUG")
        parser.add_argument("--kind", required=True, help=", ".join(KINDS))
        parser.add_argument(
            "--url",
            default="",
            help="of a Salesforce org (https://NAME.my.salesforce.com), an EspoCRM, or a Twenty of your own",
        )
        parser.add_argument("--name", default="", help="what the pages call it")
        parser.add_argument(
            "--stage", action="append", default=[], metavar="THEIRS=OURS", help="a status of theirs and our stage"
        )
        parser.add_argument("--send-known", action="store_true", help="also the leads there are already")
        parser.add_argument("--reconcile", action="store_true", help="read back now instead of by night")
        parser.add_argument("--json", action="store_true", help="one line of JSON")

    def work(self, **options: Any) -> None:
        advertiser = Advertiser.objects.filter(slug=options["advertiser"]).first()
        if advertiser is None:
            raise InputError("advertiser", f"there is no advertiser {options['advertiser']!r}", "unknown_advertiser")
        kind = options["kind"]
        connection = connect_vendor(
            advertiser,
            kind,
            _secrets(kind),
            url=options["url"].strip().rstrip("/"),
            name=options["name"].strip()[:80],
            stages=dict(_pair(each) for each in options["stage"]),
        )
        shown: dict[str, Any] = {"connection": str(connection.pk), "kind": kind, "name": connection.name}
        if kind == "twenty":
            shown["feedback_url"] = feedback_url(connection)
        if options["send_known"]:
            shown["sent"] = send_known(connection)
        if options["reconcile"]:
            shown |= reconcile_connection(connection)
        lines = [f"{name}: {value}" for name, value in shown.items()]
        self.stdout.write(json.dumps(shown, ensure_ascii=False) if options["json"] else "\n".join(lines))


def _secrets(kind: str) -> dict[str, str]:
    vendor = VENDORS.get(kind, Vendor(()))
    needed = {name: _secret(kind, name) for name in vendor.secrets}
    return needed | {name: os.environ.get(_variable(kind, name), "").strip() for name in vendor.optional}


def _secret(kind: str, name: str) -> str:
    variable = _variable(kind, name)
    given = os.environ.get(variable, "").strip()
    if given or not sys.stdin.isatty():
        if not given:
            raise InputError(variable, "is not set in the environment, and nobody is there to be asked", "missing")
        return given
    return getpass.getpass(f"{variable}: ").strip()


def _variable(kind: str, name: str) -> str:
    return f"{kind}_{name}".upper()


def _pair(text: str) -> tuple[str, str]:
    theirs, equals, ours = text.rpartition("=")
    if not equals or not theirs.strip():
        raise InputError("--stage", f"{text!r} is not THEIRS=OURS", "bad_stage")
    return theirs.strip(), ours.strip()
