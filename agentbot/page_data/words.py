"""States, reasons and actions in the reader's language."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

Words = Mapping[str, str | Promise]

OWNER_WORDS: Words = {
    "bot": gettext_lazy("AI answers"),
    "shadow": gettext_lazy("AI drafts"),
    "human_pending": gettext_lazy("Waits for you"),
    "human": gettext_lazy("With a person"),
    "closed": gettext_lazy("Closed"),
}
OWNER_CHIPS = {"bot": "fine", "shadow": "", "human_pending": "blocked", "human": "chosen", "closed": ""}
AUTHOR_WORDS: Words = {
    "visitor": gettext_lazy("Visitor"),
    "expert": gettext_lazy("AI expert"),
    "lead": gettext_lazy("AI, asking"),
    "notice": gettext_lazy("AI notice"),
    "person": gettext_lazy("Person"),
}
REASON_WORDS: Words = {
    "asked": gettext_lazy("asked for a person"),
    "emergency": gettext_lazy("an emergency"),
    "complaint": gettext_lazy("a complaint"),
    "expert_failed": gettext_lazy("the AI could not answer"),
    "failed": gettext_lazy("the AI failed three times"),
    "policy": gettext_lazy("the AI handed off"),
    "taken over": gettext_lazy("taken over by a person"),
    "unknown": gettext_lazy("nothing approved answers it"),
}
ACTION_WORDS: Words = {
    "answer": gettext_lazy("Answer only"),
    "answer_then_ask": gettext_lazy("Answer, then ask for the contact"),
    "ask_then_answer": gettext_lazy("Ask for the contact, then answer"),
    "value_for_contact": gettext_lazy("Answer, offer something for the contact"),
    "soft_choice": gettext_lazy("Answer, offer a call or to go on here"),
    "lead_card": gettext_lazy("Answer, show the platform's contact card"),
    "hand_off": gettext_lazy("Hand over to a person"),
}
STAGE_WORDS: Words = {
    "new": gettext_lazy("New"),
    "contacted": gettext_lazy("Contacted"),
    "qualified": gettext_lazy("Qualified"),
    "won": gettext_lazy("Won"),
    "lost": gettext_lazy("Lost"),
    "invalid": gettext_lazy("Invalid"),
}
CHANNEL_WORDS: Words = {
    "widget": gettext_lazy("Website chat"),
    "webhook": gettext_lazy("Signed channel"),
    "douyin": gettext_lazy("Douyin"),
    "kuaishou": gettext_lazy("Kuaishou"),
    "messenger": "Messenger",
    "whatsapp": "WhatsApp",
    "wecom": gettext_lazy("WeCom customer service"),
}
COMMENT_WORDS: Words = {
    "complaint": gettext_lazy("a complaint in public"),
    "spam": gettext_lazy("looks like spam"),
    "intent": gettext_lazy("a wish to buy"),
    "question": gettext_lazy("a question"),
    "talk": gettext_lazy("talk"),
}
HELD_WORDS: Words = {
    "window": gettext_lazy("the platform takes nothing more until the visitor writes again"),
    "quota": gettext_lazy("all replies the platform allows are used; it waits for the visitor's next message"),
}
CONTACT_WORDS: Words = {
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("Email"),
    "wechat": gettext_lazy("WeChat"),
}
PURPOSE_WORDS: Words = {"contact": gettext_lazy("to be contacted"), "crm": gettext_lazy("to be passed to the CRM")}
FIELD_WORDS: Words = {
    "name": gettext_lazy("Name"),
    "city": gettext_lazy("City"),
    "budget": gettext_lazy("Budget"),
    "model": gettext_lazy("Which one"),
    "timing": gettext_lazy("When"),
    "interest": gettext_lazy("Wants"),
    "finance": gettext_lazy("Financing"),
}
EVENT_WORDS: Words = {
    "created": gettext_lazy("Lead made"),
    "contacts": gettext_lazy("Contact changed"),
    "consent": gettext_lazy("Consent given"),
    "fields": gettext_lazy("Learnt more"),
    "stage": gettext_lazy("Moved"),
    "owner": gettext_lazy("Owner changed"),
    "note": gettext_lazy("Note written"),
    "revealed": gettext_lazy("Contact looked at"),
    "merged": gettext_lazy("Merged into another"),
    "merge_undone": gettext_lazy("Merge undone"),
    "merge": gettext_lazy("Took another lead in"),
    "merge_moved": gettext_lazy("Moved to the same person"),
    "opted_out": gettext_lazy("Opted out"),
    "exported": gettext_lazy("Exported"),
    "erased": gettext_lazy("Erased"),
}


@dataclass(frozen=True)
class Mark:
    """A badge for a stand-in at work: `words`, and what would be `better`."""

    words: str
    better: str
    where: str = ""


def word(words: Words, key: str) -> str:
    """The word for `key`, or the key itself where nobody named it."""
    return str(words.get(key, key))


def marks(degraded: Iterable[str]) -> tuple[Mark, ...]:
    """Badges of a turn's `degraded`, each once."""
    known = {
        "answer:quoted": Mark(
            _("Quoted, not written by a language model"),
            _("Approved articles, word for word. With a language model it is written for the question."),
            "LLM_BASE_URL",
        )
    }
    return tuple(known.get(key, Mark(key, "")) for key in dict.fromkeys(degraded))


def visitor_name(conversation_id: uuid.UUID | str, name: str = "") -> str:
    """What the visitor told, else a short number that is always the same."""
    return name or _("Visitor %(number)s") % {"number": str(conversation_id)[:4].upper()}


def ago(moment: dt.datetime | None) -> str:
    """How long ago, in the largest unit that says enough: 12 s, 4 min, 3 h, 2 d."""
    if moment is None:
        return ""
    seconds = max(0, int((timezone.now() - moment).total_seconds()))
    if seconds < 60:
        return _("%(count)d s") % {"count": seconds}
    if seconds < 3600:
        return _("%(count)d min") % {"count": seconds // 60}
    if seconds < 86400:
        return _("%(count)d h") % {"count": seconds // 3600}
    return ngettext("%(count)d day", "%(count)d days", seconds // 86400) % {"count": seconds // 86400}
