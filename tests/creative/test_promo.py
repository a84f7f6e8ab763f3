"""Stills and a passage become a plan like that of any ad."""

from __future__ import annotations

from itertools import pairwise

import pytest

from core.errors import InputError
from creative.contracts import SpokenTake
from creative.promo import LONGEST_LINE_SECONDS, plan_promo, promo_ad_plan, split_passage
from creative.rewriting.lengths import estimate_seconds
from creative.storyboard import Look, ShotSource, build_timeline
from generation.contracts import GRID_FRAMES, PORTRAIT, Brand, Framing, MediaSource, SafeArea

NOVEL = (
    "雨夜，她推开了那扇尘封十年的门。屋里有人。那人背对着她，慢慢转过身来，手里握着的，正是父亲失踪那晚带走的怀表！"
    "“你终于来了。”他说。"
)
STILLS = ("门.png", "背影.png", "怀表.png")


def test_a_passage_is_cut_where_a_reader_breathes():
    assert split_passage(NOVEL, "zh-CN") == (
        "雨夜，她推开了那扇尘封十年的门。",
        "屋里有人。",
        "那人背对着她，慢慢转过身来，手里握着的，正是父亲失踪那晚带走的怀表！",
        "“你终于来了。”他说。",
    )
    assert split_passage("Mr. Lin came at half past three. He said nothing at all to anybody. Then he ran!", "en") == (
        "Mr. Lin came at half past three.",
        "He said nothing at all to anybody.",
        "Then he ran!",
    )


def test_no_line_is_longer_than_a_still_can_carry():
    long = "他走过长街，" * 30 + "再也没有回头。"

    lines = split_passage(long, "zh-CN")

    assert "".join(lines) == long
    assert max(estimate_seconds(line, "zh-CN") for line in lines) <= LONGEST_LINE_SECONDS


def test_each_still_moves_unlike_its_neighbour_under_the_words_of_the_passage():
    shots = plan_promo(NOVEL, STILLS, "zh-CN", seconds=30, ending="点击免费看全文", shows=("一扇旧木门",))

    assert [shot.still for shot in shots] == ["门.png", "背影.png", "怀表.png", "门.png", "背影.png"]
    assert "".join(shot.line for shot in shots) == NOVEL + "点击免费看全文"
    assert [shot.role for shot in shots] == ["hook", "selling_point", "selling_point", "selling_point", "cta"]
    assert all(one.camera != other.camera for one, other in pairwise(shots))
    assert shots[0].motion.startswith("一扇旧木门，")
    assert shots[1].motion.startswith("屋里有人，")
    assert all(shot.frames % GRID_FRAMES == 0 and shot.clip_seconds > shot.frames / 30 for shot in shots)


def test_a_promo_ends_within_its_time():
    shots = plan_promo(NOVEL * 4, STILLS, "zh-CN", seconds=15, ending="点击免费看全文")

    assert sum(shot.frames for shot in shots) <= 15 * 30
    assert shots[-1].line == "点击免费看全文"


def test_a_promo_without_pictures_or_words_is_refused():
    with pytest.raises(InputError, match="at least one picture"):
        plan_promo(NOVEL, (), "zh-CN", seconds=15)
    with pytest.raises(InputError, match="no line of it fits"):
        plan_promo("", STILLS, "zh-CN", seconds=15)


def test_the_plan_is_one_that_the_storyboard_builds():
    shots = plan_promo(NOVEL, STILLS, "zh-CN", seconds=30)
    takes = [SpokenTake("voice.wav", "0" * 64, 2.0), *([None] * (len(shots) - 1))]
    clips = [(f"made/{number}.mp4", f"shot-{number}") for number in range(len(shots))]

    plan = promo_ad_plan(shots, clips, takes, language="zh-CN", canvas="1080x1920")
    sources = {
        shot_id: ShotSource(MediaSource("0" * 64, name, name, "video", 480, 832, 400), Framing())
        for name, shot_id in clips
    }
    timeline = build_timeline(plan, sources, Look(PORTRAIT, SafeArea(0, 0, 1080, 1920), Brand("小说"), "AI 生成"))

    assert timeline.frames == sum(slot.frames for slot in plan.slots)
    assert [clip.source.name for clip in timeline.track("picture")] == [name for name, _ in clips]
    assert timeline.track("caption")
    assert {slot.border for slot in timeline.slots[:-1]} == {"fade"}
