"""From words and cuts to slots."""

from __future__ import annotations

from itertools import pairwise

import pytest

from creative.references.cues import cue_scores
from creative.references.formats import classify_format
from creative.references.intents import SENTENCES, intent_of, sentence
from creative.references.roles import label_lines
from creative.references.structure import (
    MAX_SLOT_SECONDS,
    Cuts,
    Structured,
    structure_from_lines,
    structure_from_shots,
)
from creative.references.subtitles import Subtitle, spread_over
from tests.creative.references.labelled import (
    Labelled,
    held_out,
    labelled_scripts,
    macro_f1,
    tuned,
)

AD = (
    Subtitle(0.3, 2.0, "打工人听我说，别再喝速溶了"),
    Subtitle(2.2, 4.1, "下午两点眼皮打架，喝完还胃酸"),
    Subtitle(4.3, 6.4, "这个撕开倒水就能喝，零糖零脂"),
    Subtitle(6.6, 8.4, "同事喝了一口就问我要链接"),
    Subtitle(8.6, 10.2, "今天两盒立减二十"),
    Subtitle(10.3, 12.0, "想试的点左下角"),
)


def structured(cuts: Cuts | None = None) -> Structured:
    return structure_from_lines(AD, cuts or Cuts(12.4), "zh-CN")


def spans(found: Structured) -> list[tuple[float, float]]:
    return [(slot.start_seconds, slot.end_seconds) for slot in found.structure.slots]


def test_every_slot_has_its_role_in_order():
    found = structured()

    assert [slot.role for slot in found.structure.slots] == ["hook", "pain", "selling_point", "proof", "offer", "cta"]
    assert (found.read_from, found.confidence) == ("words+shots", "high")


def test_slots_tile_the_reference_from_nought_to_its_end():
    edges = spans(structured())

    assert edges[0][0] == 0.0
    assert edges[-1][1] == 12.4
    assert all(before[1] == after[0] for before, after in pairwise(edges))


def test_borders_snap_to_a_near_cut_then_to_a_silence_then_lie_between_the_lines():
    found = structured(Cuts(12.4, borders=(2.4, 7.5), silences=((4.25, 4.75), (10.2, 10.3))))

    assert [round(end, 2) for _, end in spans(found)[:5]] == [2.4, 4.5, 6.5, 8.5, 10.25]


def test_pace_is_cuts_a_second_inside_the_slot():
    found = structured(Cuts(12.4, borders=(0.5, 1.0, 1.5, 2.1)))

    assert found.structure.slots[0].pace == pytest.approx(3 / 2.1, abs=0.01)
    assert found.structure.slots[1].pace == 0.0


def test_neighbouring_lines_of_one_role_are_one_slot_while_one_line_can_fill_it():
    lines = [
        Subtitle(n * 2.0, n * 2.0 + 1.9, text)
        for n, text in enumerate(["怎么做冷萃？", "先磨豆子", "再加冰水", "然后放进冰箱", "最后滤掉渣", "点左下角"])
    ]
    found = structure_from_lines(lines, Cuts(12.0), "zh-CN")

    assert [slot.role for slot in found.structure.slots] == ["hook", "selling_point", "selling_point", "cta"]
    assert max(slot.seconds for slot in found.structure.slots) <= MAX_SLOT_SECONDS + 0.5


def test_a_structure_holds_no_word_of_the_reference():
    texts = " ".join(line.text for line in AD)

    assert not any(part in repr(structured().structure) for part in texts.split())
    assert {slot.intent for slot in structured().structure.slots} <= set(SENTENCES)


def test_without_words_the_shots_give_a_guess_that_calls_itself_one():
    found = structure_from_shots(Cuts(15.0, borders=(2.5, 5.2, 9.0, 12.6), share_with_faces=0.2))

    assert (found.read_from, found.confidence) == ("shots", "low")
    assert found.structure.slots[0].role == "hook"
    assert found.structure.slots[-1].role == "cta"
    assert spans(found)[0] == (0.0, 2.5)
    assert spans(found)[-1][1] == 15.0


@pytest.mark.parametrize("seconds", [0.4, 1.0, 3.0, 8.0, 15.0, 60.0, 600.0])
def test_any_length_gives_slots_in_order(seconds: float):
    edges = spans(structure_from_shots(Cuts(seconds, borders=(seconds / 2,))))

    assert all(start < end for start, end in edges)
    assert edges[-1][1] == seconds


