"""The conversation as a section of the demo's page: what was said, when, and the lead it ended in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from agentbot.pii import mask, mask_text

STYLE = "agentbot/static/agentbot/demo.css"


def conversation_section(record: dict[str, Any], language: str) -> SafeString:
    """HTML of a record that `hold_conversation` wrote, its styles inside; contacts are masked."""
    style = (Path(settings.BASE_DIR) / STYLE).read_text(encoding="utf-8")
    values = {"record": record, "style": mark_safe(style), "said": _said(record), "lead": _lead(record["lead"])}
    with translation.override("zh-hans" if language == "zh-CN" else "en"):
        return render_to_string("agentbot/demo/conversation.html", values)


def _said(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Each message with whether it begins its side's turn, and its text without the digits of a contact."""
    said: list[dict[str, Any]] = []
    before = None
    for each in record["messages"]:
        ours = each["author"] != "visitor"
        said.append({**each, "text": mask_text(each["text"]), "is_ours": ours, "begins": ours != before})
        before = ours
    return said


def _lead(lead: dict[str, Any] | None) -> dict[str, Any] | None:
    if lead is None:
        return None
    contacts = [{**contact, "value": mask(contact["value"])} for contact in lead["contacts"]]
    return {**lead, "contacts": contacts}
