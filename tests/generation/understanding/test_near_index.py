"""Edited copies are found among many pictures, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.near_duplicates import BESIDES, SIX, as_it_is, edited_prints, small_print
from generation.understanding.near_index import NearIndex

COPIED = 5
SIZE = (320, 180)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> NearIndex:
    """A hundred pictures, five of them once through an encoder."""
    folder = tmp_path_factory.mktemp("near")
    made = NearIndex((str(number), [print_]) for number, print_ in enumerate(originals(folder)))
    made.add((str(number), [small_print(number)]) for number in range(COPIED, 100))
    return made


def originals(folder: Path) -> list[str]:
    return edited_prints(range(COPIED), as_it_is, 20, folder, SIZE)


@pytest.mark.parametrize("edit", [*SIX, *BESIDES])
def test_an_edited_copy_finds_its_original_alone(edit: str, index: NearIndex, tmp_path: Path) -> None:
    work, crf = (SIX | BESIDES)[edit]

    for number, made in enumerate(edited_prints(range(COPIED), work, crf, tmp_path, SIZE)):
        found = index.query([made])
        assert [near.item for near in found] == [str(number)]
        assert found[0].is_mirrored == ("mirror" in edit)


def test_an_original_finds_the_copy_that_came_before(tmp_path: Path) -> None:
    copies = edited_prints(range(COPIED), BESIDES["crop 10 % anywhere"][0], 25, tmp_path, SIZE)
    index = NearIndex((str(number), [made]) for number, made in enumerate(copies))

    for number, made in enumerate(originals(tmp_path)):
        assert [near.item for near in index.query([made])] == [str(number)]


def test_pictures_never_seen_find_nothing(index: NearIndex) -> None:
    assert [near for number in range(5000, 5050) for near in index.query([small_print(number)])] == []


def test_what_is_added_later_is_found_too_the_nearest_first(index: NearIndex) -> None:
    own = small_print(900)
    index = NearIndex([("a", [small_print(901)]), ("plain", [""])])
    assert index.query([own]) == []

    index.add([("b", [small_print(902), own])])

    assert len(index) == 3
    assert [(near.item, near.apart) for near in index.query([own])] == [("b", 0)]
    assert [near.item for near in index.query([small_print(901), own])] == ["a", "b"]


def test_an_empty_index_and_an_empty_question_have_no_answer() -> None:
    assert NearIndex().query([small_print(1)]) == []
    assert NearIndex([("a", [small_print(1)])]).query([""]) == []
    assert NearIndex().query([]) == []