@pytest.mark.parametrize("seconds", [1.0, 5.0, 30.0])
def test_subtitles_that_do_not_fit_the_video_still_give_slots_in_order(seconds: float):
    edges = spans(structure_from_lines(AD, Cuts(seconds, borders=(0.1, 0.2, 0.3)), "zh-CN"))

    assert all(start < end for start, end in edges)
    assert edges[-1][1] == seconds


def test_a_face_that_stays_is_someone_talking_and_fast_cuts_are_scenes():
    talk = structure_from_shots(Cuts(15.0, borders=(7.0,), share_with_faces=1.0))
    scenes = structure_from_shots(Cuts(15.0, borders=tuple(float(n) for n in range(1, 15))))

    assert (talk.structure.format, scenes.structure.format) == ("talk_through", "scene")


def labels(scripts: list[Labelled]):
    pairs = []
    for script in scripts:
        found, _ = label_lines([text for _, text in script.lines], script.language)
        pairs += zip([role for role, _ in script.lines], found, strict=True)
    return pairs


SCRIPTS = labelled_scripts()


def test_the_labelled_set_is_large_and_varied_enough_to_measure_on():
    assert len(SCRIPTS) >= 50
    assert len({script.category for script in SCRIPTS}) == 10
    assert len({script.format for script in SCRIPTS}) == 8


@pytest.mark.parametrize("part", [tuned, held_out])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_roles_are_found_with_a_macro_f1_of_three_quarters(part, language):
    scripts = [script for script in part(SCRIPTS) if script.language == language]

    assert macro_f1(labels(scripts)) >= 0.75


@pytest.mark.parametrize("name", ["labelled_later.txt", "labelled_last.txt"])
def test_roles_of_scripts_written_after_the_first_rules_are_found_as_well(name: str):
    later = labelled_scripts(name)

    assert len(later) >= 16
    assert macro_f1(labels(later)) >= 0.75


def test_roles_of_english_scripts_nobody_tuned_on_are_found_with_a_macro_f1_of_four_fifths():
    unseen = labelled_scripts("labelled_unseen_en.txt")

    assert len(labels(unseen)) >= 150
    assert macro_f1(labels(unseen)) >= 0.80


def test_formats_are_found():
    right = [
        classify_format([text for _, text in script.lines], [role for role, _ in script.lines]) == script.format
        for script in held_out(SCRIPTS)
    ]

    assert sum(right) >= 0.8 * len(right)


def test_no_words_are_a_scene_and_words_without_a_cue_a_talk_through():
    assert classify_format([], []) == "scene"
    assert classify_format(["一", "二三"], ["hook", "cta"]) == "talk_through"


def test_one_line_is_a_hook_and_none_is_nothing():
    assert label_lines(["你好"], "zh-CN")[0] == ("hook",)
    assert label_lines([], "zh-CN") == ((), 0.0)
    with pytest.raises(ValueError, match="lines"):
        structure_from_lines((), Cuts(3.0), "en")


def test_a_role_cannot_be_shouted_into_place():
    text = "点击左下角下单，现在就给自己备一份，抢！"

    assert cue_scores(text * 9, "zh-CN")["cta"] == 6.0


@pytest.mark.parametrize(
    ("role", "text", "code"),
    [
        ("hook", "一杯冷萃，到底要等多久？", "hook.question"),
        ("hook", "Stop buying phone cases", "hook.warning"),
        ("pain", "外面洗一次四十块", "pain.money"),
        ("selling_point", "第二，保湿", "selling_point.listed"),
        ("proof", "检测报告在这", "proof.paper"),
        ("offer", "Free trial for two weeks", "offer.trial"),
        ("cta", "Tap the link", "cta.link"),
        ("cta", "给爸妈试试", "cta.soft"),
    ],
)
def test_an_intent_says_how_the_slot_goes_about_it(role, text, code):
    assert intent_of(role, text) == code
    assert sentence(code)


def test_a_script_of_two_hundred_lines_is_labelled_in_order():
    found = structure_from_lines(spread_over("先这样。再那样。" * 100, 60.0), Cuts(60.0), "zh-CN")

    assert len(found.structure.slots) >= 10
