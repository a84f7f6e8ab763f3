"""Hosts from files and by choice."""

from __future__ import annotations

import pytest

from avatar.faces.contracts import Persona
from avatar.faces.personas import (
    choice_picture,
    choices,
    load_persona,
    parse_persona,
    persona_from_choices,
    persona_names,
)
from core.contracts import dump
from core.errors import InputError


def test_three_hosts_are_ready_made_and_tell_apart():
    hosts = [load_persona(name) for name in persona_names()]

    assert {host.display_name for host in hosts} >= {"Lin", "Tom", "Ama"}
    for what in ("hair", "clothes", "room", "skin"):
        assert len({str(getattr(host, what)) for host in hosts}) == len(hosts)


def test_a_name_is_taken_in_any_case():
    assert load_persona(" Lin ").language == "zh-CN"


def test_an_unknown_name_is_answered_with_those_there_are():
    with pytest.raises(InputError, match="choose one of ama, lin, tom") as caught:
        load_persona("../etc/passwd")

    assert caught.value.code == "persona_unknown"


def test_a_wrong_number_is_named():
    numbers = dump(load_persona("tom"))
    numbers["hair"]["parting"] = "left"

    with pytest.raises(InputError, match=r"persona\.hair\.parting"):
        parse_persona(numbers)


def test_every_choice_makes_a_host_and_has_its_picture():
    for group, options in choices().items():
        for choice, about in options.items():
            assert isinstance(persona_from_choices({group: choice}), Persona)
            assert about["title"]
            assert about["title_zh"]
            assert choice_picture(group, choice).stat().st_size > 500


def test_choices_are_followed():
    host = persona_from_choices(
        {"hair": "bun", "clothes": "jacket-navy", "room": "studio", "name": "Mei", "language": "zh-CN"}
    )

    assert (host.hair.kind, host.clothes.kind, host.room.kind) == ("bun", "jacket", "studio")
    assert (host.display_name, host.language) == ("Mei", "zh-CN")


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"hair": "mohawk"}, r"persona\.hair: 'mohawk' is not known; choose one of"),
        ({"hat": "top"}, r"persona\.hat: there is no such choice; choose among"),
        ({"language": "fr"}, r"persona\.language: 'fr' is not known"),
        ({"seed": "often"}, r"persona\.seed"),
    ],
)
def test_a_wrong_choice_says_what_there_is(chosen, said):
    with pytest.raises(InputError, match=said):
        persona_from_choices(chosen)
