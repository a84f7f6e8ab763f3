"""Captions, titles and answers of a language model: of the form asked for, and nothing made up."""

from __future__ import annotations

import json

import pytest

from core.llm.scripted import ScriptedModel
from generation.described import ShotDescription, VideoDescription
from generation.describing.asking import BY_WORDS, answer_about
from generation.describing.telling import NothingTold, VideoAnswer, answer_question, judge_title, tell_shot

CAPTIONS = ["一只手把牛奶倒进冷萃咖啡", "女生在窗边喝咖啡", "桌上放着三瓶咖啡"]
JPEG = b"\xff\xd8\xff\xe0 a frame"


def said(**answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False)


def described(*captions: str) -> VideoDescription:
    shots = tuple(ShotDescription(30 * place, 30 * place + 30, caption) for place, caption in enumerate(captions))
    return VideoDescription("a" * 64, "zh-CN", "咖啡", "咖啡", "", shots, model="looker")


def test_a_shot_is_told_from_its_frames() -> None:
    model = ScriptedModel([said(caption="一只手  倒牛奶", words=["牛奶", "咖啡", "牛奶"])])

    assert tell_shot(model, [JPEG, JPEG], "zh-CN") == ("一只手 倒牛奶", ("牛奶", "咖啡"))
    assert model.asked[0][0].pictures == (JPEG, JPEG)


def test_an_answer_of_another_form_is_asked_for_once_more() -> None:
    model = ScriptedModel(["the shot shows a hand", said(caption="一只手", words=[])])

    assert tell_shot(model, [JPEG], "zh-CN") == ("一只手", ())
    assert len(model.asked) == 2


def test_nothing_usable_twice_is_said_so() -> None:
    with pytest.raises(NothingTold, match="cannot be used"):
        tell_shot(ScriptedModel(["no", "{"]), [JPEG], "en")


def test_a_title_that_names_nothing_is_made_better_from_what_is_shown() -> None:
    model = ScriptedModel([said(title_fits=False, title="窗边的冷萃咖啡", summary="女生在窗边喝咖啡。")])

    verdict = judge_title(model, "IMG_2043", "", CAPTIONS, "zh-CN")

    assert (verdict.title, verdict.fits) == ("窗边的冷萃咖啡", False)


def test_a_title_that_fits_stays_to_the_letter() -> None:
    model = ScriptedModel([said(title_fits=True, title="别的", summary="喝咖啡。")])

    assert judge_title(model, "冷萃咖啡", "", CAPTIONS, "zh-CN").title == "冷萃咖啡"


def test_a_title_with_a_number_nobody_gave_is_not_taken() -> None:
    made_up = said(title_fits=False, title="39 元的咖啡", summary="喝咖啡。")

    with pytest.raises(NothingTold, match="39 stands in nothing"):
        judge_title(ScriptedModel([made_up, made_up]), "IMG_2043", "", CAPTIONS, "zh-CN")


def test_a_question_is_answered_from_the_shots_it_names() -> None:
    model = ScriptedModel([said(known=True, answer="倒的是牛奶", shots=[1])])

    assert answer_question(model, "倒进去的是什么", CAPTIONS, "zh-CN") == VideoAnswer("倒的是牛奶", (0,))


def test_what_the_video_does_not_show_is_not_answered() -> None:
    model = ScriptedModel([said(known=False, answer="", shots=[])])

    assert answer_question(model, "多少钱", CAPTIONS, "zh-CN") is None


def test_an_answer_that_rests_on_no_shot_is_refused() -> None:
    loose = said(known=True, answer="牛奶", shots=[])

    with pytest.raises(NothingTold, match="name the shots"):
        answer_question(ScriptedModel([loose, loose]), "是什么", CAPTIONS, "zh-CN")


def test_without_a_model_the_nearest_caption_is_quoted_and_says_so() -> None:
    answered = answer_about(described("", *CAPTIONS), "窗边喝咖啡的是谁", None, "zh-CN")

    assert answered == (VideoAnswer("女生在窗边喝咖啡", (2,)), (BY_WORDS,))


def test_a_broken_model_does_not_silence_the_captions() -> None:
    answered = answer_about(described(*CAPTIONS), "窗边喝咖啡的是谁", ScriptedModel(["nonsense", "{"]), "zh-CN")

    assert answered == (VideoAnswer("女生在窗边喝咖啡", (1,)), (BY_WORDS,))


def test_a_question_about_something_else_gets_no_quote() -> None:
    assert answer_about(described(*CAPTIONS), "发票怎么开", None, "zh-CN") is None


def test_what_only_asks_does_not_count_against_a_caption() -> None:
    bag = described("街上下着雨", "女生背着绿色的包")

    assert answer_about(bag, "视频里女生背的包是什么颜色", None, "zh-CN") == (
        VideoAnswer("女生背着绿色的包", (1,)),
        (BY_WORDS,),
    )
    walk = described("Rain on a street", "A woman with a green bag walks by")
    assert answer_about(walk, "What colour is the bag in the video?", None, "en") == (
        VideoAnswer("A woman with a green bag walks by", (1,)),
        (BY_WORDS,),
    )
    assert answer_about(walk, "What brand is the phone?", None, "en") is None
