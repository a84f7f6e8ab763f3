"""The slot strip, the slot timeline and the words of roles: the thread that goes with every ad."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core.templatetags.figures import digits

register = template.Library()

ROLE_WORDS = {
    "hook": pgettext_lazy("slot role", "Hook"),
    "pain": pgettext_lazy("slot role", "Pain"),
    "selling_point": pgettext_lazy("slot role", "Selling point"),
    "proof": pgettext_lazy("slot role", "Proof"),
    "offer": pgettext_lazy("slot role", "Offer"),
    "cta": pgettext_lazy("slot role", "CTA"),
}


@register.filter
def role_word(role: str) -> str:
    """The page word of a slot's role; an unknown role stands as it is."""
    return str(ROLE_WORDS.get(role, role))


@register.simple_tag
def role_chip(role: str) -> SafeString:
    """The filled chip that names a role."""
    return format_html('<span class="role role-{}">{}</span>', role, role_word(role)) if role else SafeString("")


def _read(slot: Any) -> tuple[str, float]:
    if isinstance(slot, dict):
        return str(slot["role"]), float(slot["seconds"])
    if isinstance(slot, tuple):
        return str(slot[0]), float(slot[1])
    return str(slot.role), float(slot.seconds)


def described(slots: Iterable[Any]) -> str:
    """Roles and seconds in a sentence, for readers who do not see the colours."""
    return _(", ").join(
        _("%(role)s %(seconds)s s") % {"role": role_word(r), "seconds": f"{s:.1f}"} for r, s in map(_read, slots)
    )


@register.simple_tag
def strip(slots: Iterable[Any]) -> SafeString:
    """The six-pixel ribbon; `slots` are (role, seconds), dicts or objects with both."""
    read = [_read(slot) for slot in slots or ()]
    threads = format_html_join("", '<i class="role-{} grow {}"></i>', ((r, digits(s * 100)) for r, s in read))
    return format_html('<span class="strip" role="img" aria-label="{}">{}</span>', described(read), threads)


@register.simple_tag
def timeline(slots: Iterable[Any]) -> SafeString:
    """The thirty-pixel bar with role and seconds in each block."""
    read = [_read(slot) for slot in slots or ()]
    blocks = format_html_join(
        "",
        '<span class="role-{} grow {}" title="{} {}"><span class="word">{}</span>{}</span>',
        ((r, digits(s * 100), role_word(r), f"{s:.1f}", role_word(r), f"{s:.1f}") for r, s in read),
    )
    return format_html('<div class="timeline" role="img" aria-label="{}">{}</div>', described(read), blocks)


@register.simple_tag
def legend() -> SafeString:
    """The six colours with their words."""
    rows = format_html_join("", '<li><i class="role-{}"></i>{}</li>', ((r, str(w)) for r, w in ROLE_WORDS.items()))
    return format_html('<ul class="legend">{}</ul>', rows)
