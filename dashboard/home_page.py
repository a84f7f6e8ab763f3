"""The sentences and addresses of the first page."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agentbot import api as agentbot
from avatar import api as avatar
from core.models import Member
from core.templatetags.slots import role_word
from creative import api as creative

NOON, EVENING = 12, 18
MOST_WAITING = 5
MOST_ON_AIR = 2


def context(member: Member) -> dict[str, Any]:
    """What dashboard/home.html shows for `member`."""
    home = _with_others(creative.home(member.advertiser), member)
    return {
        "home": home,
        "on_air": avatar.rooms_on_air(member.advertiser)[:MOST_ON_AIR],
        "greeting": _greeting(member.user.get_full_name() or member.user.first_name),
        "summary": _summary(home),
        "footage_sentence": _footage_sentence(home.footage),
        "unused": home.footage.shots - home.footage.used,
        "least_title": _least_title(home.footage),
        "least_reason": _least_reason(home.footage),
        "empty_ads": _("No ads yet. Finished ones stand here, playing."),
        "empty_ads_then": _("Write a brief, pick a reference, add footage: the first ad is there in about a minute."),
        "refresh_url": reverse("dashboard:waiting"),
        "live_url": reverse("dashboard:live"),
        "materials_url": reverse("creative:materials"),
        "new_brief_url": reverse("creative:new_brief"),
        "batches_url": reverse("creative:batches"),
    }


def _with_others(home: creative.Home, member: Member) -> creative.Home:
    """What is wrong on air comes first, then people who wait, then things that wait."""
    lines = [*avatar.waiting_things(member.advertiser), *agentbot.waiting_things(member.advertiser)]
    shown = (*lines, *home.waiting)[:MOST_WAITING]
    return dataclasses.replace(home, waiting=shown, waiting_total=home.waiting_total + len(lines))


def _greeting(name: str) -> str:
    hour = timezone.localtime().hour
    words = _("Good morning") if hour < NOON else _("Good afternoon") if hour < EVENING else _("Good evening")
    return _("%(greeting)s, %(name)s") % {"greeting": words, "name": name} if name else words


def _summary(home: creative.Home) -> str:
    waiting = ngettext("%(count)d thing waits for you.", "%(count)d things wait for you.", home.waiting_total)
    made = ngettext("%(count)s finished ad so far.", "%(count)s finished ads so far.", home.ads_total)
    return _("%(made)s %(waiting)s") % {
        "made": made % {"count": f"{home.ads_total:,}"},
        "waiting": waiting % {"count": home.waiting_total},
    }


def _footage_sentence(footage: creative.Footage) -> str:
    shots = ngettext("%(count)d usable shot", "%(count)d usable shots", footage.shots) % {"count": footage.shots}
    files = ngettext("%(count)d file", "%(count)d files", footage.files) % {"count": footage.files}
    return _("%(shots)s in %(files)s, %(used)d of them used in ads.") % {
        "shots": shots,
        "files": files,
        "used": footage.used,
    }


def _least_title(footage: creative.Footage) -> str:
    return _("%(role)s has the fewest shots") % {"role": role_word(footage.least)}


def _least_reason(footage: creative.Footage) -> str:
    return ngettext(
        "%(count)d shot is marked for it. Two or three more, three seconds each, give every ad a different one.",
        "%(count)d shots are marked for it. Two or three more, three seconds each, give every ad a different one.",
        footage.least_count,
    ) % {"count": footage.least_count}
