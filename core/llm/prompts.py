"""Prompts as files, each with a version in its name: a changed prompt is a new file.

Placeholders are `$name`. Whatever people wrote goes in as fenced data (`fenced`), never as
part of the instructions.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Any


@dataclass(frozen=True)
class PromptFolder:
    """The prompts of one part of the platform: `<name>-<version>.md` in `path`."""

    path: Path

    def prompt(self, name: str, /, **values: object) -> str:
        """The prompt `name` ("script-1") with its placeholders filled; KeyError for a missing one."""
        return (
            _template(self.path / f"{name}.md").substitute({key: str(value) for key, value in values.items()}).strip()
        )


@lru_cache(maxsize=32)
def _template(path: Path) -> Template:
    return Template(path.read_text(encoding="utf-8"))


def fenced(value: Any) -> str:
    """`value` as JSON between two marks that nothing inside can forge.

    JSON keeps it on one line, angle brackets are escaped, and the mark is derived from the
    content, so text inside cannot close the fence and speak as the instructions do.
    """
    body = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")
    mark = hashlib.blake2b(body.encode(), digest_size=6, key=b"adloom-fence").hexdigest()
    return f"<data {mark}>\n{body}\n</data {mark}>"
