"""An advertiser's whole way in a real browser: from one sentence of need to a finished ad that plays."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from core.media import run_ffmpeg
from tests.real.serving import Served, serve

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs the Debian package chromium")

QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
SENTENCE = "8 秒，澄夜冷萃咖啡，39.9 元，第二件半价，上班族，快手"
LINES = ("你是不是一到下午就犯困？", "冰滴慢萃，一口就清醒。", "现在下单，第二件半价。", "点左下角，带一瓶走。")
NARROW = (320, 390)
PATIENCE_MS = 180_000


@dataclass
class Seen:
    """What went wrong in the browser, whatever the pages looked like."""

    troubles: list[str] = field(default_factory=list)

    def watch(self, page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("response", lambda r: self.troubles.append(f"{r.status} {r.url}") if r.status >= 500 else None)

    def _hear(self, message) -> None:
        """Chromium reports every 422; refusing a form is what the page is meant to do."""
        if message.type == "error" and "status of 422" not in message.text:
            self.troubles.append(f"console: {message.text}")


@pytest.fixture(scope="module")
def served(home: Path) -> Iterator[Served]:
    with serve(home) as platform:
        yield platform


@pytest.fixture(scope="module")
def page(served: Served):
    """A logged-in tab in Chinese; pages must stay free of errors until it closes."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        tab = context.new_page()
        tab.set_default_timeout(PATIENCE_MS)
        seen = Seen()
        seen.watch(tab)
        tab.goto(served.link)
        yield tab
        browser.close()
    assert seen.troubles == []


@pytest.fixture(scope="module")
def shots_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("screenshots")
    print(f"screenshots: {folder}")
    return folder


def look(page, folder: Path, name: str) -> None:
    """Keep a picture of the page, and see that it fits narrow screens."""
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 780})
        over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{name} is {over} px too wide at {width}"
        if width == NARROW[-1]:
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1440, "height": 900})


def a_reference_video(folder: Path) -> list[Path]:
    """Eight seconds in four shots, with what is said in it."""
    video, subtitles = folder / "reference.mp4", folder / "reference.srt"
    sources = ("testsrc2", "smptebars", "rgbtestsrc", "yuvtestsrc")
    inputs = [part for source in sources for part in ("-f", "lavfi", "-t", "2", "-i", f"{source}=size=180x320:rate=30")]
    run_ffmpeg(
        ["-y", *inputs, "-filter_complex", "[0:v][1:v][2:v][3:v]concat=n=4:v=1", "-pix_fmt", "yuv420p", str(video)],
        timeout_seconds=60,
    )
    blocks = [f"{at + 1}\n00:00:0{at * 2},000 --> 00:00:0{at * 2 + 1},900\n{line}\n" for at, line in enumerate(LINES)]
    subtitles.write_text("\n".join(blocks), encoding="utf-8")
    return [video, subtitles]


def test_from_one_sentence_to_an_ad_that_plays(page, served, footage, tmp_path, shots_folder):
    see = lambda name: look(page, shots_folder, name)  # noqa: E731 - read as a verb below

    page.wait_for_selector("text=等你决定")
    see("01-home-empty")

    add_footage(page, served, footage, see)
    import_reference(page, served, tmp_path, see)
    write_brief(page, served, see)
    pick_reference(page, see)
    edit_script(page, see)
    watch_draft_and_swap(page, see)
    order_and_watch(page, see)


def add_footage(page, served: Served, footage: Path, see) -> None:
    """Files go up with their progress; their shots appear without a reload."""
    page.goto(f"{served.address}/materials/")
    hostile = footage.parent / "playlist.mp4"
    hostile.write_text("#EXTM3U\nhttp://169.254.169.254/latest\n")
    page.set_input_files("#pick-files", [*sorted(footage.glob("*.mp4")), hostile])
    page.wait_for_function("() => document.querySelectorAll('.shot').length >= 6 && document.querySelector('.refused')")
    assert "playlist.mp4" in page.inner_text(".refused")
    page.wait_for_function("() => !document.querySelector('.reading')")
    see("02-materials")

    page.click(".shot >> nth=0 >> text=改")
    page.fill(".shot.is-editing input[name=words]", "冰块，特写")
    page.click(".shot.is-editing >> text=存下")
    page.wait_for_selector(".shot >> text=冰块 · 特写")


def import_reference(page, served: Served, folder: Path, see) -> None:
    """A video with its subtitles joins the library by itself."""
    page.goto(f"{served.address}/references/")
    video, subtitles = a_reference_video(folder)
    page.set_input_files("#video", video)
    page.set_input_files("#subtitles", subtitles)
    page.click("text=导入这条参考")
    page.wait_for_selector(".library .row-card >> text=你的")
    see("03-references")


def write_brief(page, served: Served, see) -> None:
    """One sentence fills the form; a mistake is named; then it is saved whole."""
    page.goto(f"{served.address}/briefs/new")
    page.fill("#need", SENTENCE)
    page.click("text=填好简报")
    page.wait_for_selector("text=还没存。")
    assert page.input_value("#price") == "¥39.9"
    page.fill("#price", "便宜")
    page.click("text=存下并选参考")
    page.wait_for_selector("#problems >> text=“便宜”不是价格")
    see("04-brief-refused")
    page.fill("#price", "39.9 元")
    page.click("text=存下并选参考")
    page.wait_for_url(re.compile(r"/references$"))


