"""Row C5: the learned way of asking against the optimum, ask-every-other-turn and one prompt for all."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

from bench.run import Figure, Row

GAIN, LIFT = 0.90, 1.20
DECISIONS = 20_000
SEEDS = (1, 2, 3, 4, 5)
FRESH_SEED = 424_242
"""Visitors that no policy has practised on."""


def measure_c5(small: bool, folder: Path) -> Figure:
    """Share of the optimum's gain over the rules, mean of five runs; lift and drop-off here and on changed hazards."""
    from agentbot.simulator.hazards import read_hazards

    hazards = read_hazards()
    decisions, fresh = (2_000, 2_000) if small else (DECISIONS, 60_000)
    found = gains(hazards, SEEDS[:2] if small else SEEDS, decisions, fresh, small)
    worlds = {"as written": hazards} | {f"changed by 30 %, {seed}": hazards.varied(seed) for seed in (1, 2, 3, 4)}
    found["worlds"] = {name: against_others(world, decisions, fresh) for name, world in worlds.items()}
    found["written"] = written(40 if small else 600)
    return Figure(found["gain"], "of the optimum's gain", reached(found), found)


def gains(hazards: Any, seeds: tuple[int, ...], decisions: int, fresh: int, small: bool) -> dict[str, Any]:
    """Value of rules, optimum and each run's learned policy on fresh visitors."""
    from agentbot.simulator.learning import learn, oracle, run
    from agentbot.simulator.policies import ByWeights, by_rules

    best = oracle(hazards, count=4_000) if small else oracle(hazards)
    low, high = (run(hazards, policy, fresh, FRESH_SEED)[0].value for policy in (by_rules, best))
    each = []
    for seed in seeds:
        learned, log = learn(hazards, decisions, seed)
        assert len(log) <= decisions
        value = run(hazards, ByWeights(learned, 0.0), fresh, FRESH_SEED)[0].value
        each.append(round((value - low) / (high - low), 3))
    return {"gain": round(statistics.mean(each), 3), "each": each, "rules": round(low, 4), "optimum": round(high, 4)}


def against_others(hazards: Any, decisions: int, fresh: int) -> dict[str, float]:
    """Lead rate and ask drop-off of the policy learned in this world (floor and all) and of the two to beat."""
    from agentbot.simulator.learning import LEARNING_FLOOR, learn, run
    from agentbot.simulator.policies import ByWeights, every_other, single_prompt

    learned = ByWeights(learn(hazards, decisions, 1)[0], LEARNING_FLOOR)
    tallies = [run(hazards, policy, fresh, FRESH_SEED)[0] for policy in (learned, every_other, single_prompt)]
    own, *others = tallies
    return {
        "lead_rate": round(own.lead_rate, 4),
        "drop_off": round(own.ask_drop_off, 4),
        "lift": round(own.lead_rate / max(other.lead_rate for other in others), 3),
        "least_drop_off_of_others": round(min(other.ask_drop_off for other in others), 4),
    }


def written(count: int) -> dict[str, Any]:
    """The same comparison where every word goes through the dialogue."""
    from agentbot.simulator.hazards import read_hazards
    from agentbot.simulator.talking import POLICIES, simulate

    tallies = {policy: simulate(read_hazards(), policy, count, 11)[0] for policy in POLICIES}
    return {
        name: {"lead_rate": round(each.lead_rate, 4), "drop_off": round(each.ask_drop_off, 4)}
        for name, each in tallies.items()
    }


def reached(found: dict[str, Any]) -> bool:
    worlds = found["worlds"].values()
    said = found["written"]
    others = (said["every_other"], said["single_prompt"])
    return (
        found["gain"] >= GAIN
        and all(world["lift"] >= LIFT and world["drop_off"] <= world["least_drop_off_of_others"] for world in worlds)
        and all(said["learned"]["lead_rate"] >= LIFT * other["lead_rate"] for other in others)
        and all(said["learned"]["drop_off"] <= other["drop_off"] for other in others)
    )


ROWS = [
    Row(
        "C5",
        "ordering policy in the simulator",
        "ask-every-other-turn; one-prompt bot",
        "≥ 90 % of the optimum's gain in 20,000 decisions; lead rate ≥ 20 % above both at no more drop-off",
        measure_c5,
    )
]
