"""Say under which posts ads stand, many at a time."""

from __future__ import annotations

import csv
import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from core.commands import OK, AdloomCommand
from core.errors import InputError
from creative.models import Ad
from creative.services.posts import book_post
from generation import api as generation


class Command(AdloomCommand):
    help = "Book the posts of ads from a table of two columns, ad and post. Exit: 0 all booked, 2 a line is wrong."
    services = ("postgres",)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("table", type=Path, help="CSV: an ad's file or id, then the number or address of its post")

    def work(self, **options: Any) -> int:
        """Book line by line; what stands before a wrong one stays booked, and may be given again."""
        table = options["table"].expanduser()
        if not table.is_file():
            raise InputError("table", f"there is no file {table}")
        for number, line in enumerate(csv.reader(table.read_text(encoding="utf-8-sig").splitlines()), start=1):
            if [cell.strip() for cell in line] not in ([], ["ad", "post"]):
                self.stdout.write(_booked(number, line, table.parent))
        return OK


def _booked(number: int, line: list[str], folder: Path) -> str:
    try:
        name, post = (cell.strip() for cell in line)
    except ValueError as error:
        raise InputError(f"line {number}", "has to hold an ad and a post, with a comma between") from error
    try:
        ad = _ad_named(name, folder)
        return f"{book_post(ad, post)} {ad.pk}"
    except InputError as error:
        raise InputError(f"line {number}", f"{error.thing} {error.reason}", error.code) from error


def _ad_named(name: str, folder: Path) -> Ad:
    """By its id (the `recipe` of a report), or by a file, whose implicit label holds it."""
    path = folder / Path(name).expanduser()
    try:
        key = uuid.UUID(generation.produce_id_of(path) if path.is_file() else name)
    except ValueError as error:
        raise InputError(name, "is neither the file of an ad nor its id") from error
    ad = Ad.objects.select_related("batch", "advertiser").filter(pk=key, state=Ad.State.READY).first()
    if ad is None:
        raise InputError(name, "is no finished ad in the books of this install")
    return ad
