"""Advertising law and platform rules on a labelled set: violations with their disguises, look-alikes that pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.claims import check_text
from core.claims.adlaw import LAW_RULES
from core.claims.platform_words import platform_rules

LINES = Path(__file__).parents[2] / "data" / "policy_lines.tsv"


def labelled(language: str | None = None, held: bool | None = None) -> list[tuple[str, str, str]]:
    rows = [line.split("\t") for line in LINES.read_text(encoding="utf-8").splitlines()[2:]]
    return [
        (label, lang, text)
        for label, lang, part, text in rows
        if language in (None, lang) and (held is None or (part == "held") == held)
    ]


def figures(rows: list[tuple[str, str, str]]) -> tuple[float, float]:
    """(precision, recall) of "blocks" against the labels."""
    hits = [(label == "v", any(each.blocks for each in check_text(text, lang))) for label, lang, text in rows]  # type: ignore[arg-type]  # the set holds our languages only
    right = sum(is_bad and is_hit for is_bad, is_hit in hits)
    return right / sum(hit for _, hit in hits), right / sum(bad for bad, _ in hits)


def test_the_set_is_large_and_balanced() -> None:
    rows = labelled()

    assert len(rows) >= 300
    assert min(sum(label == each for label, _, _ in rows) for each in "vx") >= 150
    assert len(labelled(held=True)) >= 100


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("held", [False, True])
def test_precision_and_recall(language: str, held: bool) -> None:
    precision, recall = figures(labelled(language, held))

    assert precision >= 0.9
    assert recall >= 0.95


def test_every_hit_names_rule_span_reason_and_source() -> None:
    for _, language, text in labelled():
        for finding in check_text(text, language):  # type: ignore[arg-type]  # the set holds our languages only
            assert finding.rule
            assert finding.reason
            assert finding.source
            assert text[finding.span.start : finding.span.end] == finding.text != ""


def test_every_rule_has_a_source_and_the_date_it_was_read() -> None:
    rules = [rule for table in LAW_RULES.values() for rule in table]
    rules += [*platform_rules("zh-CN", "kuaishou"), *platform_rules("en", "meta"), *platform_rules("en", "tiktok")]

    assert all(rule.source and rule.read_on == "2026-11-22" for rule in rules)


@pytest.mark.parametrize(
    ("text", "rule", "written"),
    [
        ("蕞佳选择", "cn-adlaw-9-3", "蕞佳"),
        ("我们是 第 ① 品牌", "cn-adlaw-9-3", "第 ①"),
        ("销量 Ｎｏ．１", "cn-adlaw-9-3", "Ｎｏ．１"),
        ("zui低价", "cn-adlaw-9-3", "zui低价"),
        ("这茶能治 疗 失眠", "cn-adlaw-17", "治 疗"),
        ("稳赚不赔", "cn-adlaw-25", "稳赚不赔"),
        ("加vx领券", "platform-contact", "加vx"),
    ],
)
def test_a_disguised_word_is_found_where_it_stands(text: str, rule: str, written: str) -> None:
    finding = check_text(text, "zh-CN")[0]

    assert (finding.rule, finding.text) == (rule, written)


def test_a_platforms_own_rule_applies_on_that_platform_only() -> None:
    line = "Search for it on Amazon"

    assert [each.rule for each in check_text(line, "en", "tiktok")] == ["platform-other-shop"]
    assert check_text(line, "en", "youtube") == ()


def test_long_and_empty_lines_are_answered() -> None:
    assert check_text("", "zh-CN") == ()
    assert check_text("咖啡" * 5000, "zh-CN") == ()
