"""House rules that a linter does not know."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from config.settings.environment import ROOT

PRODUCT = ("config", "core", "generation", "creative", "agentbot", "avatar", "dashboard", "demo", "bench", "scripts")
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
HEAVY = {"torch", "diffusers", "transformers", "moviepy", "av", "cv2", "scenedetect", "sherpa_onnx"}
NAMELESS = {"utils.py", "helpers.py", "misc.py", "common.py"}
SHELLS = {("os", "system"), ("os", "popen"), ("subprocess", "getoutput"), ("subprocess", "getstatusoutput")}


@cache
def product_files() -> tuple[Path, ...]:
    return tuple(
        path for folder in PRODUCT for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts
    )


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def named(path: Path, node: ast.AST | None = None) -> str:
    line = f":{node.lineno}" if node is not None and hasattr(node, "lineno") else ""
    return f"{path.relative_to(ROOT)}{line}"


def everything(kind: type[ast.AST] | tuple[type[ast.AST], ...]) -> Iterator[tuple[Path, ast.AST]]:
    for path in product_files():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, kind):
                yield path, node


def test_files_are_short_enough_to_read():
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in product_files()}

    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short_enough_to_hold_in_the_head():
    long = {
        f"{named(path, node)} {node.name}": node.end_lineno - node.lineno + 1
        for path, node in everything((ast.FunctionDef, ast.AsyncFunctionDef))
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }

    assert long == {}


def test_nothing_runs_through_a_shell():
    def uses_shell(call: ast.Call) -> bool:
        named_shell = any(word.arg == "shell" and getattr(word.value, "value", True) for word in call.keywords)
        function = call.func
        is_call = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
        return named_shell or (is_call and (function.value.id, function.attr) in SHELLS)

    assert [named(path, node) for path, node in everything(ast.Call) if uses_shell(node)] == []


def test_no_error_is_caught_without_a_name():
    assert [named(path, node) for path, node in everything(ast.ExceptHandler) if node.type is None] == []


def test_heavy_packages_are_imported_where_they_are_used():
    def imported(node: ast.stmt) -> set[str]:
        if isinstance(node, ast.Import):
            return {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            return {node.module.split(".")[0]}
        return set()

    early = [
        f"{named(path, node)} {sorted(imported(node) & HEAVY)}"
        for path in product_files()
        for node in tree_of(path).body
        if imported(node) & HEAVY
    ]

    assert early == []


def test_modules_have_names_that_say_something():
    assert [named(path) for path in product_files() if path.name in NAMELESS] == []


def test_nothing_is_left_for_later():
    marks = ("TODO", "FIXME", "XXX", "HACK")
    found = [
        f"{named(path)}:{token.start[0]}"
        for path in product_files()
        for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
        if token.type == tokenize.COMMENT and any(mark in token.string for mark in marks)
    ]

    assert found == []


def test_every_module_says_what_it_is():
    silent = [named(path) for path in product_files() if tree_of(path).body and not ast.get_docstring(tree_of(path))]

    assert silent == []


def test_time_is_asked_of_the_clock_in_pure_modules():
    """Planners take a clock or nothing: a test holds it."""
    pure = [
        path for path in product_files() if path.name in {"mixing.py", "matching.py", "planning.py", "contracts.py"}
    ]
    asks = [
        named(path, node)
        for path in pure
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow", "monotonic"}
    ]

    assert asks == []
