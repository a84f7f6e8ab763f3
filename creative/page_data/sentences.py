"""English sentences of pure modules in the reader's language: a pattern each, with its words.

Modules that check briefs, files and ads speak English sentences with figures in them
and know no catalogue. A sentence without a pattern is shown as it is; what it names inside
(the kind of a file) is put into words too.
"""

from __future__ import annotations

import re

from creative.page_data.sentences_changes import CHANGES
from creative.page_data.sentences_kinds import KINDS
from creative.page_data.sentences_media import ADS, FILES, POSTS
from creative.page_data.sentences_orders import ORDERS
from creative.page_data.sentences_studio import STUDIO
from creative.page_data.sentences_texts import BRIEF, LINES

_COMPILED = tuple(
    (re.compile(pattern, re.DOTALL), words)
    for pattern, words in BRIEF + LINES + FILES + ADS + POSTS + CHANGES + ORDERS + STUDIO + KINDS
)


def in_words(sentence: str) -> str:
    """`sentence` as the reader reads it; the first pattern that fits it whole decides."""
    for pattern, words in _COMPILED:
        found = pattern.fullmatch(sentence)
        if found:
            return str(words) % {name: in_words(value or "") for name, value in found.groupdict().items()}
    return sentence
