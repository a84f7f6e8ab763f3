"""Which slots a model is asked for, and where what it made is shown."""

from __future__ import annotations

from creative.contracts import AdPlan, CardPlan, PlannedShot, PlannedSlot, Role, SlotNeed, SpokenTake
from creative.generating.gaps import Pins, pinned, weakest_slots

CARD = PlannedShot("card:kinetic", 64, card=CardPlan("kinetic", ("喝的时候爽",)))
END = PlannedShot("card:end", 64, card=CardPlan("end", ("澄夜",)))


def footage(score: float) -> PlannedShot:
    return PlannedShot("pour.mp4", 64, shot_id="s1", score=score)


def slot(role: Role, line: str, shot: PlannedShot) -> PlannedSlot:
    voice = SpokenTake("/v.wav", f"voice of {line}", 1.8)
    return PlannedSlot(role=role, line=line, fact_ids=(), emphasis=(), frames=64, shots=(shot,), voice=voice)


def plan(*slots: PlannedSlot) -> AdPlan:
    return AdPlan(slots, "zh-CN", "1080x1920", "", "", "", 1, degraded=("script:phrasebook", "clip:card"))


def needs(of: AdPlan) -> list[SlotNeed]:
    return [SlotNeed(at, each.role, each.line, (), each.frames, 0.0) for at, each in enumerate(of.slots)]


TRIAL = plan(
    slot("hook", "一", footage(0.7)),
    slot("pain", "二", CARD),
    slot("proof", "三", footage(0.4)),
    slot("cta", "四", END),
)


def test_cards_that_only_stand_in_are_filled_first_then_the_shots_that_fit_least() -> None:
    chosen = weakest_slots(needs(TRIAL), TRIAL, {3}, 2)

    assert [need.line for need in chosen] == ["二", "三"]


def test_an_end_card_is_design_and_stays() -> None:
    chosen = weakest_slots(needs(TRIAL), TRIAL, {3}, 10)

    assert [need.line for need in chosen] == ["一", "二", "三"]


def test_a_generated_clip_shows_in_the_slot_it_was_made_for_and_the_card_is_no_longer_told_of() -> None:
    made = PlannedShot("generated/pain-2.mp4", 64, shot_id="g1", score=1.0)

    shown = pinned([TRIAL], Pins({}, {("二", 64): made}), scripts=1)[0]

    assert shown.slots[1].shots == (made,)
    assert [each.shots for each in shown.slots[2:]] == [each.shots for each in TRIAL.slots[2:]]
    assert shown.degraded == ("script:phrasebook", "clips:by-words")


def test_in_later_ads_a_generated_clip_takes_the_place_of_cards_only() -> None:
    made = PlannedShot("generated/proof-3.mp4", 64, shot_id="g1", score=1.0)
    pins = Pins({}, {("三", 64): made})

    first, later = pinned([TRIAL, TRIAL], pins, scripts=1)

    assert first.slots[2].shots == (made,)
    assert later.slots[2].shots == (footage(0.4),)


def test_a_presenter_is_seen_wherever_that_voice_is_heard_and_nowhere_else() -> None:
    said = PlannedShot("presenter/ann.mp4", 64, shot_id="p1", score=1.0)
    pins = Pins({("voice of 一", 64): said, ("voice of 二", 80): said}, {})

    shown = pinned([TRIAL, TRIAL], pins, scripts=1)

    assert [each.slots[0].shots for each in shown] == [(said,), (said,)]
    assert shown[0].slots[1].shots == (CARD,)
