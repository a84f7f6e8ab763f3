"""A message in the shape that rules look at: folded, lower case, evasions undone."""

from __future__ import annotations

import re

from agentbot.contacts.digits import fold_message

_HAN = r"\u3400-\u9fff"
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])[\s·.*\-_~|/^+]+(?=[{_HAN}])")
_SPACED_LETTERS = re.compile(r"(?<![a-z])(?:[a-z][\s.\-_*]){3,}[a-z](?![a-z])")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'"})


def plain(text: str) -> str:
    """NFKC, lower case, without zero-width characters; 退 订 and s t o p closed up; one kind of apostrophe."""
    folded = fold_message(text).text.translate(_APOSTROPHES)
    closed = _BETWEEN_HAN.sub("", folded)
    return _SPACED_LETTERS.sub(lambda match: re.sub(r"[^a-z]", "", match.group()), closed)


def is_chinese(text: str) -> bool | None:
    """Whether `text` is Chinese; None where it has no words at all."""
    if re.search(rf"[{_HAN}]", text):
        return True
    return False if re.search(r"[A-Za-z]{2}", text) else None
