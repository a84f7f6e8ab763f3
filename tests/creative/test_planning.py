from creative.contracts import ScriptLine
from creative.planning import emphasis_of, plan_ads
from tests.creative.making import a_brief, a_script, an_option, some_music


def plans(count=6, clips=24, seed=1, **brief):
    options = [an_option(number) for number in range(clips)]
    return plan_ads(a_brief(**brief), [a_script()], options, lambda need: {}, some_music(), count, seed, "1080x1920")


def footage_frames(plan):
    return sum(shot.frames for slot in plan.slots for shot in slot.shots if shot.shot_id)


def test_every_slot_of_every_ad_is_on_the_grid():
    assert {slot.frames % 16 for plan in plans() for slot in plan.slots} == {0}


def test_at_least_half_of_an_ad_is_the_advertisers_own_footage():
    assert all(footage_frames(plan) * 2 >= plan.frames for plan in plans())


def test_no_two_ads_of_a_batch_open_with_the_same_clip():
    openings = [plan.slots[0].shots[0].shot_id for plan in plans()]

    assert len(set(openings)) == 6


def test_the_closing_call_is_an_end_card_and_no_stand_in():
    plan = plans(1)[0]

    assert plan.slots[-1].shots[0].source == "card:end"
    assert plan.degraded == ("voice:espeak", "clips:by-words")


def test_the_end_card_shows_the_link_as_people_read_it():
    assert plans(1)[0].slots[-1].shots[0].card.texts == ("澄夜冷萃", "点左下角", "example.com/c")


def test_an_ad_without_footage_says_that_cards_stand_in():
    plan = plans(1, clips=0)[0]

    assert plan.degraded == ("voice:espeak", "clip:card")
    assert [slot.shots[0].source for slot in plan.slots] == [
        "card:kinetic",
        "card:kinetic",
        "card:kinetic",
        "card:kinetic",
        "card:price",
        "card:end",
    ]


def test_equal_seeds_give_equal_plans_and_others_give_others():
    assert plans(seed=3) == plans(seed=3)
    assert plans(seed=3) != plans(seed=4)


def test_captions_light_up_what_facts_bind_and_the_price_first():
    line = ScriptLine("offer", "澄夜冷萃 ¥39.9", ("name", "price"), 2.0, (("name", 0, 4), ("price", 5, 10)))

    assert emphasis_of(line, a_brief()) == ("¥39.9", "澄夜冷萃")


def test_of_a_long_fact_only_the_amount_is_lit():
    text = "从晚上十点滴到早上，12 小时。"
    line = ScriptLine("proof", text, ("recipe",), 2.0, (("recipe", 0, len(text) - 1),))

    assert emphasis_of(line, a_brief()) == ("12 小时",)


def test_an_arranged_ad_is_taken_as_it_stands_and_its_clips_count_as_used():
    arranged = plans(1, seed=9)[0]
    options = [an_option(number) for number in range(24)]

    made = plan_ads(a_brief(), [a_script()], options, lambda need: {}, some_music(), 2, 1, "1080x1080", first=arranged)

    assert made[0].slots == arranged.slots
    assert made[0].canvas == "1080x1080"
    assert made[1].slots[0].shots[0].shot_id != arranged.slots[0].shots[0].shot_id
