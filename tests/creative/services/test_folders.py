import pytest

from core.errors import InputError
from creative.services.folders import LARGEST_NOTES, notes_file, notes_without_file, read_notes


def notes(tmp_path, text):
    path = tmp_path / "materials.yaml"
    path.write_text(text, encoding="utf-8")
    return read_notes(path)


def test_a_folder_without_notes_has_none(tmp_path):
    assert read_notes(tmp_path / "materials.yaml") == {}


def test_words_role_and_rights_are_read(tmp_path):
    assert notes(tmp_path, "a.mp4: {words: [冰块, ice], role: hook, rights: licensed}") == {
        "a.mp4": {"words": ["冰块", "ice"], "role": "hook", "rights": "licensed"}
    }


def test_notes_may_end_in_yml_too(tmp_path):
    (tmp_path / "materials.yml").write_text("a.mp4: {role: hook}\nb.mp4: {colour: red}", encoding="utf-8")

    assert notes_file(tmp_path).name == "materials.yml"
    with pytest.raises(InputError, match=r"materials\.yml: b\.mp4"):
        read_notes(notes_file(tmp_path))


def test_both_spellings_in_one_folder_are_a_mistake_that_is_named(tmp_path):
    for name in ("materials.yaml", "materials.yml"):
        (tmp_path / name).write_text("a.mp4: {role: hook}", encoding="utf-8")

    with pytest.raises(InputError, match=r"materials\.yml: stands beside materials\.yaml"):
        notes_without_file(tmp_path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a.mp4: {colour: red}", "unknown key colour"),
        ("a.mp4: {role: opener}", "role 'opener' is none of"),
        ("a.mp4: {rights: stolen}", "rights 'stolen' is neither"),
        ("a.mp4: nice", "must be {words"),
        ("- a.mp4", "must map file names"),
        ("a: [", "is not readable YAML"),
        ("a.mp4: {role: hook}\na.mp4: {role: cta}", "is given twice"),
        ("a.mp4: &x {role: hook}\nb.mp4: *x", "aliases"),
        ("# " + "x" * LARGEST_NOTES, "is longer than 1024 KiB"),
    ],
)
def test_a_wrong_entry_is_named_with_its_reason(tmp_path, text, reason):
    with pytest.raises(InputError, match=r"materials\.yaml") as caught:
        notes(tmp_path, text)
    assert reason in caught.value.reason


def test_an_entry_that_names_no_file_is_reported_and_stops_nothing(tmp_path):
    (tmp_path / "hands").mkdir()
    for name in ("a.mp4", "hands/b.mp4"):
        (tmp_path / name).write_bytes(b"footage")
    notes(tmp_path, "a.mp4: {role: hook}\nhands/b.mp4: {role: cta}\nb.mp4: {role: cta}\n../a.mp4: {role: pain}")

    assert notes_without_file(tmp_path) == [
        ("materials.yaml: b.mp4", "no such file"),
        ("materials.yaml: ../a.mp4", "no such file"),
    ]
