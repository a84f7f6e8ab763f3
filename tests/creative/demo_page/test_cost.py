import pytest

from creative.demo_page.cost import cost_per_ad


def test_the_cost_of_an_ad_is_its_share_of_a_core_hour():
    cost = cost_per_ad([30.0, 42.0])

    assert cost.cpu_seconds == 36.0
    assert cost.yuan == pytest.approx(0.0025)


def test_no_ads_cost_nothing():
    assert cost_per_ad([]).yuan == 0.0
