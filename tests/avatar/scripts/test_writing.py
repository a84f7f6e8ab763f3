"""A room's script from its product's facts."""

from __future__ import annotations

import json
import re

import pytest

from avatar.scripts.checking import bound_facts, check_lines
from avatar.scripts.writing import Script, generate_script
from core.contracts import Language
from core.llm.base import LanguageModelDown
from core.llm.scripted import ScriptedModel
from tests.avatar.scripts.facts import TODAY, brief


@pytest.fixture(scope="module", params=["zh-CN", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    return request.param


@pytest.fixture(scope="module")
def script(language: Language) -> Script:
    return generate_script(brief(language), "小林" if language == "zh-CN" else "Lin", seed=7, today=TODAY)


def test_a_lap_has_enough_to_say(script: Script):
    assert 12 <= len(script.lines) <= 15
    assert [line.place for line in script.lines] == list(range(len(script.lines)))


def test_it_opens_with_a_welcome_from_an_ai(script: Script):
    assert re.search(r"AI|人工智能", script.lines[0].text)
    assert script.lines[0].emotion == "delight"
    assert {cue.value for cue in script.lines[0].cues} & {"welcome", "wave"}


def test_every_lap_may_be_said(script: Script, language: Language):
    told = brief(language)
    for lap in script.laps:
        texts = [line.text for line in lap]

        assert check_lines(texts, told.all_facts(), language, told.platform, TODAY) == ()
        assert len(set(texts)) == len(texts)


def test_price_offer_and_link_are_said_and_shown(script: Script, language: Language):
    facts = brief(language).all_facts()
    said = {each for line in script.lines for each in bound_facts(line.text, facts, language, TODAY)}
    shown = {cue.value for line in script.lines for cue in line.cues}

    assert {"price", "offer"} <= said
    assert len(said - {"price", "offer", "name", "cta"}) >= 4
    assert {"price", "link", "point"} <= shown


def test_no_lap_sounds_like_the_one_before(script: Script):
    assert len(script.laps) == 4
    for one, other in zip(script.laps, script.laps[1:], strict=False):
        alike = sum(first.text == second.text for first, second in zip(one, other, strict=True))
        assert alike <= len(one) // 5


def test_the_phrasebook_says_that_it_wrote(script: Script):
    assert script.engine == "phrasebook"
    assert script.degraded == ("script:phrasebook",)


def test_the_same_seed_writes_the_same(script: Script, language: Language):
    name = "小林" if language == "zh-CN" else "Lin"

    assert generate_script(brief(language), name, seed=7, laps=1, today=TODAY).lines == script.lines
    assert generate_script(brief(language), name, seed=8, laps=1, today=TODAY).lines != script.lines


def test_a_product_without_price_and_facts_still_gets_a_script():
    bare = brief("zh-CN", price="none", offer="", facts=[])
    script = generate_script(bare, "小林", seed=1, laps=1, today=TODAY)

    assert len(script.lines) >= 8
    assert not any(re.search(r"\d", line.text) for line in script.lines)


MODEL_LINES = (
    "下午一坐下就犯困？",
    "想喝口好的，又走不开。",
    "澄夜冷萃咖啡，拧开就能喝。",
    "配料只有水和咖啡豆。",
    "每瓶280毫升，刚好一杯。",
    "12小时低温慢萃，慢慢来。",
    "用的是云南保山阿拉比卡豆。",
    "39.9元，第二件半价。",
    "点击下方链接，带一瓶去上班。",
)


def test_a_language_model_writes_where_there_is_one():
    slots = [{"text": text, "fact_ids": [], "words": []} for text in MODEL_LINES]
    model = ScriptedModel([json.dumps({"slots": slots}, ensure_ascii=False)], name="m", repeats=True)
    script = generate_script(brief("zh-CN"), "小林", seed=1, laps=2, today=TODAY, model=model)

    texts = [line.text for line in script.lines]
    assert (script.engine, script.degraded) == ("llm:m", ())
    assert set(MODEL_LINES) <= set(texts)
    assert len(texts) == 15
    assert len(model.asked) >= 2


def test_a_model_that_is_down_is_told_and_stood_in_for():
    model = ScriptedModel([LanguageModelDown("no answer")], repeats=True)
    script = generate_script(brief("zh-CN"), "小林", seed=1, laps=2, today=TODAY, model=model)

    assert (script.engine, script.degraded) == ("phrasebook", ("script:phrasebook",))
    assert script.fallback_reason.startswith("llm_down")
