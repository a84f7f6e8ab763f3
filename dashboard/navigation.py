"""The frame round every page: rail, who is logged in, theme, addresses of the switches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agentbot import api as agentbot
from avatar import api as avatar
from core.models import Advertiser
from creative import api as creative

THEMES = ("system", "light", "dark")
THEME_COOKIE = "theme"
KEYS_COOKIE = "letter-keys"

_ITEMS = (
    ("dashboard:home", gettext_lazy("Home"), "home", ("home",)),
    ("creative:briefs", gettext_lazy("Briefs"), "brief", ("briefs",)),
    ("creative:products", gettext_lazy("Products"), "product", ("products",)),
    ("creative:materials", gettext_lazy("Materials"), "material", ("materials",)),
    ("creative:studio", pgettext_lazy("page", "Studio"), "studio", ("studio",)),
    ("creative:references", gettext_lazy("References"), "reference", ("references",)),
    ("creative:batches", gettext_lazy("Batches"), "batch", ("batches", "ads")),
    ("avatar:rooms", gettext_lazy("Live rooms"), "live", ("rooms",)),
    ("agentbot:inbox", gettext_lazy("Inbox"), "inbox", ("inbox",)),
    ("agentbot:leads", gettext_lazy("Leads"), "lead", ("leads",)),
    ("dashboard:account", gettext_lazy("Account"), "account", ("account",)),
    ("agentbot:metrics", gettext_lazy("Results"), "metric", ("results",)),
    ("agentbot:knowledge", gettext_lazy("Knowledge"), "knowledge", ("knowledge",)),
    ("agentbot:channels", gettext_lazy("Channels"), "channel", ("channels",)),
)
_SELLING_STARTS = "avatar:rooms"
_ON_AIR = "rooms"


_IN_BAR = frozenset({"dashboard:home", "creative:batches", "avatar:rooms", "agentbot:inbox", "agentbot:leads"})
"""The phone's bar holds five; what is not among them stands in the member's menu there."""


@dataclass(frozen=True)
class RailItem:
    """One line of the rail; `count` is how many things wait there for a person, or how many rooms are on air."""

    url: str
    word: str
    icon: str
    count: int
    is_current: bool
    is_in_bar: bool
    starts_selling: bool = False
    is_on_air: bool = False


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the base template; nothing is read from the database unless a page shows it."""
    return {
        "theme": theme_of(request),
        "letter_keys": request.COOKIES.get(KEYS_COOKIE, "on"),
        "frame": SimpleLazyObject(lambda: _frame(request)),
    }


def theme_of(request: HttpRequest) -> str:
    """The chosen theme; anything odd counts as the system's."""
    chosen = request.COOKIES.get(THEME_COOKIE, "system")
    return chosen if chosen in THEMES else "system"


def _frame(request: HttpRequest) -> dict[str, Any]:
    addresses = {
        f"{name}_url": reverse(f"dashboard:{name}")
        for name in ("home", "search", "language", "theme", "keys", "login", "logout")
    }
    member = getattr(request, "member", None)
    if not member:
        # Named all the same: in a template `frame.items` would otherwise be the dict's own method.
        return addresses | {"items": []}
    name = member.user.get_full_name() or member.user.email or member.user.get_username()
    return addresses | {
        "items": _rail(request, member.advertiser),
        "advertiser_name": member.advertiser.name,
        "monogram": monogram(member.advertiser.name),
        "member_name": name,
        "initial": monogram(name)[:1],
    }


def _rail(request: HttpRequest, advertiser: Advertiser) -> list[RailItem]:
    here = request.path.strip("/").split("/")[0] or "home"
    on_air = avatar.on_air_count(advertiser)
    counts = creative.waiting_counts(advertiser) | agentbot.waiting_counts(advertiser)
    counts |= {_ON_AIR: on_air} if on_air else avatar.waiting_counts(advertiser)
    return [
        RailItem(
            reverse(url),
            str(word),
            icon,
            counts.get(places[0], 0),
            here in places,
            url in _IN_BAR,
            url == _SELLING_STARTS,
            places[0] == _ON_AIR and on_air > 0,
        )
        for url, word, icon, places in _ITEMS
    ]


def monogram(name: str) -> str:
    """One Chinese character, or the initials of the first two words."""
    words = name.split()
    if not words:
        return _("A")
    if not words[0][0].isascii():
        return words[0][0]
    return "".join(word[0] for word in words[:2]).upper()
