"""Label and sign the recording of a broadcast that is over."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.management.base import CommandParser

from avatar.hosting.archive import sign_archive
from avatar.models import Broadcast
from core.commands import AdloomCommand
from core.errors import InputError


class Command(AdloomCommand):
    help = "Label and sign the recording of a broadcast. run_live_hosts does it by itself. Exit: 0 signed, 3 not all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("broadcast", type=uuid.UUID)

    def work(self, **options: Any) -> int | None:
        broadcast = Broadcast.objects.select_related("room").filter(pk=options["broadcast"]).first()
        if broadcast is None:
            raise InputError("broadcast", f"there is none with the id {options['broadcast']}", "unknown_broadcast")
        pieces = sign_archive(broadcast)
        for piece in pieces:
            self.stdout.write(f"{piece.name}: {piece.failure or 'signed'}")
        return 3 if any(piece.failure for piece in pieces) else None
