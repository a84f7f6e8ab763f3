"""Makes the pictures of the README again: `python scripts/take_pictures.py`, after `make demo`.

Needs Debian's chromium. Writes docs/pictures/demo-page.jpg, conversation.jpg, live.jpg and contact-sheet.jpg, and
batch.jpg where a batch was made too (`make demo BATCH=1000`).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
DEMO = Path(os.environ.get("ADLOOM_HOME", ROOT / "var")) / "demo"
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
SHEET_ROWS, BATCH_ROWS = 8, 4
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def main() -> int:
    """Take the pictures; says what is missing."""
    if not (DEMO / "index.html").is_file():
        print(f"take_pictures: there is no {DEMO / 'index.html'}; run make demo first", file=sys.stderr)
        return 2
    PICTURES.mkdir(parents=True, exist_ok=True)
    shot, talk, room = (PICTURES / f"{name}.png" for name in ("demo-page", "conversation", "live"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 1500})
        page.goto((DEMO / "index.html").as_uri())
        page.wait_for_timeout(2500)
        page.screenshot(path=str(shot))
        page.locator("section[aria-labelledby=conversation]").screenshot(path=str(talk))
        page.locator("section[aria-labelledby=live]").screenshot(path=str(room))
        browser.close()
    save_small(shot, PICTURES / "demo-page.jpg", 1280)
    save_small(DEMO / "contact-sheet.png", PICTURES / "contact-sheet.jpg", 1000)
    save_small(talk, PICTURES / "conversation.jpg", 1100)
    save_small(room, PICTURES / "live.jpg", 1100)
    for taken in (shot, talk, room):
        taken.unlink()
    sheet = DEMO / "batch" / "sheet.jpg"
    if sheet.is_file():
        save_small(sheet, PICTURES / "batch.jpg", 1000, BATCH_ROWS / SHEET_ROWS)
    return 0


def save_small(source: Path, target: Path, width: int, share: float = 1.0) -> None:
    """The upper `share` of `source` as a JPEG of at most `width` pixels."""
    picture = Image.open(source).convert("RGB")
    picture = picture.crop((0, 0, picture.width, round(picture.height * share)))
    picture.thumbnail((width, 10 * width))
    picture.save(target, quality=84, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
