"""The studio: words become a picture, a picture becomes a clip, a clip becomes a material."""

from __future__ import annotations

import math
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.errors import AdloomError, InputError
from core.member_pages import MemberRequest, member_page
from core.ranges import send_file
from creative.models import Brief, StudioShot
from creative.page_data import studio as data
from creative.page_data.sentences import in_words
from creative.services import studio as services
from generation import api as generation
from generation.contracts import parse_camera

UNPROCESSABLE = 422
_TEXTS = ("prompt", "checkpoint", "negative", "ratio", "first", "last", "reference", "sketch", "extend", "mask")
_NUMBERS = ("seconds", "seed", "upscale", "interpolate")
_BY_LINK = ("prompt", "checkpoint", "negative", "ratio", "first", "reference", "extend", "camera", *_NUMBERS)
"""What an address may fill in."""


def _shot(request: MemberRequest, shot_id: uuid.UUID) -> StudioShot:
    rows = StudioShot.objects.for_advertiser(request.advertiser).select_related("advertiser", "material")
    return get_object_or_404(rows, pk=shot_id)


@member_page("GET")
def studio(request: MemberRequest) -> HttpResponse:
    """The form with what can be made here, and the results; `?from=` takes an earlier order up again."""
    if request.htmx and not request.htmx.history_restore_request:
        shots = data.shown_shots(request.advertiser)
        # Only what is done is offered ways to go on; checkpoints are not read for the others every other second.
        makers = data.makers_of(request.advertiser) if any(each.url for each in shots) else []
        return render(request, "creative/parts/studio_results.html", {"shots": shots, "can": data.can_here(makers)})
    return _page(
        request, {**_earlier(request), **{name: request.GET[name] for name in _BY_LINK if name in request.GET}}
    )


def _earlier(request: MemberRequest) -> dict[str, Any]:
    key = request.GET.get("from", "")
    try:
        shot = StudioShot.objects.for_advertiser(request.advertiser).filter(pk=uuid.UUID(key)).first()
    except ValueError:
        return {}
    asked = dict(shot.asked) if shot else {}
    if "extend" in request.GET:
        # What goes on begins with its own end: neither frames nor a painted mask of the earlier order fit.
        asked |= {"first": "", "last": "", "mask": ""}
    return asked


def _page(request: MemberRequest, values: dict[str, Any], error: InputError | None = None) -> HttpResponse:
    makers = data.makers_of(request.advertiser)
    has_model = any(not maker.refused for maker in makers)
    filled = data.filled_in(makers, values)
    camera = _strengths(filled["camera"])
    shots = data.shown_shots(request.advertiser)
    context = {
        "makers": makers,
        "has_model": has_model,
        "abilities": data.abilities(makers),
        "can": data.can_here(makers),
        "missing": [] if has_model else data.missing_engines(),
        "trial": data.TRIAL,
        "values": filled,
        "factors": ("1", "2", "4"),
        "ratios": list(services.RATIOS),
        "sliders": data.sliders(camera),
        "pictures": data.offered_pictures(request.advertiser, shots, filled),
        "shots": shots,
        "briefs": data.briefs_with_scripts(request.advertiser),
        "error_field": data.field_word(error.thing) if error else "",
        "error": in_words(error.reason) if error else "",
    }
    return render(request, "creative/studio.html", context, status=UNPROCESSABLE if error else 200)


def _strengths(camera: str) -> dict[str, float]:
    try:
        return {move.move: move.strength for move in parse_camera(camera)}
    except InputError:
        return {}


@member_page("POST")
def order(request: MemberRequest) -> HttpResponse:
    """Have it made; what cannot be is said beside the form, and nothing typed is lost."""
    values = {name: request.POST.get(name, "").replace("\0", "") for name in _TEXTS}
    moves = {move: request.POST.get(f"camera-{move}", "0") for move, *_rest in data.MOVES}
    values["camera"] = ",".join(f"{move}:{strength}" for move, strength in moves.items() if strength not in ("", "0"))
    numbers = {name: request.POST.get(name, "") for name in _NUMBERS}
    try:
        asked = services.Asked(
            **values,
            seconds=_number(numbers["seconds"], "seconds"),
            seed=_whole_number(numbers["seed"] or "1", "seed"),
            upscale=_whole_number(numbers["upscale"] or "1", "upscale"),
            interpolate=_whole_number(numbers["interpolate"] or "1", "interpolate"),
        )
        services.order_shot(request.advertiser, request.member.user.get_username(), asked)
    except InputError as error:
        return _page(request, {**values, **numbers}, error)
    except AdloomError as error:
        return _page(request, {**values, **numbers}, InputError("checkpoint", str(error)))
    return redirect("creative:studio")


def _number(text: str, field: str) -> float:
    try:
        number = float(text or 0)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise InputError(field, f"{text[:40]!r} is no number", field)
    return number


def _whole_number(text: str, field: str) -> int:
    """Read as a whole number at once: by way of a float, a long seed would become another one."""
    try:
        return int(text)
    except ValueError as error:
        raise InputError(field, f"{text[:40]!r} is no whole number", field) from error


@member_page("POST")
def cancel(request: MemberRequest, shot_id: uuid.UUID) -> HttpResponse:
    """Stop waiting for it."""
    services.cancel_shot(_shot(request, shot_id))
    return redirect("creative:studio")


@member_page("POST")
def take(request: MemberRequest, shot_id: uuid.UUID) -> HttpResponse:
    """The result becomes a material."""
    try:
        services.take_in(_shot(request, shot_id))
    except InputError as error:
        messages.error(request, in_words(error.reason))
    else:
        messages.success(request, _("It is among the materials now, marked as generated"))
    return redirect("creative:studio")


@member_page("GET")
def media(request: MemberRequest, shot_id: uuid.UUID) -> HttpResponseBase:
    """The made picture or clip."""
    try:
        result = generation.clip_result(_shot(request, shot_id).order_id)
    except (AdloomError, ObjectDoesNotExist) as error:
        raise Http404 from error
    kind = "image/png" if result.suffix == ".png" else "video/mp4"
    return send_file(request, result.path, kind, is_immutable=True)


@member_page("POST")
def prompts(request: MemberRequest) -> HttpResponse:
    """What to show while each line of a brief's script is said."""
    key = request.POST.get("brief", "")
    rows = Brief.objects.for_advertiser(request.advertiser)
    try:
        brief = get_object_or_404(rows, pk=uuid.UUID(key))
    except ValueError as error:
        raise Http404 from error
    return render(request, "creative/parts/studio_prompts.html", {"shots": data.storyboard_shots(brief)})
