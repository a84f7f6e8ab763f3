"""Leads as a spreadsheet, row by row, however many there are."""

from __future__ import annotations

import csv
import re
from collections.abc import AsyncIterator
from typing import Any

from asgiref.sync import sync_to_async
from django.utils import timezone

from agentbot.models import ContactPoint, Lead, LeadEvent
from core.models import Member

AT_ONCE = 200
COLUMNS = (
    *("external_key", "stage", "created_at", "updated_at", "owner", "name", "phone", "email", "wechat"),
    *("consent", "consent_at", "fields", "source"),
)
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_NUMBER = re.compile(r"^\+?\d[\d ]*$")


class _Line:
    """What csv.writer writes to: hands the line back."""

    def write(self, text: str) -> str:
        return text


async def csv_of(member: Member) -> AsyncIterator[bytes]:
    """Contacts in full, so each lead's history notes the export. Begins with a mark that tells Excel it is UTF-8."""
    writer = csv.writer(_Line())
    yield b"\xef\xbb\xbf" + writer.writerow(COLUMNS).encode()
    last: Any = None
    while True:
        leads = await sync_to_async(_next_leads)(member, last)
        if not leads:
            return
        lines = await sync_to_async(_rows)(leads, member)
        yield "".join(writer.writerow([safe_cell(cell) for cell in line]) for line in lines).encode()
        last = leads[-1].pk


def safe_cell(text: str) -> str:
    """A cell that a spreadsheet would run as a formula is led by an apostrophe; phone numbers stay as they are."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def _next_leads(member: Member, last: Any) -> list[Lead]:
    rows = Lead.objects.for_advertiser(member.advertiser).filter(state="open").order_by("pk")
    rows = rows.select_related("person__key", "owner__user")
    return list(rows.filter(pk__gt=last)[:AT_ONCE] if last else rows[:AT_ONCE])


def _rows(leads: list[Lead], member: Member) -> list[list[str]]:
    points: dict[Any, dict[str, str]] = {}
    found = ContactPoint.objects.filter(person__in=[lead.person_id for lead in leads]).exclude(status="withdrawn")
    for point in found.select_related("person__key").order_by("-created_at"):
        points.setdefault(point.person_id, {})[point.type] = point.value
    LeadEvent.objects.bulk_create(
        LeadEvent(advertiser_id=lead.advertiser_id, lead=lead, kind="exported", version=lead.version, member=member)
        for lead in leads
    )
    return [_row(lead, points.get(lead.person_id, {})) for lead in leads]


def _row(lead: Lead, contacts: dict[str, str]) -> list[str]:
    consent = (
        lead.person.consents.filter(withdrawn_at=None).select_related("person__key").order_by("granted_at").first()
    )
    fields = {name: str(told.get("value", "")) for name, told in lead.fields.items()}
    owner = lead.owner.user.get_full_name() or lead.owner.user.get_username() if lead.owner else ""
    return [
        lead.external_key,
        lead.stage,
        timezone.localtime(lead.created_at).isoformat(timespec="seconds"),
        timezone.localtime(lead.updated_at).isoformat(timespec="seconds"),
        owner,
        fields.pop("name", ""),
        *(contacts.get(kind, "") for kind in ("phone", "email", "wechat")),
        consent.words if consent else "",
        timezone.localtime(consent.granted_at).isoformat(timespec="seconds") if consent else "",
        "; ".join(f"{name}: {value}" for name, value in fields.items()),
        "; ".join(f"{name}: {value}" for name, value in lead.source.items()),
    ]
