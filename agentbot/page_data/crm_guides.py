"""What a member pastes from where to connect a CRM, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agentbot.crm.vendors import VENDORS


@dataclass(frozen=True)
class Field:
    """One thing to paste. `name` is the form's; a secret is never shown again."""

    name: str
    label: str
    help: str = ""
    placeholder: str = ""
    is_secret: bool = True
    is_needed: bool = True


@dataclass(frozen=True)
class Guide:
    """One CRM: `steps` in the order they are done there."""

    kind: str
    label: str
    sentence: str
    steps: tuple[str, ...]
    fields: tuple[Field, ...]


def guides() -> tuple[Guide, ...]:
    """In the order they are offered."""
    return (_webhook(), _hubspot(), _salesforce(), _espocrm(), _twenty())


def guide_for(kind: str) -> Guide:
    """The one asked for, else the first."""
    return next((each for each in guides() if each.kind == kind), guides()[0])


def secret_names() -> Sequence[str]:
    """Names of all forms' secrets."""
    return sorted({name for vendor in VENDORS.values() for name in (*vendor.secrets, *vendor.optional)})


def _webhook() -> Guide:
    return Guide(
        "webhook",
        _("Signed webhook"),
        _("For a CRM of your own, or one that takes leads at an address."),
        (
            _("Ask whoever keeps your CRM for an https address that takes leads."),
            _("Paste it here. The secret that signs every lead is shown once, right after."),
            _("Give them the secret; with it their CRM can also tell us what became of a lead."),
        ),
        (Field("url", _("Address"), placeholder="https://crm.example/leads", is_secret=False),),
    )


def _hubspot() -> Guide:
    return Guide(
        "hubspot",
        "HubSpot",
        _("A lead becomes a contact, with a note for every version."),
        (
            _("In HubSpot: Settings → Integrations → Private apps → Create a private app."),
            _("Under Scopes: read and write contacts and notes, and write their properties."),
            _("Create it, show the access token, copy it and paste it here."),
        ),
        (Field("token", _("Access token"), placeholder="pat-…"),),
    )


def _salesforce() -> Guide:
    fields = "Adloom_Lead_Key__c, Adloom_Lead_Version__c, Adloom_Details__c"
    return Guide(
        "salesforce",
        "Salesforce",
        _("A lead becomes a Lead; your duplicate rules are kept."),
        (
            _(
                "In Setup → Object Manager → Lead → Fields, make %(fields)s: text (60, External ID, unique), "
                "number, long text."
            )
            % {"fields": fields},
            _(
                "In Setup → App Manager, make a connected app with the client credentials flow, run as a user "
                "who may edit and delete leads."
            ),
            _("Copy its consumer key and secret. The address is the one your browser shows."),
        ),
        (
            Field("url", _("Address of the org"), placeholder="https://NAME.my.salesforce.com", is_secret=False),
            Field("client_id", _("Consumer key")),
            Field("client_secret", _("Consumer secret")),
        ),
    )


def _espocrm() -> Guide:
    return Guide(
        "espocrm",
        "EspoCRM",
        _("A lead becomes a Lead: the one with the same phone or email if there is one, else a new one."),
        (
            _(
                "In Administration → Entity Manager → Lead → Fields, make adloomLeadKey (Varchar), "
                "adloomLeadVersion (Integer) and adloomDetails (Text)."
            ),
            _("In Administration → Roles, make a role that may create, read, edit and delete leads."),
            _(
                "In Administration → API Users, make a user with that role and copy its API key; with HMAC also "
                "its secret key."
            ),
        ),
        (
            Field("url", _("Address of your EspoCRM"), placeholder="https://crm.example", is_secret=False),
            Field("api_key", _("API key")),
            Field("secret_key", _("Secret key"), _("Only for a user that signs in by HMAC."), is_needed=False),
        ),
    )


def _twenty() -> Guide:
    return Guide(
        "twenty",
        "Twenty",
        _("A lead becomes a person, found by a field of its own."),
        (
            _(
                "In Settings → Data model → People, add adloomLeadKey (Text, unique), adloomLeadVersion "
                "(Number), adloomDetails (Text) and adloomStage (Text)."
            ),
            _("In Settings → APIs & Webhooks, make an API key, copy it and paste it here."),
            _(
                "To hear what becomes of a lead: make a webhook there with the address the channels page shows "
                "once this is connected, and come back with its secret."
            ),
        ),
        (
            Field(
                "url",
                _("Address"),
                _("Only for a Twenty of your own; empty for the cloud."),
                "https://twenty.example",
                False,
                False,
            ),
            Field("api_key", _("API key")),
            Field(
                "webhook_secret",
                _("Secret of the webhook"),
                _("Your people write CONTACTED, QUALIFIED, WON, LOST or INVALID into adloomStage."),
                is_needed=False,
            ),
        ),
    )
