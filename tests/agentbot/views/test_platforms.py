"""Channels on platforms: what to paste where, opened and shown once, credentials replaced."""

from __future__ import annotations

import json

import pytest

from agentbot.models import ChannelAccount, OutboundPart, PublicComment
from agentbot.pii import unwrap_key
from tests.agentbot.channels.vendors import samples
from tests.agentbot.views.talks import a_talk

KINDS = ("douyin", "kuaishou", "messenger", "whatsapp", "wecom")


def form(kind: str, secrets: dict[str, str], **more: str) -> dict[str, str]:
    return {"kind": kind, "mode": "shadow", **{f"credential_{name}": value for name, value in secrets.items()}, **more}


@pytest.mark.parametrize("kind", KINDS)
def test_every_platform_has_a_guide_in_both_languages(page, kind):
    for language, word in (("zh-hans", "在这里开通渠道"), ("en", "Open the channel here")):
        html = page.get(f"/channels/platform?kind={kind}", HTTP_ACCEPT_LANGUAGE=language).content.decode()
        assert word in html
        assert f'value="{kind}"' in html


def test_a_channel_is_opened_and_its_address_and_token_are_shown_once(page, shop):
    given = {name: value for name, value in samples.WHATSAPP.items() if name != "verify_token"}
    html = page.post("/channels/platform", form("whatsapp", given, label="出海")).content.decode()

    account = ChannelAccount.objects.get(kind="whatsapp")
    token = json.loads(unwrap_key(bytes(account.secret)))["verify_token"]
    assert (account.advertiser, account.mode, account.name) == (shop.advertiser, "shadow", "出海")
    assert f"/in/{account.inbound_token}" in html
    assert token in html

    again = page.get("/channels/").content.decode()
    assert f"/in/{account.inbound_token}" in again
    assert token not in again
    assert samples.WHATSAPP["access_token"] not in again


def test_what_is_missing_is_named_and_no_secret_comes_back(page):
    html = page.post("/channels/platform", form("douyin", {**samples.DOUYIN, "access_token": ""}))

    assert html.status_code == 422
    text = html.content.decode()
    assert samples.DOUYIN["client_key"] in text
    assert samples.DOUYIN["client_secret"] not in text
    assert not ChannelAccount.objects.filter(kind="douyin").exists()


def test_credentials_are_replaced_and_what_is_left_empty_stays(page, shop):
    page.post("/channels/platform", form("douyin", samples.DOUYIN))
    account = ChannelAccount.objects.get(kind="douyin")
    assert page.get(f"/channels/{account.pk}/credentials").status_code == 200

    page.post(f"/channels/{account.pk}/credentials", {"credential_client_secret": "newer"})

    account.refresh_from_db()
    assert json.loads(unwrap_key(bytes(account.secret))) == {**samples.DOUYIN, "client_secret": "newer"}
    assert json.loads(unwrap_key(bytes(account.old_secret))) == samples.DOUYIN


def test_a_platforms_secret_is_not_ours_to_make(page, shop):
    page.post("/channels/platform", form("douyin", samples.DOUYIN))
    account = ChannelAccount.objects.get(kind="douyin")

    assert page.post(f"/channels/{account.pk}/secret").status_code == 404
    assert page.get(f"/channels/{shop.channel.pk}/credentials").status_code == 404


def test_it_is_switched_off_and_on_like_any_other(page):
    page.post("/channels/platform", form("douyin", samples.DOUYIN))
    account = ChannelAccount.objects.get(kind="douyin")
    for given, state in (("no", "disabled"), ("yes", "open")):
        page.post(f"/channels/{account.pk}/switch", {"is_on": given})
        account.refresh_from_db()
        assert account.state == state


def test_a_comment_is_answered_in_public_from_the_inbox(page, shop):
    talk = a_talk(shop, "骗人，我电话 13800138000")
    message = talk.messages.get()
    talk.messages.update(is_public=True)
    row = PublicComment.objects.create(
        advertiser=shop.advertiser,
        account=shop.channel,
        conversation=talk,
        message_id=message.pk,
        thread="t1",
        kind="complaint",
        state="person",
    )
    html = page.get(f"/inbox/{talk.pk}").content.decode()
    assert f'<option value="{row.pk}">' in html
    assert "13800138000" not in html

    page.post(f"/inbox/{talk.pk}/reply", {"text": "抱歉给您带来不便", "under": str(row.pk)})

    part = OutboundPart.objects.get(event_type="comment.reply")
    assert (part.text, part.author) == ("抱歉给您带来不便", "person")
    assert page.post(f"/inbox/{talk.pk}/reply", {"text": "x", "under": "other"}).status_code == 404
