"""Every local link and picture of the documents leads somewhere."""

from __future__ import annotations

import re

import pytest

from config.settings.environment import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)")
ELSEWHERE = ("http://", "https://", "mailto:", "#")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def local_links(text: str) -> list[str]:
    """Targets of links and pictures outside code blocks, without those to other sites and places on the page."""
    found = LINK.findall(FENCE.sub("", text))
    return [target.partition("#")[0] for target in found if not target.startswith(ELSEWHERE)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_and_pictures_lead_to_files_of_the_repository(document):
    targets = local_links(document.read_text(encoding="utf-8"))

    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_the_scan_sees_links_pictures_and_anchors():
    text = "[a](docs/a.md#part) ![b](b.jpg) [c](https://c.example) [d](#d)\n```\n[e](e.md)\n```\n"

    assert local_links(text) == ["docs/a.md", "b.jpg"]