def pick_reference(page, see) -> None:
    """A card plays when pointed at; the picked structure becomes a script."""
    own = page.locator(".row-card", has_text="reference").first
    own.locator(".picture").hover()
    page.wait_for_selector(".picture.is-playing")
    own.locator("text=选它").click()
    page.wait_for_selector("text=借它怎样")
    see("05-row")
    page.click("text=用这个结构写脚本")
    page.wait_for_selector(".line-text")


def edit_script(page, see) -> None:
    """A claim nobody stands behind blocks in place, and is taken back."""
    page.hover(".line >> nth=0")
    page.click(".line >> nth=0 >> text=改这句")
    # A person needs a moment too before the first key: the field is new on the page.
    page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")
    page.fill(".line-field", "全国最好喝，只要 9.9 ")
    page.locator(".line-field").press_sequentially("元", delay=50)
    page.wait_for_selector(".line-check >> text=绝对化用语")
    page.click("text=存这句")
    page.wait_for_selector("text=第 1 句还不能放行")
    assert page.is_disabled("button:has-text('做分镜')")
    see("06-script-blocked")
    page.click("#undo-place >> text=撤销")
    page.wait_for_selector("button:has-text('做分镜'):not([disabled])")
    page.click("button:has-text('做分镜')")


def watch_draft_and_swap(page, see) -> None:
    """The draft appears by itself and plays; another clip in a slot is shown in its place."""
    page.wait_for_selector("[data-video-main]")
    page.wait_for_function("() => document.querySelector('[data-video-main]').readyState >= 2")
    see("07-storyboard")
    first = page.get_attribute("[data-video-main]", "src")
    page.click(".swaps li:not(.is-here) >> nth=0 >> text=换上")
    page.wait_for_selector("#undo-place >> text=槽换成了")
    page.wait_for_selector(f"[data-video-main]:not([src='{first}'])")
    page.wait_for_selector("text=撤销改动")


def order_and_watch(page, see) -> None:
    """The finished ad becomes watchable without a reload; it plays, and its lineage follows."""
    page.click("button:has-text('做成片')")
    page.fill("#count", "1")
    page.check("input[name=canvas][value='1080x1080']", force=True)
    page.click("#order-dialog .primary")
    page.wait_for_url(re.compile(r"/batches/"))
    page.wait_for_selector(".sheet a.picture")
    page.wait_for_function("() => !document.querySelector('[data-dialog=cancel-dialog]')")
    see("08-batch")
    page.click(".sheet a.picture")
    page.wait_for_function("() => document.querySelector('[data-video-main]')?.readyState >= 2")
    page.click("[data-play]")
    page.wait_for_function("() => document.querySelector('[data-video-main]').currentTime > 0.6")
    page.wait_for_selector(".lineage li.is-now")
    see("09-ad")
    with page.expect_download() as download:
        page.click("text=下载 mp4")
    assert download.value.suggested_filename.endswith("-01.mp4")


def test_a_hundred_ads_are_ordered_and_the_first_play_while_the_page_stays(page, served, shots_folder):
    """What the footage carries is said before; first results come without a reload; the player seeks by ranges."""
    page.goto(f"{served.address}/briefs/")
    brief = page.get_attribute("tbody th a", "href")
    page.goto(f"{served.address}{brief}storyboard")
    page.click("button:has-text('做成片')")
    page.fill("#count", "100")
    page.check("input[name=canvas][value='1080x1080']", force=True)
    page.check("input[name=policy][value=off]", force=True)
    page.wait_for_selector(".estimate >> text=撑得起")
    page.click("#order-dialog .primary")
    page.wait_for_url(re.compile(r"/batches/"))
    page.evaluate("() => { window.isSamePage = true; }")
    page.wait_for_selector("#bulk-sheet a.picture")
    assert page.evaluate("() => window.isSamePage")
    look(page, shots_folder, "11-bulk")

    statuses: list[int] = []
    page.on("response", lambda answer: statuses.append(answer.status) if answer.url.endswith("/ad.mp4") else None)
    page.goto(served.address + page.get_attribute("#bulk-sheet a.picture", "href"))
    page.wait_for_function("() => document.querySelector('[data-video-main]')?.readyState >= 2")
    seconds = page.evaluate("() => document.querySelector('[data-video-main]').duration")
    page.evaluate("at => { document.querySelector('[data-video-main]').currentTime = at; }", seconds - 0.4)
    page.wait_for_function(
        "() => { const v = document.querySelector('[data-video-main]'); return !v.seeking && v.readyState >= 2; }"
    )
    page.click("[data-play]")
    page.wait_for_function("() => document.querySelector('[data-video-main]').ended")
    look(page, shots_folder, "12-bulk-ad")

    assert 206 in statuses


def test_pages_are_english_dark_and_the_stage_stays_dark(page, served, shots_folder):
    page.goto(f"{served.address}/briefs/")
    page.click("button[lang=en]")
    page.wait_for_selector("h1 >> text=Briefs")
    page.click("summary[aria-label='Member menu']")
    page.click("text=Dark")
    page.wait_for_selector("html[data-theme=dark]")
    ground = page.evaluate("() => getComputedStyle(document.querySelector('.main')).backgroundColor")
    look(page, shots_folder, "10-briefs-dark-en")

    assert ground == "rgb(14, 17, 19)"
