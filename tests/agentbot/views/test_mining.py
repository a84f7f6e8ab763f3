"""Questions people answered become articles to approve: masked, alike ones together, known ones left out."""

from __future__ import annotations

from django.utils import timezone

from agentbot.models import Message
from agentbot.page_data.mining import mined_answers
from agentbot.pii import seal, unwrap_key
from core.models import AdvertiserArticle
from tests.agentbot.views.talks import a_talk


def answered(shop, question: str, answer: str, visitor: str) -> None:
    talk = a_talk(shop, question, visitor=visitor, owner="human")
    Message.objects.create(
        advertiser=shop.advertiser,
        conversation=talk,
        seq=2,
        direction="out",
        author="person",
        member=shop.member,
        key=talk.key,
        body=seal(unwrap_key(bytes(talk.key.wrapped)), answer),
        sent_at=timezone.now(),
    )


def test_alike_questions_stand_once_with_the_newest_answer(shop):
    answered(shop, "周末可以试驾吗", "可以，请提前一天约。", "web_1")
    answered(shop, "周末可以试驾吗？", "周末都可以，九点开门。", "web_2")
    found = mined_answers(shop.advertiser)

    assert [(each.count, each.answer) for each in found] == [(2, "周末都可以，九点开门。")]


def test_what_is_known_and_what_holds_a_number_is_left_out(shop):
    AdvertiserArticle.objects.create(advertiser=shop.advertiser, title="周末可以试驾吗", text="可以。")
    answered(shop, "周末可以试驾吗", "可以，请提前一天约。", "web_1")
    answered(shop, "我电话 13800138000 打给我好吗", "好的，马上打给您。", "web_2")

    assert mined_answers(shop.advertiser) == ()


def test_approving_makes_an_article_and_leaving_out_hides_the_question(shop, page):
    answered(shop, "能开专票吗", "可以开增值税专用发票。", "web_1")
    answered(shop, "过户要几天", "当天就能办完过户。", "web_2")
    keep, leave = sorted(mined_answers(shop.advertiser), key=lambda each: each.question, reverse=True)
    page.post("/knowledge/articles", {"headline": keep.question, "body": keep.answer})
    page.post("/knowledge/left-out", {"key": leave.key})

    assert AdvertiserArticle.objects.get().title == keep.question
    assert "人工答过、还没收进来的" not in page.get("/knowledge/").content.decode()
