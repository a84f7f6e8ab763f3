"""The page of a bulk batch: its parts, what a person can do there, what is not shown."""

from __future__ import annotations

import csv
import io

import pytest
from django.utils import timezone

from creative.models import Ad, Batch
from creative.services.remakes import OUTDATED
from generation.models import Segment
from tests.creative.bulk_books import a_bulk_batch, order_segments
from tests.creative.views.books import a_script, a_shot

STATES = ["ready"] * 3 + ["held"] * 2 + ["failed"] + ["planned"] * 2


@pytest.fixture
def shot(books, tmp_path):
    return a_shot(books.advertiser, folder=tmp_path)


@pytest.fixture
def batch(page, books, shot) -> Batch:
    made = a_bulk_batch(books, shot, STATES, state="running")
    order_segments(made, done=6)
    return made


@pytest.fixture
def sent(monkeypatch):
    """Messages that would go to workers."""
    messages: list[str] = []
    for module in ("creative.services.bulk.control", "generation.bulk.orders", "creative.services.batches"):
        monkeypatch.setattr(f"{module}.send", lambda task, arguments: messages.append(task) or True)
    return messages


def shown(client, batch: Batch, query: str = "") -> str:
    return client.get(f"/batches/{batch.id}/{query}").content.decode()


def test_the_page_shows_stages_sheet_and_side(page, batch):
    html = shown(page, batch)

    assert "8 条成片" in html
    assert 'aria-valuetext="5 / 5"' in html
    assert html.count('class="ad-card"') == 8
    assert "约 6 条不像" in html
    assert "再拍 5 个「开场」镜头" in html
    assert "最像的两条有 42.0% 相同" in html


def test_it_is_english_for_english_readers(english, batch):
    html = shown(english, batch)

    assert "What the footage carries" in html
    assert "Estimate" in html or "an estimate over 7 days" in html


@pytest.mark.parametrize(
    ("part", "has", "lacks"),
    [
        ("figures", 'id="bulk-figures"', 'id="bulk-sheet"'),
        ("sheet", 'id="bulk-sheet"', 'id="bulk-side"'),
        ("side", 'id="bulk-side"', 'id="bulk-figures"'),
    ],
)
def test_a_part_comes_alone_when_the_page_asks_for_it(page, batch, part, has, lacks):
    html = page.get(f"/batches/{batch.id}/?part={part}", headers={"HX-Request": "true"}).content.decode()

    assert has in html
    assert lacks not in html
    assert "<html" not in html


def test_the_figures_ask_again_only_while_something_moves(page, batch):
    assert "every 3s" in shown(page, batch)

    Batch.objects.update(state="done")
    assert "every 3s" not in shown(page, batch)


def test_the_sheet_can_be_filtered_down_to_one_cause(page, batch):
    html = shown(page, batch, "?show=held&why=5")

    assert html.count('class="ad-card"') == 1
    assert "no picture" in html


def test_pausing_and_going_on(page, batch, sent):
    page.post(f"/batches/{batch.id}/pause")
    assert Batch.objects.get().state == "paused"
    assert "继续" in shown(page, batch)

    page.post(f"/batches/{batch.id}/resume")
    assert Batch.objects.get().state == "running"
    assert [event.what for event in batch.events.all()] == ["ordered", "paused", "resumed"]


def test_a_batch_its_budget_stopped_asks_for_another(page, batch, sent):
    Batch.objects.update(state="paused", paused_reason="budget", budget_minor=5)
    html = shown(page, batch)
    assert "用新预算继续…" in html
    assert 'name="budget" inputmode="decimal" maxlength="12" autocomplete="off" required value="0.06"' in html

    page.post(f"/batches/{batch.id}/resume")
    assert Batch.objects.get().state == "paused"

    page.post(f"/batches/{batch.id}/resume", {"budget": "0.06"})
    row = Batch.objects.get()
    assert (row.state, row.budget_minor) == ("running", 6)
    assert row.events.last().detail == {"budget_yuan": "0.06"}


