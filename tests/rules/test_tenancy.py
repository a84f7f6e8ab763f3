"""Another advertiser's rows can be neither read nor changed, at any address, also those written tomorrow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from core.models import Member
from tests.rules.addresses import Address, all_addresses, mixtures, model_named
from tests.rules.rows import Rows, links, make_rows, our_models, owner_of

OPEN_TO_ALL = {
    *("healthz", "login-link", "dashboard:login", "dashboard:language", "dashboard:theme", "dashboard:keys"),
    "creative:delivered_ad",
    *("avatar:intake", "avatar:douyin_intake"),
    *("avatar:guest_page", "avatar:guest_state", "avatar:guest_comes_in", "avatar:guest_offers"),
    *("avatar:guest_leaves", "avatar:guest_withdraws", "avatar:guest_host_picture"),
}
"""Addresses a visitor may use; none of them shows or takes a row without a link that was signed for it, or a
signed body."""
SHARED = {"Segment", "Shot", "HostedCheckpoint", "PolicyVersion", "ConsentWithdrawal"}
"""Shown at no address. Segments and shots are named by content alone: two advertisers who want the same share the work.
Checkpoints are the operator's. Policies are numbers that a trade's advertisers learn together. Consents that were
taken back are ids, for machines to hold against folders."""
MINE, THEIRS = "mine5be1", "theirs7c40"
METHODS = ("get", "post", "put", "patch", "delete")
ADDRESSES = all_addresses()
WITH_ROWS = [address for address in ADDRESSES if any(address.parameters.values())]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[tuple[Rows, Rows]]:
    """Both advertisers' rows, committed once; each test works in a transaction of its own above them."""
    with django_db_blocker.unblock():
        yield make_rows(MINE), make_rows(THEIRS)
        tables = [model._meta.db_table for model in (*our_models(), get_user_model())]
        with connection.cursor() as cursor:
            cursor.execute(f"truncate {', '.join(map(connection.ops.quote_name, tables))} cascade")


@pytest.fixture
def own(world, db) -> Rows:
    return world[0]


@pytest.fixture
def foreign(world, db) -> Rows:
    return world[1]


@pytest.fixture
def member(own, client) -> Client:
    """Logged in as the owner of the first advertiser."""
    client.force_login(own[Member].user)
    client.raise_request_exception = False
    return client


def named(address: Address) -> str:
    return address.name


def state_of_rows(owner: Rows | None = None) -> dict[str, str]:
    """A fingerprint of every table of ours, or of the tables' rows that one advertiser's `owner` rows name."""
    parts, values = [], []
    for model in our_models():
        where = ""
        if owner is not None:
            where, values = (
                f"where {connection.ops.quote_name(model._meta.pk.column)}::text = %s",
                [*values, str(owner[model].pk)],
            )
        table = connection.ops.quote_name(model._meta.db_table)
        parts.append(
            f"select '{model._meta.label}', md5(string_agg(t::text, '|' order by t::text)) from {table} t {where}"
        )
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts), values)
        return dict(cursor.fetchall())


def body_of(response) -> bytes:
    if response.streaming:
        return b"" if response.is_async else b"".join(response.streaming_content)
    return response.content


@pytest.mark.parametrize("address", [address for address in ADDRESSES if address.name not in OPEN_TO_ALL], ids=named)
def test_a_visitor_is_sent_to_the_log_in_and_changes_nothing(address, own, client):
    path = address.fill(dict.fromkeys(address.parameters, own))
    before = state_of_rows()

    for method in METHODS:
        response = getattr(client, method)(path)
        assert response.status_code in {302, 401, 403, 405}, f"{method} {path} answered {response.status_code}"
        if response.status_code == 302:
            assert response["Location"].startswith("/login")
        assert MINE.encode() not in body_of(response)
    assert state_of_rows() == before


@pytest.mark.parametrize("address", WITH_ROWS, ids=named)
def test_anothers_row_is_as_if_it_were_not_there(address, own, foreign, member):
    for chosen in mixtures(address, own, foreign):
        path = address.fill(chosen)
        before = state_of_rows()
        for method in METHODS:
            response = getattr(member, method)(path)
            assert response.status_code in {403, 404, 405}, f"{method} {path} answered {response.status_code}"
            assert THEIRS.encode() not in body_of(response)
        assert state_of_rows() == before, f"{path} was refused and changed something all the same"


@pytest.mark.parametrize("address", ADDRESSES, ids=named)
def test_no_page_shows_anothers_rows(address, own, foreign, member):
    member.raise_request_exception = True
    response = member.get(address.fill(dict.fromkeys(address.parameters, own)))

    body = body_of(response).decode("utf-8", "replace")
    assert THEIRS not in body
    for row in foreign.values():
        assert len(str(row.pk)) < 30 or str(row.pk) not in body


@pytest.mark.parametrize("address", ADDRESSES, ids=named)
def test_anothers_key_in_a_form_links_and_changes_nothing(address, own, foreign, member):
    """Every form field the views mention that names a model carries the key of another's row."""
    fields = {field: model_named(field) for field in address.form_fields()}
    form = {field: str(foreign[model].pk) for field, model in fields.items() if model}
    before = state_of_rows(foreign)

    response = member.post(address.fill(dict.fromkeys(address.parameters, own)), form)

    assert THEIRS.encode() not in body_of(response)
    assert state_of_rows(foreign) == before
    for model in our_models():
        for row in model._default_manager.all():
            for target in links(row):
                assert owner_of(target) in {owner_of(row), None}, f"{row!r} now points to another's {target!r}"


def test_every_row_leads_to_its_advertiser(own):
    """What nobody owns cannot be guarded."""
    homeless = [model.__name__ for model, row in own.items() if owner_of(row) is None]

    assert set(homeless) == SHARED


def test_the_walk_finds_the_addresses():
    assert len(ADDRESSES) > 10
    assert {address.name for address in ADDRESSES} >= OPEN_TO_ALL - {"dashboard:gallery"}
