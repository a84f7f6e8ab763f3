"""What a member changes about channels on their page."""

from __future__ import annotations

from django.db import transaction

from agentbot.channels.opening import OpenedChannel, open_channel
from agentbot.channels.origins import parse_origins
from agentbot.models import ChannelAccount, Conversation
from agentbot.pii import wrap_key
from core.errors import InputError
from core.models import Advertiser
from core.webhooks.signing import new_secret, secret_bytes


def open_on_page(advertiser: Advertiser, kind: str, name: str, mode: str, address: str, crm_url: str) -> OpenedChannel:
    """`address`: pages of a widget, one a line, or a webhook's callback. Private addresses are refused: InputError."""
    is_widget = kind == ChannelAccount.Kind.WIDGET
    origins = parse_origins(address) if is_widget else ()
    if is_widget and not origins:
        raise InputError("origins", "are missing", "missing_origins")
    return open_channel(
        advertiser,
        kind,
        callback_url="" if is_widget else address.strip(),
        crm_url=crm_url.strip(),
        mode=mode,
        name=name.strip()[:80],
        origins=origins,
    )


@transaction.atomic
def change(account: ChannelAccount, name: str, mode: str, origins: str | None) -> None:
    """Name, mode and, of a widget, pages. A new mode holds for conversations that are with the agents, too."""
    if mode not in ChannelAccount.Mode.values:
        raise InputError("mode", f"{mode!r} is neither auto nor shadow", "unknown_mode")
    account.name = name.strip()[:80]
    if origins is not None and account.kind == ChannelAccount.Kind.WIDGET:
        account.origins = list(parse_origins(origins))
    if account.mode != mode:
        account.mode = mode
        before, after = ("bot", "shadow") if mode == ChannelAccount.Mode.SHADOW else ("shadow", "bot")
        Conversation.objects.filter(account=account, owner=before).update(owner=after)
    account.save(update_fields=["name", "mode", "origins"])


def switch(account: ChannelAccount, is_on: bool) -> None:
    """Off: nothing is shown, taken or sent; on again, what waited leaves."""
    account.state = ChannelAccount.State.OPEN if is_on else ChannelAccount.State.DISABLED
    account.failure, account.paused_until = "", None
    account.save(update_fields=["state", "failure", "paused_until"])


def rotate_secret(account: ChannelAccount) -> str:
    """A new secret, shown this once; the old one is taken until the next change, so that nothing is lost meanwhile."""
    secret = new_secret()
    account.old_secret, account.secret = account.secret, wrap_key(secret_bytes(secret))
    account.save(update_fields=["secret", "old_secret"])
    return secret
