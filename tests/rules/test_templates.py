"""A template extends, includes and links only core's and its own app's; dashboard joins apps and may link to them."""

from __future__ import annotations

import re

from config.settings.environment import ROOT

APPS = ("core", "generation", "creative", "dashboard", "campaigns", "agentbot", "avatar")
TAG = re.compile(r"{%-?\s*(extends|include|static|url)\s+[\"']([^\"']+)[\"']")
FROM_PACKAGES = ("django_htmx/",)


def references_of(text: str) -> list[tuple[str, str]]:
    """(tag, app) for every template, file or address named in the template."""
    found = []
    for tag, target in TAG.findall(text):
        if not target.startswith(FROM_PACKAGES):
            found.append((tag, target.split(":" if tag == "url" else "/")[0]))
    return found


def is_allowed(app: str, tag: str, target: str) -> bool:
    return target in {app, "core"} or (app == "dashboard" and tag == "url")


def test_templates_stay_at_home():
    strays = [
        f"{template.relative_to(ROOT)}: {tag} {target}"
        for app in APPS
        for template in sorted((ROOT / app / "templates").rglob("*.html"))
        for tag, target in references_of(template.read_text(encoding="utf-8"))
        if not is_allowed(app, tag, target)
    ]

    assert strays == []


def test_the_rule_sees_what_it_forbids():
    text = "{% extends 'core/base.html' %}{% include \"creative/x.html\" %}{% url 'creative:brief' id %}"

    assert references_of(text) == [("extends", "core"), ("include", "creative"), ("url", "creative")]
    assert not is_allowed("agentbot", "url", "creative")


def test_no_template_carries_inline_code():
    """The content policy blocks inline handlers and style attributes: they would be dead in the page."""
    inline = re.compile(r"\son[a-z]+=[\"']|\sstyle=[\"']|javascript:", re.IGNORECASE)
    found = [
        f"{template.relative_to(ROOT)}: {match.group().strip()}"
        for app in APPS
        for template in sorted((ROOT / app / "templates").rglob("*.html"))
        for match in inline.finditer(template.read_text(encoding="utf-8"))
    ]

    assert found == []
