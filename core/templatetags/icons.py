"""Our own icons as inline SVG: strokes on a 20 × 20 grid, coloured by the text around them."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_STROKES: dict[str, str] = {
    "home": "M3.5 9.2 10 3.6l6.5 5.6V16a.8.8 0 0 1-.8.8H4.3a.8.8 0 0 1-.8-.8z",
    "brief": "M5 3h7l3.2 3.2V17H5zM7.6 9h5M7.6 12.4h5",
    "product": "M3.2 6.4 10 3l6.8 3.4v7.2L10 17l-6.8-3.4zM3.2 6.4 10 9.8l6.8-3.4M10 9.8V17",
    "material": "M2.8 4.8h14.4v10.4H2.8zM6.2 4.8v10.4M13.8 4.8v10.4",
    "studio": "M3.6 16.4 12.4 7.6M10.8 6l3.2 3.2M13.6 2.8v2.8M16.8 6h-2.8M15.9 9.7l1.5 1.5M9.5 3.3l1.2 1.2",
    "reference": "M3 3.6h3.6v12.8H3zM8.2 3.6h3.6v12.8H8.2zM13.4 3.6H17v12.8h-3.6z",
    "batch": "M3.2 3.2h5.4v5.4H3.2zM11.4 3.2h5.4v5.4h-5.4zM3.2 11.4h5.4v5.4H3.2zM11.4 11.4h5.4v5.4h-5.4z",
    "inbox": "M3.4 4.2h13.2v9.6H9.4L6 16.8v-3H3.4z",
    "live": "M6.6 13.4a4.8 4.8 0 0 1 0-6.8M13.4 6.6a4.8 4.8 0 0 1 0 6.8M4 16a8.5 8.5 0 0 1 0-12M16 4a8.5 8.5 0 0 1 0 12"
    "M10 9a1 1 0 1 0 0 2 1 1 0 0 0 0-2z",
    "lead": "M10 3.4a3.3 3.3 0 1 0 0 6.6 3.3 3.3 0 0 0 0-6.6zM3.8 16.8c.6-3.3 3-5 6.2-5s5.6 1.7 6.2 5",
    "channel": "M5.6 14.4a6.2 6.2 0 0 1 0-8.8M14.4 5.6a6.2 6.2 0 0 1 0 8.8M10 8.7a1.3 1.3 0 1 0 0 2.6"
    " 1.3 1.3 0 0 0 0-2.6z",
    "knowledge": "M4 4.2h4.6c.8 0 1.4.6 1.4 1.4v11c0-.8-.6-1.4-1.4-1.4H4z"
    "M16 4.2h-4.6c-.8 0-1.4.6-1.4 1.4v11c0-.8.6-1.4 1.4-1.4H16z",
    "metric": "M4 16.6V10M8 16.6V4.2M12 16.6v-5M16 16.6V7.4",
    "account": "M3.2 8h13.6v8.6H3.2zM5.4 8V3.8h9.2V8M10 11v2.6",
    "stop": "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6.4v4.4M10 13.4v.1",
    "look": "M10 3.2 17.6 16.6H2.4zM10 8.2v4M10 14.3v.1",
    "check": "m4 10.6 4 4 8-9",
    "close": "m5 5 10 10M15 5 5 15",
    "plus": "M10 4v12M4 10h12",
    "minus": "M4 10h12",
    "search": "M8.8 3.4a5.4 5.4 0 1 0 0 10.8 5.4 5.4 0 0 0 0-10.8zM12.8 12.8l4 4",
    "upload": "M10 13V4M6.2 7.6 10 3.8l3.8 3.8M3.6 13.4v3h12.8v-3",
    "download": "M10 4v9M6.2 9.4 10 13.2l3.8-3.8M3.6 13.4v3h12.8v-3",
    "undo": "M7.4 4.4 3.8 8l3.6 3.6M4 8h7.6a4.2 4.2 0 0 1 0 8.4H8",
    "swap": "M4 7h11M12.2 4 15.4 7l-3.2 3M16 13H5M7.8 10 4.6 13l3.2 3",
    "edit": "m12.4 4.4 3.2 3.2-8.4 8.4H4v-3.2zM10.6 6.2l3.2 3.2",
    "trim": "M5.4 3.6v12.8M14.6 3.6v12.8M5.4 10h9.2M8 7.4 5.4 10 8 12.6M12 7.4l2.6 2.6-2.6 2.6",
    "card": "M4.6 3.2h10.8v13.6H4.6zM7.2 7.2h5.6M7.2 10h5.6M7.2 12.8h3",
    "trash": "M4 5.8h12M8 5.8V3.8h4v2M5.6 5.8l.7 10.6h7.4l.7-10.6",
    "sun": (
        "M10 6.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8zM10 2.4v1.4M10 16.2v1.4M2.4 10h1.4M16.2 10h1.4"
        "M4.6 4.6l1 1M14.4 14.4l1 1M15.4 4.6l-1 1M5.6 14.4l-1 1"
    ),
    "moon": "M15.8 11.8A6.4 6.4 0 1 1 8.2 4.2a5 5 0 0 0 7.6 7.6z",
    "screen": "M3 4.4h14v9H3zM7 16.4h6M10 13.4v3",
    "out": "M8.4 3.6H4v12.8h4.4M12 6.4l3.6 3.6-3.6 3.6M15.4 10H7.6",
    "back": "M12.4 4.6 7 10l5.4 5.4",
    "next": "M7.6 4.6 13 10l-5.4 5.4",
    "down": "m4.6 7.6 5.4 5.4 5.4-5.4",
    "eye": "M2.4 10s2.8-5 7.6-5 7.6 5 7.6 5-2.8 5-7.6 5-7.6-5-7.6-5zM10 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z",
    "hidden": (
        "M3.4 3.4l13.2 13.2M8 5.4a7.4 7.4 0 0 1 2-.4c4.8 0 7.6 5 7.6 5a13 13 0 0 1-2.4 2.9"
        "M12.2 14.6a7 7 0 0 1-2.2.4c-4.8 0-7.6-5-7.6-5a13 13 0 0 1 2.9-3.3"
    ),
    "folder": "M2.8 5h5l1.6 2h7.8v9H2.8z",
    "sound": "M3.4 7.8v4.4h2.8L10 15.4V4.6L6.2 7.8zM12.8 7.4a3.6 3.6 0 0 1 0 5.2M15 5.4a6.6 6.6 0 0 1 0 9.2",
    "muted": "M3.4 7.8v4.4h2.8L10 15.4V4.6L6.2 7.8zM13 8l4 4M17 8l-4 4",
    "copy": "M7 7h9v9.4H7zM4 12.6V3.6h8.6",
    "clock": "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4l2.8 2",
    "retry": "M16 10a6 6 0 1 1-1.8-4.3M16.2 3.4v3.2h-3.2",
}
_FILLS: dict[str, str] = {
    "play": "M6 3.8v12.4L16.2 10z",
    "pause": "M5.4 4h3.4v12H5.4zM11.2 4h3.4v12h-3.4z",
    "first": "M4 4.4h1.8v11.2H4zM15.6 4.4v11.2L7.2 10z",
    "last": "M14.2 4.4H16v11.2h-1.8zM4.4 4.4v11.2l8.4-5.6z",
    "frame_back": "M14.4 4.4v11.2L6 10z",
    "frame_on": "M5.6 4.4v11.2L14 10z",
}
_LOGO = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><rect width="24" height="24" rx="5" fill="#252c30"/>'
    '<path d="M7 4v16" stroke="#ef7a60" stroke-width="3"/><path d="M12 4v16" stroke="#ecb74c" stroke-width="3"/>'
    '<path d="M17 4v16" stroke="#6ba9e2" stroke-width="3"/>'
    '<path d="M4 8.5h5.2M14.8 8.5H20" stroke="#5cc096" stroke-width="3"/>'
    '<path d="M9.6 15.5h4.8" stroke="#e8edef" stroke-width="3"/>'
    '<path d="M4 15.5h1.2M18.8 15.5H20" stroke="#e8edef" stroke-width="3"/></svg>'
)


@register.simple_tag
def icon(name: str) -> SafeString:
    """The icon as hidden-from-readers SVG; the word beside it (or aria-label) says what it means."""
    if name in _FILLS:
        return format_html(
            '<svg class="icon icon-fill" viewBox="0 0 20 20" aria-hidden="true"><path d="{}"/></svg>', _FILLS[name]
        )
    return format_html('<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="{}"/></svg>', _STROKES[name])


@register.simple_tag
def logo() -> SafeString:
    """The mark: six threads woven, in the colours of the slots."""
    return mark_safe(_LOGO)
