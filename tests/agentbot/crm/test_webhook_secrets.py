"""Secrets of a CRM behind a signed webhook: shown when they are made, several valid for a while."""

from __future__ import annotations

import datetime as dt

import pytest

from agentbot.channels.opening import connect_webhook, open_channel
from agentbot.crm.webhook_secrets import MOST_OLD, add_secret, rotate_secret, valid_keys
from agentbot.models import CrmConnection
from core.errors import InputError
from core.models import Advertiser
from core.webhooks.signing import secret_bytes

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
URL = "https://crm.example/leads"


def keys_at(connection: CrmConnection, days: float) -> tuple[bytes, ...]:
    connection.refresh_from_db()
    return valid_keys(connection.secret, connection.old_secrets, NOW + dt.timedelta(days=days))


def test_an_address_connected_again_shows_no_secret(advertiser):
    made, secret = connect_webhook(advertiser, URL)
    assert secret.startswith("whsec_")
    assert connect_webhook(advertiser, URL) == (made, "")
    assert keys_at(made, 0) == (secret_bytes(secret),)


def test_the_operator_s_second_channel_gets_a_secret_of_its_own_and_the_first_stays_valid(advertiser):
    urls = {"callback_url": "http://127.0.0.1:9/cb", "crm_url": "http://127.0.0.1:9/crm"}
    first, second = (open_channel(advertiser, "webhook", **urls, may_be_private=True) for _ in range(2))
    assert first.account.crm_id == second.account.crm_id
    assert first.crm_secret != second.crm_secret
    crm = CrmConnection.objects.get()
    assert keys_at(crm, 365) == (secret_bytes(second.crm_secret), secret_bytes(first.crm_secret))


def test_a_new_secret_leaves_those_before_it_a_week(advertiser):
    crm, first = connect_webhook(advertiser, URL)
    second = rotate_secret(crm, NOW)
    assert keys_at(crm, 6.9) == (secret_bytes(second), secret_bytes(first))
    assert keys_at(crm, 7.1) == (secret_bytes(second),)


def test_rotated_twice_the_first_still_ends_when_it_was_to(advertiser):
    crm, _first = connect_webhook(advertiser, URL)
    second = rotate_secret(crm, NOW)
    third = rotate_secret(crm, NOW + dt.timedelta(days=5))
    assert keys_at(crm, 8) == (secret_bytes(third), secret_bytes(second))


def test_there_are_never_more_than_eight(advertiser):
    crm, _first = connect_webhook(advertiser, URL)
    for _ in range(12):
        add_secret(crm)
    assert len(keys_at(crm, 0)) == MOST_OLD + 1


def test_an_address_typed_on_a_page_may_not_lead_inside(advertiser: Advertiser):
    with pytest.raises(InputError):
        connect_webhook(advertiser, "http://127.0.0.1:9/crm")
