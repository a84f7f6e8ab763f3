"""Advertising law in context: what a text may not say, and the exemptions that let plain language pass."""

from __future__ import annotations

from functools import lru_cache

from core.claims.evasions import unmask
from core.claims.law_rules_en import EN_RULES
from core.claims.law_rules_zh import ZH_RULES
from core.claims.law_superlatives_zh import LATIN_SUPERLATIVES, SUPERLATIVE_RULES
from core.claims.rules import TextRule, apply_rules
from core.contracts import Finding, Language

LAW_RULES: dict[Language, tuple[TextRule, ...]] = {
    "zh-CN": (*SUPERLATIVE_RULES, *LATIN_SUPERLATIVES, *ZH_RULES),
    "en": (*EN_RULES,),
}


@lru_cache(maxsize=8192)
def check_law(text: str, language: Language) -> tuple[Finding, ...]:
    """Findings of the advertising law that applies to ads in `language`, each with rule, span and reason."""
    return apply_rules(LAW_RULES[language], unmask(text))
