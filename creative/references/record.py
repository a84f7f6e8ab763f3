"""What a ref.yaml says of a reference: title, category, platform, figures, rights."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, get_args

from core.contracts import PLATFORMS, Language
from core.errors import InputError
from core.yaml_text import LARGEST_BYTES, read_yaml
from creative.brief.categories import guess_category
from creative.brief.prices import PriceProblem, read_price
from creative.references.performance import Metrics

MAX_BYTES = LARGEST_BYTES
MAX_SCRIPT = 20_000
RIGHTS = ("analyse_only", "may_reuse_pixels")
_KEYS = ("title", "category", "platform", "language", "script", "metrics", "rights", "brands")
_METRICS = ("impressions", "plays_3s", "clicks", "conversions", "spend")
_MOST = 10**13


@dataclass(frozen=True)
class Record:
    """The checked record. Empty fields were not given. `spend_minor` in minor units."""

    title: str = ""
    category: str = ""
    platform: str = ""
    language: str = ""
    script: str = ""
    rights: str = "analyse_only"
    brands: tuple[str, ...] = ()
    metrics: Metrics = field(default_factory=Metrics)
    spend_minor: int = 0


def read_record(payload: bytes, name: str) -> Record:
    """The record in a YAML file; InputError names the file, the field and the reason."""
    try:
        raw = read_yaml(payload, name, MAX_BYTES)
    except InputError as error:
        code = "record-too-large" if error.code == "yaml_too_long" else "record-not-yaml"
        raise InputError(name, error.reason, code) from error
    if raw is None:
        return Record()
    if not isinstance(raw, dict):
        raise InputError(name, f"must be a mapping of {', '.join(_KEYS)}", "record-not-mapping")
    return check_record(raw, name)


def check_record(raw: dict[Any, Any], name: str) -> Record:
    """`raw` (text as it was typed) as a Record; unknown keys are named and refused."""
    for key in raw:
        if key not in _KEYS:
            raise InputError(name, f"unknown key {str(key)[:60]!r}; known are {', '.join(_KEYS)}", "record-unknown-key")
    metrics, spend_minor = _metrics(raw.get("metrics"), name)
    return Record(
        title=_text(raw, "title", name, 200),
        category=_category(_text(raw, "category", name, 80), name),
        platform=_one_of(raw, "platform", PLATFORMS, name),
        language=_one_of(raw, "language", get_args(Language), name),
        script=_text(raw, "script", name, MAX_SCRIPT),
        rights=_one_of({"rights": str(raw.get("rights") or RIGHTS[0]).replace("-", "_")}, "rights", RIGHTS, name),
        brands=_brands(raw.get("brands"), name),
        metrics=metrics,
        spend_minor=spend_minor,
    )


def _text(raw: dict[Any, Any], key: str, name: str, longest: int) -> str:
    value = raw.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"{name}: {key}", "must be text", "record-text")
    if len(value) > longest:
        raise InputError(f"{name}: {key}", f"is longer than {longest} characters", "record-too-long")
    return value.replace("\x00", "").strip()


def _one_of(raw: dict[Any, Any], key: str, known: tuple[str, ...], name: str) -> str:
    value = _text(raw, key, name, 40)
    if value and value not in known:
        raise InputError(f"{name}: {key}", f"{value!r} is none of {', '.join(known)}", "record-choice")
    return value


def _category(text: str, name: str) -> str:
    """Our own key, or the advertiser's words for one ("冷萃咖啡")."""
    if not text:
        return ""
    guess = guess_category(text)
    if not guess.is_known:
        raise InputError(f"{name}: category", f"{text!r} names no category we know", "record-category")
    return guess.key


def _brands(value: Any, name: str) -> tuple[str, ...]:
    if not value:
        return ()
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or len(values) > 20 or not all(isinstance(each, str) for each in values):
        raise InputError(f"{name}: brands", "must be a list of at most 20 names", "record-brands")
    return tuple(brand.strip()[:80] for brand in values if brand.strip())


def _metrics(value: Any, name: str) -> tuple[Metrics, int]:
    if value in (None, ""):
        return Metrics(), 0
    if not isinstance(value, dict):
        raise InputError(f"{name}: metrics", f"must be a mapping of {', '.join(_METRICS)}", "record-metrics")
    for key in value:
        if key not in _METRICS:
            raise InputError(f"{name}: metrics", f"unknown key {str(key)[:60]!r}", "record-unknown-key")
    counts = {key: _count(value.get(key), f"{name}: metrics.{key}") for key in _METRICS[:4]}
    if counts["plays_3s"] > counts["impressions"] or counts["clicks"] > counts["impressions"]:
        raise InputError(f"{name}: metrics", "more plays or clicks than impressions", "record-metrics")
    return Metrics(**counts), _spend(value.get("spend"), f"{name}: metrics.spend")


def _count(value: Any, where: str) -> int:
    if value in (None, ""):
        return 0
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,14}", value) or int(value) > _MOST:
        raise InputError(where, f"{str(value)[:40]!r} is not a whole number from 0", "record-count")
    return int(value)


def _spend(value: Any, where: str) -> int:
    """Minor units of an amount: a bare number, or as people write it ("¥3,000")."""
    if value in (None, ""):
        return 0
    if not isinstance(value, str):
        raise InputError(where, f"{str(value)[:40]!r} is not an amount from 0", "record-spend")
    try:
        return read_price(value, "zh-CN").money.minor
    except PriceProblem as problem:
        raise InputError(where, str(problem), "record-spend") from problem
