"""An advertiser's own page on another origin, with a content policy of its own, that carries the widget."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><title>shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><body><h1>shop</h1>
<script src="{platform}/static/agentbot/widget.js" data-channel="{token}" async></script></body></html>"""


class Shop:
    """What the page carries; set once the channel is open. `{address}/en` is the English page."""

    def __init__(self) -> None:
        self.address = ""
        self.platform = ""
        self.token = ""

    def page(self, path: str) -> bytes:
        language = "en" if path.startswith("/en") else "zh-CN"
        return PAGE.format(language=language, platform=self.platform, token=self.token).encode()

    @property
    def policy(self) -> str:
        return f"default-src 'self'; script-src {self.platform}; connect-src {self.platform}; style-src 'self'"


@contextmanager
def host_page() -> Iterator[Shop]:
    shop = Shop()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = shop.page(self.path)
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-security-policy", shop.policy)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """The test's output is no access log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    shop.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield shop
    finally:
        server.shutdown()
        server.server_close()
