"""English sentences of pure modules in the reader's language: a pattern each, with its words.

Modules that check briefs, files and ads speak English sentences with figures in them
and know no catalogue. A sentence without a pattern is shown as it is.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy

_PATTERNS: tuple[tuple[str, Any], ...] = (
    (r"is missing", gettext_lazy("is missing")),
    (r"is missing; write it as people do .*", gettext_lazy("is missing; write it as people do (¥39.9), or “none” when the ad names no price")),
    (r"is (?P<a>\d+) characters long; at most (?P<b>\d+)", gettext_lazy("is %(a)s characters long; at most %(b)s")),
    (r"holds control characters", gettext_lazy("holds control characters")),
    (r"'(?P<a>.*)' is not one of (?P<b>.*)", gettext_lazy("“%(a)s” is not one of %(b)s")),
    (r"must be text, not (?P<a>.*)", gettext_lazy("must be text")),
    (r"'(?P<a>.*)' is not a number of seconds", gettext_lazy("“%(a)s” is not a number of seconds")),
    (r"(?P<a>[\d.]+) is out of range: (?P<b>.*) takes (?P<c>[\d.]+) to (?P<d>[\d.]+) seconds", gettext_lazy("%(a)s is out of range: %(b)s takes %(c)s to %(d)s seconds")),
    (r"is not a field of a brief; known here: (?P<a>.*)", gettext_lazy("is not a field of a brief; known here: %(a)s")),
    (r"must be a mapping with a name and a category.*", gettext_lazy("must be a mapping with a name and a category")),
    (r"must be a mapping with id and text.*", gettext_lazy("must be a mapping with id and text")),
    (r"must be a list of .*", gettext_lazy("must be a list of facts with id, text and evidence")),
    (r"'(?P<a>.*)' is not a web address such as (?P<b>.*)", gettext_lazy("“%(a)s” is not a web address such as %(b)s")),
    (r"holds (?P<a>\d+) facts; at most (?P<b>\d+)", gettext_lazy("holds %(a)s facts; at most %(b)s")),
    (r"'(?P<a>.*)' is taken by the field of that name", gettext_lazy("“%(a)s” is taken by the field of that name")),
    (r"'(?P<a>.*)' is used by another fact", gettext_lazy("“%(a)s” is used by another fact")),
    (r"'(?P<a>.*)' may hold letters, digits, _ \. and - only", gettext_lazy("“%(a)s” may hold letters, digits, _ . and - only")),
    (r"'(?P<a>.*)' is not a date such as (?P<b>.*)", gettext_lazy("“%(a)s” is not a date such as %(b)s")),
    (r"this fact expired on (?P<a>.*); renew it or take it out", gettext_lazy("this fact expired on %(a)s; renew it or take it out")),
    (r"(?P<a>.*) is negative; a price is above zero", gettext_lazy("%(a)s is negative; a price is above zero")),
    (r"is zero; write .*", gettext_lazy("is zero; write “free” for something free, “none” where the ad names no price")),
    (r"(?P<a>.*) is larger than any price we can show", gettext_lazy("%(a)s is larger than any price we can show")),
    (r"(?P<a>.*) has more than (?P<b>\d+) decimals, which (?P<c>\w+) does not have", gettext_lazy("%(a)s has more than %(b)s decimals, which %(c)s does not have")),
    (r"'(?P<a>.*)' is not a price; .*", gettext_lazy("“%(a)s” is not a price; write it as people do, such as ¥39.9 or $12.50")),
    (r"is empty; one sentence is enough, such as .*", gettext_lazy("is empty; one sentence is enough, such as “15 s, cold brew coffee, $39.90, for office workers”")),
    (r"the need names no product; .*", gettext_lazy("the need names no product; say what the ad is for, such as cold brew coffee")),
    (r"is not UTF-8 text", gettext_lazy("is not UTF-8 text")),
    (r"is not a mapping of fields; .*", gettext_lazy("is not a mapping of fields; begin with “product:”")),
    (r"is longer than (?P<a>\d+) KiB", gettext_lazy("is longer than %(a)s KiB")),
    (r"is not readable YAML: (?P<a>.*)", gettext_lazy("is not readable YAML: %(a)s")),
    (r"is nested .*", gettext_lazy("is nested too deeply")),
    (r"'(?P<a>.*)' is not a category we know; the script speaks of everyday life.*", gettext_lazy("“%(a)s” is not a category we know; the script speaks of everyday life")),
    (r"none given: the script speaks to everyone", gettext_lazy("none given: the script speaks to everyone")),
    (r"none given: (?P<a>.*)", gettext_lazy("none given: %(a)s")),
    (r"no currency given: (?P<a>.*)", gettext_lazy("no currency given: %(a)s")),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in _PATTERNS)


def in_words(sentence: str) -> str:
    """`sentence` as the reader reads it; the first pattern that fits it whole decides."""
    for pattern, words in _COMPILED:
        found = pattern.fullmatch(sentence)
        if found:
            return str(words) % {name: value or "" for name, value in found.groupdict().items()}
    return sentence
