"""Comments from a file; what is wrong with one is said with its line."""

from __future__ import annotations

import pytest

from avatar.comments.replay import read_replay
from avatar.contracts import Comment
from core.errors import InputError


def replay(tmp_path, *lines):
    path = tmp_path / "replay.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_comments_arrive_by_their_second_and_keep_the_number_of_their_line(tmp_path):
    path = replay(
        tmp_path,
        '{"at": 12.5, "viewer": "小李", "text": "多少钱"}',
        "",
        '{"at": 3, "viewer": "Ana", "text": "😀"}',
        '{"text": "hi", "viewer": "Bo", "at": 12.5}',
    )

    assert read_replay(path) == (
        Comment(3, "Ana", "😀", 3.0),
        Comment(1, "小李", "多少钱", 12.5),
        Comment(4, "Bo", "hi", 12.5),
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "is not JSON"),
        ("[1]", 'is not an object like {"at": 12.5, "viewer": "Lin", "text": "…"}'),
        ('{"at": "1", "viewer": "a", "text": "b"}', "at: is not a number of media seconds from 0 on"),
        ('{"at": -1, "viewer": "a", "text": "b"}', "at: is not a number of media seconds from 0 on"),
        ('{"at": NaN, "viewer": "a", "text": "b"}', "at: is not a number of media seconds from 0 on"),
        ('{"at": true, "viewer": "a", "text": "b"}', "at: is not a number of media seconds from 0 on"),
        ('{"at": 1, "viewer": "a"}', "text: is not a text"),
        ('{"at": 1, "viewer": null, "text": "b"}', "viewer: is not a text"),
        ('{"at": 1, "viewer": "a", "text": "b", "x": 1}', "x: is no field of a comment; there are at, viewer and text"),
        ('{"at": 1, "viewer": "a", "text": "' + "b" * 501 + '"}', "text: is longer than 500 characters"),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, reason):
    path = replay(tmp_path, '{"at": 1, "viewer": "a", "text": "b"}', line)

    with pytest.raises(InputError) as caught:
        read_replay(path)

    assert str(caught.value) == f"comments line 2: {reason}"


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(InputError, match=r"comments: nothing\.jsonl cannot be read: No such file"):
        read_replay(tmp_path / "nothing.jsonl")


def test_an_empty_replay_has_no_comments(tmp_path):
    assert read_replay(replay(tmp_path)) == ()
