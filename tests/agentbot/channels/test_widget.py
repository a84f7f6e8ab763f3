"""What a widget may send, from where, and how it looks."""

from __future__ import annotations

import json
import uuid

import pytest

from agentbot.channels.base import Account
from agentbot.channels.origins import clean_origin, is_allowed, parse_origins
from agentbot.channels.widget import read_message, readable_colour, visitor_name
from core.errors import InputError

ACCOUNT = Account(uuid.UUID(int=1), uuid.UUID(int=2), "widget", "auto", "open")
TOKEN = "a" * 32


def a_body(**changed: object) -> bytes:
    return json.dumps(
        {"visitor": TOKEN, "id": "12345678", "text": "你好", "source": {"ad": "a1", "other": 1}} | changed
    ).encode()


@pytest.mark.parametrize(
    ("origin", "allowed", "passes"),
    [
        ("https://shop.example", ["https://shop.example"], True),
        ("https://evil.example", ["https://shop.example"], False),
        ("https://a.shop.example", ["https://*.shop.example"], True),
        ("https://shop.example", ["https://*.shop.example"], False),
        ("https://evilshop.example", ["https://*.shop.example"], False),
        ("http://a.shop.example", ["https://*.shop.example"], False),
        ("null", ["https://shop.example"], False),
        ("https://any.example", ["*"], True),
        ("", ["https://shop.example"], True),
    ],
)
def test_a_page_is_let_in_by_its_origin_alone(origin, allowed, passes):
    assert is_allowed(origin, allowed) is passes


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("shop.example", "https://shop.example"),
        ("https://Shop.example/path?x=1", "https://shop.example"),
        ("http://localhost:3000/", "http://localhost:3000"),
        ("https://*.shop.example", "https://*.shop.example"),
        ("*", "*"),
    ],
)
def test_what_people_type_becomes_an_origin(typed, origin):
    assert clean_origin(typed) == origin


@pytest.mark.parametrize("typed", ["ftp://x.example", "https://", "javascript:alert(1)", "https://a b"])
def test_what_is_no_page_is_refused(typed):
    with pytest.raises(InputError):
        clean_origin(typed)


def test_lines_and_commas_part_origins_and_twins_count_once():
    assert parse_origins("a.example\nb.example，a.example") == ("https://a.example", "https://b.example")


def test_the_name_in_our_books_does_not_open_the_conversation():
    name = visitor_name(ACCOUNT, TOKEN)

    assert TOKEN not in name
    assert name == visitor_name(ACCOUNT, TOKEN)
    assert visitor_name(ACCOUNT, name) != name


def test_a_message_is_known_by_the_clients_id_and_its_visitor():
    inbound = read_message(ACCOUNT, a_body())

    assert inbound.external_id == f"{inbound.visitor}:12345678"
    assert inbound.source == {"ad": "a1"}


@pytest.mark.parametrize(
    "changed", [{"visitor": "short"}, {"id": "x"}, {"text": " "}, {"text": "字" * 4001}, {"id": "../../etc/x"}]
)
def test_odd_messages_are_refused(changed):
    with pytest.raises(InputError):
        read_message(ACCOUNT, a_body(**changed))


@pytest.mark.parametrize("colour", ["#00776A", "#E9A91F", "#ffffff", "nonsense"])
def test_white_on_the_advertisers_colour_can_be_read(colour):
    shown = readable_colour(colour)
    channels = [int(shown[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert 1.05 / (luminance + 0.05) >= 4.5
