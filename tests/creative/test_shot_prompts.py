"""What a video model is asked to show: by a language model where there is one, by rule where not, and marked."""

from __future__ import annotations

import json

import pytest

from core.llm.scripted import ScriptedModel
from creative.contracts import Role
from creative.shot_prompts import BY_RULE, write_shot_prompts
from tests.creative.making import a_brief

LINES = ["是不是也想喝清爽的？", "0 蔗糖，喝着没负担。"]
ROLES: list[Role] = ["hook", "selling_point"]


def told(*shots: dict[str, str]) -> str:
    return json.dumps({"shots": shots}, ensure_ascii=False)


def test_without_a_language_model_prompts_follow_a_rule_and_say_so() -> None:
    prompts = write_shot_prompts(a_brief(), LINES, ROLES)

    assert [prompt.degraded for prompt in prompts] == [(BY_RULE,), (BY_RULE,)]
    assert all("咖啡" in prompt.text for prompt in prompts)
    assert prompts[0].camera == "dolly:+1"


def test_numbers_never_reach_a_picture_model_as_lettering() -> None:
    prompts = write_shot_prompts(a_brief(), ["第二件半价，39.9 元"], ["offer"])

    assert not any(character.isdigit() for character in prompts[0].text)


def test_a_language_model_directs_each_line() -> None:
    model = ScriptedModel(
        [
            told(
                {"prompt": "一只手拧开玻璃瓶，水珠滑落", "camera": "zoom:+1"},
                {"prompt": "冰块落进杯子，慢动作", "camera": ""},
            )
        ]
    )

    prompts = write_shot_prompts(a_brief(), LINES, ROLES, model)

    assert [(prompt.text, prompt.camera, prompt.degraded) for prompt in prompts] == [
        ("一只手拧开玻璃瓶，水珠滑落", "zoom:+1", ()),
        ("冰块落进杯子，慢动作", "", ()),
    ]


def test_a_camera_move_nobody_knows_costs_the_move_and_not_the_shot() -> None:
    model = ScriptedModel([told({"prompt": "一只手拧开玻璃瓶，水珠滑落", "camera": "fly:+9"})])

    assert write_shot_prompts(a_brief(), LINES[:1], ROLES[:1], model)[0].camera == ""


@pytest.mark.parametrize(
    "nonsense",
    ["no", '{"shots":[]}', told({"prompt": "39.9 元大字", "camera": ""}), told({"prompt": "短", "camera": ""})],
)
def test_nonsense_is_asked_once_more_and_then_the_rule_writes(nonsense: str) -> None:
    model = ScriptedModel([nonsense], repeats=True)

    prompts = write_shot_prompts(a_brief(), LINES[:1], ROLES[:1], model)

    assert len(model.asked) == 2
    assert prompts[0].degraded == (BY_RULE,)
