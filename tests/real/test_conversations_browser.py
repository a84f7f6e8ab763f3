"""A visitor on an advertiser's page and a person at the inbox, side by side in a real browser."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.real.host_pages import Shop, host_page
from tests.real.serving import Served, serve

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs the Debian package chromium")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
PATIENCE_MS = 45_000
SILENCE_SECONDS = 1.0
"""From a person's first key to the agents' last word, as the contract has it."""
ANSWER = "周末可以试驾，请提前一天预约，带上驾驶证。"
PAGES = (
    "/inbox/",
    "/leads/",
    "/results/",
    "/channels/",
    "/channels/crm",
    "/channels/rules",
    "/knowledge/",
    "/account/",
)


@dataclass
class Sides:
    """The member's tab, a way to open visitors' tabs, and what went wrong in any of them."""

    served: Served
    shop: Shop
    member: Any
    browser: Any
    troubles: list[str]

    def visitor(self, path: str = "/", **options: Any) -> Any:
        context = self.browser.new_context(viewport={"width": 1100, "height": 800}, locale="zh-CN", **options)
        tab = context.new_page()
        tab.set_default_timeout(PATIENCE_MS)
        self.watch(tab)
        tab.goto(self.shop.address + path)
        return tab

    def watch(self, tab: Any) -> None:
        tab.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        tab.on("response", lambda r: self.troubles.append(f"{r.status} {r.url}") if r.status >= 500 else None)
        tab.on("console", lambda m: self.troubles.append(m.text) if "Content Security Policy" in m.text else None)


@pytest.fixture(scope="module")
def sides(home: Path) -> Iterator[Sides]:
    from playwright.sync_api import sync_playwright

    with serve(home) as served, host_page() as shop, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        sides = Sides(served, shop, context.new_page(), browser, [])
        sides.member.set_default_timeout(PATIENCE_MS)
        sides.watch(sides.member)
        sides.member.goto(served.link)
        open_widget(sides)
        yield sides
        browser.close()
    assert sides.troubles == []


def open_widget(sides: Sides) -> None:
    """As an advertiser does it: something to quote, then a channel for the shop's page."""
    page, address = sides.member, sides.served.address
    page.goto(f"{address}/knowledge/")
    page.fill("section:has-text('新文章') [name=headline]", "试驾怎么约")
    page.fill("section:has-text('新文章') [name=body]", ANSWER)
    page.click("section:has-text('新文章') button.primary")
    page.goto(f"{address}/channels/")
    page.fill("[name=address]", sides.shop.address)
    page.click("text=开这个渠道")
    tag = page.inner_text(".once code")
    sides.shop.platform = address
    sides.shop.token = re.search(r'data-channel="([^"]+)"', tag).group(1)


def say(tab: Any, text: str) -> None:
    tab.fill("adloom-chat textarea", text)
    tab.press("adloom-chat textarea", "Enter")


def bubbles(tab: Any) -> list[str]:
    return tab.locator("adloom-chat .said .words").all_inner_texts()


def test_a_visitor_is_answered_and_a_person_takes_over_with_the_first_key(sides):
    visitor, person = sides.visitor(), sides.member
    person.goto(f"{sides.served.address}/inbox/?show=all")
    visitor.click("adloom-chat .launcher")
    assert "AI" in visitor.inner_text("adloom-chat .head")
    say(visitor, "试驾怎么约？")
    visitor.wait_for_selector("adloom-chat .dots:not([hidden])")
    visitor.wait_for_selector("adloom-chat .said:not(.mine) >> text=驾驶证")

    person.click("[data-talk] >> nth=0")
    say(visitor, "周末几点开门？要带什么证件？")
    person.wait_for_selector(".bubble.is-due")
    person.locator("#reply-text").press_sequentially("您")
    began = time.monotonic()
    person.wait_for_function("() => !document.querySelector('.bubble.is-due')")
    assert time.monotonic() - began < SILENCE_SECONDS + 1.5, "the page shows it within a live update"
    said = len(bubbles(visitor))
    person.fill("#reply-text", "您好，我是店里的小林")
    person.press("#reply-text", "Enter")
    visitor.wait_for_selector("adloom-chat .said.human >> text=我是店里的小林")
    assert len(bubbles(visitor)) == said + 1

    person.click("text=交还 AI")
    person.wait_for_selector("#owner-chip >> text=AI 在答")


