"""From a product to a room on air in a real browser: the programme plays, a viewer is answered, an operator speaks."""

from __future__ import annotations

import json
import re
import time
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.webhooks.signing import secret_bytes, signed_headers
from tests.real.serving import Served, serve
from tests.real.test_browser import CHROMIUM, QUIET, look

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs the Debian package chromium")
PATIENCE_MS = 120_000
NEED = "15 秒，澄夜冷萃咖啡，39.9 元，第二件半价，上班族，快手"
PLAYS = "() => { const v = document.getElementById('programme'); return v.currentTime > 1 && v.videoWidth > 0 }"


@pytest.fixture(scope="module")
def served(home: Path) -> Iterator[Served]:
    with serve(home) as platform:
        yield platform


@pytest.fixture(scope="module")
def page(served: Served) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    troubles: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        tab = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN").new_page()
        tab.set_default_timeout(PATIENCE_MS)
        tab.on("pageerror", lambda error: troubles.append(f"script: {error}"))
        tab.on("response", lambda r: troubles.append(f"{r.status} {r.url}") if r.status >= 500 else None)
        tab.on("console", lambda m: troubles.append(m.text) if "Content Security Policy" in m.text else None)
        tab.goto(served.link)
        yield tab
        browser.close()
    assert troubles == []


def test_from_a_product_to_a_room_on_air(page, served, tmp_path):
    open_a_room(page, served)
    look(page, tmp_path, "set-up")
    address, key = its_intake(page)

    page.click("#go-on-air")
    page.wait_for_selector("#control-head .on-air:has-text('在播')")
    page.wait_for_function(PLAYS)
    page.wait_for_selector(".word-row.is-now .is-lit")

    send(address, key, {"type": "comment", "viewer": "小满", "text": "多少钱一瓶"})
    page.wait_for_selector(".comment:has-text('小满') >> text=/已答|正在答/")
    assert "39.9" in page.inner_text("#control-words")

    page.fill("#say-text", "谢谢大家，我们马上继续。")
    page.click("[data-say] button")
    page.wait_for_selector("#control-words >> text=谢谢大家")
    send(address, key, {"type": "order", "product": "澄夜冷萃咖啡", "amount_minor": 3990})
    page.wait_for_selector("#control-selling table")
    look(page, tmp_path, "control")

    page.click("[data-dialog=end-dialog]")
    page.click("#end-dialog .destructive")
    page.wait_for_selector("#control-head >> text=未开播")


def open_a_room(page: Any, served: Served) -> None:
    page.goto(f"{served.address}/briefs/new")
    page.fill("#need", NEED)
    page.click("text=填好简报")
    page.wait_for_selector("text=还没存。")
    page.click("text=存下并选参考")
    page.wait_for_url(re.compile(r"/references$"))
    page.goto(f"{served.address}/rooms/")
    page.click("text=开直播间")
    page.wait_for_selector("#script-lines [data-line]")


def its_intake(page: Any) -> tuple[str, bytes]:
    """The address and the secret, as the page shows them."""
    page.click(".intake summary")
    address = page.get_attribute(".intake [data-copy]", "data-copy")
    page.click("text=换一个密钥")
    shown = page.inner_text(".once code")
    secret = re.search(r"whsec_\S+", shown)
    assert address
    assert secret
    return address, secret_bytes(secret.group())


def send(address: str, key: bytes, event: dict[str, Any]) -> None:
    body = json.dumps(event).encode()
    headers = signed_headers([key], str(uuid.uuid4()), int(time.time()), body)
    request = urllib.request.Request(address, body, {**headers, "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 200
