"""The advertisers simulated visitors talk to: knowledge to answer from, and what their visitors write."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from agentbot.contracts import Article, Knowledge, PriceFact
from core.contracts import Language

_FOLDER = Path(__file__).with_name("advertisers")
_SAYINGS = Path(__file__).with_name("sayings.yaml")
_LANGUAGES: dict[str, Language] = {"zh": "zh-CN", "en": "en"}


@dataclass(frozen=True)
class SimulatedAdvertiser:
    """`lines` by kind: open, worry, price, question, unknown, ready, and what any visitor says."""

    knowledge: Knowledge
    lines: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def advertisers() -> tuple[SimulatedAdvertiser, ...]:
    """Every shipped advertiser, in the order of their files."""
    return tuple(_read(path) for path in sorted(_FOLDER.glob("*.yaml")))


def _read(path: Path) -> SimulatedAdvertiser:
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    vertical, short = path.stem.split(".")
    language = _LANGUAGES[short]
    articles = tuple(Article(f"{path.stem}:{title}", title, text) for title, text in raw["articles"].items())
    prices = tuple(
        PriceFact(f"{path.stem}:price:{place}", item, int(amount), currency, unit)
        for place, (item, amount, currency, unit) in enumerate(raw["prices"])
    )
    knowledge = Knowledge(path.stem, raw["name"], language, vertical, articles, prices, "1")
    return SimulatedAdvertiser(knowledge, {**_sayings(language), **_split(raw["lines"])})


@lru_cache(maxsize=4)
def _sayings(language: Language) -> dict[str, tuple[str, ...]]:
    return _split(yaml.safe_load(_SAYINGS.read_text(encoding="utf-8"))[language])


def _split(lines: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {kind: tuple(each.strip() for each in text.split(" | ")) for kind, text in lines.items()}
