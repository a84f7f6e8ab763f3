"""Which comments get no answer whatever they ask, and which names may be said aloud."""

from __future__ import annotations

import re
from functools import lru_cache

from agentbot.api import injection_score, mask_text, written_contacts
from avatar.comments.refused_words import BY_LETTERS, BY_SOUND, PATTERNS, Refusal
from avatar.comments.shapes import LONGEST, shape
from avatar.comments.sounds import says, sound_of, units
from core.claims.evasions import unmask
from core.claims.platform_words import check_platform
from core.contracts import Language

LONGEST_NAME = 16
INJECTION = 0.5
"""From here on a comment is an order to the machine, not a question."""

_COMPILED = tuple((reason, re.compile(pattern)) for reason, pattern in PATTERNS)
_SOUNDS = tuple((reason, sound_of(word)) for reason, word in BY_SOUND)
_LETTERS = tuple((reason, sound_of(word)) for reason, word in BY_LETTERS)
_HAN_GAPS = re.compile(r"(?<=[\u3400-\u9fff])[^\w×]+(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])[\s._\-*|/·]+(?=[a-z])")
_LETTER_GAPS = re.compile(r"(?<![a-z])(?:[a-z][\s.\-_*·]){2,}[a-z](?![a-z])")
_LURES = ("platform-contact",)
_NAME_JUNK = re.compile(r"[^\w\u3400-\u9fff .'\-]|_")
_OFFICIAL = re.compile(r"官方|客服|管理员|平台|快手|抖音|主播|system|admin|official|support|moderator")
"""A name that pretends to be somebody of the house is not read out as if it were."""


@lru_cache(maxsize=4096)
def refusal(written: str, language: Language) -> Refusal | None:
    """Why a comment is not answered, or None.

    Its width, emoji and disguises are undone first; words are looked for as written, then by sound.
    """
    plain = _plain(shape(written).text)
    for text in (plain, _plain(written[:LONGEST])):
        for reason, pattern in _COMPILED:
            if pattern.search(text):
                return reason
    sounds = units(plain)
    for reason, sound in _SOUNDS:
        if says(sounds, sound):
            return reason
    for reason, sound in _LETTERS:
        if says(sounds, sound, needs_latin=True):
            return reason
    if written_contacts(written) or written_contacts(shape(written).text):
        return "contact"
    if any(finding.rule in _LURES for finding in check_platform(written, language)):
        return "ad"
    return "manipulation" if injection_score(written) >= INJECTION else None


def is_noise(key: str, written: str) -> bool:
    """Whether a long comment says next to nothing: one letter or phrase over and over."""
    return len(written) > 40 and len(key) > 0 and (len(set(key)) <= 4 or len(shape(written).text) * 4 < len(written))


def spoken_name(viewer: str, language: Language) -> str:
    """A viewer's name as it may be said and shown, or "": clean, short, no number, nobody of the house."""
    name = re.sub(r"\s+", " ", _NAME_JUNK.sub("", shape_name(viewer))).strip(" .'-")
    letters = re.sub(r"[\d\W_]+", "", name)
    if not letters or len(name) > LONGEST_NAME or len(re.findall(r"\d", name)) > 4:
        return ""
    return "" if refusal(name, language) or _OFFICIAL.search(name.lower()) else name


def shape_name(viewer: str) -> str:
    """Emoji and stickers out; letters keep their case."""
    kept = [character for character in viewer if not _is_symbol(character)]
    return "".join(kept)


def shown_text(text: str) -> str:
    """A comment as the control room and logs may show it: contacts masked."""
    return mask_text(text)


def _is_symbol(character: str) -> bool:
    return not (character.isalnum() or character in " .'-_")


def _plain(written: str) -> str:
    """Disguises undone, and what stands between Chinese characters gone. Emoji may stand for a word (加薇❤)."""
    text = unmask(written).text
    return _HAN_GAPS.sub("", _LETTER_GAPS.sub(lambda found: re.sub(r"[^a-z]", "", found[0]), text))
