"""What the guides tell people to type is taken: commands with their options, and the YAML they show."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import resolve
from django.utils.translation import override

from config.settings.environment import ROOT
from core.profiles import parse_profile
from core.yaml_text import read_yaml
from creative.page_data.check_words import _WORDS as CHECKS
from creative.page_data.check_words import check_words
from creative.page_data.words import _STAND_INS as STAND_INS
from creative.services.folders import read_notes

GUIDES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMAND = re.compile(r"^\.venv/bin/python manage\.py (.+)$", re.MULTILINE)


def commands() -> list[str]:
    """A command may go on over several lines, as a shell takes it."""
    texts = [guide.read_text(encoding="utf-8").replace("\\\n", " ") for guide in GUIDES]
    return [line for text in texts for line in COMMAND.findall(text)]


def yaml_of(guide: str) -> str:
    """The one YAML block of a guide."""
    (block,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / guide).read_text(encoding="utf-8"), re.DOTALL)
    return str(block)


def test_the_guides_show_commands():
    assert {shlex.split(line)[0] for line in commands()} >= {"make_ads", "change_slot", "load_advertiser", "add_member"}


@pytest.mark.parametrize("line", commands())
def test_a_command_of_the_guides_is_taken_as_written(line):
    name, *arguments = shlex.split(line)
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)

    assert parser.parse_args(arguments)


def test_the_profile_of_the_guide_is_a_profile():
    profile = parse_profile(read_yaml(yaml_of("operating.md"), "profile"))

    assert (profile.slug, profile.prices[0].amount_minor, len(profile.articles)) == ("tea-house", 12980, 1)


def test_the_notes_of_the_guide_are_notes(tmp_path: Path):
    (tmp_path / "materials.yaml").write_text(yaml_of("for-advertisers.md"), encoding="utf-8")

    assert read_notes(tmp_path / "materials.yaml")["pour-over-ice.mp4"]["role"] == "selling_point"


def test_the_guide_explains_every_stand_in_and_every_check():
    guide = (ROOT / "docs" / "for-advertisers.md").read_text(encoding="utf-8")
    with override("en"):
        words = [check_words(name) for name in CHECKS]

    assert [name for name in STAND_INS if f"`{name}`" not in guide] == []
    assert [each for each in words if each.lower() not in guide.lower()] == []


def test_the_address_the_proxy_must_not_buffer_is_the_event_stream():
    assert resolve("/live").view_name == "creative:live"
