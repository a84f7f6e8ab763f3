"""A person reads, takes over, answers, approves and hands back; contacts stand masked until looked at."""

from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone

from agentbot.inbox.timeouts import look_after_handoffs
from agentbot.models import Conversation, LeadEvent, OutboundPart
from tests.agentbot.views.talks import a_lead, a_talk, a_turn


def html_of(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_inbox_says_how_visitors_come(page):
    html = html_of(page.get("/inbox/"))

    assert "开一个渠道" in html
    assert "/channels/" in html


def test_who_waits_for_a_person_stands_first_and_is_counted(page, shop):
    a_talk(shop, "在吗", visitor="web_1")
    a_talk(shop, "转人工", visitor="web_2", owner="human_pending")
    html = html_of(page.get("/inbox/"))

    assert "1 位在等人" in html
    assert "转人工" in html
    assert "在吗" not in html
    assert '<span class="rail-count"' in html


def test_the_thread_shows_what_is_said_what_is_coming_and_why(page, shop):
    talk = a_talk(shop, "有现车吗")
    a_turn(talk, "有一台白色的。", action="answer")
    html = html_of(page.get(f"/inbox/{talk.pk}"))

    assert "有现车吗" in html
    assert "is-due" in html
    assert "有一台白色的。" in html
    assert "只回答" in html
    assert "引用原文，不是语言模型写的" in html


def test_taking_over_cancels_what_the_agents_had_not_sent(page, shop):
    talk = a_talk(shop, "有现车吗")
    a_turn(talk, "有一台白色的。")
    page.post(f"/inbox/{talk.pk}/take")
    talk.refresh_from_db()

    assert talk.owner == Conversation.Owner.HUMAN
    assert talk.epoch == 2
    assert OutboundPart.objects.get().state == "cancelled"
    assert "林舒接手了" in html_of(page.get(f"/inbox/{talk.pk}"))


def test_typing_takes_over_too(page, shop):
    talk = a_talk(shop, "有现车吗")

    assert page.post(f"/inbox/{talk.pk}/typing").status_code == 204
    talk.refresh_from_db()
    assert talk.owner == Conversation.Owner.HUMAN


def test_a_reply_leaves_as_the_persons(page, shop):
    talk = a_talk(shop, "有现车吗")
    page.post(f"/inbox/{talk.pk}/reply", {"text": "有的，我给您拍视频"})
    part = OutboundPart.objects.get()

    assert (part.author, part.state, part.text) == ("person", "scheduled", "有的，我给您拍视频")


def test_the_form_carries_an_id_under_which_a_reply_leaves_once(page, shop):
    talk = a_talk(shop, "有现车吗")
    found = re.search(r'name="client_id" value="([0-9a-f]{32})"', html_of(page.get(f"/inbox/{talk.pk}")))
    for _ in range(3):
        page.post(f"/inbox/{talk.pk}/reply", {"text": "有的", "client_id": found[1]})

    assert OutboundPart.objects.count() == 1


def test_where_the_person_wrote_no_more_the_thread_says_so(page, shop):
    talk = a_talk(shop, "有现车吗")
    page.post(f"/inbox/{talk.pk}/take")
    look_after_handoffs(timezone.now() + dt.timedelta(minutes=11))

    assert "人工已结束" in html_of(page.get(f"/inbox/{talk.pk}"))


def test_an_empty_reply_is_refused_in_words(page, shop):
    talk = a_talk(shop, "有现车吗")
    answer = page.post(f"/inbox/{talk.pk}/reply", {"text": "  "}, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert "一条消息 1 到 4,000 个字。" in answer.content.decode()


def test_a_draft_is_edited_approved_and_sent(page, shop):
    talk = a_talk(shop, "有现车吗", owner="shadow")
    turn = a_turn(talk, "有一台。", "白色。", state="draft")
    assert "放行并发送" in html_of(page.get(f"/inbox/{talk.pk}"))
    page.post(f"/inbox/drafts/{turn.pk}/approve", {"text": ["有一台。", "珍珠白。"]})

    parts = OutboundPart.objects.order_by("part_no")
    assert [(part.text, part.author, part.state) for part in parts] == [
        ("有一台。", "expert", "scheduled"),
        ("珍珠白。", "person", "scheduled"),
    ]


def test_a_draft_overtaken_by_the_visitor_cannot_leave(page, shop):
    talk = a_talk(shop, "有现车吗", owner="shadow")
    turn = a_turn(talk, "有一台。", state="draft")
    Conversation.objects.filter(pk=talk.pk).update(epoch=5)
    answer = page.post(f"/inbox/drafts/{turn.pk}/approve", headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert "访客又写了新的" in answer.content.decode()


def test_a_dismissed_draft_is_gone(page, shop):
    talk = a_talk(shop, "有现车吗", owner="shadow")
    turn = a_turn(talk, "有一台。", state="draft")
    page.post(f"/inbox/drafts/{turn.pk}/dismiss")

    assert OutboundPart.objects.get().state == "cancelled"
    assert "放行并发送" not in html_of(page.get(f"/inbox/{talk.pk}"))


def test_back_with_the_agents_leaves_a_marker(page, shop):
    talk = a_talk(shop, "有现车吗")
    page.post(f"/inbox/{talk.pk}/take")
    page.post(f"/inbox/{talk.pk}/back")
    talk.refresh_from_db()

    assert talk.owner == Conversation.Owner.BOT
    assert "已交还 AI" in html_of(page.get(f"/inbox/{talk.pk}"))


def test_contacts_are_masked_until_somebody_looks_and_that_is_written_down(page, shop):
    talk = a_talk(shop, "我的电话 13800138000")
    lead = a_lead(talk)
    html = html_of(page.get(f"/inbox/{talk.pk}"))
    assert "13800138000" not in html
    assert "138****8000" in html

    shown = html_of(page.post(f"/inbox/{talk.pk}/reveal"))
    assert "+8613800138000" in shown
    assert LeadEvent.objects.get(lead=lead, kind="revealed").member == shop.member


def test_what_a_visitor_types_is_text_and_never_markup(page, shop):
    talk = a_talk(shop, "<img src=x onerror=alert(1)>")

    assert "<img src=x" not in html_of(page.get(f"/inbox/{talk.pk}"))
