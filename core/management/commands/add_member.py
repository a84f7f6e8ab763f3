"""`add_member SLUG EMAIL --role ROLE`: lets a person log in for an advertiser."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from core.commands import AdloomCommand
from core.services import add_member


class Command(AdloomCommand):
    help = "Let EMAIL log in for the advertiser SLUG; prints the password of a new login once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("email")
        parser.add_argument("--role", default="editor", help="owner, editor, operator or rep")

    def work(self, **options: Any) -> None:
        added = add_member(options["slug"], options["email"], options["role"])
        verb = "added" if added.created else "changed"
        self.stdout.write(f"{verb}: {added.member.user.get_username()} as {added.member.role} of {options['slug']}")
        if added.password:
            self.stdout.write(f"password: {added.password}")
