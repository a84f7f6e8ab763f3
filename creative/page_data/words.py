"""Page words for what pure modules say in stable ids or English sentences.

Rules, refusals, checks and stand-ins have ids; pages show these words for them. An id
nobody gave words to yet shows the sentence it came with, so that nothing is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creative.models import Material, Reference
from creative.page_data.sentences import in_words

Words = Mapping[str, str | Promise]


@dataclass(frozen=True)
class Mark:
    """A degraded badge: which stand-in worked, what would be better and where to set it."""

    words: str
    better: str
    where: str = ""


_STAND_INS: Mapping[str, tuple[Any, Any, str]] = {
    "script:phrasebook": (
        gettext_lazy("Written by the phrasebook, not a language model"),
        gettext_lazy("A language model writes closer to the product. Set its address and restart."),
        "LLM_BASE_URL, LLM_MODEL",
    ),
    "voice:espeak": (
        gettext_lazy("Voice: espeak, not neural"),
        gettext_lazy("A neural voice sounds like a person. Point to a folder of voice weights or to a voice service."),
        "VOICE_MODEL_DIR, VOICE_BASE_URL",
    ),
    "clips:by-words": (
        gettext_lazy("Clips chosen by their words, not by what they show"),
        gettext_lazy("A vision model would look at the pictures. Until then, words typed for a shot help most."),
        "",
    ),
    "clip:card": (
        gettext_lazy("A card stands in where no clip fits"),
        gettext_lazy("Add footage for the slot and make the ad again."),
        "",
    ),
}


def marks(degraded: Iterable[str]) -> tuple[Mark, ...]:
    """The badges of a record's `degraded` list, each once."""
    return tuple(_mark(key) for key in dict.fromkeys(degraded))


def _mark(key: str) -> Mark:
    if key not in _STAND_INS:
        return Mark(key, "")
    words, better, where = _STAND_INS[key]
    return Mark(str(words), str(better), where)


_LAW_PREFIXES = ("cn-", "en-")
_LINE_RULES = ("empty-line", "repeated-line", "too-long", "too-short")

STYLE_WORDS: Words = {
    "plain": gettext_lazy("Straight"),
    "expert": gettext_lazy("Expert"),
    "warm": gettext_lazy("Warm"),
    "fast": gettext_lazy("Fast"),
    "story": gettext_lazy("Story"),
}


def finding_reason(finding: Mapping[str, Any]) -> str:
    """Why a rule speaks up, in the reader's language."""
    return in_words(finding["reason"])


def finding_source(finding: Mapping[str, Any]) -> str:
    """Where a rule is written."""
    return in_words(finding.get("source", "") or "")


def finding_group(rule: str) -> str:
    """Which of the release checks a rule belongs to: facts, law, platform or line."""
    if rule.startswith("unbound"):
        return "facts"
    if rule in _LINE_RULES:
        return "line"
    return "law" if rule.startswith(_LAW_PREFIXES) else "platform"


def finding_words(finding: Mapping[str, Any]) -> str:
    """What a rule found, in the reader's language: the words first, then why."""
    reason = finding_reason(finding)
    return _("“%(text)s”: %(reason)s") % {"text": finding["text"], "reason": reason} if finding["text"] else reason


def refusal_words(row: Material | Reference) -> str:
    """Why a file was refused, with the way out."""
    return in_words(row.refusal_reason)


def held_words(reason: str) -> str:
    """Why an ad is held or stopped: its failed checks, each in the reader's language."""
    return _("; ").join(map(_held_word, reason.split("; "))) if reason else ""


_AT_FRAME = re.compile(r"(?P<reason>.*) at frame (?P<frame>\d+)", re.DOTALL)


def _held_word(part: str) -> str:
    found = _AT_FRAME.fullmatch(part)
    if not found:
        return in_words(part)
    return _("%(reason)s (frame %(frame)s of its segment)") % {
        "reason": in_words(found["reason"]),
        "frame": found["frame"],
    }
