"""What is found in an advertiser's folder."""

from __future__ import annotations

import os
from pathlib import Path

from generation.understanding.folder import list_media


def test_a_folder_is_listed_in_an_order_that_never_changes(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("z.mp4", "b/2.mp4", "b/10.mp4", "a.png", "materials.yaml", ".DS_Store"):
        (tmp_path / name).write_bytes(b"x")

    found = list_media(tmp_path)

    assert [file.name for file in found] == ["a.png", "b/10.mp4", "b/2.mp4", "z.mp4"]
    assert all(file.refused is None for file in found)


def test_what_must_not_be_opened_is_reported_instead(tmp_path: Path) -> None:
    (tmp_path / ".hidden.mp4").write_bytes(b"x")
    (tmp_path / "link.mp4").symlink_to("/etc/passwd")
    (tmp_path / "linked folder").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe.mp4")
    (tmp_path / "a\nb.mp4").write_bytes(b"x")
    (tmp_path / "good.mp4").write_bytes(b"x")

    refused = {file.name: file.refused.code if file.refused else "" for file in list_media(tmp_path)}

    assert refused == {
        ".hidden.mp4": "hidden_file",
        "a\nb.mp4": "name_unsafe",
        "good.mp4": "",
        "link.mp4": "not_a_file",
        "linked folder": "not_a_file",
        "pipe.mp4": "not_a_file",
    }


def test_bytes_that_are_no_text_get_a_name_that_can_be_shown(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.mp4", "wb") as file:
        file.write(b"x")

    (found,) = list_media(tmp_path)

    assert found.name == "caf\ufffd.mp4"
    assert found.refused is not None
    assert found.refused.code == "name_unsafe"
