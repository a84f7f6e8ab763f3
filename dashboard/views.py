"""Home, log-in, switches and search: doorbells that translate and make one call."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agentbot import api as agentbot
from avatar import api as avatar
from core.live_updates import changed_response
from core.member_pages import MemberRequest, member_page
from creative import api as creative
from dashboard import home_page
from dashboard.model_use import use_lines
from dashboard.navigation import KEYS_COOKIE, THEME_COOKIE, THEMES

YEAR_SECONDS = 365 * 24 * 3600


@member_page("GET")
def home(request: MemberRequest) -> HttpResponse:
    """What waits for you, best ads, work in progress, what the footage carries."""
    return render(request, "dashboard/home.html", home_page.context(request.member))


@member_page("GET")
def waiting(request: MemberRequest) -> HttpResponse:
    """The moving parts of the first page, fetched again when something happened."""
    return render(request, "dashboard/parts/home_body.html", home_page.context(request.member))


@member_page("GET")
async def live(request: MemberRequest) -> HttpResponseBase:
    """The line the first page hears on: of ads as of visitors."""
    return changed_response(request.advertiser.pk, (*creative.LIVE_TOPICS, *agentbot.LIVE_TOPICS, *avatar.LIVE_TOPICS))


@member_page("GET")
def account(request: MemberRequest) -> HttpResponse:
    """Ads, live rooms, conversations, leads and what is planned, as somebody who hosts the account sees them."""
    page = {
        "home": creative.home(request.advertiser),
        "talks": agentbot.account_talks(request.advertiser),
        "rooms": avatar.account_rooms(request.advertiser),
        "model_use": use_lines(request.advertiser),
    }
    return render(request, "dashboard/account.html", page)


@member_page("GET")
def search(request: MemberRequest) -> HttpResponse:
    """Up to nine briefs, materials and references whose name holds what was typed."""
    typed = request.GET.get("q", "").strip()
    hits = creative.find_by_name(request.advertiser, typed) if typed else None
    return render(request, "dashboard/parts/search_hits.html", {"hits": hits, "typed": typed})


class LogIn(LoginView):
    """Django's log-in with our page; django-axes counts the wrong passwords."""

    redirect_authenticated_user = True


class LogOut(LogoutView):
    """Leaves by POST only."""

    http_method_names = ["post", "options"]


def back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page the switch was used on; never to another site."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(target if is_ours else reverse("dashboard:home"))


def _keep(response: HttpResponse, name: str, value: str) -> HttpResponse:
    response.set_cookie(name, value, max_age=YEAR_SECONDS, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Chinese or English for this browser."""
    chosen = request.POST.get("language", "")
    known = {code for code, _name in settings.LANGUAGES}
    response = back(request)
    return _keep(response, settings.LANGUAGE_COOKIE_NAME, chosen) if chosen in known else response


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the system, for this browser."""
    chosen = request.POST.get("theme", "")
    return _keep(back(request), THEME_COOKIE, chosen) if chosen in THEMES else back(request)


@require_POST
def set_keys(request: HttpRequest) -> HttpResponse:
    """Single-letter keys on or off."""
    return _keep(back(request), KEYS_COOKIE, "off" if request.POST.get("keys") == "off" else "on")


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component on one page; only while DEBUG is on."""
    slots = [("hook", 3.1), ("pain", 5.9), ("selling_point", 8.6), ("proof", 6.8), ("offer", 4.2), ("cta", 2.6)]
    words = (_("Brief"), _("References"), _("Script"), _("Storyboard"), _("Ads"))
    states = ("done", "done", "now", "later", "later")
    steps = [{"word": word, "state": state} for word, state in zip(words, states, strict=True)]
    marks = creative.marks(["script:phrasebook"])
    return render(request, "dashboard/gallery.html", {"slots": slots, "steps": steps, "marks": marks})
