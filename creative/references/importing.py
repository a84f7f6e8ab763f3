"""Taking references into the library. The same way for the shared samples and an advertiser's own.

A video is booked, understood by `generation` on the ingest queue, then structured when the
answer comes back; nothing of a structure is written by hand.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core.contracts import dump, load
from core.errors import InputError
from core.llm.accounting import booked_on
from core.models import Advertiser
from core.search.embedding import embedder
from core.search.full_text import tsvector
from creative import live
from creative.models import Reference, ReferenceSlot
from creative.references.describing import Given, as_heard, cuts_of, describe, is_heard, role_letters, spoken_lines
from creative.references.folder import ReferenceFiles, read_limited
from creative.references.record import MAX_BYTES as RECORD_BYTES
from creative.references.record import Record, read_record
from creative.references.structuring import structure_with_best
from creative.references.subtitles import MAX_BYTES as SUBTITLES_BYTES
from creative.references.subtitles import Subtitle, read_subtitles
from generation.contracts import Understanding

REPLY_TO = "creative.take_reference"


def read_given(files: ReferenceFiles) -> Given:
    """The subtitles and record beside a video; InputError names the file that cannot be used."""
    record = Record()
    subtitles: tuple[Subtitle, ...] = ()
    if files.record:
        record = read_record(read_limited(files.record, RECORD_BYTES), files.record.name)
    if files.subtitles:
        subtitles = read_subtitles(read_limited(files.subtitles, SUBTITLES_BYTES), files.subtitles.name)
    return Given(record, subtitles)


@transaction.atomic
def add_reference(owner: Advertiser | None, asked_by: Advertiser, files: ReferenceFiles) -> Reference:
    """Book a reference and have its video understood, unless that is known already.

    `owner` None puts it into the shared library; `asked_by` is whose job the media work is.
    New subtitles or figures of a known video are taken over without looking at it again.
    """
    from generation import api as generation

    sha256, _ = generation.fingerprint(files.video)
    row = Reference.objects.select_for_update().filter(advertiser=owner, sha256=sha256).first()
    row = row or Reference(advertiser=owner, sha256=sha256)
    try:
        given = read_given(files)
    except InputError as error:
        return refuse(_named(row, files.name), error.code, f"{error.thing}: {error.reason}")
    told = dump(given)
    if row.state == Reference.State.READY and row.given == told and row.name == files.name[:300]:
        return row
    _named(row, files.name).given = told
    if row.understanding:
        return book_understanding(row, load(Understanding, row.understanding))
    row.state = Reference.State.WAITING
    row.save()
    row.job_id = generation.order_understanding(asked_by, files.video, files.name, REPLY_TO)
    row.save(update_fields=["job_id"])
    return row


def _named(row: Reference, name: str) -> Reference:
    row.name = name[:300]
    row.title = row.title or name[:200]
    return row


def refuse(row: Reference, code: str, reason: str) -> Reference:
    """Keep the row with the reason it cannot be used."""
    row.state = Reference.State.REFUSED
    row.refusal_code, row.refusal_reason = code[:40], reason
    row.save()
    return row


@transaction.atomic
def take_reference(job_id: str) -> None:
    """Book what came of a reference's understanding. Safe to hear twice."""
    from generation import api as generation

    job = generation.job(job_id)
    row = Reference.objects.select_for_update().filter(job_id=job_id).first()
    generation.mark_heard(job_id)
    if row is None or row.state != Reference.State.WAITING:
        return
    live.tell_reference(row)
    if job.state != "done":
        refuse(row, job.error_code or "failed", job.failure)
        return
    understanding = load(Understanding, job.result)
    if understanding.media != "video":
        refuse(row, "not-a-video", "a reference has to be a video")
        return
    book_understanding(row, understanding)


def book_understanding(row: Reference, understanding: Understanding) -> Reference:
    """Structure the reference and put it into the library."""
    given = load(Given, row.given) if row.given else Given(Record())
    lines = spoken_lines(given, understanding)
    description = describe(given, row.name, lines)
    with booked_on(row.advertiser_id):
        outcome = structure_with_best(lines, cuts_of(understanding), description.language)
    structured = as_heard(outcome.structured, understanding) if is_heard(given, understanding) else outcome.structured
    structure = structured.structure
    _fill_record(row, given.record)
    row.title, row.category = description.title, description.category
    row.language, row.script = description.language, description.script
    row.format, row.seconds = structure.format, structure.seconds
    row.structured_by, row.confidence = structured.read_from, structured.confidence
    row.structure_note = outcome.note
    row.roles = role_letters([slot.role for slot in structure.slots])
    row.understanding = dump(understanding)
    row.video_path = understanding.source.path
    row.poster_path = understanding.shots[0].thumbnail_path if understanding.shots else ""
    row.state = Reference.State.READY
    row.refusal_code = row.refusal_reason = ""
    index(row, description.search_text)
    row.save()
    _write_slots(row, structure.slots)
    return row


def _fill_record(row: Reference, record: Record) -> None:
    row.platform, row.rights, row.brands = record.platform, record.rights, list(record.brands)
    row.impressions, row.plays_3s = record.metrics.impressions, record.metrics.plays_3s
    row.clicks, row.conversions = record.metrics.clicks, record.metrics.conversions
    row.spend_minor = record.spend_minor


def index(row: Reference, text: str) -> None:
    """Make `row` findable by `text`; the caller saves."""
    using = embedder()
    row.search_text = text
    row.tsv = tsvector(text)
    row.vec, row.vec_space = using.embed([text])[0], using.space


def _write_slots(row: Reference, slots: Any) -> None:
    row.slots.all().delete()
    ReferenceSlot.objects.bulk_create(
        ReferenceSlot(
            reference=row,
            position=position,
            role=slot.role,
            start_seconds=slot.start_seconds,
            end_seconds=slot.end_seconds,
            pace=slot.pace,
            intent=slot.intent,
        )
        for position, slot in enumerate(slots)
    )
