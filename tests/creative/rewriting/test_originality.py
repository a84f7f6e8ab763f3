"""What a script took from its reference: runs, 4-grams, brands."""

from __future__ import annotations

from creative.rewriting.originality import measure

REFERENCE = "早上来不及吃饭的人，这一瓶帮你把早晨找回来。悦泉，喝得明白。"


def test_new_words_are_original() -> None:
    found = measure(["下午一坐下就犯困，先看看这个。"], REFERENCE, "zh-CN", ("悦泉",))

    assert (found.share, found.ok) == (0.0, True)
    assert found.longest_run <= 2


def test_a_run_of_eight_is_not() -> None:
    found = measure(["这一瓶，帮你把早晨找回来！"], REFERENCE, "zh-CN")

    assert found.longest_run == 11
    assert not found.ok


def test_a_brand_taken_over_is_named() -> None:
    assert measure(["悦泉在等你"], REFERENCE, "zh-CN", ("悦泉",)).brands == ("悦泉",)
    assert measure(["pineapple"], "", "en", ("apple",)).brands == ()


def test_the_advertisers_own_words_are_not_copied() -> None:
    line = "看背面，云南保山阿拉比卡豆。"

    assert not measure([line], "云南保山阿拉比卡豆", "zh-CN").ok
    assert measure([line], "云南保山阿拉比卡豆", "zh-CN", own_words=("云南保山阿拉比卡豆",)).ok


def test_english_counts_words() -> None:
    found = measure(["Grab it now before the long day starts."], "grab it NOW, before the long day ends", "en")

    assert found.longest_run == 7
    assert found.ok


def test_nothing_runs_across_lines() -> None:
    assert measure(["这一瓶帮你", "把早晨找回来"], REFERENCE, "zh-CN").longest_run == 6
