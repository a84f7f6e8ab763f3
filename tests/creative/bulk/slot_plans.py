"""Slot plans the tests of pools, plans and facts share, built from a brief and invented clips."""

from __future__ import annotations

from creative.bulk.contracts import SlotPlan, Tune
from creative.bulk.pools import build_slot_plan
from creative.contracts import ClipOption, Role, ScriptLine, SpokenTake
from creative.planning import Spoken
from tests.creative.making import a_brief, an_option

TUNES = (Tune("/music/calm.ogg", "calm", "calm"), Tune("/music/drive.ogg", "drive", "drive"))

LINES: dict[Role, tuple[str, tuple[str, ...]]] = {
    "hook": ("下午三点又犯困？", ()),
    "pain": ("会开到一半，眼皮先打架。", ()),
    "selling_point": ("澄夜冷萃，12 小时低温慢萃。", ("name", "steep")),
    "proof": ("倒出来你看，颜色透亮。", ()),
    "offer": ("现在只要39块9，第二件半价。", ("price", "offer")),
    "cta": ("点左下角，带一瓶回工位。", ("cta",)),
}
LONG_ROLES: tuple[Role, ...] = ("hook", "pain", "selling_point", "selling_point", "proof", "proof", "offer", "cta")


def a_spoken(hook="", seconds=2.2, hook_seconds=2.2, degraded=(), roles=tuple(LINES)) -> Spoken:
    """One line a role, each spoken in `seconds`; the hook may be another one."""
    told = [(role, hook if hook and role == "hook" else LINES[role][0], LINES[role][1]) for role in roles]
    lines = tuple(ScriptLine(role, text, facts, 2.5) for role, text, facts in told)
    takes = tuple(
        SpokenTake(f"/voice/{text}.wav", text, hook_seconds if role == "hook" else seconds) for role, text, _ in told
    )
    return Spoken(lines, takes, (0.3,) * len(lines), degraded)


def clips(count: int, **changes: object) -> list[ClipOption]:
    """Clips that usually give 136 frames; `changes` for all of them."""
    return [an_option(number, **{"end_frame": 140, **changes}) for number in range(count)]


def built(options=42, wanted=1000, scripts=None, looks=None, relevance=None, seconds=15, **more) -> SlotPlan:
    """A slot plan over so many clips, or over these."""
    material = clips(options) if isinstance(options, int) else options
    return build_slot_plan(
        a_brief(length_seconds=seconds),
        scripts or [a_spoken()],
        material,
        relevance or (lambda need: {}),
        TUNES,
        looks or {},
        {option.shot_id: f"sha-{option.material_id}" for option in material},
        wanted,
        **more,
    )


def half_minute(options=42, wanted=1000, **more) -> SlotPlan:
    """Eight slots of 112 frames, the hook 96."""
    return built(options, wanted, [a_spoken("", 3.2, 2.6, roles=LONG_ROLES)], seconds=30, **more)


def sizes(plan: SlotPlan) -> list[int]:
    return [len(slot.choices) for slot in plan.slots]