def test_a_budget_that_is_spent_already_is_refused_in_words(page, batch, sent):
    Batch.objects.update(state="paused", paused_reason="budget", budget_minor=5)
    Segment.objects.filter(kind="picture").update(cpu_seconds=3600, ended_at=timezone.now())

    html = page.post(f"/batches/{batch.id}/resume", {"budget": "0.06"}, follow=True).content.decode()

    assert "预算：¥0.06 不够，已花 ¥" in html
    assert Batch.objects.get().state == "paused"


def test_cancelling_leaves_what_is_ready(page, batch, sent):
    page.post(f"/batches/{batch.id}/cancel")

    assert Batch.objects.get().state == "cancelled"
    assert sorted(Ad.objects.values_list("state", "held_reason")) == [
        *[("failed", "cancelled")] * 2,
        ("failed", "no picture"),
        *[("held", "black for 0.90 s at frame 12")] * 2,
        *[("ready", "")] * 3,
    ]


def test_everything_that_failed_is_tried_again_but_not_what_shows_an_old_fact(page, batch, sent):
    Ad.objects.filter(position=3).update(held_reason=OUTDATED)
    assert "重试 2 条" in shown(page, batch)

    page.post(f"/batches/{batch.id}/retry")

    assert list(Ad.objects.order_by("position").values_list("state", flat=True)) == [
        *["ready"] * 3,
        "held",
        *["planned"] * 4,
    ]
    assert batch.chunks.get().is_ready is False


def test_one_ad_is_tried_again_alone(page, batch, sent):
    page.post(f"/ads/{Ad.objects.get(position=4).id}/retry")

    assert Ad.objects.filter(state="planned").count() == 3
    assert Ad.objects.get(position=4).state == "planned"


def test_an_ad_with_an_old_fact_is_not_made_again(page, batch, sent):
    Ad.objects.filter(position=4).update(held_reason=OUTDATED)

    assert page.post(f"/ads/{Ad.objects.get(position=4).id}/retry").status_code == 404


def test_what_only_bulk_can_do_is_not_there_for_other_batches(page, batch):
    Batch.objects.update(is_bulk=False)

    for what in ("pause", "resume", "retry"):
        assert page.post(f"/batches/{batch.id}/{what}").status_code == 404
    assert page.get(f"/batches/{batch.id}/contact-sheet.jpg").status_code == 404


def test_the_lists_count_without_reading_ads(page, batch):
    assert "3 / 8" in page.get("/batches/").content.decode()
    assert "扣下 3 条" in page.get("/").content.decode()
    assert ">3<" in page.get("/briefs/").content.decode()


def test_the_table_of_lineage_names_every_stretch(page, batch):
    answer = page.get(f"/batches/{batch.id}/lineage.csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))

    told = ["ad", "from_frame", "to_frame", "slot", "line", "source", "source_from_frame", "segment", "headline"]
    assert rows[0] == told
    assert rows[1] == ["0", "0", "48", "hook", "下午三点又困了？", "pour.mp4", "0", "a1" * 8, ""]
    assert rows[2] == ["0", "48", "80", "cta", "点左下角。", "pour.mp4", "10", "b1" * 8, ""]
    assert len(rows) == 1 + 8 * 2


def test_a_batch_that_stopped_before_it_was_planned_says_why(page, books, shot):
    stopped = a_bulk_batch(books, shot, (), state="failed", error="materials carry no ad at all", figures={})

    assert "materials carry no ad at all" in shown(page, stopped)


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        ({"count": "1000", "policy": "hook", "budget": "12.5"}, (1000, True, "hook", 1250)),
        ({"count": "100", "policy": "nonsense", "budget": "much"}, (100, True, "strict", None)),
        ({"count": "900000", "policy": "off", "budget": ""}, (100_000, True, "off", None)),
        ({"count": "99", "policy": "off", "budget": "3"}, (99, False, "", None)),
    ],
)
def test_from_a_hundred_on_an_order_is_a_bulk_batch(page, books, sent, form, wanted):
    script = a_script(books)
    answer = page.post(f"/briefs/{books.brief.id}/order", {"scripts": [str(script.id)], **form})

    row = Batch.objects.get()
    assert answer["Location"] == f"/batches/{row.id}/"
    assert (row.requested, row.is_bulk, row.policy, row.budget_minor) == wanted


