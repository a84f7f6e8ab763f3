"""A bulk batch whose openings a presenter speaks."""

from __future__ import annotations

from creative.bulk.contracts import BulkLine, Choice, SlotPlan, SlotPool, Stretch
from creative.bulk.presented import with_presenters
from creative.contracts import PlannedShot, SpokenTake

FOOTAGE = PlannedShot("pour.mp4", 64, shot_id="s1")
SAID = PlannedShot("presenter/ann.mp4", 64, shot_id="p1")


def pool(role: str, *voices: str) -> SlotPool:
    lines = tuple(BulkLine(voice, (), (), SpokenTake("/v.wav", voice, 1.8)) for voice in voices)
    choices = tuple(Choice(at, (FOOTAGE,), (Stretch("f", 0, 64, "l"),)) for at in range(len(voices)))
    return SlotPool(role, 64, lines, choices)  # type: ignore[arg-type]  # a role by its name


PLAN = SlotPlan((pool("hook", "one", "two"), pool("proof", "one")), (), "zh-CN")


def test_openings_a_presenter_was_filmed_for_are_spoken_by_the_presenter() -> None:
    plan = with_presenters(PLAN, {("one", 64): SAID}, {"p1": "file", "s1": "f"})

    assert plan.slots[0].choices == (Choice(0, (SAID,), (Stretch("file", 0, 64, "file"),), worth=1.0),)
    assert plan.slots[1] == PLAN.slots[1]


def test_a_clip_of_another_length_or_without_its_file_is_not_shown() -> None:
    assert with_presenters(PLAN, {("one", 80): SAID}, {"p1": "file"}) == PLAN
    assert with_presenters(PLAN, {("one", 64): SAID}, {}) == PLAN
