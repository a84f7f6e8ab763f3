"""Bytes sent with ranges: what players and downloads that go on ask for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from django.core.handlers.asgi import ASGIRequest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import RequestFactory

from core.ranges import send_body, send_file

CONTENT = bytes(range(256)) * 16
SIZE = len(CONTENT)


class MadeUp:
    """A body that counts how often it was closed and how many parts were read."""

    size = SIZE

    def __init__(self) -> None:
        self.closed = 0
        self.parts = 0

    def iter_range(self, first: int, last: int) -> Iterator[bytes]:
        for at in range(first, last + 1, 1000):
            self.parts += 1
            yield CONTENT[at : min(at + 1000, last + 1)]

    def close(self) -> None:
        self.closed += 1


def ask(body=None, method="get", etag="v1", **headers):
    request = getattr(RequestFactory(), method)("/ad.mp4", headers=headers)
    return send_body(request, body or MadeUp(), "video/mp4", etag=etag)


def sent(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_body_comes_whole_with_its_length_and_name():
    answer = ask()
    assert (answer.status_code, answer["Content-Length"], answer["Accept-Ranges"]) == (200, str(SIZE), "bytes")
    assert answer["ETag"] == '"v1"'
    assert sent(answer) == CONTENT


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [("0-0", 0, 0), ("100-2999", 100, 2999), ("4000-", 4000, 4095), ("-5", 4091, 4095), ("0-99999", 0, 4095),
     ("-99999", 0, 4095)],
)  # fmt: skip
def test_a_range_comes_alone(wanted, first, last):
    answer = ask(Range=f"bytes={wanted}")
    assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes {first}-{last}/{SIZE}")
    assert (sent(answer), answer["Content-Length"]) == (CONTENT[first : last + 1], str(last - first + 1))


@pytest.mark.parametrize("wanted", ["5000-", "4096-", "-0", "9-3"])
def test_a_range_outside_is_refused_and_the_body_closed(wanted):
    body = MadeUp()
    answer = ask(body, Range=f"bytes={wanted}")
    assert (answer.status_code, answer["Content-Range"], body.closed) == (416, f"bytes */{SIZE}", 1)


@pytest.mark.parametrize("wanted", ["bytes=0-1,4-5", "lines=1-2", "bytes=", "bytes=-"])
def test_a_range_of_another_kind_gets_it_whole(wanted):
    assert ask(Range=wanted).status_code == 200


def test_who_has_these_bytes_is_told_so():
    body = MadeUp()
    answer = ask(body, **{"If-None-Match": '"v0", "v1"'})
    assert (answer.status_code, answer["ETag"], body.parts, body.closed) == (304, '"v1"', 0, 1)
    assert ask(**{"If-None-Match": '"v0"'}).status_code == 200


def test_a_download_goes_on_only_from_the_same_bytes():
    assert ask(Range="bytes=100-", **{"If-Range": '"v1"'}).status_code == 206
    assert ask(Range="bytes=100-", **{"If-Range": '"v0"'}).status_code == 200
    assert ask(Range="bytes=100-", **{"If-Range": "Thu, 01 Jan 2026 00:00:00 GMT"}).status_code == 200


def test_a_question_for_the_head_reads_nothing():
    body = MadeUp()
    answer = ask(body, method="head")
    assert (answer.status_code, answer["Content-Length"], answer.content) == (200, str(SIZE), b"")
    assert (body.parts, body.closed) == (0, 1)


@pytest.fixture
def no_database():
    """Django looks after its connections when an answer ends; there is none of this test's to look after."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


def test_a_body_is_closed_when_the_answer_ends_even_one_nobody_read(no_database):
    read, unread = MadeUp(), MadeUp()
    answer = ask(read)
    sent(answer)
    answer.close()
    ask(unread).close()
    assert (read.closed, unread.closed, unread.parts) == (1, 1, 0)


def test_under_asgi_parts_are_read_one_by_one_as_they_are_sent():
    body = MadeUp()
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"range", b"bytes=10-3500")]}
    answer = send_body(ASGIRequest(scope, None), body, "video/mp4")

    async def collect() -> list[int]:
        lengths = []
        async for part in answer:
            lengths.append(len(part))
            assert body.parts == len(lengths)
        return lengths

    assert asyncio.run(collect()) == [1000, 1000, 1000, 491]


def test_an_empty_file_is_sent(tmp_path):
    (tmp_path / "empty").write_bytes(b"")
    answer = send_file(RequestFactory().get("/"), tmp_path / "empty", "video/mp4")
    assert (answer.status_code, answer["Content-Length"], sent(answer)) == (200, "0", b"")


def test_a_file_tells_its_time_of_change_and_takes_it_back(tmp_path):
    path = tmp_path / "ad.mp4"
    path.write_bytes(CONTENT)
    first = send_file(RequestFactory().get("/"), path, "video/mp4", download_name="广告.mp4")
    again = RequestFactory().get("/", headers={"If-Modified-Since": first["Last-Modified"]})
    part = RequestFactory().get("/", headers={"Range": "bytes=0-9", "If-Range": first["Last-Modified"]})
    assert sent(first) == CONTENT
    assert "filename*=utf-8''" in first["Content-Disposition"]
    assert send_file(again, path, "video/mp4").status_code == 304
    assert sent(send_file(part, path, "video/mp4")) == CONTENT[:10]
