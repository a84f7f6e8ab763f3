"""`make_keys`: the secrets that the parts of an install on several machines share."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from core.commands import OK, AdloomCommand
from core.errors import InputError
from generation import api as generation

FILE = "adloom.env"


class Command(AdloomCommand):
    help = "Write fresh secrets for an install on several machines (deploy/README.md) into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def with_services(self, options: dict[str, Any]) -> int:
        """Secrets are made before there is anything to connect to."""
        return self.work(**options) or OK

    def work(self, **options: Any) -> int | None:
        folder: Path = options["folder"]
        path = folder / FILE
        if path.exists():
            raise InputError(str(path), "is there already; with other keys what was sealed could not be read any more")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lines = "".join(f"{name}={value}\n" for name, value in fresh_keys().items())
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(lines)
        self.stdout.write(f"{path}: keep it, and keep it secret")
        return None


def fresh_keys() -> dict[str, str]:
    """What compose and Kubernetes are given, by variable; the addresses are those that the services have there."""
    postgres, broker = secrets.token_hex(24), secrets.token_hex(24)
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "PII_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "SIGNING_ROOT": base64.b64encode(generation.new_signing_root().encode()).decode(),
        "POSTGRES_PASSWORD": postgres,
        "BROKER_PASSWORD": broker,
        "DATABASE_URL": f"postgresql://adloom:{postgres}@postgres:5432/adloom",
        "CELERY_BROKER_URL": f"redis://:{broker}@broker:6379/0",
        "AWS_ACCESS_KEY_ID": "adloom",
        "AWS_SECRET_ACCESS_KEY": secrets.token_urlsafe(32),
        "LLM_API_KEY": secrets.token_urlsafe(32),
    }
