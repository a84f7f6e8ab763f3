import datetime as dt
from dataclasses import replace

import pytest

from core.contracts import Fact
from creative.brief import BriefError
from creative.rewriting.release import blocked_by, refuse_forbidden_words
from tests.creative.making import a_brief

TODAY = dt.date(2026, 11, 22)


def rules(lines, brief=None, reference="", brands=()):
    return [
        (each.position, each.finding.rule) for each in blocked_by(lines, brief or a_brief(), reference, brands, TODAY)
    ]


def test_sound_lines_may_go_out():
    assert rules([("hook", "午后又犯困？"), ("offer", "¥39.9，第二件半价。")]) == []


def test_a_line_said_twice_may_not():
    assert rules([("hook", "午后又犯困？"), ("cta", "午后又犯困！")]) == [(None, "repeated-line")]


def test_eight_characters_of_the_reference_may_not():
    assert rules([("hook", "这一杯值得你等到天亮。")], reference="这一杯值得你等到天亮") == [(None, "copied-words")]


def test_a_brand_of_the_reference_may_not():
    assert rules([("hook", "比岫里更清爽？")], brands=("岫里",))[-1] == (None, "copied-brand")


def test_a_fact_that_ran_out_since_the_line_was_written_supports_it_no_longer():
    product = replace(a_brief().product, facts=(Fact("steep", "12 小时低温慢萃", valid_until="2026-11-01"),))
    brief = a_brief(product=product)

    assert (0, "unbound-number") in rules([("proof", "12 小时低温慢萃。")], brief)


def test_a_forbidden_word_of_the_brief_is_named_with_its_field():
    brief = a_brief(product=replace(a_brief().product, name="国家级冷萃"))

    with pytest.raises(BriefError) as caught:
        refuse_forbidden_words(brief)
    assert [field for field, _ in caught.value.problems] == ["product.name"]
