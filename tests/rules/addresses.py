"""Every address of the platform, and its parameters filled with rows."""

from __future__ import annotations

import inspect
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, StringConverter

from tests.rules.rows import Rows, our_models


@dataclass(frozen=True)
class Address:
    """A pattern: its route with `<name>` for each parameter, and what answers there."""

    name: str
    route: str
    pattern: URLPattern

    @property
    def parameters(self) -> dict[str, type[models.Model] | None]:
        """Parameter → the model it names a row of, or None for a plain number or word."""
        converters = self.pattern.pattern.converters
        return {name: _model_of(self, name, converters[name]) for name in re.findall(r"<(\w+)>", self.route)}

    def fill(self, chosen: dict[str, Rows]) -> str:
        """The path with each row parameter taken from the rows chosen for it."""
        path = self.route
        for name, model in self.parameters.items():
            value = str(chosen[name][model].pk) if model else "0"
            path = path.replace(f"<{name}>", value)
        return f"/{path}"

    def form_fields(self) -> set[str]:
        """The names of form fields that the module of the view mentions in quotes."""
        module = inspect.getmodule(inspect.unwrap(getattr(self.pattern.callback, "view_class", self.pattern.callback)))
        return set(re.findall(r"[\"'](\w{2,40})[\"']", inspect.getsource(module))) if module else set()


def all_addresses() -> list[Address]:
    return list(_walk(get_resolver().url_patterns, "", ""))


def mixtures(address: Address, own: Rows, foreign: Rows) -> Iterator[dict[str, Rows]]:
    """Every way to choose whose row each parameter names, at least one of them foreign."""
    names = [name for name, model in address.parameters.items() if model]
    for choice in itertools.product((own, foreign), repeat=len(names)):
        if any(rows is foreign for rows in choice):
            yield dict(zip(names, choice, strict=True))


def model_named(word: str) -> type[models.Model] | None:
    """`brief`, `brief_id`, `line_id` → the model; by its whole name, else by the end of just one name."""
    wanted = re.sub(r"_(id|pk|ids)$", "", word).replace("_", "")
    by_name = {model.__name__.lower(): model for model in our_models()}
    ending = [model for name, model in by_name.items() if name.endswith(wanted)]
    return by_name.get(wanted) or (ending[0] if len(ending) == 1 else None)


def _walk(patterns: list[URLPattern | URLResolver], route: str, namespace: str) -> Iterator[Address]:
    for pattern in patterns:
        here = route + re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, here, inside)
        else:
            yield Address(f"{namespace}{pattern.name}", here, pattern)


def _model_of(address: Address, name: str, converter: object) -> type[models.Model] | None:
    model = model_named(name)
    if model is None and not isinstance(converter, IntConverter | StringConverter):
        raise AssertionError(f"{address.name}: which model has its key in <{name}>? Name it <model_id>.")
    return model if name.endswith(("_id", "_pk")) or not isinstance(converter, IntConverter) else None
