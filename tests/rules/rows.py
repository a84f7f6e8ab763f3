"""A row of every model for an advertiser, made from the models themselves, so that new ones are covered at once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db import models

from core import storage
from core.models import Advertiser
from tests.rules.contents import CONTENTS

OUR_APPS = ("core", "generation", "creative", "campaigns", "agentbot", "avatar")

_IN_MAKING: list[type[models.Model]] = []
_LEFT_OPEN: set[Any] = set()
Rows = dict[type[models.Model], models.Model]


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OUR_APPS]


def make_rows(marker: str) -> Rows:
    """One row of each of our models, all of one advertiser; `marker` is in every text that has room for it."""
    rows: Rows = {}
    for model in our_models():
        _row_of(model, marker, rows)
    _close_circles(rows)
    return rows


def owner_of(row: models.Model) -> Advertiser | None:
    """The advertiser a row belongs to, through whatever foreign keys lead there."""
    if isinstance(row, Advertiser):
        return row
    for field in _keys(type(row)):
        target = getattr(row, field.name)
        owner = owner_of(target) if target is not None and type(target) in our_models() and target != row else None
        if owner is not None:
            return owner
    return None


def links(row: models.Model) -> list[models.Model]:
    """The rows of ours that this row points to."""
    targets = [getattr(row, field.name) for field in _keys(type(row))]
    return [target for target in targets if type(target) in our_models()]


def _keys(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.is_relation]


def _row_of(model: type[models.Model], marker: str, rows: Rows) -> models.Model:
    """Two models that point to each other: the one made first stays without, until the other is there."""
    if model not in rows:
        _IN_MAKING.append(model)
        values = {}
        for field in model._meta.concrete_fields:
            if not (field.primary_key and (field.has_default() or isinstance(field, models.AutoField))):
                values[field.name] = _value(field, marker, rows)
        rows[model] = model._default_manager.create(**values)
        _IN_MAKING.remove(model)
    return rows[model]


def _close_circles(rows: Rows) -> None:
    """Keys left empty for want of the other row point to it now."""
    for field in _LEFT_OPEN:
        row = rows[field.model]
        setattr(row, field.name, rows[field.related_model])
        row.save(update_fields=[field.name])


def _value(field: Any, marker: str, rows: Rows) -> Any:
    if field.is_relation:
        return _related(field, marker, rows)
    content = CONTENTS.get(f"{field.model.__name__}.{field.name}")
    if content is not None:
        return content(marker, _marked_file(marker))
    if field.choices:
        return _furthest_on([value for value, _ in field.choices])
    for kind, make in _MAKERS.items():
        if isinstance(field, kind):
            return make(field, marker)
    if field.has_default() or field.null:
        return field.get_default()
    raise AssertionError(f"tests/rules/rows.py does not know how to fill {field}")


def _leads_back(field: Any) -> bool:
    """A key that may be empty, to a model that cannot be without this one (a batch's arranged ad)."""
    return field.null and any(key.related_model is field.model and not key.null for key in _keys(field.related_model))


def _related(field: Any, marker: str, rows: Rows) -> models.Model | None:
    if field.related_model is field.model or _leads_back(field):
        return None
    if field.null and field.related_model in _IN_MAKING:
        _LEFT_OPEN.add(field)
        return None
    if field.related_model is get_user_model():
        return get_user_model().objects.create_user(username=f"{marker}@example.com")
    return _row_of(field.related_model, marker, rows)


def _furthest_on(values: list[str]) -> str:
    """Finished rows show most."""
    return next((value for value in ("ready", "done", "owner") if value in values), values[0])


def _marked_file(marker: str) -> Path:
    """A real file with the marker in it, so that a view which sends another's file gives itself away."""
    path = Path(settings.ADLOOM_HOME) / "marked" / f"{marker}.mp4"
    path.parent.mkdir(exist_ok=True)
    path.write_text(marker)
    return path


@cache
def _stored(marker: str) -> str:
    return storage.put_file(_marked_file(marker))


def _text(field: Any, marker: str) -> str:
    if field.name == "path" or field.name.endswith("_path"):
        return str(_marked_file(marker))
    if field.name == "sha256" or field.name.endswith("_sha256"):
        return _stored(marker)
    return marker[: field.max_length] if field.max_length else marker


_MAKERS: dict[type, Callable[[Any, str], Any]] = {
    models.CharField: _text,
    models.TextField: _text,
    models.UUIDField: lambda field, marker: uuid.uuid5(uuid.NAMESPACE_DNS, f"{field} {marker}"),
    models.DateTimeField: lambda field, marker: dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    models.DateField: lambda field, marker: dt.date(2026, 1, 1),
    models.BooleanField: lambda field, marker: True,
    models.IntegerField: lambda field, marker: 1,
    models.FloatField: lambda field, marker: 0.5,
    models.DecimalField: lambda field, marker: 1,
    models.BinaryField: lambda field, marker: marker.encode(),
    ArrayField: lambda field, marker: field.get_default() if field.has_default() else [marker],
    models.JSONField: lambda field, marker: field.get_default() if field.has_default() else {},
}
