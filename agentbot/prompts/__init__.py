"""Prompts as files, each with a version in its name: a changed prompt is a new file.

What people wrote (visitors, advertisers) goes in as fenced data, never as part of the instructions.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Any

_FOLDER = Path(__file__).parent


@lru_cache(maxsize=8)
def _template(name: str) -> Template:
    return Template((_FOLDER / f"{name}.md").read_text(encoding="utf-8"))


def prompt(name: str, /, **values: object) -> str:
    """The prompt `name` ("expert-1") with its `$placeholders` filled; KeyError for a missing one."""
    return _template(name).substitute({key: str(value) for key, value in values.items()}).strip()


def fenced(value: Any) -> str:
    """`value` as one line of JSON between marks derived from it, which nothing inside can forge."""
    body = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")
    mark = hashlib.blake2b(body.encode(), digest_size=6, key=b"agentbot-fence").hexdigest()
    return f"<data {mark}>\n{body}\n</data {mark}>"
