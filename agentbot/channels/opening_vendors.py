"""Opens a channel on a platform: its credentials checked for shape, kept wrapped, and the address to paste there."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping

from django.db import transaction

from agentbot.channels.opening import OpenedChannel, connect_webhook, inbound_url
from agentbot.channels.vendors.known import VENDORS
from agentbot.channels.vendors.wecom_crypto import aes_key
from agentbot.models import ChannelAccount
from agentbot.pii import unwrap_key, wrap_key
from core.errors import InputError
from core.models import Advertiser

LONGEST_CREDENTIAL = 2000
VERIFY_TOKEN = "verify_token"
SHAKES_HANDS = frozenset({"messenger", "whatsapp"})
"""Their consoles want a token of ours, to be said back when they call for the first time."""


@transaction.atomic
def open_vendor_channel(
    advertiser: Advertiser,
    kind: str,
    given: Mapping[str, str],
    *,
    crm_url: str = "",
    mode: str = "auto",
    name: str = "",
    may_be_private: bool = False,
) -> OpenedChannel:
    """`secret` of what comes back is the token the platform's console asks for, "" where it asks for none.

    `may_be_private` only for a CRM's address that the operator typed on the command line. Raises `InputError`.
    """
    if kind not in VENDORS:
        raise InputError("kind", f"{kind!r} is none of {', '.join(VENDORS)}", "unknown_kind")
    if mode not in ChannelAccount.Mode.values:
        raise InputError("mode", f"{mode!r} is neither auto nor shadow", "unknown_mode")
    kept = checked_credentials(kind, given)
    if kind in SHAKES_HANDS:
        kept[VERIFY_TOKEN] = secrets.token_urlsafe(24)
    crm, crm_secret = None, ""
    if crm_url:
        crm, crm_secret = connect_webhook(advertiser, crm_url, may_be_private=may_be_private, adds=may_be_private)
    capabilities = VENDORS[kind].capabilities
    account = ChannelAccount.objects.create(
        advertiser=advertiser,
        kind=kind,
        name=name,
        mode=mode,
        inbound_token=secrets.token_urlsafe(24),
        secret=_wrapped(kept),
        crm=crm,
        takes_ids=capabilities.takes_ids,
        reply_window_seconds=capabilities.reply_window_seconds,
        replies_per_message=capabilities.replies_per_message,
    )
    return OpenedChannel(account, inbound_url(account), kept.get(VERIFY_TOKEN, ""), crm_secret)


@transaction.atomic
def replace_credentials(account: ChannelAccount, given: Mapping[str, str]) -> None:
    """New ones in place of those there were, which are still taken for what comes in; what is left empty stays."""
    row = ChannelAccount.objects.select_for_update().get(pk=account.pk)
    before = json.loads(unwrap_key(bytes(row.secret or b"")))
    told = {name: value for name, value in given.items() if value.strip()}
    kept = checked_credentials(row.kind, {**_without_token(before), **told})
    if VERIFY_TOKEN in before:
        kept[VERIFY_TOKEN] = before[VERIFY_TOKEN]
    row.old_secret, row.secret, row.session = row.secret, _wrapped(kept), None
    row.failure, row.paused_until = "", None
    row.save(update_fields=["secret", "old_secret", "session", "failure", "paused_until"])


def checked_credentials(kind: str, given: Mapping[str, str]) -> dict[str, str]:
    """What the vendor's file asks for, nothing missing, nothing that no header could carry; `InputError` names it."""
    wanted = {each.name: each for each in VENDORS[kind].credentials}
    odd = next((name for name in given if name not in wanted), None)
    if odd is not None:
        raise InputError(odd, f"is none of {', '.join(wanted)}", "unknown_credential")
    kept = {name: given.get(name, "").strip() for name in wanted}
    for name, value in kept.items():
        if not value and not wanted[name].is_optional:
            raise InputError(name, "is missing", "missing")
        if len(value) > LONGEST_CREDENTIAL or not value.isascii() or not (value.isprintable() or not value):
            raise InputError(name, "is not what a console shows: plain letters, up to 2,000", "bad_credential")
    if "aes_key" in kept:
        aes_key(kept["aes_key"])
    return kept


def _without_token(secrets_kept: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in secrets_kept.items() if name != VERIFY_TOKEN}


def _wrapped(kept: Mapping[str, str]) -> bytes:
    return wrap_key(json.dumps(dict(kept)).encode())
