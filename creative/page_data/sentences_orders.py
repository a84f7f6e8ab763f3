"""What is said of orders and their budgets: a pattern of the English sentence, and its page words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

ORDERS: tuple[tuple[str, Any], ...] = (
    (
        r"headline “(?P<a>.*)”",
        gettext_lazy("headline “%(a)s”"),
    ),
    (
        r"headlines",
        gettext_lazy("headlines"),
    ),
    (
        r"are (?P<a>\d+); a batch takes at most (?P<b>\d+)",
        gettext_lazy("are %(a)s; a batch takes at most %(b)s"),
    ),
    (
        r"is too long to be read over this picture; .*",
        gettext_lazy("is too long to be read over a picture; say it in fewer words"),
    ),
    (
        r"the font has no glyph for (?P<a>.*); remove the emoji",
        gettext_lazy("the font has no glyph for %(a)s; remove the emoji"),
    ),
    (
        r"the font has no glyph for (?P<a>.*); write it differently",
        gettext_lazy("the font has no glyph for %(a)s; write it differently"),
    ),
    (
        r"of ¥(?P<a>[\d.]+) is spent; about ¥(?P<b>[\d.]+) finishes it.*",
        gettext_lazy("¥%(a)s is spent; about ¥%(b)s in all finishes it"),
    ),
    (
        r"of ¥(?P<a>[\d.]+) is spent already: ¥(?P<c>[\d.]+); about ¥(?P<b>[\d.]+) finishes it",
        gettext_lazy("¥%(a)s is too little, ¥%(c)s is spent already; about ¥%(b)s in all finishes it"),
    ),
)
