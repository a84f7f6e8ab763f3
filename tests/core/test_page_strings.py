"""Every page string has its Chinese, and no page says anything that no catalogue knows."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("core", "creative", "dashboard", "agentbot", "avatar")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
SAME_IN_BOTH = {"YouTube", "TikTok", "Meta", " · ", "%(a)s LUFS", "“%(text)s”"}
"""Names and marks that Chinese pages show as they are."""

LETTERS = re.compile(r"[A-Za-z\u4e00-\u9fff]{2,}")
SAID_TO_ALL = {
    *("Adloom", "AIGC", "C2PA", "SHA-256", "SRT", "ZIP", "YAML", "EN", "中文", "CPU", "mp4", "LUFS", "Esc"),
    *("PA", "SHA", "https", "viewBox", "nbsp", "middot", "rarr", "minus", "times", "quot", "amp"),
}


@cache
def page_strings() -> ModuleType:
    spec = importlib.util.spec_from_file_location("page_strings", ROOT / "scripts" / "page_strings.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["page_strings"] = module
    spec.loader.exec_module(module)
    return module


def words_of(message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple) else [message.string]


def test_every_page_string_has_its_chinese():
    catalogue = page_strings().read_catalogue("zh_Hans")
    missing = []
    for each in page_strings().page_strings():
        message = catalogue.get(each.text, each.context or None)
        if message is None or not all(words_of(message)):
            missing.append(f"{each.place}: {each.text!r}")

    assert missing == [], "run scripts/page_strings.py and write the Chinese"


def test_chinese_is_chinese():
    """A string copied instead of translated has no Chinese character in it."""
    catalogue = page_strings().read_catalogue("zh_Hans")
    copied = [
        message.id
        for message in catalogue
        if message.id
        and LETTERS.search(PLACEHOLDER.sub("", words_of(message)[0]))
        and not re.search(r"[\u4e00-\u9fff]", words_of(message)[0])
    ]

    assert set(copied) <= SAME_IN_BOTH


@pytest.mark.parametrize("locale", ["zh_Hans", "en"])
def test_translations_fill_the_same_places(locale):
    odd = []
    for message in page_strings().read_catalogue(locale):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = set(PLACEHOLDER.findall(" ".join(ids)))
        if message.id and any(set(PLACEHOLDER.findall(words)) - wanted for words in words_of(message)):
            odd.append(message.id)

    assert odd == []


def test_chinese_uses_full_width_punctuation():
    half = [
        words
        for message in page_strings().read_catalogue("zh_Hans")
        for words in words_of(message)
        if re.search(r"[\u4e00-\u9fff][,;:?!](?!\d)", words)
    ]

    assert half == []


def spoken_outside(source: str) -> list[str]:
    """Letters a template shows that no translate tag carries."""
    text = re.sub(r"{%-?\s*(blocktranslate|blocktrans)\b.*?{%-?\s*end\1\s*-?%}", "", source, flags=re.DOTALL)
    text = re.sub(r"{% block (?:stage|body_class) %}.*?{% endblock %}", "", text)
    text = re.sub(r"{#.*?#}|<script.*?</script>|<svg.*?</svg>", "", text, flags=re.DOTALL)
    attributes = re.findall(r"\b(?:aria-label|title|placeholder|alt)=(\"[^\"]*\"|'[^']*')", text)
    shown = re.sub(r"{%.*?%}|{{.*?}}", " ", text, flags=re.DOTALL)
    shown = re.sub(r"<[^>]*>", " ", shown)
    pieces = [shown, *(re.sub(r"{%.*?%}|{{.*?}}", " ", value) for value in attributes)]
    return [word for piece in pieces for word in LETTERS.findall(piece) if word not in SAID_TO_ALL]


def test_templates_say_nothing_outside_the_catalogue():
    said = {
        template.relative_to(ROOT).as_posix(): words
        for app in APPS
        for template in sorted((ROOT / app / "templates").rglob("*.html"))
        if "demo" not in template.parts
        if (words := spoken_outside(template.read_text(encoding="utf-8")))
    }

    assert said == {}


def test_the_scan_sees_what_it_looks_for():
    source = '<p>Bare words</p><img alt="Bare too">{% translate "Known" %}<b title="{{ name }}">{{ name }}</b>'

    assert spoken_outside(source) == ["Bare", "words", "Bare", "too"]
    found = list(page_strings().in_template('{% translate "A" context "c" %}{{ _("B") }}', "t"))
    assert [(each.text, each.context) for each in found] == [("A", "c"), ("B", "")]
    block = "{% blocktranslate count n=x %}{{ n }} ad{% plural %}{{ n }} ads{% endblocktranslate %}"
    assert [(each.text, each.plural) for each in page_strings().in_template(block, "t")] == [("%(n)s ad", "%(n)s ads")]
    python = 'x = ngettext("%(n)d a", "%(n)d b", n); y = pgettext_lazy("role", "Hook")'
    assert [(each.text, each.context) for each in page_strings().in_python(python, "p")] == [
        ("%(n)d a", ""),
        ("Hook", "role"),
    ]
