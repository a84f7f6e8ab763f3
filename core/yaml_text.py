"""Reading a person's YAML without the parts of YAML that surprise or attack."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from core.errors import InputError

LARGEST_BYTES = 64 * 1024
DEEPEST = 6


class _PlainLoader(yaml.BaseLoader):
    """Every scalar stays the text that was typed (39.90, 1_000, yes); aliases and double keys are refused."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]  # the parser's own, without types
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.constructor.ConstructorError(None, None, "aliases (*name) are not taken", event.start_mark)
        if self.depth > DEEPEST:
            raise _TooDeep
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        twice = _twice(keys)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"{twice!r} is given twice", node.start_mark)
        return super().construct_mapping(node, deep=deep)


class _TooDeep(Exception):
    """Lists in lists in lists: nobody types that."""


def read_yaml(source: str | bytes, thing: str, largest: int = LARGEST_BYTES) -> Any:
    """The YAML as plain dicts, lists and strings, None where it holds nothing; an empty field is "".

    InputError names `thing` and says where it cannot be read; its code is `yaml_too_long`
    beyond `largest` bytes, else `not_yaml`.
    """
    raw = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(raw) > largest:
        raise InputError(thing, f"is longer than {largest // 1024} KiB", "yaml_too_long")
    try:
        text = source if isinstance(source, str) else source.decode("utf-8-sig")
        return yaml.load(text, Loader=_PlainLoader)
    except UnicodeDecodeError as error:
        raise InputError(thing, "is not UTF-8 text", "not_yaml") from error
    except yaml.YAMLError as error:
        raise InputError(thing, f"is not readable YAML: {_short(error)}", "not_yaml") from error
    except _TooDeep as error:
        raise InputError(thing, f"is nested more than {DEEPEST} levels deep", "not_yaml") from error


def read_yaml_file(path: Path, thing: str, largest: int = LARGEST_BYTES) -> Any:
    """As `read_yaml`, of a file; never more than `largest` bytes of it are taken in. OSError as `open` raises it."""
    with path.open("rb") as file:
        return read_yaml(file.read(largest + 1), thing, largest)


def _twice(keys: list[str]) -> str | None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    return None


def _short(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return f"{problem} (line {mark.line + 1}, column {mark.column + 1})" if mark else str(problem)
