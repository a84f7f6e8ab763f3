"""Which CRMs leads can go to besides a signed webhook, and what each of them wants to be told."""

from __future__ import annotations

from dataclasses import dataclass

from agentbot.crm.base import Account, Connector


@dataclass(frozen=True)
class Vendor:
    """`secrets` have to be given, `optional` ones may be; `client` is the package its own client comes in.

    `url` is "needed", "optional" or "" (the vendor's own); its host ends in one of `hosts` where there are any.
    """

    secrets: tuple[str, ...]
    optional: tuple[str, ...] = ()
    client: str = ""
    url: str = ""
    hosts: tuple[str, ...] = ()


VENDORS = {
    "hubspot": Vendor(("token",), client="hubspot"),
    "salesforce": Vendor(
        ("client_id", "client_secret"),
        client="simple_salesforce",
        url="needed",
        hosts=(".salesforce.com", ".sfcrmproducts.cn"),
    ),
    "espocrm": Vendor(("api_key",), optional=("secret_key",), url="needed"),
    "twenty": Vendor(("api_key",), optional=("webhook_secret",), url="optional"),
}
KINDS = tuple(VENDORS)


def make_connector(kind: str, account: Account) -> Connector:
    """The vendors' clients are heavy and wanted by few, so they are imported when first called."""
    if kind == "hubspot":
        from agentbot.crm.hubspot import HubSpot

        return HubSpot(account)
    if kind == "espocrm":
        from agentbot.crm.espocrm import EspoCrm

        return EspoCrm(account)
    if kind == "twenty":
        from agentbot.crm.twenty import Twenty

        return Twenty(account)
    from agentbot.crm.salesforce import Salesforce

    return Salesforce(account)
