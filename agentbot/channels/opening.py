"""Opens a channel for an advertiser: its address, its secrets, and the CRM its leads go to."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from agentbot.crm.webhook_secrets import add_secret
from agentbot.models import ChannelAccount, CrmConnection
from agentbot.pii import wrap_key
from core.errors import InputError
from core.models import Advertiser
from core.processes.places import Places
from core.processes.web import HOST, noted_port
from core.webhooks.addresses import check_url
from core.webhooks.signing import new_secret, secret_bytes

OWN_KINDS = (ChannelAccount.Kind.WEBHOOK, ChannelAccount.Kind.WIDGET)
"""Those that need no platform's credentials."""


@dataclass(frozen=True)
class OpenedChannel:
    """A channel just opened. `secret` and `crm_secret` are shown this once; "" where there is none."""

    account: ChannelAccount
    inbound_url: str
    secret: str
    crm_secret: str


@transaction.atomic
def open_channel(
    advertiser: Advertiser,
    kind: str,
    *,
    callback_url: str = "",
    crm_url: str = "",
    mode: str = "auto",
    name: str = "",
    origins: tuple[str, ...] = (),
    may_be_private: bool = False,
) -> OpenedChannel:
    """`may_be_private` only for addresses the operator typed on the command line. Raises `InputError`."""
    _check(kind, mode, callback_url)
    if callback_url:
        check_url(callback_url, "callback", may_be_private=may_be_private)
    secret = new_secret()
    crm, crm_secret = None, ""
    if crm_url:
        crm, crm_secret = connect_webhook(advertiser, crm_url, may_be_private=may_be_private, adds=may_be_private)
    account = ChannelAccount.objects.create(
        advertiser=advertiser,
        kind=kind,
        name=name,
        mode=mode,
        inbound_token=secrets.token_urlsafe(24),
        secret=wrap_key(secret_bytes(secret)),
        callback_url=callback_url,
        callback_may_be_private=may_be_private,
        origins=list(origins),
        crm=crm,
    )
    return OpenedChannel(account, inbound_url(account), secret, crm_secret)


def connect_webhook(
    advertiser: Advertiser, url: str, *, may_be_private: bool = False, adds: bool = False
) -> tuple[CrmConnection, str]:
    """The advertiser's CRM at `url` and a secret just made; one connection an address, however many channels name it.

    A secret is shown when it is made and never again. For an address that is connected already there is none ("") or,
    with `adds`, another one: those that were there stay valid beside it.
    """
    check_url(url, "crm-webhook", may_be_private=may_be_private)
    found = CrmConnection.objects.for_advertiser(advertiser).filter(kind="webhook", url=url).first()
    if found is not None:
        return found, add_secret(found) if adds else ""
    made = CrmConnection(advertiser=advertiser, kind=CrmConnection.Kind.WEBHOOK, url=url, may_be_private=may_be_private)
    made.save()
    return made, add_secret(made)


def inbound_url(account: ChannelAccount) -> str:
    folder = "widget" if account.kind == ChannelAccount.Kind.WIDGET else "in"
    return f"{_address()}/{folder}/{account.inbound_token}"


def feedback_url(crm: CrmConnection) -> str:
    """Where this CRM reports what became of a lead, signed with the connection's secret."""
    return f"{_address()}/crm/{crm.pk}"


def _address() -> str:
    """PUBLIC_URL when it is set; else where `serve` answers in this home; else where it would."""
    port = None if settings.HAS_PUBLIC_URL else noted_port(Places(settings.ADLOOM_HOME))
    return f"http://{HOST}:{port}" if port else str(settings.PUBLIC_URL)


def _check(kind: str, mode: str, callback_url: str) -> None:
    if kind not in OWN_KINDS:
        raise InputError("kind", f"{kind!r} is none of {', '.join(ChannelAccount.Kind.values)}", "unknown_kind")
    if mode not in ChannelAccount.Mode.values:
        raise InputError("mode", f"{mode!r} is neither auto nor shadow", "unknown_mode")
    if kind == ChannelAccount.Kind.WEBHOOK and not callback_url:
        raise InputError("callback", "is missing: a webhook channel answers to an address", "missing")
