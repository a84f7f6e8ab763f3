"""Reading a brief's YAML without the parts of YAML that surprise or attack."""

from __future__ import annotations

from typing import Any

import yaml

from creative.brief.errors import BriefError

LARGEST_TEXT = 64 * 1024
DEEPEST = 6


class _PlainLoader(yaml.BaseLoader):
    """Every scalar stays the text that was typed (39.90, 1_000, yes); aliases and double keys are refused."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            event: Any = self.peek_event()  # type: ignore[no-untyped-call]  # the parser's own, without types
            raise yaml.constructor.ConstructorError(
                None, None, "aliases (*name) are not taken in a brief", event.start_mark
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"{twice!r} is given twice", node.start_mark)
        return super().construct_mapping(node, deep=deep)


def read_yaml(text: str) -> Any:
    """The YAML as plain dicts, lists and strings; BriefError says where it cannot be read."""
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST_TEXT:
        raise BriefError([("brief", f"is longer than {LARGEST_TEXT // 1024} KiB")])
    try:
        _refuse_deep(text)
        return yaml.load(text, Loader=_PlainLoader)
    except yaml.YAMLError as error:
        raise BriefError([("brief", f"is not readable YAML: {_short(error)}")]) from error
    except RecursionError as error:
        raise BriefError([("brief", "is nested too deeply")]) from error


def _refuse_deep(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        if isinstance(event, yaml.events.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise BriefError([("brief", f"is nested more than {DEEPEST} levels deep")])
        elif isinstance(event, yaml.events.CollectionEndEvent):
            depth -= 1


def _short(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return f"{problem} (line {mark.line + 1}, column {mark.column + 1})" if mark else str(problem)
