"""`open_channel --advertiser SLUG --kind webhook --callback URL`: a new channel, its address and its secrets.

On a platform: `--kind douyin|kuaishou|messenger|whatsapp|wecom`, its credentials from the environment, a file or
standard input.
"""

from __future__ import annotations

import getpass
import json
import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from agentbot.channels.opening import OpenedChannel, open_channel
from agentbot.channels.opening_vendors import open_vendor_channel
from agentbot.channels.origins import parse_origins
from agentbot.channels.vendors.base import Credential
from agentbot.channels.vendors.known import VENDORS
from core.commands import AdloomCommand
from core.errors import InputError
from core.models import Advertiser
from core.services import SAMPLE_SLUG, ensure_sample_advertiser


class Command(AdloomCommand):
    help = "Open a channel for an advertiser; the secrets are shown this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--advertiser", required=True, metavar="SLUG")
        parser.add_argument("--kind", default="webhook", help=f"webhook, widget, {', '.join(VENDORS)}")
        parser.add_argument("--callback", default="", metavar="URL", help="where answers are sent")
        parser.add_argument("--crm-webhook", default="", metavar="URL", help="where leads are sent")
        parser.add_argument("--mode", default="auto", help="auto, or shadow: drafts await approval")
        parser.add_argument("--name", default="")
        parser.add_argument("--origin", action="append", default=[], help="a page the widget may be shown on")
        parser.add_argument(
            "--credentials", default="", metavar="FILE", help="of a platform: a JSON object, - for standard input"
        )
        parser.add_argument(
            "--set", action="append", default=[], metavar="NAME=VALUE", help="of a platform: what is no secret"
        )
        parser.add_argument("--json", action="store_true", help="one line of JSON")

    def work(self, **options: Any) -> None:
        opened = _on_platform(options) if options["kind"] in VENDORS else _own(options)
        shown = {
            "channel": str(opened.account.pk),
            "inbound_url": opened.inbound_url,
            "secret": opened.secret,
            "crm_secret": opened.crm_secret,
        }
        lines = [f"{key}: {value}" for key, value in shown.items()]
        self.stdout.write(json.dumps(shown) if options["json"] else "\n".join(lines))


def _own(options: dict[str, Any]) -> OpenedChannel:
    return open_channel(
        _advertiser(options["advertiser"]),
        options["kind"],
        callback_url=options["callback"],
        crm_url=options["crm_webhook"],
        mode=options["mode"],
        name=options["name"],
        origins=parse_origins("\n".join(options["origin"])) if options["origin"] else (),
        may_be_private=True,
    )


def _on_platform(options: dict[str, Any]) -> OpenedChannel:
    kind = options["kind"]
    return open_vendor_channel(
        _advertiser(options["advertiser"]),
        kind,
        _credentials(kind, options["credentials"], options["set"]),
        crm_url=options["crm_webhook"],
        mode=options["mode"],
        name=options["name"],
        may_be_private=True,
    )


def _credentials(kind: str, file: str, pairs: list[str]) -> dict[str, str]:
    """From the file, then `--set`, then the environment; a secret nobody gave is asked for where somebody sits."""
    given = _from_file(file)
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise InputError("--set", f"{pair!r} is not NAME=VALUE", "bad_credential")
        if any(each.name == name and each.is_secret for each in VENDORS[kind].credentials):
            raise InputError(
                "--set", f"{name} is a secret: give it by the environment or --credentials", "bad_credential"
            )
        given[name] = value
    for each in VENDORS[kind].credentials:
        if each.name not in given:
            given[each.name] = _asked(kind, each)
    return given


def _from_file(file: str) -> dict[str, str]:
    if not file:
        return {}
    try:
        found = json.loads(sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError("--credentials", f"cannot be read: {error}", "bad_credential") from error
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise InputError("--credentials", "is not a JSON object of texts", "bad_credential")
    return dict(found)


def _asked(kind: str, credential: Credential) -> str:
    variable = f"{kind}_{credential.name}".upper()
    told = os.environ.get(variable, "").strip()
    if told or credential.is_optional:
        return told
    if not sys.stdin.isatty():
        raise InputError(variable, "is not set in the environment, and nobody is there to be asked", "missing")
    ask = getpass.getpass if credential.is_secret else input
    return ask(f"{variable}: ").strip()


def _advertiser(slug: str) -> Advertiser:
    if slug == SAMPLE_SLUG:
        return ensure_sample_advertiser()
    found = Advertiser.objects.filter(slug=slug).first()
    if found is None:
        raise InputError(
            "advertiser", f"there is no advertiser {slug!r}; load_advertiser makes one", "unknown_advertiser"
        )
    return found
