"""Addresses of the inbox, the lead board, channels and knowledge."""

from __future__ import annotations

from django.urls import path

from agentbot.views import inbox, live

app_name = "agentbot"

urlpatterns = [
    path("inbox/live", live.live, name="live"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/templates", inbox.add_template, name="add_template"),
    path("inbox/templates/<uuid:template_id>/remove", inbox.remove_template, name="remove_template"),
    path("inbox/drafts/<uuid:turn_id>/approve", inbox.approve, name="approve"),
    path("inbox/drafts/<uuid:turn_id>/dismiss", inbox.dismiss, name="dismiss"),
    path("inbox/<uuid:conversation_id>", inbox.conversation, name="conversation"),
    path("inbox/<uuid:conversation_id>/take", inbox.take_over, name="take_over"),
    path("inbox/<uuid:conversation_id>/typing", inbox.typing, name="typing"),
    path("inbox/<uuid:conversation_id>/back", inbox.give_back, name="give_back"),
    path("inbox/<uuid:conversation_id>/reply", inbox.reply, name="reply"),
    path("inbox/<uuid:conversation_id>/suggest", inbox.suggest, name="suggest"),
    path("inbox/<uuid:conversation_id>/reveal", inbox.reveal, name="reveal"),
]
