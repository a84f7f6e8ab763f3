"""The hazards: what simulated visitors are like. Read from a file that no policy sees."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import yaml

from core.errors import InputError

DEFAULT = Path(__file__).with_name("hazards.yaml")


@dataclass(frozen=True)
class Hazards:
    """Every figure of hazards.yaml, by its name there."""

    worry_share: float
    keen_share: float
    trust_start: float
    trust_per_answer: float
    trust_per_deferral: float
    trust_per_ask_too_soon: float
    willing_mean: float
    leave_base: float
    leave_wear: float
    leave_after_ask: float
    leave_after_refused_ask: float
    refuse_share: float
    needs_answer_then_ask: float
    needs_ask_then_answer: float
    needs_value_for_contact: float
    needs_soft_choice: float
    steepness: float
    keen_helps: float
    keen_helps_ask_first: float
    worry_hurts_direct: float
    worry_hurts_value: float
    worry_hurts_soft: float
    deferral_helps_value: float
    deferral_hurts_direct: float
    soft_share: float
    ready_sign_keen: float
    ready_sign_other: float
    price_question: float
    unanswerable: float
    short_message: float
    offers_unasked: float

    def varied(self, seed: int, by: float = 0.3) -> Hazards:
        """Every figure moved by up to ±`by` of itself, each on its own."""
        chance = random.Random(seed)
        moved = {each.name: getattr(self, each.name) * (1 + chance.uniform(-by, by)) for each in fields(self)}
        for name in ("willing_mean", "soft_share", "ready_sign_keen"):
            moved[name] = min(moved[name], 0.9)
        return replace(self, **moved)


def read_hazards(path: Path = DEFAULT) -> Hazards:
    """The hazards of `path`; InputError names what is missing, unknown or no number."""
    try:
        raw: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise InputError(str(path), f"cannot be read: {type(error).__name__}") from error
    if not isinstance(raw, dict):
        raise InputError(str(path), "holds no figures; expected name: number lines")
    names = {each.name for each in fields(Hazards)}
    given = {key: value for key, value in raw.items() if key != "version"}
    for name in sorted(set(given) ^ names):
        raise InputError(f"{path}: {name}", "unknown figure" if name in given else "missing")
    for name, value in given.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InputError(f"{path}: {name}", f"{value!r} is no number")
    return Hazards(**{name: float(value) for name, value in given.items()})
