"""The inbox: who waits, one conversation, taking over, writing, approving, handing back."""

from __future__ import annotations

import uuid

from asgiref.sync import sync_to_async
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agentbot.comments.by_person import reply_in_public
from agentbot.inbox import owning, replies
from agentbot.models import AgentTurn, Conversation, PublicComment, ReplyTemplate
from agentbot.page_data.errors import in_words
from agentbot.page_data.inbox import inbox_list
from agentbot.page_data.known import conversation_of, known_of
from agentbot.page_data.threads import thread_of
from agentbot.services.revealing import lead_of, note_revealed, tell_typing
from agentbot.services.suggesting import suggest_reply
from core.errors import InputError
from core.member_pages import EVERY_ROLE, MemberRequest, member_page


@member_page("GET")
def inbox(request: MemberRequest) -> HttpResponse:
    """The list alone; its moving part for htmx."""
    return _page(request, None)


@member_page("GET")
def conversation(request: MemberRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """The list, the thread and what is known; the moving parts for htmx."""
    row = _found(request, conversation_id)
    if row.unread_count:
        owning.mark_read(row.pk, request.member)
        row.unread_count = 0
    return _page(request, row)


@member_page("POST", changers=EVERY_ROLE)
def take_over(request: MemberRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """The agents are silent from now on."""
    owning.take_over(_found(request, conversation_id).pk, request.member)
    return _after(request, conversation_id)


@member_page("POST", changers=EVERY_ROLE)
def typing(request: MemberRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """A first key in the field takes over, too; further ones keep the visitor's dots going."""
    row = _found(request, conversation_id)
    if row.opted_out_at is None and row.erased_at is None:
        tell_typing(owning.note_typing(row.pk, request.member))
    return HttpResponse(status=204)


@member_page("POST", changers=EVERY_ROLE)
def give_back(request: MemberRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """The agents answer from the next message on."""
    row = _found(request, conversation_id)
    try:
        owning.return_to_agents(row.pk, request.member)
    except InputError as error:
        return _refused(request, row.pk, error)
    return _after(request, row.pk)


@member_page("POST", changers=EVERY_ROLE)
def reply(request: MemberRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """What the member wrote leaves at once."""
    row = _found(request, conversation_id)
    try:
        said, once = request.POST.get("text", ""), request.POST.get("client_id", "")
        if under := request.POST.get("under", ""):
            reply_in_public(row.pk, _comment(row, under).pk, request.member, said)
        else:
            replies.send_as_person(row.pk, request.member, said, once)
    except InputError as error:
        return _refused(request, row.pk, error)
    return _after(request, row.pk)


@member_page("POST", changers=EVERY_ROLE)
def approve(request: MemberRequest, turn_id: uuid.UUID) -> HttpResponse:
    """The draft leaves as it stands in the fields."""
    turn = _turn(request, turn_id)
    try:
        replies.approve_turn(turn.pk, request.member, request.POST.getlist("text") or None)
    except InputError as error:
        return _refused(request, turn.conversation_id, error)
    return _after(request, turn.conversation_id)


@member_page("POST", changers=EVERY_ROLE)
def dismiss(request: MemberRequest, turn_id: uuid.UUID) -> HttpResponse:
    """The draft is thrown away."""
    turn = _turn(request, turn_id)
    try:
        replies.reject_turn(turn.pk, request.member)
    except InputError as error:
        return _refused(request, turn.conversation_id, error)
    return _after(request, turn.conversation_id)


@member_page("POST", changers=EVERY_ROLE)
async def suggest(request: MemberRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """The expert's answer, as text for the field."""
    row = await sync_to_async(_found)(request, conversation_id)
    words = await suggest_reply(row)
    return HttpResponse(words, content_type="text/plain; charset=utf-8", status=200 if words else 204)


@member_page("POST", changers=EVERY_ROLE)
def reveal(request: MemberRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """Contacts in full, written down in the lead's history first."""
    row = _found(request, conversation_id)
    lead = lead_of(row)
    if lead is None:
        raise Http404
    note_revealed(lead, request.member)
    return render(request, "agentbot/parts/known.html", {"known": known_of(row, reveals=True)})


@member_page("POST", changers=EVERY_ROLE)
def add_template(request: MemberRequest) -> HttpResponse:
    """Words used again and again; the first of them are its title."""
    text = request.POST.get("text", "").strip()[:1000]
    if text:
        title = request.POST.get("title", "").strip()[:80] or text[:18]
        ReplyTemplate.objects.create(advertiser=request.advertiser, title=title, text=text)
    after = request.POST.get("next", "")
    return redirect(after if _is_ours(after) else "agentbot:inbox")


@member_page("POST", changers=EVERY_ROLE)
def remove_template(request: MemberRequest, template_id: uuid.UUID) -> HttpResponse:
    """Only the template; what was said with it stays said."""
    count, _rows = ReplyTemplate.objects.for_advertiser(request.advertiser).filter(pk=template_id).delete()
    if not count:
        raise Http404
    return redirect("agentbot:inbox")


def _comment(row: Conversation, key: str) -> PublicComment:
    found = next((each for each in row.comments.all() if str(each.pk) == key), None)
    if found is None:
        raise Http404
    return found


def _is_ours(path: str) -> bool:
    return path.startswith("/inbox/") and "//" not in path


def _found(request: MemberRequest, conversation_id: uuid.UUID) -> Conversation:
    row = conversation_of(request.advertiser, conversation_id)
    if row is None:
        raise Http404
    return row


def _turn(request: MemberRequest, turn_id: uuid.UUID) -> AgentTurn:
    turn = AgentTurn.objects.for_advertiser(request.advertiser).filter(pk=turn_id).first()
    if turn is None:
        raise Http404
    return turn


def _page(request: MemberRequest, row: Conversation | None, problem: str = "", status: int = 200) -> HttpResponse:
    is_part = request.htmx and not request.htmx.history_restore_request
    show = request.GET.get("show", "")
    context = {
        "list": inbox_list(request.member, show, row.pk if row else None),
        "thread": thread_of(row) if row else None,
        "known": known_of(row) if row else None,
        "problem": problem,
        "is_part": is_part,
    }
    template = "agentbot/parts/inbox_moving.html" if is_part else "agentbot/inbox.html"
    return render(request, template, context, status=status)


def _after(request: MemberRequest, conversation_id: uuid.UUID) -> HttpResponse:
    if not request.htmx:
        return redirect("agentbot:conversation", conversation_id)
    return _page(request, _found(request, conversation_id))


def _refused(request: MemberRequest, conversation_id: uuid.UUID, error: InputError) -> HttpResponse:
    problem = in_words(error) or _("It cannot be done")
    return _page(request, _found(request, conversation_id), problem, 422)
