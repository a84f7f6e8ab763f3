"""What is said of a change on the storyboard or to a product: a pattern of the sentence, and its page words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

CHANGES: tuple[tuple[str, Any], ...] = (
    (
        r"(?P<a>.*): this shot is hidden; show it again among the materials first",
        gettext_lazy("%(a)s: this shot is set aside; show it again among the materials first"),
    ),
    (
        r"(?P<a>.*) stands in slot (?P<b>\d+) already; an ad shows no clip twice",
        gettext_lazy("%(a)s stands in another slot already; an ad shows no clip twice"),
    ),
    (
        r"(?P<a>.*) ends (?P<b>\d+) frames after frame (?P<c>\d+); start earlier",
        gettext_lazy("%(a)s ends %(b)s frames after frame %(c)s; start earlier"),
    ),
    (
        r"it is (?P<a>\d+) frames too short for the slot; choose a longer one",
        gettext_lazy("it is %(a)s frames too short for the slot; choose a longer one"),
    ),
    (
        r"it takes (?P<a>\d+) frames more than the slot's clips have; shorten it or swap the clip",
        gettext_lazy("it takes %(a)s frames more than the slot's clips have; shorten it or swap the clip"),
    ),
    (
        r"(?P<a>.*) has no other stretch to show",
        gettext_lazy("%(a)s has no other stretch to show"),
    ),
    (
        r"(?P<a>.*) can start at frame (?P<b>\d+) to (?P<c>\d+), not (?P<d>\d+)",
        gettext_lazy("%(a)s can start at frame %(b)s to %(c)s, not %(d)s"),
    ),
    (
        r"no clip is left that fits this slot; add footage",
        gettext_lazy("no clip is left that fits this slot; add footage"),
    ),
    (
        r"(?P<a>'?\w*'?) is not one of (?P<b>.*)",
        gettext_lazy("%(a)s is not one of %(b)s"),
    ),
    (
        r"is the name of another product",
        gettext_lazy("is the name of another product"),
    ),
    (
        r"'(?P<a>.*)' is not a colour such as (?P<b>.*)",
        gettext_lazy("“%(a)s” is not a colour such as %(b)s"),
    ),
)
