"""`open_channel --advertiser SLUG --kind webhook --callback URL`: a new channel, its address and its secrets."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import CommandParser

from agentbot.channels.opening import open_channel
from agentbot.channels.origins import parse_origins
from core.commands import AdloomCommand
from core.errors import InputError
from core.models import Advertiser
from core.services import SAMPLE_SLUG, ensure_sample_advertiser


class Command(AdloomCommand):
    help = "Open a channel for an advertiser; the secrets are shown this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--advertiser", required=True, metavar="SLUG")
        parser.add_argument("--kind", default="webhook", help="webhook or widget")
        parser.add_argument("--callback", default="", metavar="URL", help="where answers are sent")
        parser.add_argument("--crm-webhook", default="", metavar="URL", help="where leads are sent")
        parser.add_argument("--mode", default="auto", help="auto, or shadow: drafts await approval")
        parser.add_argument("--name", default="")
        parser.add_argument("--origin", action="append", default=[], help="a page the widget may be shown on")
        parser.add_argument("--json", action="store_true", help="one line of JSON")

    def work(self, **options: Any) -> None:
        opened = open_channel(
            _advertiser(options["advertiser"]),
            options["kind"],
            callback_url=options["callback"],
            crm_url=options["crm_webhook"],
            mode=options["mode"],
            name=options["name"],
            origins=parse_origins("\n".join(options["origin"])) if options["origin"] else (),
            may_be_private=True,
        )
        shown = {
            "channel": str(opened.account.pk),
            "inbound_url": opened.inbound_url,
            "secret": opened.secret,
            "crm_secret": opened.crm_secret,
        }
        lines = [f"{key}: {value}" for key, value in shown.items()]
        self.stdout.write(json.dumps(shown) if options["json"] else "\n".join(lines))


def _advertiser(slug: str) -> Advertiser:
    if slug == SAMPLE_SLUG:
        return ensure_sample_advertiser()
    found = Advertiser.objects.filter(slug=slug).first()
    if found is None:
        raise InputError(
            "advertiser", f"there is no advertiser {slug!r}; load_advertiser makes one", "unknown_advertiser"
        )
    return found
