"""The board: stages, notes, tasks, merging and its undo, erasing, export."""

from __future__ import annotations

import asyncio
import csv
import io

import pytest

from agentbot.models import ErasureReport, Lead, LeadEvent, LeadNote, LeadTask
from agentbot.services.exporting import csv_of, safe_cell
from tests.agentbot.views.talks import a_lead, a_shop, a_talk


@pytest.fixture
def lead(shop):
    return a_lead(a_talk(shop, "打我电话 13800138000"))


def test_an_empty_board_says_when_a_lead_appears(page):
    assert "还没有线索" in page.get("/leads/").content.decode()


def test_a_lead_stands_in_its_column_with_its_contact_masked(page, lead):
    html = page.get("/leads/").content.decode()

    assert "李女士" in html
    assert "138****8000" in html
    assert "13800138000" not in html
    assert "广告 ad-0418" in html


def test_moving_offers_the_way_back(page, lead):
    answer = page.post(f"/leads/{lead.pk}/move/contacted", headers={"HX-Request": "true"})
    lead.refresh_from_db()

    assert lead.stage == "contacted"
    assert f'hx-post="/leads/{lead.pk}/move/new"' in answer.content.decode()


def test_a_stage_there_is_not_is_refused(page, lead):
    assert page.post(f"/leads/{lead.pk}/move/sold", headers={"HX-Request": "true"}).status_code == 422


def test_owner_note_and_task_are_kept(page, lead, shop):
    page.post(f"/leads/{lead.pk}/assign", {"owner": shop.member.pk})
    page.post(f"/leads/{lead.pk}/note", {"text": "周末来"})
    page.post(f"/leads/{lead.pk}/task", {"text": "回电", "due": "2026-12-01T10:00"})
    task = LeadTask.objects.get()
    page.post(f"/leads/tasks/{task.pk}/done")
    lead.refresh_from_db()
    task.refresh_from_db()

    assert lead.owner == shop.member
    assert LeadNote.objects.get().text == "周末来"
    assert task.done_at is not None


def test_another_advertisers_member_is_no_owner(page, lead):
    other = a_shop("other", "别家")

    assert page.post(f"/leads/{lead.pk}/assign", {"owner": other.member.pk}).status_code == 404


def test_the_consent_is_shown_with_its_words(page, lead):
    assert "打我电话 138****8000" in page.get(f"/leads/{lead.pk}").content.decode()


def test_two_leads_are_merged_and_taken_apart_again(page, lead, shop):
    other = a_lead(a_talk(shop, "13900139000", visitor="web_2"), "+8613900139000", "李姐")
    page.post(f"/leads/{lead.pk}/merge", {"other_lead": other.pk})
    other.refresh_from_db()
    assert other.state == Lead.State.MERGED
    html = page.get(f"/leads/{lead.pk}").content.decode()
    assert "重新拆开" in html

    undo = html.split("/leads/merges/")[1].split("/")[0]
    page.post(f"/leads/merges/{undo}/undo")
    other.refresh_from_db()
    assert other.state == Lead.State.OPEN


def test_erasing_ends_in_a_report_and_leaves_nothing_to_read(page, lead):
    answer = page.post(f"/leads/{lead.pk}/erase", follow=True)
    report = ErasureReport.objects.get()

    assert str(report.pk) in answer.content.decode()
    assert page.get(f"/leads/{lead.pk}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_export_holds_contacts_in_full_and_is_written_down():
    shop = a_shop()
    lead = a_lead(a_talk(shop, "打我电话 13800138000"))

    async def whole() -> bytes:
        return b"".join([piece async for piece in csv_of(shop.member)])

    rows = list(csv.DictReader(io.StringIO(asyncio.run(whole()).decode("utf-8-sig"))))
    assert [(row["name"], row["phone"], row["stage"]) for row in rows] == [("李女士", "+8613800138000", "new")]
    assert LeadEvent.objects.filter(lead=lead, kind="exported").count() == 1


@pytest.mark.parametrize(
    ("typed", "cell"),
    [("=1+1", "'=1+1"), ("+8613800138000", "+8613800138000"), ("@x", "'@x"), ("-2+3", "'-2+3"), ("李女士", "李女士")],
)
def test_no_cell_runs_as_a_formula(typed, cell):
    assert safe_cell(typed) == cell
