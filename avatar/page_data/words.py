"""States, kinds and choices of live rooms in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Words = Mapping[str, str | Promise]

PLATFORM_WORDS: Words = {
    "kuaishou": gettext_lazy("Kuaishou"),
    "douyin": gettext_lazy("Douyin"),
    "wechat": gettext_lazy("WeChat Channels"),
    "taobao": gettext_lazy("Taobao Live"),
    "tiktok": gettext_lazy("TikTok"),
    "youtube": gettext_lazy("YouTube"),
    "other": gettext_lazy("Another platform"),
}
BACKGROUND_WORDS: Words = {
    "tea": gettext_lazy("Tea room"),
    "showroom": gettext_lazy("Showroom"),
    "kitchen": gettext_lazy("Kitchen"),
    "studio": gettext_lazy("Studio"),
    "picture": gettext_lazy("Your picture"),
}
LINK_WORDS: Words = {
    "card": gettext_lazy("on the card, right"),
    "left": gettext_lazy("left"),
    "middle": gettext_lazy("middle of the foot"),
    "right": gettext_lazy("right"),
}
VOICE_WORDS: Words = {
    "": gettext_lazy("The host's own"),
    "default": gettext_lazy("Plain"),
    "bright": gettext_lazy("Bright"),
    "soft": gettext_lazy("Soft"),
    "deep": gettext_lazy("Deep"),
    "clear": gettext_lazy("Clear"),
}
CUE_WORDS: Words = {
    "point": gettext_lazy("points at the link"),
    "hold_up": gettext_lazy("holds it up"),
    "wave": gettext_lazy("waves"),
    "welcome": gettext_lazy("welcomes"),
    "product": gettext_lazy("shows the product"),
    "price": gettext_lazy("shows the price"),
    "coupon": gettext_lazy("shows the coupon"),
    "link": gettext_lazy("shows the link"),
    "calm": gettext_lazy("calm"),
    "warm": gettext_lazy("warm"),
    "delight": gettext_lazy("delighted"),
}
REASON_WORDS: Words = {
    "repeated": gettext_lazy("asked the same a moment ago"),
    "duplicate": gettext_lazy("asked the same a moment ago"),
    "small talk": gettext_lazy("small talk"),
    "chatter": gettext_lazy("small talk"),
    "abuse": gettext_lazy("insult"),
    "advert": gettext_lazy("advertising for something else"),
    "contact": gettext_lazy("leads away from the platform"),
    "personal data": gettext_lazy("holds personal data"),
    "politics": gettext_lazy("not a matter for this room"),
    "medical": gettext_lazy("a question for a doctor"),
    "injection": gettext_lazy("tries to steer the host"),
    "no answer": gettext_lazy("nothing approved answers it"),
    "unknown": gettext_lazy("nothing approved answers it"),
    "expired": gettext_lazy("over 30 seconds old"),
    "ttl": gettext_lazy("over 30 seconds old"),
    "airtime": gettext_lazy("answers had their share of the air"),
    "too long": gettext_lazy("its answer would take over 20 seconds"),
    "queue full": gettext_lazy("more asked than can be answered"),
    "merged": gettext_lazy("answered together with others"),
    "paused": gettext_lazy("answers are paused"),
}
SOURCE_WORDS: Words = {
    "canned": gettext_lazy("voiced ahead"),
    "knowledge": gettext_lazy("from knowledge"),
    "model": gettext_lazy("by the model"),
    "operator": gettext_lazy("by an operator"),
}
RULE_WORDS: Words = {
    "clause": gettext_lazy("goes on from the clause"),
    "sentence": gettext_lazy("from the head of the sentence"),
    "next_sentence": gettext_lazy("on with the next"),
    "operator": gettext_lazy("skipped by an operator"),
    "restart": gettext_lazy("again from its head, after a restart"),
    "no voice": gettext_lazy("its voice was not there in time"),
    "mostly heard": gettext_lazy("mostly heard, counts as said"),
}
ORDER_WORDS: Words = {
    "say": gettext_lazy("Say this now"),
    "skip": gettext_lazy("Skip this sentence"),
    "pause_answers": gettext_lazy("Pause answers"),
    "resume_answers": gettext_lazy("Answer again"),
    "dump": gettext_lazy("Dump"),
    "slate": gettext_lazy("Safe slate"),
    "unslate": gettext_lazy("Back on air"),
}


def word(words: Words, key: str) -> str:
    """The word for `key`, or the key itself where none is known."""
    return str(words.get(key, key))


def cue_word(value: str) -> str:
    """A cue as a chip says it; `count:3` counts."""
    name, _sep, count = value.partition(":")
    return _("counts to %(count)s") % {"count": count} if name == "count" else word(CUE_WORDS, name)


def money(minor: float | None, currency: str) -> str:
    """An amount as people write it: ¥39.90, $12."""
    if minor is None:
        return ""
    sign = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£"}.get(currency, f"{currency} ")
    amount = minor / 100
    return f"{sign}{amount:,.0f}" if float(amount).is_integer() else f"{sign}{amount:,.2f}"
