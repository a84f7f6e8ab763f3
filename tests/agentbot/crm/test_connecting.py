"""The door by which an account is connected."""

from __future__ import annotations

import json

import pytest

from agentbot.crm.connecting import connect_vendor, send_known
from agentbot.crm.reconcile import reconcile_connection
from agentbot.leads.people import make_person
from agentbot.management.commands.connect_crm import Command
from agentbot.models import CrmConnection, CrmDelivery, Lead
from agentbot.pii import unwrap_key
from core.errors import InputError
from tests.agentbot.crm.conftest import deliver
from tests.agentbot.crm.portal import NO_TOKEN
from tests.agentbot.crm.vendor import Stored


def arguments(portal) -> list[str]:
    url = f"http://127.0.0.1:{portal.port}"
    return ["--advertiser", "tea", "--kind", "hubspot", "--url", url, "--stage", "VISITED=qualified", "--json"]


def run(*words: str) -> None:
    """The command's own work, without starting services that run already."""
    command = Command()
    given = vars(command.create_parser("manage.py", "connect_crm").parse_args(list(words)))
    command.work(**given)


def test_the_token_comes_from_the_environment_and_is_shown_nowhere(portal, advertiser, monkeypatch, capsys):
    monkeypatch.setenv("HUBSPOT_TOKEN", "pat-secret")

    run(*arguments(portal))

    shown = capsys.readouterr()
    connection = CrmConnection.objects.get()
    assert json.loads(shown.out) == {"connection": str(connection.pk), "kind": "hubspot", "name": "HubSpot"}
    assert "pat-secret" not in shown.out + shown.err
    assert b"pat-secret" not in bytes(connection.secret)
    assert json.loads(unwrap_key(bytes(connection.secret))) == {"token": "pat-secret"}
    assert (connection.options, connection.takes_all) == ({"stages": {"VISITED": "qualified"}}, True)


def test_without_a_token_the_command_names_where_it_belongs(portal, advertiser, monkeypatch):
    monkeypatch.delenv("HUBSPOT_TOKEN", raising=False)
    with pytest.raises(InputError, match="HUBSPOT_TOKEN: is not set"):
        run(*arguments(portal))


def test_a_token_the_vendor_refuses_connects_nothing(portal, advertiser):
    portal.faults.append(("/properties/", Stored(401, NO_TOKEN)))
    with pytest.raises(InputError, match="Authentication credentials not found"):
        connect_vendor(advertiser, "hubspot", {"token": "x"}, url=f"http://127.0.0.1:{portal.port}")
    assert not CrmConnection.objects.exists()


def test_connecting_again_replaces_the_token_and_tries_again_what_was_stuck(connection, lead_of):
    lead_of("+8613800138000")
    CrmDelivery.objects.update(state="dead")
    CrmConnection.objects.update(state="paused")

    again = connect_vendor(connection.advertiser, "hubspot", {"token": "new"}, url=connection.url)

    assert (again.pk, CrmConnection.objects.get().state) == (connection.pk, "open")
    assert json.loads(unwrap_key(bytes(CrmConnection.objects.get().secret))) == {"token": "new"}
    assert CrmDelivery.objects.get().state == "scheduled"


def test_leads_there_were_before_are_sent_when_asked_for(connection):
    Lead.objects.create(advertiser=connection.advertiser, person=make_person(connection.advertiser_id))
    assert [send_known(connection), send_known(connection)] == [1, 0]


def test_their_word_for_a_stage_counts(connection, portal, lead_of):
    lead = lead_of("+8613800138000")
    deliver(connection, lead)
    portal.contacts[lead.external_key]["properties"]["hs_lead_status"] = "VISITED"
    connection.options = {"stages": {"VISITED": "qualified"}}

    assert reconcile_connection(connection)["staged"] == 1


@pytest.mark.parametrize(
    ("kind", "secret", "url", "thing"),
    [
        ("espo", {}, "", "kind"),
        ("hubspot", {}, "", "token"),
        ("salesforce", {"client_id": "a", "client_secret": "b"}, "http://x.my.salesforce.com", "url"),
    ],
)
def test_what_cannot_be_connected_is_named(advertiser, kind, secret, url, thing):
    with pytest.raises(InputError) as refusal:
        connect_vendor(advertiser, kind, secret, url=url)
    assert refusal.value.thing == thing
