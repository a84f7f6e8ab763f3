"""Words of references: formats, intents, why a card stands in the row."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from creative.references.intents import sentence

FORMAT_WORDS: dict[str, Any] = {
    "talk_through": gettext_lazy("talked through"),
    "process": gettext_lazy("how it is made"),
    "scene": gettext_lazy("scene of use"),
    "comparison": gettext_lazy("comparison"),
    "proof": gettext_lazy("proof"),
    "offer_first": gettext_lazy("offer first"),
    "story": gettext_lazy("story"),
    "listing": gettext_lazy("points one by one"),
}

_INTENTS: dict[str, Any] = {
    "hook.question": gettext_lazy("Ask something the viewer wants answered"),
    "hook.number": gettext_lazy("Stop the viewer with a number"),
    "hook.contrast": gettext_lazy("Put two things side by side"),
    "hook.warning": gettext_lazy("Tell the viewer to stop doing something"),
    "hook.confession": gettext_lazy("Say something personal that makes one listen"),
    "hook.offer": gettext_lazy("Open with the offer"),
    "hook.scene": gettext_lazy("Open in the middle of a scene"),
    "pain.money": gettext_lazy("Name what the problem costs"),
    "pain.body": gettext_lazy("Name what it feels like"),
    "pain.failed": gettext_lazy("Name what was tried in vain"),
    "pain.time": gettext_lazy("Name the time it takes"),
    "pain.daily": gettext_lazy("Show the problem in daily life"),
    "selling_point.steps": gettext_lazy("Show it step by step"),
    "selling_point.listed": gettext_lazy("Count the points one by one"),
    "selling_point.inside": gettext_lazy("Say what it is made of"),
    "selling_point.ease": gettext_lazy("Show how little effort it takes"),
    "selling_point.scene": gettext_lazy("Show it in use"),
    "selling_point.measure": gettext_lazy("Give a measured quality"),
    "proof.test": gettext_lazy("Put it to a test"),
    "proof.people": gettext_lazy("Let others speak for it"),
    "proof.numbers": gettext_lazy("Give a number as evidence"),
    "proof.see": gettext_lazy("Let the viewer see for themselves"),
    "proof.paper": gettext_lazy("Point to a report or certificate"),
    "offer.price": gettext_lazy("Name the price"),
    "offer.cut": gettext_lazy("Name what is saved"),
    "offer.limited": gettext_lazy("Say until when or how many"),
    "offer.gift": gettext_lazy("Add something to it"),
    "offer.trial": gettext_lazy("Take away the risk"),
    "cta.link": gettext_lazy("Say where to tap"),
    "cta.soft": gettext_lazy("Invite to try it"),
    "cta.urgent": gettext_lazy("Ask to act now"),
    "cta.visit": gettext_lazy("Invite to come or book"),
}

_REASONS: dict[str, Any] = {
    "asked-format": gettext_lazy("the kind you asked for"),
    "same-category": gettext_lazy("same category"),
    "near-words": gettext_lazy("close in words"),
    "did-well": gettext_lazy("did well"),
    "your-taste": gettext_lazy("like your earlier picks"),
    "same-platform": gettext_lazy("same platform"),
    "something-else": gettext_lazy("from another category"),
    "no-figures": gettext_lazy("no figures yet"),
}

_CONFIDENCE: dict[str, Any] = {
    "high": gettext_lazy("read with high confidence"),
    "medium": gettext_lazy("read with medium confidence"),
    "low": gettext_lazy("read with low confidence: have a look"),
}


def format_word(key: str) -> str:
    """What kind of ad it is."""
    return str(FORMAT_WORDS.get(key, key))


def intent_words(code: str) -> str:
    """What a slot sets out to do."""
    return str(_INTENTS.get(code, "")) or sentence(code) or code


def reason_words(code: str) -> str:
    """What speaks for a card of the row."""
    return str(_REASONS.get(code, code))


def confidence_words(key: str) -> str:
    """How sure the structure is."""
    return str(_CONFIDENCE.get(key, ""))
