import datetime as dt
import time

import numpy as np
import pytest

from creative.bulk.account import AccountEstimate, AccountHistory
from creative.bulk.contracts import Stretch
from creative.bulk.search import search
from creative.bulk.similarity import fingerprint, picture_share
from tests.creative.bulk.plans import plan_of, shared_plan

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def days(number: float) -> dt.timedelta:
    return dt.timedelta(days=number)


def an_ad(clip: str, second: str = "", first_frame: int = 0, look: str = ""):
    """Two stretches of 90 and 180 frames, so that the first weighs 270 and the second 180."""
    end = Stretch(second or f"end of {clip}", 0, 180, second)
    return ((0, Stretch(clip, first_frame, 90, look)), (90, end))


def test_an_account_that_delivered_nothing_has_no_similarity():
    assert AccountHistory().estimate(NOW) == AccountEstimate(0.0, 0, 0)


def test_similarity_is_the_share_of_a_weeks_ads_that_are_not_original():
    history = AccountHistory()

    told = [history.add(an_ad(clip), NOW) for clip in ("a", "b", "c", "a")]

    assert told == [True, True, True, False]
    assert history.estimate(NOW) == AccountEstimate(0.25, 4, 3)


def test_every_figure_is_called_an_estimate():
    assert AccountHistory().estimate(NOW).is_estimate


def test_ads_that_look_alike_are_not_original():
    history = AccountHistory()
    history.add(an_ad("a", look="kitchen"), NOW)

    assert not history.is_original(an_ad("b", look="kitchen"), NOW)


def test_ads_that_share_less_than_half_are_original():
    history = AccountHistory()
    history.add(an_ad("a", "shared end"), NOW)

    assert history.is_original(an_ad("b", "shared end"), NOW)


def test_ads_that_show_other_frames_of_one_source_are_original():
    history = AccountHistory()
    history.add(an_ad("a", first_frame=0), NOW)

    assert history.is_original(an_ad("a", "other end", first_frame=95), NOW)
    assert not history.is_original(an_ad("a", "other end", first_frame=5), NOW)


def test_only_the_last_seven_days_are_counted_and_the_last_180_compared():
    history = AccountHistory()
    history.add(an_ad("a"), NOW - days(181))
    history.add(an_ad("b"), NOW - days(100))
    history.add(an_ad("c"), NOW - days(6))

    assert history.add(an_ad("a"), NOW - days(0.5))
    assert not history.add(an_ad("b"), NOW)
    assert history.estimate(NOW).made == 3
    assert history.estimate(NOW).original == 2


def test_an_ad_is_not_held_against_ads_that_go_out_later():
    history = AccountHistory()
    history.add(an_ad("a"), NOW)

    assert history.is_original(an_ad("a"), NOW - days(1))


@pytest.mark.parametrize("originals", [0, 9, 10, 89, 100])
def test_room_for_look_alikes_ends_just_under_the_limit(originals):
    history = AccountHistory()
    for number in range(originals):
        history.add(an_ad(f"clip {number}"), NOW)

    room = history.room_for(NOW)

    for _ in range(room):
        history.add(an_ad("clip 0"), NOW)
    assert history.estimate(NOW).similarity < 0.10
    history.add(an_ad("clip 0"), NOW)
    assert originals == 0 or history.estimate(NOW).similarity >= 0.10


def test_original_ads_on_their_way_make_room():
    assert AccountHistory().room_for(NOW, originals=91) == 10


def test_a_strict_batch_is_all_original():
    plan = plan_of()
    history = AccountHistory()

    told = [history.add(fingerprint(plan, mix), NOW) for mix in search(plan, 300, "strict", seed=1).mixes]

    assert all(told)
    assert history.estimate(NOW).similarity == 0


def test_the_index_agrees_with_the_reference_on_every_ad():
    plan = shared_plan(16, (96, 160, 128), 10, 3, looks=13)
    rng = np.random.default_rng(1)
    ads = [
        tuple((start, one) for start, one in fingerprint(plan, mix))
        for mix in search(plan, 200, "off", seed=int(rng.integers(9))).mixes
    ]
    history = AccountHistory()

    told = [history.add(ad, NOW) for ad in ads]

    assert told == [all(picture_share(ad, other) < 0.5 for other in ads[:n]) for n, ad in enumerate(ads)]


def test_four_thousand_ads_are_held_against_each_other_at_a_millisecond_each():
    plan = plan_of((30,) * 8, (112,) * 8)
    ads = [fingerprint(plan, mix) for mix in search(plan, 4000, "off", seed=1).mixes]
    history = AccountHistory()
    before = time.process_time()

    for ad in ads:
        history.add(ad, NOW)

    assert time.process_time() - before < 4
