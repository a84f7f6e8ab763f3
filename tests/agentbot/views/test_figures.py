"""Results and the account: what is counted, and what is said when there is nothing to count."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from agentbot.models import Conversation, Message, OutboundPart, PolicyDecision
from agentbot.page_data.metrics import metrics_of
from tests.agentbot.views.talks import a_lead, a_talk, a_turn


def an_answer(talk) -> None:
    """A part that was sent, as the sender leaves it."""
    turn = a_turn(talk, "有现车。")
    part = OutboundPart.objects.get(turn=turn)
    OutboundPart.objects.filter(pk=part.pk).update(state="sent", sent_at=timezone.now())
    Message.objects.create(
        advertiser_id=talk.advertiser_id,
        conversation=talk,
        seq=talk.last_seq + 1,
        direction="out",
        author="expert",
        part=part,
        key=talk.key,
        body=part.body,
        sent_at=timezone.now(),
    )


def test_nothing_to_count_is_said(page):
    assert "这些天没有会话" in page.get("/results/").content.decode()


def test_reply_and_lead_rates_are_shares_of_opened_conversations(shop):
    answered = a_talk(shop, "打我电话 13800138000", visitor="web_1")
    an_answer(answered)
    a_lead(answered)
    unanswered = a_talk(shop, "在吗", visitor="web_2")
    Conversation.objects.filter(pk=unanswered.pk).update(created_at=timezone.now() - dt.timedelta(minutes=6))
    found = metrics_of(shop.advertiser)

    assert [found.figures[at][1] for at in (0, 2)] == ["50.0%", "50.0%"]
    assert sum(talks for _day, talks, _leads in found.chart.table) == 2
    assert found.arms[0][1:] == ("–", "1")


def test_a_learnt_policy_stands_apart_and_few_conversations_say_nothing(shop):
    talk = a_talk(shop, "在吗")
    an_answer(talk)
    PolicyDecision.objects.update(policy="linear-3")
    found = metrics_of(shop.advertiser)

    assert (found.arms[0][1:], found.dots) == (("1", "–"), None)
    assert "会话太少" in found.arms_sentence


def test_health_is_clean_when_all_was_read_and_sent_once(shop, page):
    talk = a_talk(shop, "在吗")
    an_answer(talk)
    type(talk).objects.filter(pk=talk.pk).update(read_seq=1)

    assert [fine for _word, _figure, fine in metrics_of(shop.advertiser).health] == [True] * 7
    assert "<polyline" in page.get("/results/").content.decode()


def test_the_account_joins_ads_conversations_leads_and_plans(shop, page):
    a_lead(a_talk(shop, "打我电话 13800138000"))
    html = page.get("/account/").content.decode()

    assert "还没有成片。" in html
    assert "ad-0418" in html
    assert "李女士" in html
    assert "13800138000" not in html


def test_the_first_page_names_who_waits_before_what_waits(shop, page):
    a_talk(shop, "转人工", visitor="web_1", owner="human_pending")
    a_turn(a_talk(shop, "在吗", visitor="web_2", owner="shadow"), "在的。", state="draft")
    html = page.get("/").content.decode()

    assert html.index("1 位访客要找人工") < html.index("1 条回答待放行")
    assert "/inbox/?show=waiting" in html
