"""Foreign keys point downward only."""

from __future__ import annotations

from django.apps import apps

FLOORS = {"core": 0, "generation": 1, "creative": 2, "agentbot": 2, "campaigns": 3, "avatar": 3, "dashboard": 4}


def may_point_to(model: str, target: str) -> bool:
    """Within the app, or to a lower floor; Django's own tables lie below all of ours."""
    return model == target or FLOORS.get(target, -1) < FLOORS[model]


def test_foreign_keys_point_downward():
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in FLOORS
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete
        if not may_point_to(model._meta.app_label, field.related_model._meta.app_label)
    ]

    assert upward == []


def test_siblings_hold_no_keys_of_each_other():
    assert not may_point_to("creative", "agentbot")
    assert not may_point_to("core", "creative")
    assert may_point_to("creative", "core")
    assert may_point_to("creative", "auth")
