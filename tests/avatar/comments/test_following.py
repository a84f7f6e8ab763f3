"""Following platforms page after page, against a server on the loopback that has its bad moments."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

from avatar.comments.feeds.following import KuaishouSource, YouTubeSource, follow

ANA = {"id": "m1", "snippet": {"type": "textMessageEvent", "displayMessage": "how much?"},
       "authorDetails": {"channelId": "UC1", "displayName": "Ana"}}  # fmt: skip


@contextmanager
def platform(*answers: object) -> Iterator[tuple[str, list[tuple[str, dict[str, list[str]], str]]]]:
    """(address, requests); an answer is JSON, or bytes that are none."""
    left, asked = list(answers), []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked.append((parts.path, parse_qs(parts.query), self.headers.get("Authorization", "")))
            answer = left.pop(0)
            body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Tests want no access log."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()


def followed(source, rounds):
    """What is stored, and how long each pause was to be."""
    stored, waits = [], []

    def wait(seconds):
        waits.append(seconds)
        return len(waits) >= rounds

    follow(source, lambda key, heard: stored.append((key, heard.viewer, heard.text)), wait)
    return stored, waits


def test_youtube_is_asked_from_where_it_left_off_and_an_outage_is_waited_out():
    first = {"nextPageToken": "t1", "pollingIntervalMillis": 2000, "items": [ANA]}
    second = {"nextPageToken": "t2", "pollingIntervalMillis": 4000, "items": [ANA]}
    with platform(first, b"<html>", {"error": {"code": 403}}, second, {"offlineAt": "now"}) as (address, asked):
        stored, waits = followed(YouTubeSource(address, "chat-1", "s3cret"), 9)

    assert stored == [("youtube:m1", "UC1", "how much?")]
    assert waits == [2.0, 2.0, 4.0, 4.0]
    assert [query.get("pageToken") for _, query, _ in asked] == [None, ["t1"], ["t1"], ["t1"], ["t2"]]
    assert asked[0][0] == "/youtube/v3/liveChat/messages"
    assert {(authorization, "s3cret" in str(query)) for _, query, authorization in asked} == {("Bearer s3cret", False)}


def test_kuaishou_comments_without_an_id_are_told_apart_by_their_page():
    comment = {"cmd": 3, "payload": {"user": {"id": "u1", "userName": "小李"}, "content": "多少钱"}}
    with platform(
        {"result": 1, "pCursor": "c1", "sleep": 100, "data": [comment, comment]},
        {"result": 1, "pCursor": "c2", "sleep": 60_000, "data": [comment]},
        {"result": 2},
    ) as (address, asked):
        stored, waits = followed(KuaishouSource(address, "tok"), 9)

    assert [key for key, _, _ in stored] == ["kuaishou:c1.0", "kuaishou:c1.1", "kuaishou:c2.0"]
    assert waits == [0.2, 30.0]
    assert [query.get("pCursor") for _, query, _ in asked] == [None, ["c1"], ["c2"]]


def test_a_platform_that_is_away_is_asked_again_ever_more_rarely():
    _, waits = followed(KuaishouSource("http://127.0.0.1:9", "tok"), 7)

    assert waits == [2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]
