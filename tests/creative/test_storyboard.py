from dataclasses import replace

from creative.contracts import AdPlan, CardPlan, PlannedShot, PlannedSlot, SpokenTake
from creative.storyboard import Look, ShotSource, build_timeline, slot_frames, to_srt
from generation.contracts import PORTRAIT, Brand, Framing, MediaSource, SafeArea

SOURCE = ShotSource(MediaSource("abc", "/m/abc.mp4", "pour.mp4", "video", 1080, 1920, 300), Framing())
LOOK = Look(PORTRAIT, SafeArea(120, 250, 918, 1248), Brand("澄夜"), "AI生成", "¥39.9", "第二件半价")


def a_slot(role="hook", line="下午三点又犯困？", frames=80, seconds=2.2, **changes):
    shot = PlannedShot("pour.mp4", frames, 30, "shot-1")
    voice = SpokenTake("/voice/a.wav", "a", seconds)
    return replace(PlannedSlot(role, line, (), (), frames, (shot,), voice), **changes)


def a_plan(*slots):
    return AdPlan(slots or (a_slot(),), "zh-CN", "1080x1920", "/music/calm.ogg", "c", "calm", 7)


def build(*slots):
    return build_timeline(a_plan(*slots), {"shot-1": SOURCE}, LOOK)


def test_a_slot_is_as_long_as_its_voice_rounded_up_to_sixteen_frames():
    assert [slot_frames("proof", seconds) for seconds in (1.0, 1.3, 2.2, 4.0)] == [48, 64, 80, 144]


def test_a_hook_never_ends_before_the_visible_label_may():
    assert slot_frames("hook", 0.5) == 64


def test_slots_tile_the_ad_from_the_first_frame_to_the_last():
    timeline = build(a_slot(), a_slot("offer", "¥39.9", 64), a_slot("cta", "点左下角", 96))

    assert [(span.start_frame, span.end_frame) for span in timeline.slots] == [(0, 80), (80, 144), (144, 240)]
    assert timeline.frames == 240


def test_the_label_stands_from_frame_0_to_the_end_of_the_slot_that_passes_two_seconds():
    label = build(a_slot(frames=48), a_slot("pain", frames=64)).track("label")[0]

    assert (label.start_frame, label.end_frame, label.text) == (0, 112, "AI生成")


def test_the_voice_begins_a_breath_after_the_cut():
    voice = build(a_slot(), a_slot("pain")).track("voice")[1]

    assert voice.start_frame == 84


def test_captions_follow_the_voice_and_the_last_stays_to_the_end_of_its_slot():
    captions = build(a_slot(line="会开到一半，眼皮先打架，咖啡也没用。", frames=112, seconds=3.2)).track("caption")

    assert captions[0].start_frame == 0
    assert captions[-1].end_frame == 112
    assert [caption.text for caption in captions] == ["会开到一半", "眼皮先打架", "咖啡也没用"]


def test_words_of_the_engine_time_the_captions():
    letters = "会开到一半眼皮先打架"
    words = tuple((letter, 0.2 * at, 0.2 * at + 0.2) for at, letter in enumerate(letters))
    voice = SpokenTake("/voice/a.wav", "a", 2.0, words)

    captions = build(a_slot(line="会开到一半，眼皮先打架。", voice=voice)).track("caption")

    assert captions[1].start_frame == 4 + 30
    assert [word.text for word in captions[1].words] == ["眼皮", "先", "打架"]


def on_a_card(line, kind, texts, price=""):
    """The captions over a slot that is a card."""
    card = PlannedShot(f"card:{kind}", 80, card=CardPlan(kind, texts, price))
    return [caption.text for caption in build(a_slot("proof", line, shots=(card,))).track("caption")]


def test_a_fact_card_that_shows_the_lines_words_is_not_captioned_with_them():
    assert on_a_card("12 小时低温慢萃。", "fact", ("12 小时低温慢萃", "澄夜冷萃")) == []
    assert on_a_card("澄夜冷萃，12 小时低温慢萃。", "fact", ("12 小时低温慢萃", "澄夜冷萃")) == []


def test_what_a_card_does_not_show_is_still_captioned():
    assert on_a_card("倒出来你看看。12 小时低温慢萃。", "fact", ("12 小时低温慢萃", "澄夜冷萃")) == ["倒出来你看看"]


def test_a_price_card_speaks_for_itself_too():
    assert on_a_card("第二件半价，39.9元。", "price", ("澄夜冷萃", "第二件半价"), "¥39.9") == []


def test_nothing_is_written_over_a_kinetic_card():
    card = PlannedShot("card:kinetic", 80, card=CardPlan("kinetic", ("下午三点", "又犯困？")))

    assert build(a_slot(shots=(card,))).track("caption") == ()


def test_nothing_is_written_over_the_end_card():
    card = PlannedShot("card:end", 80, card=CardPlan("end", ("澄夜", "点左下角", "")))

    assert build(a_slot("cta", shots=(card,))).track("caption") == ()


def test_the_price_sticker_stands_over_the_footage_of_an_offer_that_names_the_price():
    with_price = build(a_slot("offer", "¥39.9", fact_ids=("price",)))
    without = build(a_slot("offer", "第二件半价", fact_ids=("offer",)))

    assert [sticker.text for sticker in with_price.track("sticker")] == ["¥39.9"]
    assert without.track("sticker") == ()


def test_captions_as_subrip_hold_every_line():
    srt = to_srt(build(a_slot(), a_slot("cta", "点左下角。", 64)))

    assert srt == (
        "1\n00:00:00,000 --> 00:00:02,667\n下午三点又犯困？\n\n2\n00:00:02,667 --> 00:00:04,800\n点左下角。\n"
    )


def test_a_chosen_transition_stands_at_every_border_but_the_last():
    plan = replace(a_plan(a_slot(), a_slot("pain", frames=64), a_slot("cta", frames=64)), transition="fade")

    timeline = build_timeline(plan, {"shot-1": SOURCE}, LOOK)

    assert [slot.border for slot in timeline.slots] == ["fade", "fade", "cut"]
