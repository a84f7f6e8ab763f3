"""Lines become bubbles."""

from __future__ import annotations

from agentbot.language import width
from agentbot.merging import Line, to_bubbles

LONG = "我们和三家银行合作分期,征信有过逾期的客户可以先做一次预审,预审不留查询记录,结果以银行审核为准,请您放心咨询。"


def test_neighbours_of_one_author_share_a_bubble_and_an_ask_has_its_own():
    bubbles = to_bubbles(
        [
            Line("您好。", "expert"),
            Line("续航 520 公里。", "expert"),
            Line("方便留个电话吗?", "lead", asks_contact=True),
        ]
    )

    assert [bubble.text for bubble in bubbles] == ["您好。续航 520 公里。", "方便留个电话吗?"]
    assert [bubble.asks_contact for bubble in bubbles] == [False, True]


def test_what_may_give_way_goes_first():
    bubbles = to_bubbles(
        [
            Line(LONG, "expert"),
            Line("甲" * 50 + "。", "expert"),
            Line("乙" * 50 + "。", "expert", drop=4),
            Line("丙" * 50 + "?", "lead", asks_contact=True),
        ]
    )

    assert len(bubbles) == 3
    assert "乙" not in "".join(bubble.text for bubble in bubbles)


def test_musts_that_do_not_fit_are_cut_and_the_ask_stays():
    bubbles = to_bubbles(
        [*(Line(LONG, "expert") for _ in range(5)), Line("方便留个电话吗?", "lead", asks_contact=True)]
    )

    assert len(bubbles) <= 3
    assert bubbles[-1].text == "方便留个电话吗?"
    assert all(width(bubble.text) <= 60 for bubble in bubbles)
