"""Which ad shows which headline, for how long, and where there is no room for one."""

import pytest

from creative.bulk.contracts import Mix
from creative.bulk.plans import ad_plan
from creative.bulk.spans import headline_frames, picture_spans
from creative.contracts import CardPlan, PlannedShot
from creative.headlines import has_room, headline_for, opening_frames, with_headline
from generation.contracts import HeadlineClip
from tests.creative.bulk.slot_plans import built, half_minute
from tests.creative.bulk.test_plans import timeline_of

CARD = PlannedShot("card:kinetic", 48, card=CardPlan("kinetic", ("三秒一杯",)))
FOOTAGE = PlannedShot("a.mp4", 48, 0, "shot-a")


def test_headlines_are_dealt_in_turn():
    assert [headline_for(("甲", "乙", "丙"), position) for position in range(5)] == ["甲", "乙", "丙", "甲", "乙"]
    assert headline_for((), 3) == ""


@pytest.mark.parametrize(("slot", "frames"), [(16, 0), (32, 16), (48, 32), (64, 48), (160, 48)])
def test_a_headline_stands_as_long_as_its_slot_allows(slot, frames):
    assert opening_frames(slot) == frames


@pytest.mark.parametrize(
    ("shots", "frames", "has"), [((FOOTAGE,), 48, True), ((CARD,), 16, False), ((FOOTAGE, CARD), 48, True)]
)
def test_a_card_has_words_of_its_own(shots, frames, has):
    assert has_room(shots, frames) is has


def test_a_headline_is_a_segment_of_its_own_and_the_rest_is_shared():
    plan = half_minute()
    first, second = (picture_spans(plan, (0,) * 8, words) for words in ("甲", "乙"))

    assert [(span.first, span.last, span.headline) for span in first[:2]] == [(0, 48, "甲"), (48, 96, "")]
    assert first[1:] == second[1:]
    assert first[0].name != second[0].name


def test_an_opening_that_is_a_card_stays_one_segment():
    plan = built(2)
    cards = [at for at, choice in enumerate(plan.slots[0].choices) if choice.shots[0].card]

    assert cards
    for choice in cards:
        assert headline_frames(plan, choice) == 0
        assert picture_spans(plan, (choice, 0, 0, 0, 0, 0), "甲")[0].is_whole


def test_a_single_ad_takes_a_headline_too():
    plain = ad_plan(half_minute(), Mix((0,) * 8), "1080x1920", 1)

    timeline = timeline_of(with_headline(plain, "别再排队了"))

    assert timeline.track("sticker")[0] == HeadlineClip(0, 48, "别再排队了")
    assert timeline_of(with_headline(plain, "")) == timeline_of(plain)
