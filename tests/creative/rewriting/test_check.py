"""A line is judged the same whoever wrote it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from creative.brief import parse_brief
from creative.contracts import Originality, ScriptDraft, SlotBudget
from creative.rewriting.check import check_line, check_script

TODAY = dt.date(2026, 11, 22)
BRIEF = parse_brief((Path(__file__).parents[3] / "demo" / "brief.yaml").read_text(encoding="utf-8"), TODAY)
BUDGET = SlotBudget("offer", 2.6, 1.8, 3.1)


def test_a_good_line_names_its_facts_length_and_footage() -> None:
    line = check_line("39.9元，第二件半价。", "offer", BRIEF, BUDGET, TODAY)

    assert line.fact_ids == ("price", "offer")
    assert line.spans == (("price", 0, 5), ("offer", 6, 11))
    assert line.findings == ()
    assert 1.8 <= line.estimated_seconds <= 3.1
    assert {"冷萃咖啡", "drink"} <= set(line.words)


def test_law_claims_and_numbers_block() -> None:
    line = check_line("全网最低价19.9元，提神醒脑", "offer", BRIEF, BUDGET, TODAY)

    assert {finding.rule for finding in line.findings if finding.blocks} == {
        "cn-adlaw-9-3",
        "unbound-number",
        "unbound-claim",
    }
    assert line.blocks


def test_length_only_warns() -> None:
    long = check_line("这一瓶冷萃咖啡放在桌上，放在包里，放在冰箱里，都好", "offer", BRIEF, BUDGET, TODAY)
    short = check_line("看", "offer", BRIEF, BUDGET, TODAY)

    assert [finding.rule for finding in long.findings] == ["too-long"]
    assert [finding.rule for finding in short.findings] == ["too-short"]
    assert not long.blocks
    assert not short.blocks


def test_a_line_without_words_blocks() -> None:
    assert check_line("。。。", "hook", BRIEF, None, TODAY).blocks


def test_a_script_may_not_say_a_line_twice_nor_borrow_words() -> None:
    line = check_line("打开冰箱，先找它。", "hook", BRIEF, None, TODAY)
    twice = replace(line, text="打开冰箱，先找它！", role="cta")
    draft = ScriptDraft((line, twice), "plain", "phrasebook", 0, Originality(0.4, 9, ("悦泉",)))

    assert [finding.rule for finding in check_script(draft)] == ["repeated-line", "copied-words", "copied-brand"]
