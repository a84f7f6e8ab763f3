"""The platforms a channel can be opened on: what to copy from each console, and what to paste there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agentbot.channels.vendors.known import VENDORS
from agentbot.page_data.words import CHANNEL_WORDS, word


@dataclass(frozen=True)
class Field:
    """One credential; a secret one is never shown again."""

    name: str
    words: str
    is_secret: bool
    is_optional: bool
    value: str = ""


@dataclass(frozen=True)
class Platform:
    """A form, and the steps beside it. `note` says what an advertiser should know before beginning."""

    kind: str
    name: str
    fields: tuple[Field, ...]
    steps: tuple[str, ...]
    note: str


def platforms() -> tuple[Platform, ...]:
    """In the order they are offered."""
    return tuple(platform_for(kind) for kind in VENDORS)


def platform_for(kind: str, given: Mapping[str, str] | None = None) -> Platform:
    """The one asked for, else the first; with what was typed, but for secrets."""
    known = kind if kind in VENDORS else next(iter(VENDORS))
    steps, note = _steps()[known]
    return Platform(known, word(CHANNEL_WORDS, known), _fields(known, given or {}), steps, note)


def _fields(kind: str, given: Mapping[str, str]) -> tuple[Field, ...]:
    words = _field_words()
    return tuple(
        Field(
            each.name,
            words.get(each.name, each.name),
            each.is_secret,
            each.is_optional,
            "" if each.is_secret else given.get(each.name, ""),
        )
        for each in VENDORS[kind].credentials
    )


def _field_words() -> dict[str, str]:
    """As the consoles call them."""
    return {
        "client_key": "Client Key",
        "client_secret": "Client Secret",
        "open_id": _("open_id of the business account"),
        "access_token": _("Access token"),
        "refresh_token": _("Refresh token"),
        "app_id": "App ID",
        "app_secret": _("App secret"),
        "page_id": _("Page ID"),
        "phone_number_id": _("Phone number ID"),
        "corp_id": _("Corp ID"),
        "open_kfid": _("Customer service account (open_kfid)"),
        "token": "Token",
        "aes_key": "EncodingAESKey",
    }


def _steps() -> dict[str, tuple[tuple[str, ...], str]]:
    return {
        "douyin": _douyin(),
        "kuaishou": _kuaishou(),
        "messenger": _messenger(),
        "whatsapp": _whatsapp(),
        "wecom": _wecom(),
    }


def _douyin() -> tuple[tuple[str, ...], str]:
    return (
        (
            _("In Douyin's developer console open your app and copy its Client Key and Client Secret."),
            _("Have the business account authorise the app for direct messages; copy open_id and both tokens."),
            _(
                "Open the channel here, then paste its address under Webhooks and subscribe to im_receive_msg, "
                "im_send_msg and im_enter_direct_msg."
            ),
        ),
        _("Douyin gives direct messages to no new apps; five replies may follow each message, for 48 hours."),
    )


def _kuaishou() -> tuple[tuple[str, ...], str]:
    return (
        (
            _("In Kuaishou's open platform open your app and copy App ID and App Secret."),
            _("Have the account authorise the app; copy open_id and both tokens."),
            _("Open the channel here, then paste its address under Webhooks."),
        ),
        _("Kuaishou does not publish how messages are worded: try it with a test account first."),
    )


def _messenger() -> tuple[tuple[str, ...], str]:
    return (
        (
            _("On developers.facebook.com open your app; App ID and App Secret stand under Settings, Basic."),
            _("Under Messenger add your page and make its access token; the page's ID stands beside it."),
            _(
                "Open the channel here, then paste address and verify token under Webhooks and subscribe to "
                "messages, message_echoes, messaging_postbacks, messaging_referrals and feed."
            ),
        ),
        _("Answers may follow for 24 hours after the visitor's last message."),
    )


def _whatsapp() -> tuple[tuple[str, ...], str]:
    return (
        (
            _("On developers.facebook.com open your app; the App Secret stands under Settings, Basic."),
            _("Under WhatsApp, API setup, copy the phone number's ID; make a lasting token for a system user."),
            _(
                "Open the channel here, then paste address and verify token under Configuration and subscribe to "
                "messages, and to smb_message_echoes where people also use the app."
            ),
        ),
        _("Answers may follow for 24 hours after the visitor's last message."),
    )


def _wecom() -> tuple[tuple[str, ...], str]:
    return (
        (
            _("In WeCom's console copy the Corp ID; under WeChat customer service its Secret and the open_kfid."),
            _("Where messages are received by interface, let Token and EncodingAESKey be made and copy them."),
            _("Open the channel here, paste its address there and save: WeCom calls at once to see that it works."),
        ),
        _("Name this server's address as a trusted IP; five replies may follow each message, for 48 hours."),
    )
