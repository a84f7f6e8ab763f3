"""Pictures and sound of live rooms: the programme in pieces, the preview, hosts as stills."""

from __future__ import annotations

import re
import uuid
from pathlib import Path

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404

from avatar.hosting.archive import read_archive
from avatar.hosting.children import PREVIEW, PROGRAMME, preview_folder
from avatar.models import HostPersona
from avatar.page_data.rooms import newest_broadcast
from avatar.persona_names import persona_names
from avatar.rooms import folder_of
from avatar.stills import choice_still, host_still, persona_still, tried_still
from avatar.views.rooms import room_of
from core.errors import InputError
from core.member_pages import MemberRequest, member_page
from core.ranges import send_file
from generation import api as generation

_PIECE = re.compile(r"[A-Za-z0-9_-]{1,60}\.(m3u8|m4s|mp4|ts)")
_TYPES = {
    "m3u8": "application/vnd.apple.mpegurl",
    "m4s": "video/iso.segment",
    "mp4": "video/mp4",
    "ts": "video/mp2t",
}


@member_page("GET")
def programme(request: MemberRequest, room_id: uuid.UUID, name: str) -> HttpResponseBase:
    """A piece of what is on air, or the list of them; 404 once it is gone."""
    room = room_of(request, room_id)
    found, broadcast = _PIECE.fullmatch(name), newest_broadcast(room)
    if found is None or broadcast is None:
        raise Http404
    path = folder_of(broadcast.pk) / PROGRAMME / name
    if not path.is_file():
        raise Http404
    # The list is written anew every second: its length now is not its length when it is sent.
    is_list = found[1] == "m3u8"
    answer = HttpResponse(path.read_bytes()) if is_list else send_file(request, path, _TYPES[found[1]])
    answer["Content-Type"] = _TYPES[found[1]]
    answer["Cache-Control"] = "no-store"
    return answer


@member_page("GET")
def recording(request: MemberRequest, room_id: uuid.UUID, broadcast_id: uuid.UUID, name: str) -> HttpResponseBase:
    """A signed piece of a broadcast's recording."""
    broadcast = get_object_or_404(room_of(request, room_id).broadcasts, pk=broadcast_id)
    known = {piece.name for piece in read_archive(broadcast) or ()}
    if name not in known:
        raise Http404
    return send_file(request, folder_of(broadcast.pk) / name, "video/mp4", f"{broadcast.created_at:%Y-%m-%d}-{name}")


@member_page("GET")
def preview_video(request: MemberRequest, room_id: uuid.UUID) -> HttpResponseBase:
    """The newest preview that is finished."""
    room = room_of(request, room_id)
    newest = room.previews.filter(state="done").order_by("-pk").first()
    path = preview_folder(newest) / PREVIEW if newest else None
    if path is None or not path.is_file():
        raise Http404
    return send_file(request, path, "video/mp4")


@member_page("GET")
def background_picture(request: MemberRequest, room_id: uuid.UUID) -> HttpResponseBase:
    """The advertiser's own picture behind the host of a room."""
    room = room_of(request, room_id)
    if not room.background_sha256:
        raise Http404
    path, kind = generation.stored_picture(room.background_sha256)
    if not path.is_file():
        raise Http404
    return send_file(request, path, kind)


@member_page("GET")
def host_picture(request: MemberRequest, name: str) -> HttpResponseBase:
    """A ready-made host as a still."""
    known = next((each for each in persona_names() if each.lower() == name), None)
    if known is None:
        raise Http404
    return _send(request, host_still(known))


@member_page("GET")
def persona_picture(request: MemberRequest, persona_id: uuid.UUID) -> HttpResponseBase:
    """One of the advertiser's own hosts as a still."""
    persona = get_object_or_404(HostPersona.objects.for_advertiser(request.advertiser), pk=persona_id)
    try:
        return _send(request, persona_still(persona))
    except InputError as error:
        raise Http404(str(error)) from error


@member_page("GET")
def tried_picture(request: MemberRequest) -> HttpResponseBase:
    """A host with the choices in the address, before it is saved."""
    try:
        return _send(request, tried_still(request.GET.dict()))
    except InputError as error:
        raise Http404(str(error)) from error


@member_page("GET")
def choice_picture(request: MemberRequest, group: str, choice: str) -> HttpResponseBase:
    """What one choice of the persona maker looks like."""
    path = choice_still(group, choice)
    if path is None:
        raise Http404
    return _send(request, path)


def _send(request: MemberRequest, path: Path) -> HttpResponseBase:
    return send_file(request, path, "image/png" if path.suffix == ".png" else "image/jpeg", is_immutable=True)
