"""A fact changed: which ads show the old words, and what becomes of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.contracts import dump, load
from core.models import Advertiser
from creative.bulk.contracts import BulkLine, Choice, SlotPlan, SlotPool, Stretch
from creative.contracts import AdPlan, CardPlan, PlannedShot
from creative.models import Ad, Batch, FactChange
from creative.services.briefs import save_brief
from creative.services.held import OUTDATED
from creative.services.products import save_product
from creative.services.remakes import batches_showing, make_all_again, note_changes
from tests.creative.making import a_brief
from tests.creative.test_storyboard import a_plan, a_slot

pytestmark = pytest.mark.django_db

OFFER = "今天 39.9 元，第二件半价。"


@pytest.fixture
def brief():
    return save_brief(Advertiser.objects.create(slug="night", name="澄夜"), a_brief())


def a_choice(line: int, name: str, frames: int = 64) -> Choice:
    return Choice(line, (PlannedShot(name, frames),), (Stretch(name, 0, frames, name),))


def a_slot_plan() -> SlotPlan:
    """A hook over two clips, and an offer that says the price in one of its two lines."""
    hook = SlotPool("hook", 64, (BulkLine("下午三点又犯困？", (), (), None),), (a_choice(0, "a"), a_choice(0, "b")))
    said = BulkLine(OFFER, ("price", "offer"), ("39.9",), None)
    unsaid = BulkLine("第二件半价，别错过。", ("offer",), (), None)
    offer = SlotPool("offer", 160, (said, unsaid), (a_choice(0, "c", 160), a_choice(1, "d", 160)))
    return SlotPlan((hook, offer), (), "zh-CN")


def a_bulk_batch(brief, *mixes) -> Batch:
    batch = Batch.objects.create(
        advertiser=brief.advertiser,
        brief=brief,
        requested=len(mixes),
        is_bulk=True,
        policy="off",
        slot_plan=dump(a_slot_plan()),
        state=Batch.State.DONE,
    )
    for position, choices in enumerate(mixes):
        Ad.objects.create(
            advertiser=brief.advertiser,
            batch=batch,
            position=position,
            choices=list(choices),
            state=Ad.State.READY,
            is_recipe=True,
        )
    return batch


def a_single(brief, line: str) -> Ad:
    batch = Batch.objects.create(advertiser=brief.advertiser, brief=brief, requested=1, state=Batch.State.DONE)
    card = PlannedShot("card:price", 240, card=CardPlan("price", ("澄夜冷萃", "第二件半价"), "¥39.9"))
    slot = a_slot("offer", line, 240, shots=(card,))
    slot = replace(slot, fact_ids=("price",))
    return Ad.objects.create(
        advertiser=brief.advertiser, batch=batch, position=0, plan=dump(a_plan(slot)), state=Ad.State.READY
    )


def reprice(brief, text: str) -> FactChange | None:
    product = brief.product
    save_product(product, replace(a_brief().product, price_text=text, price=None))
    brief.refresh_from_db()
    return product.changes.first()


def test_only_bulk_ads_whose_mix_says_the_price_are_listed(brief):
    batch = a_bulk_batch(brief, (0, 0), (1, 0), (0, 1), (1, 1))

    change = reprice(brief, "¥35.9")

    [shown] = batches_showing(change)
    assert (shown.batch, shown.ads, shown.first.position) == (batch, 2, 0)


def test_their_successors_take_the_same_mixes_with_the_new_price_and_the_old_go_out_no_more(brief):
    batch = a_bulk_batch(brief, (0, 0), (1, 1), (1, 0))
    change = reprice(brief, "¥35.9")

    make_all_again(change.pk)

    again = Batch.objects.exclude(pk=batch.pk).get()
    plan = load(SlotPlan, again.slot_plan)
    assert plan.slots[1].lines[0].text == "今天 35.9 元，第二件半价。"
    assert plan.slots[0] == a_slot_plan().slots[0]
    old = list(Ad.objects.filter(batch=batch).order_by("position"))
    assert again.figures["makes_again"] == [str(old[0].pk), str(old[2].pk)]
    assert [ad.state for ad in old] == ["held", "ready", "held"]
    assert old[0].held_reason == OUTDATED
    assert batches_showing(change) == []


def test_ads_whose_headline_says_the_price_are_listed_and_say_the_new_one(brief):
    batch = a_bulk_batch(brief, (0, 1), (1, 1), (0, 1), (1, 1))
    Batch.objects.update(headlines=["别硬撑", "39.9 元一箱"])
    change = reprice(brief, "¥35.9")

    [shown] = batches_showing(change)
    assert (shown.ads, shown.first.position) == (2, 1)

    make_all_again(change.pk)

    again = Batch.objects.exclude(pk=batch.pk).get()
    assert (again.requested, again.headlines) == (2, ["别硬撑", "35.9 元一箱"])


def test_a_single_ad_gets_a_next_version_that_says_the_new_price(brief):
    ad = a_single(brief, OFFER)
    change = reprice(brief, "¥35.9")

    make_all_again(change.pk)

    newest = Ad.objects.get(replaces=ad)
    slot = load(AdPlan, newest.plan).slots[0]
    assert slot.line == "今天 35.9 元，第二件半价。"
    assert slot.shots[0].card.price == "¥35.9"
    assert newest.state == "rendering"


def test_hearing_it_twice_orders_nothing_twice(brief):
    a_bulk_batch(brief, (0, 0))
    a_single(brief, OFFER)
    change = reprice(brief, "¥35.9")

    make_all_again(change.pk)
    make_all_again(change.pk)

    assert Batch.objects.filter(is_bulk=True).count() == 2
    assert Ad.objects.filter(version=2).count() == 1


def test_an_ad_that_says_it_in_words_of_its_own_is_named_and_the_others_are_made(brief):
    a_single(brief, OFFER)
    stubborn = a_bulk_batch(brief, (0, 0))
    plan = a_slot_plan()
    odd = replace(plan.slots[1].lines[1], text="不到四十块，带走。", fact_ids=("price",))
    lines = (plan.slots[1].lines[0], odd)
    stubborn.slot_plan = dump(replace(plan, slots=(plan.slots[0], replace(plan.slots[1], lines=lines))))
    stubborn.save()
    change = reprice(brief, "¥35.9")

    make_all_again(change.pk)

    change.refresh_from_db()
    assert "不到四十块，带走。" in change.problem
    assert Ad.objects.filter(version=2).count() == 1
    assert Ad.objects.get(batch=stubborn).state == "ready"


def test_a_price_put_back_leaves_nothing_to_do(brief):
    a_single(brief, OFFER)
    reprice(brief, "¥35.9")

    reprice(brief, "¥39.9")

    assert batches_showing(brief.product.changes.get()) == []


def test_ads_of_two_prices_ago_are_still_found(brief):
    a_single(brief, OFFER)
    reprice(brief, "¥35.9")
    reprice(brief, "¥29.9")

    changes = list(brief.product.changes.values_list("before", "after"))

    assert changes == [("¥39.9", "¥29.9"), ("¥35.9", "¥29.9")]


def test_a_new_fact_changes_no_ad(brief):
    note_changes(brief.product, [])

    assert not brief.product.changes.exists()
