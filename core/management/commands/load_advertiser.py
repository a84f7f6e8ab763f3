"""`load_advertiser --profile FILE.yaml`: takes an advertiser, its prices and its articles from a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from core.commands import AdloomCommand
from core.errors import InputError
from core.profiles import Profile, parse_profile, save_profile
from core.yaml_text import read_yaml_file

LARGEST_PROFILE = 2 * 1024 * 1024
"""Bytes; a profile carries articles, so it may be longer than a brief."""


class Command(AdloomCommand):
    help = "Make or update an advertiser from a YAML profile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--profile", required=True, type=Path)
        parser.add_argument("--json", action="store_true", help="say what was done as one line of JSON")

    def work(self, **options: Any) -> None:
        profile = _read(options["profile"])
        _, created = save_profile(profile)
        done = {
            "slug": profile.slug,
            "created": created,
            "prices": len(profile.prices),
            "articles": len(profile.articles),
        }
        self.stdout.write(json.dumps(done) if options["json"] else f"{profile.slug}: {profile.name} is loaded")


def _read(path: Path) -> Profile:
    try:
        return parse_profile(read_yaml_file(path, str(path), LARGEST_PROFILE))
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from error
