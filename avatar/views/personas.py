"""The persona maker: a host by choices, and the consents for one that looks like somebody."""

from __future__ import annotations

import datetime as dt
import tempfile
import uuid
from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from avatar.models import HostPersona, LikenessConsent
from avatar.page_data.errors import in_words
from avatar.page_data.personas import personas_page
from avatar.services import personas as services
from avatar.services.cloned_voices import forget_recording, keep_recording
from avatar.services.guests import end_stays
from avatar.views.rooms import UNPROCESSABLE
from core.errors import InputError
from core.member_pages import MemberRequest, member_page


@member_page("GET")
def personas(request: MemberRequest) -> HttpResponse:
    """Hosts there are, and a form for one more."""
    return render(request, "avatar/personas.html", personas_page(request.advertiser, None))


@member_page("GET")
def persona(request: MemberRequest, persona_id: uuid.UUID) -> HttpResponse:
    """One host's choices."""
    return render(request, "avatar/personas.html", personas_page(request.advertiser, _persona(request, persona_id)))


@member_page("POST")
def save_new(request: MemberRequest) -> HttpResponse:
    """A host more."""
    return _save(request, None)


@member_page("POST")
def save(request: MemberRequest, persona_id: uuid.UUID) -> HttpResponse:
    """Changed choices hold from the next broadcast on."""
    return _save(request, _persona(request, persona_id))


@member_page("POST")
def remove(request: MemberRequest, persona_id: uuid.UUID) -> HttpResponse:
    """Rooms it hosted go back to the ready-made host it began with."""
    _persona(request, persona_id).delete()
    return redirect("avatar:personas")


@member_page("POST")
def keep_voice(request: MemberRequest, persona_id: uuid.UUID) -> HttpResponse:
    """A recording of the person the host is built from, and what is said in it."""
    row = _persona(request, persona_id)
    file = request.FILES.get("recording")
    try:
        if file is None:
            raise InputError("recording", "is missing", "missing")
        with tempfile.NamedTemporaryFile(suffix=".wav") as copy:
            for chunk in file.chunks():
                copy.write(chunk)
            copy.flush()
            keep_recording(row, Path(copy.name), request.POST.get("transcript", ""))
    except InputError as error:
        page = personas_page(request.advertiser, row)
        return render(request, "avatar/personas.html", {**page, "voice_problem": in_words(error)}, status=UNPROCESSABLE)
    messages.success(request, _("The host speaks with this voice from the next broadcast on"))
    return redirect("avatar:persona", row.pk)


@member_page("POST")
def forget_voice(request: MemberRequest, persona_id: uuid.UUID) -> HttpResponse:
    """The host speaks with a voice of the engine's again."""
    row = _persona(request, persona_id)
    forget_recording(row)
    return redirect("avatar:persona", row.pk)


@member_page("POST")
def record_consent(request: MemberRequest) -> HttpResponse:
    """What somebody agreed to: for the face and for the voice, each with its own words."""
    person, words = request.POST.get("person", ""), request.POST.get("words", "")
    evidence, day = request.POST.get("evidence", ""), request.POST.get("given_on", "")
    kinds = [kind for kind in ("likeness", "voice") if request.POST.get(kind) == "yes"]
    try:
        if not kinds:
            raise InputError("kind", "is missing", "missing")
        for kind in kinds:
            services.record_consent(request.member, person, kind, words, evidence, _moment(day))
    except InputError as error:
        page = personas_page(request.advertiser, None)
        return render(
            request, "avatar/personas.html", {**page, "consent_problem": in_words(error)}, status=UNPROCESSABLE
        )
    messages.success(request, _("The consent is recorded"))
    return redirect("avatar:personas")


@member_page("POST")
def withdraw_consent(request: MemberRequest, consent_id: uuid.UUID) -> HttpResponse:
    """From now on nothing that needs it goes on air."""
    rows = LikenessConsent.objects.for_advertiser(request.advertiser)
    consent = get_object_or_404(rows, pk=consent_id)
    services.withdraw_consent(consent)
    end_stays(consent)
    messages.info(request, _("Withdrawn: hosts that need it stay off air"))
    return redirect("avatar:personas")


def _save(request: MemberRequest, row: HostPersona | None) -> HttpResponse:
    given = {name: request.POST.get(name, "") for name in request.POST}
    try:
        made = services.save_persona(request.advertiser, given, row)
    except InputError as error:
        page = personas_page(request.advertiser, row, given)
        return render(request, "avatar/personas.html", {**page, "problem": in_words(error)}, status=UNPROCESSABLE)
    messages.success(request, _("Saved; rooms can choose this host now"))
    return redirect("avatar:persona", made.pk)


def _persona(request: MemberRequest, persona_id: uuid.UUID) -> HostPersona:
    return get_object_or_404(HostPersona.objects.for_advertiser(request.advertiser), pk=persona_id)


def _moment(day: str) -> dt.datetime:
    """Noon of that day in the reader's zone; today for none."""
    try:
        found = dt.date.fromisoformat(day) if day else timezone.localdate()
    except ValueError as error:
        raise InputError("given_on", "is not a day such as 2026-12-31", "bad_day") from error
    return timezone.make_aware(dt.datetime.combine(found, dt.time(12)))