def test_what_is_written_offline_arrives_once_and_the_history_survives_a_reload(sides):
    visitor = sides.visitor()
    visitor.click("adloom-chat .launcher")
    say(visitor, "先看看")
    visitor.wait_for_function("() => !document.querySelector('adloom-chat').shadowRoot.querySelector('.is-pending')")
    visitor.context.set_offline(True)
    say(visitor, "路上没信号")
    visitor.wait_for_selector("adloom-chat .under.late")
    visitor.context.set_offline(False)
    visitor.wait_for_function("() => !document.querySelector('adloom-chat').shadowRoot.querySelector('.is-pending')")
    visitor.reload()
    visitor.click("adloom-chat .launcher")
    visitor.wait_for_selector("adloom-chat .said.mine >> text=路上没信号")

    mine = [text for text in bubbles(visitor) if "路上没信号" in text]
    assert len(mine) == 1


def test_a_number_becomes_a_lead_on_the_board_with_its_contact_masked(sides):
    visitor = sides.visitor("/en")
    visitor.click("adloom-chat .launcher")
    assert visitor.get_attribute("adloom-chat textarea", "placeholder") == "Write a message"
    say(visitor, "Please call me, my number is 13800138000")
    sides.member.goto(f"{sides.served.address}/leads/")
    card = sides.member.locator(".lead-card", has_text="138****8000")
    card.wait_for()
    card.locator("summary").click()
    card.locator("text=已联系").click()
    sides.member.wait_for_selector(".column[data-stage=contacted] .lead-card")
    sides.member.wait_for_selector("#undo-place >> text=撤销")
    sides.member.click("#undo-place >> text=撤销")
    sides.member.wait_for_selector(".column[data-stage=new] .lead-card")


def test_opening_the_chat_counts_whether_or_not_anything_is_written(sides):
    visitor = sides.visitor()
    with visitor.expect_response(lambda answer: answer.url.endswith("/entered")) as heard:
        visitor.click("adloom-chat .launcher")
    assert heard.value.status == 200
    visitor.reload()
    visitor.click("adloom-chat .launcher")
    sides.member.goto(f"{sides.served.address}/results/")
    shown = sides.member.inner_text("dl.six")
    opened, wrote = re.search(r"打开聊天的 (\d+)", shown), re.search(r"开口率\s+([\d.]+)%", shown)
    assert opened is not None
    assert wrote is not None
    assert int(opened[1]) >= 3
    assert 0 < float(wrote[1]) < 100


def test_the_widget_is_worked_by_keys_and_fills_a_phone(sides):
    visitor = sides.visitor()
    visitor.focus("adloom-chat .launcher")
    visitor.keyboard.press("Enter")
    visitor.wait_for_function(
        "() => document.querySelector('adloom-chat').shadowRoot.activeElement?.tagName === 'TEXTAREA'"
    )
    visitor.keyboard.press("Escape")
    focused = "() => document.querySelector('adloom-chat').shadowRoot.activeElement?.className"
    assert visitor.evaluate(focused) == "launcher"
    visitor.set_viewport_size({"width": 390, "height": 780})
    visitor.keyboard.press("Enter")
    visitor.wait_for_function("() => !document.querySelector('adloom-chat').shadowRoot.getAnimations().length")
    box = visitor.locator("adloom-chat .panel").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 780)


def test_a_page_that_is_not_on_the_list_shows_no_widget(sides):
    with host_page() as elsewhere:
        elsewhere.platform, elsewhere.token = sides.shop.platform, sides.shop.token
        tab = sides.browser.new_context().new_page()
        with tab.expect_console_message(lambda message: "not on its list" in message.text):
            tab.goto(elsewhere.address)
        assert tab.locator("adloom-chat").count() == 0


@pytest.mark.parametrize("width", [320, 390])
def test_every_page_fits_a_phone(sides, width):
    page = sides.member
    page.set_viewport_size({"width": width, "height": 780})
    for path in PAGES:
        page.goto(sides.served.address + path)
        over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{path} is {over} px too wide at {width}"
    page.set_viewport_size({"width": 1440, "height": 900})
