"""Nothing a check or a refusal says reaches a Chinese page in English."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.utils.translation import override

from creative.page_data.check_words import check_words
from creative.page_data.reference_words import intent_words
from creative.page_data.sentences import in_words
from creative.references.intents import SENTENCES
from creative.rewriting.writer import STYLES

ROOT = Path(__file__).resolve().parents[3]
HAN = re.compile(r"[\u4e00-\u9fff]")


def check_names() -> set[str]:
    """Every name the quality room and the labels give a check."""
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "generation").rglob("*.py"))
    return set(re.findall(r"(?:\bCheck|_verdict)\(\s*\"([a-z0-9_]+)\"", text))


def test_every_check_has_chinese_words():
    with override("zh-hans"):
        assert sorted(name for name in check_names() if not HAN.search(check_words(name))) == []


def test_every_refusal_has_chinese_words():
    from generation.understanding.refusals import REASONS

    filled = {key: re.sub(r"{(\w+)}", "9", reason) for key, reason in REASONS.items()}
    with override("zh-hans"):
        assert sorted(key for key, reason in filled.items() if not HAN.search(in_words(reason))) == []


def refusals_in(path: str) -> list[str]:
    """Every reason a module gives in an InputError, its figures filled in."""
    calls = (node for node in ast.walk(ast.parse((ROOT / path).read_text())) if isinstance(node, ast.Call))
    reasons = [call.args[1] for call in calls if getattr(call.func, "id", "") == "InputError"]
    told = [
        ast.unparse(reason).removeprefix("f").strip("'\"") for reason in reasons if not isinstance(reason, ast.Call)
    ]
    return [re.sub(r"{[^}]*}", "9", reason) for reason in told]


def test_every_change_that_is_refused_is_said_in_chinese():
    with override("zh-hans"):
        assert [said for said in refusals_in("creative/services/changes.py") if not HAN.search(in_words(said))] == []


def test_every_intent_has_chinese_words():
    with override("zh-hans"):
        assert sorted(code for code in SENTENCES if not HAN.search(intent_words(code))) == []


@pytest.mark.parametrize("style", STYLES)
def test_every_style_has_chinese_words(style):
    from creative.page_data.words import STYLE_WORDS

    with override("zh-hans"):
        assert HAN.search(str(STYLE_WORDS[style]))


def test_every_rule_has_chinese_words():
    from core.claims import law_rules_en, law_rules_zh, law_superlatives_zh, platform_words
    from core.claims.rules import TextRule

    def rules(value: object) -> list[TextRule]:
        if isinstance(value, TextRule):
            return [value]
        if isinstance(value, dict):
            value = list(value.values())
        return [rule for each in value for rule in rules(each)] if isinstance(value, list | tuple) else []

    modules = (law_rules_en, law_rules_zh, law_superlatives_zh, platform_words)
    found = [rule for module in modules for value in vars(module).values() for rule in rules(value)]
    said = {rule.reason.replace("{word!r}", "'word'") for rule in found}
    with override("zh-hans"):
        assert sorted(reason for reason in said if not HAN.search(in_words(reason))) == []
    assert len(said) > 20
