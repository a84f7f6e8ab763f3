"""Listening to platforms over real sockets on the loopback."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from websockets.exceptions import WebSocketException
from websockets.sync.server import serve

from avatar.comments.feeds import bilibili
from avatar.comments.feeds.sockets import BilibiliRoom, TikTokConnector, listen


@contextmanager
def socket_server(speak):
    """(address); `speak` has each connection."""
    with serve(speak, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        server.shutdown()


@contextmanager
def bilibili_calls(link):
    """(address, calls): a session that is to be listened to at `link`."""
    calls = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            fields = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            calls.append((self.path, fields, len(self.headers["Authorization"])))
            told = {"game_info": {"game_id": "g1"}, "websocket_info": {"auth_body": '{"key": 1}', "wss_link": [link]}}
            body = json.dumps({"code": 0, "data": told}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format, *args):
            """Tests want no access log."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", calls
    server.shutdown()
    server.server_close()


def listened(platform, wanted):
    """What is stored until `wanted` comments are there."""
    stored = []
    listen(
        platform,
        lambda key, heard: stored.append((key, heard.viewer, heard.text)),
        lambda seconds: len(stored) >= wanted,
    )
    return stored


def test_a_connectors_comments_go_on_through_a_connection_that_breaks():
    connections = []

    def speak(connection):
        connections.append(connection)
        comment = {"comment": f"link {len(connections)}?", "msgId": str(len(connections)), "user": {"userId": "65"}}
        connection.send("nonsense")
        connection.send(json.dumps({"type": "chat", "data": comment}))

    with socket_server(speak) as address:
        assert listened(TikTokConnector(address), 2) == [("tiktok:1", "65", "link 1?"), ("tiktok:2", "65", "link 2?")]


def test_bilibili_is_started_signed_greeted_and_ended():
    greetings = []

    def speak(connection):
        greetings.append(connection.recv())
        message = {
            "cmd": "LIVE_OPEN_PLATFORM_DM",
            "data": {"open_id": "o", "uname": "老张", "msg": "怎么喝", "msg_id": "m1"},
        }
        connection.send(bilibili.packet(bilibili.AUTH_REPLY, b'{"code":0}'))
        connection.send(bilibili.packet(bilibili.MESSAGE, json.dumps(message).encode()))
        try:
            connection.recv(timeout=5.0)
        except (TimeoutError, WebSocketException):
            return

    with socket_server(speak) as link, bilibili_calls(link) as (address, calls):
        stored = listened(BilibiliRoom(address, 7, "code", "key", "secret"), 1)

    assert stored == [("bilibili:m1", "o", "怎么喝")]
    assert greetings == [bilibili.packet(bilibili.AUTH, b'{"key": 1}')]
    assert calls == [
        ("/v2/app/start", {"code": "code", "app_id": 7}, 64),
        ("/v2/app/end", {"app_id": 7, "game_id": "g1"}, 64),
    ]
