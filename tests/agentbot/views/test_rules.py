"""The hosting rules' page."""

from __future__ import annotations

import pytest

from agentbot.models import HostingRules

FORM = {"minutes": "5", "when_nobody": "remind", "currency": "USD", "person": "30", "message": "", "model": "1.50"}


def test_rules_are_saved_as_a_whole(page, shop):
    steps = {"hours-1": "70", "text-1": " 不着急。 ", "hours-2": "20", "text-2": "还有疑问吗？", "until-2": "on"}
    page.post("/channels/rules", FORM | steps)

    found = HostingRules.objects.get(advertiser=shop.advertiser)
    assert (found.handoff_minutes, found.when_nobody, found.follows_up) == (5, "remind", False)
    assert found.follow_up_steps == [
        {"after_hours": 20.0, "text": "还有疑问吗？", "until_contact": True},
        {"after_hours": 70.0, "text": "不着急。", "until_contact": False},
    ]
    assert (found.currency, found.person_cost_minor, found.message_cost_minor, found.model_cost_minor) == (
        "USD",
        3000,
        0,
        150,
    )


def test_what_is_saved_is_shown_and_what_is_usual_beside_it(page):
    page.post("/channels/rules", FORM | {"follows_up": "on", "hours-1": "20", "text-1": "还有疑问吗？"})
    html = page.get("/channels/rules").content.decode()
    assert 'value="30.00"' in html
    assert "还有疑问吗？" in html
    assert "20 小时后" in html


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"minutes": "0"}, "1 到 1,440 分钟"),
        ({"minutes": "soon"}, "1 到 1,440 分钟"),
        ({"person": "cheap"}, "不是 12.50 这样的金额"),
        ({"person": "1e12"}, "不是 12.50 这样的金额"),
        ({"currency": "XXX"}, "请选一种币种"),
        ({"hours-1": "0", "text-1": "在吗"}, "30 天之间"),
    ],
)
def test_what_is_odd_is_said_and_nothing_changes(page, wrong, said):
    answer = page.post("/channels/rules", FORM | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not HostingRules.objects.exists()
