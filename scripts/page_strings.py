"""Finds every page string and keeps the catalogues in step with the pages.

    .venv/bin/python scripts/page_strings.py

writes locale/*/LC_MESSAGES/django.po anew: strings that are gone leave, new ones join
without words, translations stay. A test fails while a string has no Chinese. Django's own
makemessages needs gettext's binaries, which a bare machine does not have.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
APPS = ("core", "creative", "dashboard", "generation", "agentbot", "avatar")
LOCALES = {"zh_Hans": "zh_Hans", "en": "en"}
_NO_PAGES = ("demo_page", "migrations")

_STRING = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_TRANSLATE = re.compile(rf"^(?:translate|trans)\s+{_STRING}(.*)$", re.DOTALL)
_UNDERSCORE = re.compile(rf"_\({_STRING}\)")
_CONTEXT = re.compile(rf"context\s+{_STRING}")
_CALLS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
_CONTEXT_CALLS = {"pgettext": 1, "pgettext_lazy": 1, "npgettext": 2}


@dataclass(frozen=True)
class PageString:
    """A string as the catalogue knows it; `plural` "" where it has none."""

    text: str
    plural: str
    context: str
    place: str


def page_strings(root: Path = ROOT) -> list[PageString]:
    """All of them, in order of file and line."""
    found: list[PageString] = []
    for app in APPS:
        for path in sorted((root / app).rglob("*")):
            if any(part in _NO_PAGES for part in path.parts):
                continue
            if path.suffix == ".html":
                found += in_template(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
            elif path.suffix == ".py":
                found += in_python(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
    return found


def in_template(source: str, name: str) -> Iterator[PageString]:
    """Strings of a Django template."""
    from django.template.base import Lexer, TokenType

    tokens = list(Lexer(source).tokenize())
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.token_type == TokenType.BLOCK and re.match(r"(blocktranslate|blocktrans)\b", token.contents):
            end = next(
                n for n in range(at, len(tokens)) if re.match(r"end(blocktranslate|blocktrans)\b", tokens[n].contents)
            )
            yield _block(tokens[at:end], name)
            at = end
        elif token.token_type in (TokenType.BLOCK, TokenType.VAR):
            yield from _inline(token.contents, f"{name}:{token.lineno}")
        at += 1


def _inline(contents: str, place: str) -> Iterator[PageString]:
    simple = _TRANSLATE.match(contents)
    if simple:
        context = _CONTEXT.search(simple.group(2))
        yield PageString(_plain(simple.group(1)), "", ast.literal_eval(context.group(1)) if context else "", place)
    for match in _UNDERSCORE.finditer(contents):
        yield PageString(_plain(match.group(1)), "", "", place)


def _plain(literal: str) -> str:
    """The literal's text; Django doubles per cent signs of template strings before it looks them up."""
    return str(ast.literal_eval(literal)).replace("%", "%%")


def _block(tokens: list, name: str) -> PageString:  # type: ignore[type-arg] # django's own tokens
    from django.template.base import TokenType

    head, singular, plural, in_plural = tokens[0].contents, "", "", False
    for token in tokens[1:]:
        if token.token_type == TokenType.BLOCK and token.contents.strip() == "plural":
            in_plural = True
            continue
        text = f"%({token.contents})s" if token.token_type == TokenType.VAR else token.contents.replace("%", "%%")
        if in_plural:
            plural += text
        else:
            singular += text
    context = _CONTEXT.search(head)
    return PageString(singular, plural, ast.literal_eval(context.group(1)) if context else "", name)


def in_python(source: str, name: str) -> Iterator[PageString]:
    """Strings of a Python module: literal arguments of gettext's functions."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        place = f"{name}:{node.lineno}"
        if node.func.id in _CALLS and len(texts) >= _CALLS[node.func.id]:
            yield PageString(texts[0], texts[1] if _CALLS[node.func.id] == 2 else "", "", place)
        elif node.func.id in _CONTEXT_CALLS and len(texts) > _CONTEXT_CALLS[node.func.id]:
            yield PageString(texts[1], texts[2] if _CONTEXT_CALLS[node.func.id] == 2 else "", texts[0], place)


def po_path(locale: str) -> Path:
    """The catalogue's source of one language."""
    return ROOT / "locale" / locale / "LC_MESSAGES" / "django.po"


def read_catalogue(locale: str) -> Catalog:
    """The catalogue as it stands; an empty one where there is none yet."""
    path = po_path(locale)
    if not path.is_file():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def update(locale: str) -> int:
    """Bring one catalogue in step; returns how many strings have no words yet. English is its own."""
    old, fresh = read_catalogue(locale), Catalog(locale=locale, project="Adloom", fuzzy=False)
    missing = 0
    for each in page_strings():
        key = (each.text, each.plural) if each.plural else each.text
        known = old.get(each.text, each.context or None)
        words = known.string if known and known.string else ("", "") if each.plural else ""
        if locale == "en":
            words = key
        elif each.plural:
            words = (words[0] if isinstance(words, tuple) else words,)
        elif isinstance(words, tuple):
            words = words[0]
        if fresh.get(each.text, each.context or None) is None:
            missing += not (words[0] if isinstance(words, tuple) else words)
        fresh.add(key, words, context=each.context or None)
    po_path(locale).parent.mkdir(parents=True, exist_ok=True)
    with po_path(locale).open("wb") as file:
        write_po(file, fresh, width=0, sort_output=True, omit_header=False, no_location=True)
    return missing


if __name__ == "__main__":
    os.chdir(ROOT)
    import django
    from django.conf import settings

    settings.configure(USE_I18N=False)
    django.setup()
    for each_locale in LOCALES:
        print(f"{each_locale}: {update(each_locale)} without words")
