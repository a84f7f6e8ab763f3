"""Addresses of the inbox, the lead board, channels and knowledge."""

from __future__ import annotations

from django.urls import path

from agentbot.views import channels, crm, inbox, knowledge, leads, live, metrics, platforms, rules

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
    path("leads/", leads.leads, name="leads"),
    path("leads/export.csv", leads.export, name="export"),
    path("leads/<uuid:lead_id>", leads.lead, name="lead"),
    path("leads/<uuid:lead_id>/move/<slug:stage>", leads.move, name="move"),
    path("leads/<uuid:lead_id>/assign", leads.assign, name="assign"),
    path("leads/<uuid:lead_id>/note", leads.note, name="note"),
    path("leads/<uuid:lead_id>/task", leads.task, name="task"),
    path("leads/<uuid:lead_id>/reveal", leads.reveal_lead, name="reveal_lead"),
    path("leads/<uuid:lead_id>/merge", leads.merge, name="merge"),
    path("leads/<uuid:lead_id>/erase", leads.erase, name="erase"),
    path("leads/tasks/<uuid:task_id>/done", leads.finish_task, name="finish_task"),
    path("leads/merges/<uuid:merge_id>/undo", leads.undo_merge, name="undo_merge"),
    path("leads/erasures/<uuid:report_id>", leads.erasure, name="erasure"),
    path("results/", metrics.metrics, name="metrics"),
    path("channels/", channels.channels, name="channels"),
    path("channels/open", channels.open_new, name="open_channel"),
    path("channels/crm", crm.connect, name="connect"),
    path("channels/crm/stages", crm.take_stages, name="take_stages"),
    path("channels/crm/<uuid:connection_id>/try", crm.attempt, name="attempt"),
    path("channels/crm/<uuid:connection_id>/pause", crm.pause, name="pause"),
    path("channels/crm/<uuid:connection_id>/resume", crm.resume, name="resume"),
    path("channels/crm/<uuid:connection_id>/secret", crm.new_secret, name="new_secret"),
    path("channels/deliveries/<uuid:delivery_id>/replay", crm.replay, name="replay"),
    path("channels/platform", platforms.platform, name="platform"),
    path("channels/<uuid:account_id>/credentials", platforms.change_credentials, name="change_credentials"),
    path("channels/rules", rules.rules, name="rules"),
    path("channels/<uuid:account_id>/change", channels.change, name="change_channel"),
    path("channels/<uuid:account_id>/switch", channels.switch, name="switch_channel"),
    path("channels/<uuid:account_id>/secret", channels.rotate, name="rotate"),
    path("channels/<uuid:account_id>/try", channels.preview, name="preview"),
    path("knowledge/", knowledge.knowledge, name="knowledge"),
    path("knowledge/articles", knowledge.add_article, name="add_article"),
    path("knowledge/articles/<uuid:article_id>", knowledge.change_article, name="change_article"),
    path("knowledge/prices", knowledge.add_price, name="add_price"),
    path("knowledge/prices/<uuid:price_id>", knowledge.change_price, name="change_price"),
    path("knowledge/import", knowledge.import_any, name="import_any"),
    path("knowledge/trade", knowledge.choose_pack, name="choose_pack"),
    path("knowledge/left-out", knowledge.leave_out, name="leave_out"),
]
