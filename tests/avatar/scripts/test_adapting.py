"""A human host's script for another product."""

from __future__ import annotations

import re

from avatar.scripts.adapting import adapt_script
from avatar.scripts.checking import check_lines
from tests.avatar.scripts.facts import TODAY, brief

HUMAN = (
    "{wave}家人们大家好，我是你们的主播。",
    "这是全国最好的咖啡，销量第一。",
    "拧开就能喝，{hold_up}放包里也方便。",
    "今天只要19.9元。",
)


def test_what_may_be_said_stays_and_the_rest_is_written_from_the_facts():
    told = brief("zh-CN")
    adapted = adapt_script(HUMAN, told, "小林", seed=3, today=TODAY)
    texts = [line.text for line in adapted.script.lines]

    assert texts[1] == "家人们大家好，我是你们的主播。"
    assert texts[3] == "拧开就能喝，放包里也方便。"
    assert "拧开" not in texts[2]
    assert sorted({problem.line for problem in adapted.replaced}) == [2, 4]
    for lap in adapted.script.laps:
        said = [line.text for line in lap]
        assert check_lines(said, told.all_facts(), "zh-CN", "kuaishou", TODAY) == ()


def test_it_says_that_it_is_an_ai_names_the_price_and_points_at_the_link():
    texts = [line.text for line in adapt_script(HUMAN, brief("zh-CN"), "小林", seed=3, today=TODAY).script.lines]

    assert re.search(r"AI|人工智能", texts[0])
    assert "39.9元" in texts[4]
    assert "链接" in texts[5]
    assert len(texts) == 6


def test_marks_of_the_host_are_kept():
    lines = adapt_script(HUMAN, brief("zh-CN"), "小林", seed=3, today=TODAY).script.lines

    assert [cue.value for cue in lines[1].cues] == ["wave"]
    assert [cue.value for cue in lines[3].cues] == ["hold_up"]


def test_a_script_that_lacks_nothing_is_taken_as_it_is():
    lines = ("我是 AI 数字人主播，欢迎大家。", "39.9元，第二件半价。", "点击下方链接。")
    adapted = adapt_script(lines, brief("zh-CN"), "小林", seed=3, today=TODAY)

    assert [line.text for line in adapted.script.lines] == list(lines)
    assert (adapted.script.degraded, adapted.replaced, len(adapted.script.laps)) == ((), (), 1)


def test_laps_differ_in_what_was_written_anew():
    laps = adapt_script(HUMAN, brief("zh-CN"), "小林", seed=3, today=TODAY).script.laps

    assert len(laps) == 4
    assert len({lap[2].text for lap in laps}) > 1
    assert len({lap[3].text for lap in laps}) == 1