def test_a_bulk_order_takes_more_openings_than_were_ticked(page, books, sent):
    script = a_script(books)
    page.post(f"/briefs/{books.brief.id}/order", {"scripts": [str(script.id)], "count": "100"})

    row = Batch.objects.get()
    assert (row.script_ids[0], len(row.script_ids)) == (str(script.id), 6)


def test_an_order_without_a_script_leads_back_to_the_scripts(page, books, sent):
    a_script(books)
    answer = page.post(f"/briefs/{books.brief.id}/order", {"count": "100"})

    assert answer["Location"] == f"/briefs/{books.brief.id}/script"
    assert not Batch.objects.exists()


def estimated(client, books, script, **form) -> str:
    answer = client.post(
        f"/briefs/{books.brief.id}/order/estimate", {"scripts": [str(script.id)], "policy": "strict", **form}
    )
    return answer.content.decode()


def test_before_ordering_it_is_said_what_the_footage_carries(page, books, tmp_path):
    script = a_script(books)
    for number in range(8):
        a_shot(books.advertiser, f"clip-{number}.mp4", tmp_path, phash=f"{number:016x}", end_frame=400)
    html = estimated(page, books, script, count="1000")

    assert "8 个镜头大约撑得起" in html
    assert "你要 1,000 条；素材撑得起多少就做多少。" in html
    assert "1,000 条都会做，有些会相像。" in estimated(page, books, script, count="1000", policy="off")


def test_before_ordering_it_is_said_how_alike_the_account_gets(page, books, tmp_path):
    script = a_script(books)
    for number in range(8):
        a_shot(books.advertiser, f"clip-{number}.mp4", tmp_path, phash=f"{number:016x}", end_frame=400)
    html = estimated(page, books, script, count="1000")

    assert "账户会有多相像" in html
    assert "7 天内没有发出广告。" in html


def test_before_ordering_it_is_said_what_a_fade_costs(page, books, tmp_path):
    script = a_script(books)
    for number in range(8):
        a_shot(books.advertiser, f"clip-{number}.mp4", tmp_path, phash=f"{number:016x}", end_frame=400)

    assert "的广告会用到，最多" in estimated(page, books, script, count="1000", transition="fade")
    assert "的广告会用到" not in estimated(page, books, script, count="1000", transition="flash")


def test_headlines_are_looked_at_as_they_are_typed(page, books):
    def noted(text: str) -> str:
        form = {"headlines": text, "count": "100"}
        return page.post(f"/briefs/{books.brief.id}/order/headlines", form).content.decode()

    assert noted(" \n").strip() == ""
    assert "每条大标题约 50 条广告" in noted("又困了吧\n别再硬撑")
    assert "字体里没有" in noted("好喝😀")
    assert "太长，盖在画面上读不完" in noted("今天下单第二件半价" * 12)
    assert "一批最多 20 条大标题。" in noted("\n".join(f"又困了{'呀' * at}" for at in range(21)))
    assert noted("全网最好喝").count("icon") == 1


def test_an_order_with_a_headline_that_may_not_be_shown_is_refused_by_name(page, books, sent):
    script = a_script(books)
    form = {"scripts": [str(script.id)], "count": "100", "headlines": "别再硬撑\n好喝😀"}

    answer = page.post(f"/briefs/{books.brief.id}/order", form)

    assert (answer["Location"], Batch.objects.count()) == (f"/briefs/{books.brief.id}/storyboard", 0)


@pytest.mark.parametrize("count", ["100", "6"])
def test_headlines_go_with_the_order(page, books, sent, count):
    form = {"scripts": [str(a_script(books).id)], "count": count, "headlines": "别再硬撑\n\n 又困  了吧\n别再硬撑"}
    page.post(f"/briefs/{books.brief.id}/order", form)

    assert Batch.objects.get().headlines == ["别再硬撑", "又困 了吧"]


def test_nothing_is_estimated_for_a_few(page, books):
    assert estimated(page, books, a_script(books), count="6") == ""


def test_the_dialog_offers_both_ways(page, books, shot, tmp_path):
    from tests.creative.views.books import an_ad

    a_script(books)
    an_ad(books, shot, tmp_path, is_draft=True)
    html = page.get(f"/briefs/{books.brief.id}/storyboard").content.decode()

    assert 'max="100000"' in html
    assert f"/briefs/{books.brief.id}/order/estimate" in html
    assert "两两不像" in html
