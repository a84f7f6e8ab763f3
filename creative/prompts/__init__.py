"""Prompts as files, each with a version in its name: a changed prompt is a new file.

Placeholders are `$name`. Whatever people wrote goes in as fenced data (`fenced`), never as
part of the instructions.
"""

from __future__ import annotations

import json
import uuid
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Any

_FOLDER = Path(__file__).parent
_FENCES = uuid.UUID("5b7c1f0e-3a52-4a6d-9c1e-8f0d2b6a4e71")


@lru_cache(maxsize=16)
def _template(name: str) -> Template:
    return Template((_FOLDER / f"{name}.md").read_text(encoding="utf-8"))


def prompt(name: str, **values: object) -> str:
    """The prompt `name` ("script-1") with its placeholders filled; KeyError for a missing one."""
    return _template(name).substitute({key: str(value) for key, value in values.items()}).strip()


def fenced(value: Any) -> str:
    """`value` as JSON between two marks that nothing inside can forge.

    JSON keeps it on one line, angle brackets are escaped, and the mark is derived from the
    content, so text inside cannot close the fence and speak as the instructions do.
    """
    body = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")
    mark = uuid.uuid5(_FENCES, body).hex[:12]
    return f"<data {mark}>\n{body}\n</data {mark}>"
