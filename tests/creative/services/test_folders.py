import pytest

from core.errors import InputError
from creative.services.folders import read_notes


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


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a.mp4: {colour: red}", "unknown key colour"),
        ("a.mp4: {role: opener}", "role 'opener' is none of"),
        ("a.mp4: {rights: stolen}", "rights 'stolen' is neither"),
        ("a.mp4: nice", "must be {words"),
        ("- a.mp4", "must map file names"),
        ("a: [", "is not YAML"),
    ],
)
def test_a_wrong_entry_is_named_with_its_reason(tmp_path, text, reason):
    with pytest.raises(InputError, match=r"materials\.yaml") as caught:
        notes(tmp_path, text)
    assert reason in caught.value.reason
