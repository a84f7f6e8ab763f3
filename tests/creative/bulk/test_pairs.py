"""Where a large batch fades, how many pairs that asks for, and that the segments still tile every ad."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from creative.bulk.contracts import Mix, PairBorder
from creative.bulk.pairs import LEAST_PAIRS, fading_after, most_pairs, pair_budget, share_fading, with_pairs
from creative.bulk.plans import ad_plan, choice_plan, span_plan
from creative.bulk.spans import picture_spans
from generation.segments.spans import Span, cut_spans
from generation.segments.specs import segment_key, segment_spec
from tests.creative.bulk.slot_plans import half_minute, sizes
from tests.creative.bulk.test_plans import timeline_of

CANVAS = "1080x1920"


def fading(wanted=1000, transition="fade", **more):
    return with_pairs(half_minute(wanted=wanted, transition=transition, **more), wanted)


def mixes(plan, count=60):
    rng = random.Random(3)
    return [Mix(tuple(rng.randrange(len(slot.choices)) for slot in plan.slots), 0) for _ in range(count)]


def key(timeline, first, last):
    return segment_key(segment_spec(timeline, Span(first, last, ())), {})


@pytest.mark.parametrize("transition", ["cut", "flash", "wipe"])
def test_what_lies_in_edges_needs_no_pairs(transition):
    assert fading(transition=transition).pairs == ()


def test_a_batch_fades_where_the_fewest_choices_meet():
    plan = fading()
    products = {at: one * other for at, (one, other) in enumerate(zip(sizes(plan), sizes(plan)[1:], strict=False))}

    assert plan.pairs[0].after_slot != 0
    assert min(products[each.after_slot] for each in plan.pairs) == min(products[at] for at in products if at)


@pytest.mark.parametrize("wanted", [100, 1000, 10_000])
def test_pairs_stay_within_the_budget_and_the_budget_grows_with_the_batch(wanted):
    plan = fading(wanted)

    assert 0 < most_pairs(plan) <= pair_budget(wanted, plan.frames)
    assert pair_budget(wanted, plan.frames) == max(LEAST_PAIRS, wanted * 880 * 5 // 1000 // 32)


def test_no_slot_is_part_of_two_pairs():
    for wanted in (100, 1000, 100_000):
        places = [each.after_slot for each in fading(wanted).pairs]
        assert all(after - before > 1 for before, after in pairwise(places))


def test_beyond_the_budget_some_ads_cut_and_how_many_is_known():
    plan = replace(fading(), pairs=(PairBorder(6, 2),))

    for mix in mixes(plan):
        assert fading_after(plan, mix) == ((6,) if (mix.choices[6] + mix.choices[7]) % 2 == 0 else ())
    assert 0.3 < share_fading(plan, mixes(plan)) < 0.7


@pytest.mark.parametrize("headline", ["", "别再排队了"])
@pytest.mark.parametrize("pairs", [(), (PairBorder(6),), (PairBorder(2), PairBorder(6, 3))])
def test_segments_tile_the_ad_on_the_grid(pairs, headline):
    plan = replace(fading(), pairs=pairs)
    for mix in mixes(plan, 12):
        spans = picture_spans(plan, mix.choices, headline)
        edges = [0, *(span.last for span in spans)]
        assert [(span.first, span.last) for span in spans] == list(pairwise(edges))
        assert edges[-1] == plan.frames
        assert all(frame % 16 == 0 for frame in edges)


@pytest.mark.parametrize("headline", ["", "别再排队了"])
@pytest.mark.parametrize("transition", ["fade", "slide"])
def test_a_span_is_the_same_segment_whatever_stands_beside_it(transition, headline):
    """Cut out of an ad that only has this span right, and out of the whole ad: the same key."""
    plan = replace(fading(transition=transition), pairs=(PairBorder(2), PairBorder(6, 2)))
    for mix in mixes(plan, 6):
        whole = timeline_of(ad_plan(plan, mix, CANVAS, 1, headline))
        for span in picture_spans(plan, mix.choices, headline):
            alone = timeline_of(span_plan(plan, span, CANVAS, 1))
            assert key(alone, span.first, span.last) == key(whole, span.first, span.last), span.name


def test_an_ad_that_fades_everywhere_it_may_is_cut_like_any_ad_with_fades():
    plan = replace(fading(), pairs=(PairBorder(2), PairBorder(6)))
    mix = Mix((0,) * 8, 0)

    spans = picture_spans(plan, mix.choices)

    wanted = cut_spans(timeline_of(ad_plan(plan, mix, CANVAS, 1)))
    assert [(span.first, span.last) for span in spans] == [(span.start_frame, span.end_frame) for span in wanted]
    assert [span.with_next >= 0 for span in spans] == [span.is_pair for span in wanted]


def test_names_tell_every_two_spans_apart():
    plan = replace(fading(), pairs=(PairBorder(2), PairBorder(6, 2)))
    spans = {
        span for mix in mixes(plan) for words in ("", "甲", "乙") for span in picture_spans(plan, mix.choices, words)
    }

    assert len({span.name for span in spans}) == len(spans)


def test_a_slot_sounds_the_same_whether_its_pair_fades_or_cuts():
    plan = replace(fading(), pairs=(PairBorder(6, 2),))

    assert {choice_plan(plan, 6, choice, CANVAS, 1).transition_at for choice in (0, 1)} == {(6,)}
