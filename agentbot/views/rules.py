"""How conversations are hosted when nobody is free or a visitor falls silent, and what things cost."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agentbot.following.plans import MOST_STEPS, Step
from agentbot.models import HostingRules
from agentbot.page_data.errors import in_words
from agentbot.page_data.rules import rules_page
from agentbot.services.rules import change_rules, to_minor
from core.errors import InputError
from core.member_pages import MemberRequest, member_page


@member_page("GET", "POST")
def rules(request: MemberRequest) -> HttpResponse:
    """Saved as a whole or not at all."""
    if request.method != "POST":
        return render(request, "agentbot/rules.html", {"page": rules_page(request.advertiser)})
    form = request.POST
    try:
        currency = form.get("currency", "")
        change_rules(
            request.advertiser,
            handoff_minutes=_minutes(form.get("minutes", "")),
            when_nobody=form.get("when_nobody", HostingRules.WhenNobody.RETURN),
            follows_up="follows_up" in form,
            steps=_steps(form),
            currency=currency,
            message_cost_minor=to_minor(form.get("message", ""), currency, _("A thousand messages")),
            person_cost_minor=to_minor(form.get("person", ""), currency, _("An hour of a person")),
            model_cost_minor=to_minor(form.get("model", ""), currency, _("A million model tokens")),
        )
    except InputError as error:
        page = {"page": rules_page(request.advertiser), "problem": in_words(error)}
        return render(request, "agentbot/rules.html", page, status=422)
    messages.info(request, _("Saved; it holds from the next handoff and the next silence on"))
    return redirect("agentbot:rules")


def _minutes(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 0


def _steps(form: QueryDict) -> tuple[Step, ...]:
    """Those with words, in the order of their hours."""
    rows = [
        (form.get(f"hours-{at}", ""), form.get(f"text-{at}", "").strip(), f"until-{at}" in form)
        for at in range(1, MOST_STEPS + 1)
    ]
    return tuple(
        sorted((Step(_hours(hours), text, until) for hours, text, until in rows if text), key=lambda s: s.after_hours)
    )


def _hours(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return 0.0
