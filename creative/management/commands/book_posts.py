"""Say under which posts ads stand, many at a time."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from core.commands import OK, AdloomCommand
from core.decoding import decoded
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
        for number, line in _lines(table):
            if any(line) and line != ["ad", "post"]:
                self.stdout.write(_booked(number, line, table.parent))
        return OK


def _lines(table: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row's cells without the blanks around them, with the number of its (last) line."""
    reader = csv.reader(io.StringIO(decoded(table.name, table.read_bytes()), newline=""))
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise InputError(f"line {reader.line_num}", f"cannot be read as CSV: {error}") from error


def _booked(number: int, line: list[str], folder: Path) -> str:
    try:
        name, post = line
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
    rows = Ad.objects.select_related("batch", "advertiser").filter(state=Ad.State.READY, batch__is_draft=False)
    ad = rows.filter(pk=key).first()
    if ad is None:
        raise InputError(name, "is no finished ad in the books of this install")
    return ad
