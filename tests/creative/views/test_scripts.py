"""The script editor: lengths, bound facts, what blocks, undo, other versions."""

from __future__ import annotations

import pytest

from creative.contracts import SlotBudget
from creative.models import Script
from creative.page_data.scripts import marked, meter
from tests.creative.views.books import a_script

BUDGET = SlotBudget("hook", 2.0, 1.5, 2.4)


@pytest.fixture
def script(page, books) -> Script:
    return a_script(books)


@pytest.fixture
def address(script) -> str:
    return f"/briefs/{script.brief_id}/script/{script.id}"


def test_every_line_stands_with_role_start_and_length(page, script, address):
    html = page.get(address).content.decode()

    assert "澄夜冷萃 · 脚本 A" in html
    assert html.count('class="line-text"') == script.lines.count()
    assert '<span class="role role-hook">开场</span>' in html
    assert "短语库写的，不是语言模型" in html
    assert "做分镜" in html


def test_a_line_without_a_fact_blocks_and_says_how_to_go_on(page, script, address):
    line = script.lines.first()
    html = page.post(f"/briefs/lines/{line.id}", {"text": "一瓶只要 9.9 元"}).content.decode()

    assert "没有一条事实撑得住这个数" in html
    assert "第 1 句还不能放行。" in html
    assert 'disabled aria-describedby="why-not"' in html
    assert "1 句拦住放行" in html


def test_an_absolute_term_shows_the_rule_and_its_source(page, script):
    line = script.lines.first()
    html = page.post(f"/briefs/lines/{line.id}", {"text": "这是全国最好喝的咖啡"}).content.decode()

    assert "绝对化用语；换成拿得出依据的说法" in html
    assert "《广告法》第 9(3) 条" in html


def test_a_changed_line_can_be_taken_back(page, script):
    line = script.lines.first()
    before = line.text
    html = page.post(f"/briefs/lines/{line.id}", {"text": "下午又困了吗？"}).content.decode()
    assert "改了第 1 句" in html

    page.post(f"/briefs/lines/{line.id}/undo")
    line.refresh_from_db()
    assert line.text == before


def test_typing_shows_length_and_facts_and_writes_nothing(page, script):
    line = script.lines.first()
    html = page.post(f"/briefs/lines/{line.id}/check", {"text": "12 小时低温慢萃，39.9 元"}).content.decode()

    assert "<sup>brew</sup>" in html
    assert "<sup>price</sup>" in html
    assert script.lines.first().text == line.text


def test_another_style_is_another_version(page, script, address):
    answer = page.post(f"{address}/write", {"style": "warm"})

    fresh = Script.objects.exclude(pk=script.pk).get()
    assert fresh.style == "warm"
    assert answer["Location"].endswith(str(fresh.id))
    assert fresh.lines.first().text != script.lines.first().text


def test_an_unknown_style_writes_nothing(page, script, address):
    page.post(f"{address}/write", {"style": "shouting"})

    assert Script.objects.count() == 1


def test_without_a_script_the_way_leads_to_the_references(page, books):
    assert page.get(f"/briefs/{books.brief.id}/script")["Location"] == f"/briefs/{books.brief.id}/references"


@pytest.mark.parametrize(("seconds", "state"), [(2.0, "in"), (2.6, "near"), (2.8, "over"), (1.0, "short")])
def test_the_meter_tells_inside_from_a_little_long_and_too_long(seconds, state):
    assert meter(seconds, BUDGET).state == state


def test_marks_escape_the_line_and_never_overlap():
    spans = [("price", 3, 7), ("offer", 5, 9)]

    assert marked("<b>39.9</b>", spans, []) == (
        '&lt;b&gt;<span class="bound" data-fact="price" tabindex="0">39.9<sup>price</sup></span>&lt;/b&gt;'
    )
