"""The vendors there are, by the kind of their channel."""

from __future__ import annotations

from django.conf import settings

from agentbot.channels.base import CAPABILITIES, Capabilities
from agentbot.channels.vendors.base import Vendor
from agentbot.channels.vendors.douyin import Douyin
from agentbot.channels.vendors.kuaishou import Kuaishou
from agentbot.channels.vendors.messenger import Messenger
from agentbot.channels.vendors.wecom import WeCom
from agentbot.channels.vendors.whatsapp import WhatsApp

VENDORS: dict[str, Vendor] = {each.kind: each for each in (Douyin(), Kuaishou(), Messenger(), WhatsApp(), WeCom())}


def capabilities_of(kind: str) -> Capabilities:
    """Of any kind of channel."""
    return VENDORS[kind].capabilities if kind in VENDORS else CAPABILITIES[kind]


def base_address(vendor: Vendor) -> tuple[str, bool]:
    """Where the vendor's interface answers, and whether that may be a private address: only where the operator's own
    setting names another one."""
    named = str(getattr(settings, vendor.setting, ""))
    return (named, True) if named else (vendor.api, False)
