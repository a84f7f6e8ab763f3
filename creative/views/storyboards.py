"""The storyboard: make it, look at a slot, change its clip, line or card, take it back."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.errors import AdloomError, InputError, TerminalError
from core.member_pages import MemberRequest, member_page
from core.templatetags.figures import timecode
from creative.models import Ad, Brief, Script, Shot
from creative.page_data.sentences import in_words
from creative.page_data.storyboards import storyboard
from creative.services.changes import change_line, swap_clip, trim_clip, use_card, use_footage
from creative.services.storyboards import make_storyboard, undo_change
from generation.contracts import FPS


def _brief(request: MemberRequest, brief_id: uuid.UUID) -> Brief:
    return get_object_or_404(Brief.objects.for_advertiser(request.advertiser), pk=brief_id)


def _draft(request: MemberRequest, ad_id: uuid.UUID) -> Ad:
    ads = Ad.objects.for_advertiser(request.advertiser).select_related("batch__brief", "advertiser", "replaces")
    return get_object_or_404(ads, pk=ad_id)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


@member_page("POST")
def make(request: MemberRequest, brief_id: uuid.UUID) -> HttpResponse:
    """Order the draft of one ad from a script."""
    brief = _brief(request, brief_id)
    scripts = Script.objects.for_advertiser(request.advertiser)
    script = get_object_or_404(scripts, pk=request.POST.get("script") or None, brief=brief)
    try:
        make_storyboard(brief, script)
    except AdloomError:
        return redirect("creative:script", brief_id, script.pk)
    return redirect("creative:storyboard", brief_id)


@member_page("GET")
def board(request: MemberRequest, brief_id: uuid.UUID) -> HttpResponse:
    """The draft with one slot in the middle."""
    page = storyboard(request.advertiser, _brief(request, brief_id), _number(request.GET.get("slot", "0")))
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(
        request, "creative/parts/storyboard_body.html" if is_part else "creative/storyboard.html", {"board": page}
    )


@member_page("GET")
def board_of_ad(request: MemberRequest, ad_id: uuid.UUID) -> HttpResponse:
    """The same page for one finished ad: a swap there makes its next version."""
    ad = _draft(request, ad_id)
    page = storyboard(request.advertiser, ad.batch.brief, _number(request.GET.get("slot", "0")), ad)
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(
        request, "creative/parts/storyboard_body.html" if is_part else "creative/storyboard.html", {"board": page}
    )


def _after(request: MemberRequest, ad: Ad, slot: int, change: Callable[[], Ad], words: str) -> HttpResponse:
    """Carry out a change and show the board; what cannot be done is said in place."""
    context: dict[str, object] = {}
    try:
        fresh = change()
        context["undo"] = {"words": words, "url": reverse("creative:undo_change", args=[fresh.pk]), "target": "#board"}
    except InputError as error:
        context["error"] = {"thing": error.thing, "reason": in_words(error.reason), "code": error.code}
    except TerminalError as error:
        # A voice that may not be used, or is set up wrongly: the reason names the setting.
        context["error"] = {"thing": f"{_('Slot')} {slot + 1}", "reason": in_words(str(error)), "code": error.code}
    context["board"] = storyboard(request.advertiser, ad.batch.brief, slot, ad)
    return render(request, "creative/parts/storyboard_body.html", context)


@member_page("POST")
def swap(request: MemberRequest, ad_id: uuid.UUID, slot: int) -> HttpResponse:
    """Another clip in a slot."""
    ad = _draft(request, ad_id)
    shots = Shot.objects.for_advertiser(request.advertiser).select_related("material")
    shot = get_object_or_404(shots, pk=request.POST.get("shot") or None)
    words = _("Slot %(number)d now shows %(name)s") % {"number": slot + 1, "name": shot.material.name}
    return _after(request, ad, slot, lambda: swap_clip(ad, slot, shot), words)


@member_page("POST")
def trim(request: MemberRequest, ad_id: uuid.UUID, slot: int) -> HttpResponse:
    """Another stretch of a clip in a slot."""
    ad = _draft(request, ad_id)
    clip, start = _number(request.POST.get("clip", "")), _number(request.POST.get("start", ""))
    words = _("Clip %(clip)d of slot %(slot)d now starts at %(time)s") % {
        "clip": clip + 1,
        "slot": slot + 1,
        "time": timecode(start / FPS),
    }
    return _after(request, ad, slot, lambda: trim_clip(ad, slot, clip, start), words)


@member_page("POST")
def card(request: MemberRequest, ad_id: uuid.UUID, slot: int) -> HttpResponse:
    """A card in a slot."""
    ad = _draft(request, ad_id)
    words = _("Slot %(number)d is now a card") % {"number": slot + 1}
    return _after(request, ad, slot, lambda: use_card(ad, slot, request.POST.get("card", "")), words)


@member_page("POST")
def footage(request: MemberRequest, ad_id: uuid.UUID, slot: int) -> HttpResponse:
    """Footage again in a slot that had a card."""
    ad = _draft(request, ad_id)
    words = _("Slot %(number)d shows footage again") % {"number": slot + 1}
    return _after(request, ad, slot, lambda: use_footage(ad, slot), words)


@member_page("POST")
def say(request: MemberRequest, ad_id: uuid.UUID, slot: int) -> HttpResponse:
    """Another line in a slot."""
    ad = _draft(request, ad_id)
    text = request.POST.get("text", "").strip()
    words = _("Line %(number)d changed") % {"number": slot + 1}
    return _after(request, ad, slot, lambda: change_line(ad, slot, text), words)


@member_page("POST")
def undo(request: MemberRequest, ad_id: uuid.UUID) -> HttpResponse:
    """The version before."""
    ad = _draft(request, ad_id)
    undo_change(ad)
    page = storyboard(request.advertiser, ad.batch.brief, _number(request.GET.get("slot", "0")), ad)
    return render(request, "creative/parts/storyboard_body.html", {"board": page})
