"""An advertiser's own ways: set by a command, kept as they are where nothing is said."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from agentbot.models import HostingRules
from core.models import Advertiser

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def advertiser() -> Advertiser:
    return Advertiser.objects.create(slug="tea", name="Tea")


def test_what_is_named_changes_and_the_rest_stays(tmp_path, capsys):
    plan = tmp_path / "plan.json"
    plan.write_text('[{"after_hours": 10, "text": " 周末有试驾活动。 "}]', encoding="utf-8")

    call_command("hosting_rules", "--advertiser", "tea", "--handoff-minutes", "5", "--plan", str(plan))
    capsys.readouterr()
    call_command(
        "hosting_rules",
        "--advertiser",
        "tea",
        "--when-nobody",
        "remind",
        "--follow-ups",
        "off",
        "--json",
        "--person-cost",
        "60",
    )

    assert json.loads(capsys.readouterr().out) == {
        "handoff_minutes": 5,
        "when_nobody": "remind",
        "follows_up": False,
        "follow_up_steps": [{"after_hours": 10.0, "text": "周末有试驾活动。", "until_contact": True}],
        "currency": "CNY",
        "message_cost_minor": 0,
        "person_cost_minor": 6000,
        "model_cost_minor": 0,
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--handoff-minutes", "0"), "handoff_minutes: must be 1 to 1440"),
        (("--model-cost", "cheap"), "--model-cost: 'cheap' is no amount"),
        (("--plan", "/nowhere.json"), "--plan: /nowhere.json cannot be read"),
    ],
)
def test_what_is_odd_is_named_and_changes_nothing(words, said, capsys):
    with pytest.raises(SystemExit) as left:
        call_command("hosting_rules", "--advertiser", "tea", *words)

    assert left.value.code == 2
    assert said in capsys.readouterr().err
    assert not HostingRules.objects.exists()
