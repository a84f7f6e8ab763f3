"""The row of references for a brief."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import override_settings

from bench.retrieval import asked_briefs, fill_library, holds, nearest_in_row
from core.clock import ManualClock
from core.errors import InputError
from core.models import Advertiser
from creative.models import Brief, Pick, Reference
from creative.references.likeness import ALIKE
from creative.references.need import wanted_by, wanted_format
from creative.references.performance import USUAL, Metrics, Rates, category_rates, lift, performance_score
from creative.references.performance_books import prior_for
from creative.references.picks import record_pick
from creative.references.preference import Taste, pick_weight, preference_score
from creative.references.reindexing import reindex_references
from creative.references.row import row_for
from tests.creative.making import a_brief
from tests.support.openai_server import Fault, OpenAiServer

NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)


@pytest.fixture
def advertiser(db) -> Advertiser:
    return Advertiser.objects.create(slug="a", name="A")


def test_a_hundred_briefs_find_their_category_and_format_in_rows_that_differ(advertiser):
    meant = fill_library(480)
    asked = asked_briefs(100)

    rows = [row_for(each.brief, advertiser) for each in asked]

    assert sum(holds(row, each, meant) for row, each in zip(rows, asked, strict=True)) >= 95
    assert {len(row) for row in rows} == {8}
    assert max(nearest_in_row(row) for row in rows) < ALIKE
    row = rows[0]
    assert [entry.score for entry in row] == sorted((entry.score for entry in row), reverse=True)
    assert all(
        0 <= part <= 100
        for entry in row
        for part in (entry.score, entry.need, entry.performance, entry.diversity, entry.preference)
    )
    assert all(entry.structure.slots for entry in row)
    assert any("asked-format" in entry.reasons and "same-category" in entry.reasons for entry in row)


def test_the_same_library_and_brief_give_the_same_row(advertiser):
    fill_library(160)
    brief = asked_briefs(1)[0].brief

    assert row_for(brief, advertiser) == row_for(brief, advertiser)


def test_another_advertisers_references_never_stand_in_the_row(advertiser):
    other = Advertiser.objects.create(slug="b", name="B")
    fill_library(80, owner=other)
    ours = fill_library(80, seed=2, owner=advertiser)
    shared = fill_library(80, seed=3)

    for each in asked_briefs(10):
        found = {entry.reference_id for entry in row_for(each.brief, advertiser)}
        assert found <= set(ours) | set(shared)
        assert {entry.reference_id for entry in row_for(each.brief, None)} <= set(shared)


def test_the_choice_can_be_limited_to_some_references(advertiser):
    some = list(fill_library(40))[:7]

    row = row_for(asked_briefs(1)[0].brief, advertiser, only=[Reference.objects.get(pk=key).pk for key in some])

    assert {entry.reference_id for entry in row} <= set(some)
    assert len(row) >= 6


def test_a_small_library_fills_the_row_to_six_and_shows_how_alike_its_cards_are(advertiser):
    keys = list(fill_library(8))
    first = Reference.objects.get(pk=keys[0])
    same = {
        field: getattr(first, field) for field in ("category", "format", "roles", "seconds", "vec", "title", "script")
    }
    Reference.objects.filter(pk__in=keys).update(**same)

    row = row_for(asked_briefs(1)[0].brief, advertiser)

    assert len(row) == 6
    assert row[-1].diversity < 40


def test_an_empty_library_gives_an_empty_row(advertiser):
    assert row_for(asked_briefs(1)[0].brief, advertiser) == []


def test_waiting_and_refused_references_are_not_shown(advertiser):
    fill_library(20)
    Reference.objects.update(state="refused")

    assert row_for(asked_briefs(1)[0].brief, advertiser) == []


def test_picks_of_a_person_move_later_rows_and_those_of_a_command_do_not(advertiser):
    fill_library(160)
    data = a_brief(need="冷萃咖啡")
    brief = Brief.objects.create(advertiser=advertiser, title="b", data={})
    stories = list(Reference.objects.filter(format="story")[:6])

    def story_preference() -> float:
        found = [entry.preference for entry in row_for(data, advertiser) if entry.format == "story"]
        return max(found, default=50.0)

    for story in stories:
        record_pick(brief, story, [], by_person=False)
    before = story_preference()
    for story in stories:
        record_pick(brief, story, [])
    after = story_preference()

    assert before == 50.0
    assert after > 60.0


def test_a_pick_keeps_the_row_it_was_taken_from(advertiser):
    fill_library(40)
    brief = Brief.objects.create(advertiser=advertiser, title="b", data={})
    row = row_for(asked_briefs(1)[0].brief, advertiser)

    record_pick(brief, Reference.objects.get(pk=row[1].reference_id), row)

    pick = Pick.objects.get()
    assert [card["id"] for card in pick.row] == [entry.reference_id for entry in row]
    assert str(pick.reference_id) == row[1].reference_id


def test_another_advertisers_reference_cannot_be_picked(advertiser):
    other = Advertiser.objects.create(slug="b", name="B")
    theirs = Reference.objects.get(pk=next(iter(fill_library(1, owner=other))))
    brief = Brief.objects.create(advertiser=advertiser, title="b", data={})

    with pytest.raises(InputError):
        record_pick(brief, theirs, [])
    assert Pick.objects.count() == 0


def test_an_embeddings_endpoint_that_fails_leaves_a_row_by_words_that_says_so(advertiser):
    fill_library(80)
    with OpenAiServer(default=Fault.DENIED) as server:
        endpoint = {"EMBEDDINGS_BASE_URL": server.base_url, "EMBEDDINGS_MODEL": "e"}
        with override_settings(**endpoint):
            row = row_for(asked_briefs(1)[0].brief, advertiser)

    assert len(row) >= 6
    assert all("words-only" in entry.reasons for entry in row)


def test_vectors_of_another_model_are_not_compared_until_they_are_made_anew(advertiser):
    fill_library(20)
    brief = asked_briefs(1)[0].brief
    with OpenAiServer() as server, override_settings(EMBEDDINGS_BASE_URL=server.base_url, EMBEDDINGS_MODEL="e"):
        before = row_for(brief, advertiser)
        count = reindex_references()
        after = row_for(brief, advertiser)

        assert reindex_references() == 0
    assert count == 20
    assert sum(entry.need for entry in after) > sum(entry.need for entry in before)


@pytest.mark.parametrize(
    ("need", "kind"),
    [
        ("15 秒，做个前后对比", "comparison"),
        ("要测评，有实测数据", "proof"),
        ("真人口播", "talk_through"),
        ("不要口播，讲个故事", "story"),
        ("制作过程", "process"),
        ("三个理由", "listing"),
        ("a day in the life", "scene"),
        ("a flash sale promo", "offer_first"),
        ("no story, just a tutorial", "process"),
        ("15 秒,冷萃咖啡,39.9 元,上班族", None),
        ("the latest protest", None),
    ],
)
def test_words_of_the_need_tell_the_format(need: str, kind: str | None):
    assert wanted_format(need) == kind


def test_lengths_and_prices_are_not_searched_for():
    assert "39.9" not in wanted_by(a_brief(need="15 秒,冷萃咖啡,39.9 元")).query


def test_a_reference_without_figures_stands_at_its_category():
    assert performance_score(Metrics(), USUAL) == 0.5


def test_few_impressions_say_little_and_many_say_much():
    lucky = performance_score(Metrics(10, 9, 1, 0), USUAL)
    proven = performance_score(Metrics(100_000, 50_000, 3_000, 90), USUAL)

    assert 0.5 < lucky < 0.55
    assert proven > 0.8


def test_the_prior_is_the_categorys_own_rate():
    drinks = category_rates(Metrics(10**6, 500_000, 30_000, 900))

    assert drinks.plays_3s == pytest.approx(0.5, abs=0.01)
    assert lift(Metrics(10_000, 5_000, 300, 9), drinks) == pytest.approx(0, abs=0.02)
    assert lift(Metrics(10_000, 2_500, 150, 4), drinks) < -0.5


def test_a_reference_is_held_against_the_others_of_its_category_not_against_itself():
    own = Metrics(10_000, 5_000, 300, 9)
    alone = prior_for("drinks", own, {"drinks": own})
    among = prior_for("drinks", own, {"drinks": own + Metrics(10**6, 500_000, 30_000, 900)})

    assert alone == USUAL
    assert prior_for("food", Metrics(), {}) == USUAL
    assert among.plays_3s == pytest.approx(0.5, abs=0.01)


def test_impossible_figures_do_no_harm():
    assert 0 < performance_score(Metrics(10, 99, 99, 999), Rates()) < 1


def test_a_pick_is_worth_half_after_forty_five_days():
    assert pick_weight(NOW - dt.timedelta(days=45), NOW) == pytest.approx(0.5)
    assert pick_weight(NOW + dt.timedelta(days=1), NOW) == 1.0


def test_taste_is_even_where_nothing_is_known_and_leans_to_what_was_picked():
    picked = [Taste("story", "drinks", "hps", 1.0)] * 3

    assert preference_score("story", "drinks", "hps", []) == 0.5
    assert preference_score("story", "drinks", "hpsr", picked) > 0.6
    assert preference_score("listing", "auto", "hss", picked) < 0.45


def test_an_own_ad_that_did_badly_counts_against_its_kind():
    bad = [Taste("story", "drinks", "hps", -1.5)]

    assert preference_score("story", "drinks", "hps", bad) < 0.3 < preference_score("listing", "auto", "hss", bad)


def test_figures_of_ones_own_ads_move_the_row(advertiser):
    own = fill_library(40, owner=advertiser)
    Reference.objects.update(impressions=0, plays_3s=0, clicks=0, conversions=0)
    listing = [key for key, written in own.items() if written.format == "listing"]
    Reference.objects.filter(pk__in=listing).update(impressions=100_000, plays_3s=60_000, clicks=4_000, conversions=300)

    rows = [entry for each in asked_briefs(8) for entry in row_for(each.brief, advertiser, clock=ManualClock(NOW))]

    liked = [entry.preference for entry in rows if entry.reference_id in listing]
    others = [entry.preference for entry in rows if entry.reference_id not in listing]
    assert min(liked) > max(others)
