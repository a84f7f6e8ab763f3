"""What became of leads, brought back as a spreadsheet: for CRMs that can neither report nor be asked."""

from __future__ import annotations

import csv
import io
import uuid
from dataclasses import dataclass

from django.db import transaction

from agentbot.crm.feedback import lead_id
from agentbot.leads.board import set_stage
from agentbot.models import Lead
from agentbot.page_data.words import STAGE_WORDS, word
from agentbot.services.knowledge import LARGEST_BYTES
from core.decoding import decoded
from core.errors import InputError
from core.models import Member

KEY, STAGE = "external_key", "stage"
MOST_ROWS = 20_000


@dataclass(frozen=True)
class StagesTaken:
    """Counts of leads: moved, standing there already, and keys that are no open lead of this advertiser."""

    moved: int
    same: int
    unknown: int


def take_stages(member: Member, name: str, body: bytes) -> StagesTaken:
    """The exported file with its stage column filled in, in our words or the page's; other columns are not read.

    All of it or nothing: an odd stage is refused with its row before any lead moves. Raises `InputError`.
    """
    wanted = _read(name, body)
    rows = Lead.objects.for_advertiser(member.advertiser).filter(state=Lead.State.OPEN, pk__in=list(wanted))
    known = {lead.pk: lead.stage for lead in rows}
    moves = {key: stage for key, stage in wanted.items() if key in known and known[key] != stage}
    with transaction.atomic():
        for key, stage in moves.items():
            set_stage(member.advertiser, key, stage, member)
    return StagesTaken(len(moves), len(known) - len(moves), len(wanted) - len(known))


def _read(name: str, body: bytes) -> dict[uuid.UUID, str]:
    """{lead: stage} of the rows that name one; a key that is none of ours in shape counts under an id nobody has."""
    if len(body) > LARGEST_BYTES:
        raise InputError(name, "is larger than 2 MB", "too_large")
    table = csv.DictReader(io.StringIO(decoded(name, body)))
    if not {KEY, STAGE} <= {each.strip() for each in table.fieldnames or ()}:
        raise InputError(name, f"has no columns {KEY} and {STAGE}", "no_stage_columns")
    stages = {stage: stage for stage in Lead.Stage.values} | {
        word(STAGE_WORDS, each): each for each in Lead.Stage.values
    }
    found: dict[uuid.UUID, str] = {}
    for number, row in enumerate(table, start=2):
        cells = {str(column).strip(): str(cell or "").strip() for column, cell in row.items()}
        if not cells[KEY] or not cells[STAGE]:
            continue
        if cells[STAGE] not in stages or number > MOST_ROWS:
            raise InputError(f"{name}:{number}", f"{cells[STAGE]!r} is no stage", "odd_stage")
        found[lead_id(cells[KEY]) or uuid.uuid4()] = stages[cells[STAGE]]
    return found
