"""A person's YAML is read as typed, and what attacks a reader is refused by name."""

from __future__ import annotations

import pytest

from core.errors import InputError
from core.yaml_text import read_yaml, read_yaml_file


def problem(source: str | bytes, largest: int = 65536) -> tuple[str, str]:
    with pytest.raises(InputError) as caught:
        read_yaml(source, "file.yaml", largest)
    assert caught.value.thing == "file.yaml"
    return caught.value.reason, caught.value.code


def test_every_scalar_stays_the_text_that_was_typed():
    text = "price: 39.90\nis: yes\nday: 2027-01-31\nleft:\nlist: [1_000, ~]"

    assert read_yaml(text, "file.yaml") == {
        "price": "39.90",
        "is": "yes",
        "day": "2027-01-31",
        "left": "",
        "list": ["1_000", "~"],
    }


@pytest.mark.parametrize("nothing", ["", "# a word", b"\xef\xbb\xbf"])
def test_a_file_of_nothing_is_none(nothing):
    assert read_yaml(nothing, "file.yaml") is None


@pytest.mark.parametrize(
    ("source", "reason", "code"),
    [
        ("a: &x 1\nb: *x", "aliases (*name) are not taken (line 2, column 4)", "not_yaml"),
        ("a: 1\nb: 2\na: 3", "'a' is given twice (line 1, column 1)", "not_yaml"),
        ("[" * 60_000, "is nested more than 6 levels deep", "not_yaml"),
        ("x: " + "y" * 70_000, "is longer than 64 KiB", "yaml_too_long"),
        (b"\xff\xfe\x00", "is not UTF-8 text", "not_yaml"),
        ("a: [", "is not readable YAML: ", "not_yaml"),
        ("a: \x00", "is not readable YAML: ", "not_yaml"),
        ("? [a, b]\n: c", "is not readable YAML: ", "not_yaml"),
    ],
)
def test_what_surprises_or_attacks_is_refused(source, reason, code):
    said, its_code = problem(source)

    assert reason in said
    assert its_code == code


def test_tags_make_no_objects():
    assert read_yaml("!!python/object/apply:os.system [id]", "file.yaml") == ["id"]


def test_a_file_is_not_read_beyond_its_limit(tmp_path):
    path = tmp_path / "long.yaml"
    path.write_text("# " + "x" * 5000)

    with pytest.raises(InputError, match="is longer than 4 KiB"):
        read_yaml_file(path, "long.yaml", 4096)
