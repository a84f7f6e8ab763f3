"""Stages brought back as a file."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agentbot.models import Lead
from agentbot.services.exporting import COLUMNS
from agentbot.services.importing_stages import KEY, STAGE
from tests.agentbot.views.talks import a_lead, a_shop, a_talk


@pytest.fixture
def lead(shop) -> Lead:
    return a_lead(a_talk(shop, "打我电话 13800138000"))


def bring(page, text: str, encoding: str = "utf-8-sig") -> tuple[int, str]:
    answer = page.post(
        "/channels/crm/stages", {"file": SimpleUploadedFile("leads.csv", text.encode(encoding))}, follow=True
    )
    return answer.status_code, answer.content.decode()


def stage_of(lead: Lead) -> str:
    return str(Lead.objects.get(pk=lead.pk).stage)


@pytest.mark.parametrize(("written", "encoding"), [("qualified", "utf-8-sig"), ("有效", "gb18030")])
def test_the_exported_file_moves_its_leads(page, shop, lead, written, encoding):
    assert {KEY, STAGE} <= set(COLUMNS)

    status, html = bring(page, f"stage,external_key,name\n{written},{lead.external_key},李\n", encoding)

    assert (status, stage_of(lead)) == (200, "qualified")
    assert "移动了 1 条线索" in html


def test_another_advertiser_s_leads_and_odd_keys_are_counted_and_left_alone(page, shop, lead):
    other = a_lead(a_talk(a_shop("tea", "茶"), "打我电话 13800138000"))
    text = f"external_key,stage\n{other.external_key},won\nnonsense,won\n{lead.external_key},new\n"
    assert "移动了 0 条线索，1 条原本就在那里，2 个编号" in bring(page, text)[1]
    assert stage_of(other) == "new"


@pytest.mark.parametrize(
    ("text", "said"),
    [("key,stage\n1,won\n", "external_key"), ("external_key,stage\n{key},won\n{key},sold\n", "leads.csv:3")],
)
def test_what_is_odd_moves_nothing(page, lead, text, said):
    status, html = bring(page, text.replace("{key}", lead.external_key))
    assert (status, stage_of(lead)) == (422, "new")
    assert said in html
