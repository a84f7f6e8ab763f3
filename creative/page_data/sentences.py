"""English sentences of pure modules in the reader's language: a pattern each, with its words.

Modules that check briefs, files and ads speak English sentences with figures in them
and know no catalogue. A sentence without a pattern is shown as it is.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy

_BRIEF: tuple[tuple[str, Any], ...] = (
    (
        r"is missing",
        gettext_lazy("is missing"),
    ),
    (
        r"is missing; write it as people do .*",
        gettext_lazy("is missing; write it as people do (¥39.9), or “none” when the ad names no price"),
    ),
    (
        r"is (?P<a>\d+) characters long; at most (?P<b>\d+)",
        gettext_lazy("is %(a)s characters long; at most %(b)s"),
    ),
    (
        r"holds control characters",
        gettext_lazy("holds control characters"),
    ),
    (
        r"'(?P<a>.*)' is not one of (?P<b>.*)",
        gettext_lazy("“%(a)s” is not one of %(b)s"),
    ),
    (
        r"must be text, not (?P<a>.*)",
        gettext_lazy("must be text"),
    ),
    (
        r"'(?P<a>.*)' is not a number of seconds",
        gettext_lazy("“%(a)s” is not a number of seconds"),
    ),
    (
        r"(?P<a>[\d.]+) is out of range: (?P<b>.*) takes (?P<c>[\d.]+) to (?P<d>[\d.]+) seconds",
        gettext_lazy("%(a)s is out of range: %(b)s takes %(c)s to %(d)s seconds"),
    ),
    (
        r"is not a field of a brief; known here: (?P<a>.*)",
        gettext_lazy("is not a field of a brief; known here: %(a)s"),
    ),
    (
        r"must be a mapping with a name and a category.*",
        gettext_lazy("must be a mapping with a name and a category"),
    ),
    (
        r"must be a mapping with id and text.*",
        gettext_lazy("must be a mapping with id and text"),
    ),
    (
        r"must be a list of .*",
        gettext_lazy("must be a list of facts with id, text and evidence"),
    ),
    (
        r"'(?P<a>.*)' is not a web address such as (?P<b>.*)",
        gettext_lazy("“%(a)s” is not a web address such as %(b)s"),
    ),
    (
        r"holds (?P<a>\d+) facts; at most (?P<b>\d+)",
        gettext_lazy("holds %(a)s facts; at most %(b)s"),
    ),
    (
        r"'(?P<a>.*)' is taken by the field of that name",
        gettext_lazy("“%(a)s” is taken by the field of that name"),
    ),
    (
        r"'(?P<a>.*)' is used by another fact",
        gettext_lazy("“%(a)s” is used by another fact"),
    ),
    (
        r"'(?P<a>.*)' may hold letters, digits, _ \. and - only",
        gettext_lazy("“%(a)s” may hold letters, digits, _ . and - only"),
    ),
    (
        r"'(?P<a>.*)' is not a date such as (?P<b>.*)",
        gettext_lazy("“%(a)s” is not a date such as %(b)s"),
    ),
    (
        r"this fact expired on (?P<a>.*); renew it or take it out",
        gettext_lazy("this fact expired on %(a)s; renew it or take it out"),
    ),
    (
        r"(?P<a>.*) is negative; a price is above zero",
        gettext_lazy("%(a)s is negative; a price is above zero"),
    ),
    (
        r"is zero; write .*",
        gettext_lazy("is zero; write “free” for something free, “none” where the ad names no price"),
    ),
    (
        r"(?P<a>.*) is larger than any price we can show",
        gettext_lazy("%(a)s is larger than any price we can show"),
    ),
    (
        r"(?P<a>.*) has more than (?P<b>\d+) decimals, which (?P<c>\w+) does not have",
        gettext_lazy("%(a)s has more than %(b)s decimals, which %(c)s does not have"),
    ),
    (
        r"'(?P<a>.*)' is not a price; .*",
        gettext_lazy("“%(a)s” is not a price; write it as people do, such as ¥39.9 or $12.50"),
    ),
    (
        r"is empty; one sentence is enough, such as .*",
        gettext_lazy("is empty; one sentence is enough, such as “15 s, cold brew coffee, $39.90, for office workers”"),
    ),
    (
        r"the need names no product; .*",
        gettext_lazy("the need names no product; say what the ad is for, such as cold brew coffee"),
    ),
    (
        r"is not UTF-8 text",
        gettext_lazy("is not UTF-8 text"),
    ),
    (
        r"is not a mapping of fields; .*",
        gettext_lazy("is not a mapping of fields; begin with “product:”"),
    ),
    (
        r"is longer than (?P<a>\d+) KiB",
        gettext_lazy("is longer than %(a)s KiB"),
    ),
    (
        r"is not readable YAML: (?P<a>.*)",
        gettext_lazy("is not readable YAML: %(a)s"),
    ),
    (
        r"is nested .*",
        gettext_lazy("is nested too deeply"),
    ),
    (
        r"'(?P<a>.*)' is not a category we know; the script speaks of everyday life.*",
        gettext_lazy("“%(a)s” is not a category we know; the script speaks of everyday life"),
    ),
    (
        r"none given: the script speaks to everyone",
        gettext_lazy("none given: the script speaks to everyone"),
    ),
    (
        r"none given: (?P<a>.*)",
        gettext_lazy("none given: %(a)s"),
    ),
    (
        r"no currency given: (?P<a>.*)",
        gettext_lazy("no currency given: %(a)s"),
    ),
)
_LINES: tuple[tuple[str, Any], ...] = (
    (
        r".* is an objective superlative; .*",
        gettext_lazy("a superlative that needs proof; say something plainer"),
    ),
    (
        r".* claims a rank; .*",
        gettext_lazy("claims a rank; it needs proof with source and date"),
    ),
    (
        r".* ranks the product above all others; .*",
        gettext_lazy("ranks the product above all others; it needs proof"),
    ),
    (
        r".* promises an outcome nobody can be sure of",
        gettext_lazy("promises an outcome nobody can be sure of"),
    ),
    (
        r".* is a health claim this product may not make",
        gettext_lazy("a health claim this product may not make"),
    ),
    (
        r".* promises a change of the body",
        gettext_lazy("promises a change of the body"),
    ),
    (
        r".* denies risk or promises income",
        gettext_lazy("denies risk or promises income"),
    ),
    (
        r".* promises the result of study",
        gettext_lazy("promises the result of study"),
    ),
    (
        r".* runs down other sellers",
        gettext_lazy("runs down other sellers"),
    ),
    (
        r".* is a medical claim; .*",
        gettext_lazy("a medical claim; only medicines and treatments may make one"),
    ),
    (
        r".* is a health effect that ordinary goods may not claim",
        gettext_lazy("a health effect that ordinary goods may not claim"),
    ),
    (
        r".* promises weight loss; .*",
        gettext_lazy("promises weight loss; ordinary goods may not"),
    ),
    (
        r".* promises an effect within a time or like a medicine",
        gettext_lazy("promises an effect within a time or like a medicine"),
    ),
    (
        r".* uses a doctor, patient or cure rate to recommend",
        gettext_lazy("uses a doctor, a patient or a cure rate to recommend"),
    ),
    (
        r".* promises gain or denies risk",
        gettext_lazy("promises gain or denies risk"),
    ),
    (
        r".* promises the result of an exam or training",
        gettext_lazy("promises the result of an exam or training"),
    ),
    (
        r".* promises what no product can be sure of",
        gettext_lazy("promises what no product can be sure of"),
    ),
    (
        r".* borrows the name of the state",
        gettext_lazy("borrows the name of the state"),
    ),
    (
        r".* trades on superstition",
        gettext_lazy("trades on superstition"),
    ),
    (
        r".* may not stand in advertising",
        gettext_lazy("may not stand in advertising"),
    ),
    (
        r".* tempts to drink or lends drink an effect",
        gettext_lazy("tempts to drink or lends drink an effect"),
    ),
    (
        r".* is an absolute term of Art\. 9\(3\); .*",
        gettext_lazy("an absolute term; say what can be shown instead"),
    ),
    (
        r".* leads viewers off the platform",
        gettext_lazy("leads viewers off the platform"),
    ),
    (
        r".* sends viewers to another platform",
        gettext_lazy("sends viewers to another platform"),
    ),
    (
        r".* pretends an interaction or buys engagement",
        gettext_lazy("pretends an interaction or buys engagement"),
    ),
    (
        r".* is clickbait",
        gettext_lazy("is clickbait"),
    ),
    (
        r".* points at a viewer's personal attribute",
        gettext_lazy("points at a viewer’s personal attribute"),
    ),
    (
        r"no approved fact holds .*",
        gettext_lazy("no approved fact holds this number; add it as a fact or take it out"),
    ),
    (
        r"no approved fact backs .*",
        gettext_lazy("no approved fact backs this claim; add a fact with its evidence or take it out"),
    ),
    (
        r"the line says nothing",
        gettext_lazy("the line says nothing"),
    ),
    (
        r"(?P<a>\d+) characters; a line has at most (?P<b>\d+)",
        gettext_lazy("%(a)s characters; a line has at most %(b)s"),
    ),
    (
        r"takes about (?P<a>[\d.]+) s to say; this slot has room for (?P<b>[\d.]+) s",
        gettext_lazy("takes about %(a)s s to say; this slot has room for %(b)s s"),
    ),
    (
        r"takes about (?P<a>[\d.]+) s to say; this slot wants at least (?P<b>[\d.]+) s",
        gettext_lazy("takes about %(a)s s to say; this slot wants at least %(b)s s"),
    ),
    (
        r"the ad says this line twice",
        gettext_lazy("the ad says this line twice"),
    ),
    (
        r"Advertising Law of the PRC, Art\. (?P<a>[^;]+)(?:;.*)?",
        gettext_lazy("Advertising Law of the PRC, Art. %(a)s"),
    ),
    (
        r"Trademark Law of the PRC, Art\. (?P<a>.+)",
        gettext_lazy("Trademark Law of the PRC, Art. %(a)s"),
    ),
    (
        r"Kuaishou .* creative review rules.*",
        gettext_lazy("creative review rules of Kuaishou and Ocean Engine"),
    ),
    (
        r"Meta Advertising Standards.*",
        gettext_lazy("Meta Advertising Standards"),
    ),
)
_FILES: tuple[tuple[str, Any], ...] = (
    (
        r"its name holds (?P<a>.*); rename it .*",
        gettext_lazy("its name holds %(a)s; rename it with letters, digits, spaces, dots and dashes"),
    ),
    (
        r"its name is longer than (?P<a>\d+) characters; .*",
        gettext_lazy("its name is longer than %(a)s characters; give it a shorter one"),
    ),
    (
        r"it is a hidden file; .*",
        gettext_lazy("it is a hidden file; rename it without the leading dot if it is meant to be used"),
    ),
    (
        r"it is (?P<a>.*), not a file of its own; .*",
        gettext_lazy("it is %(a)s, not a file of its own; copy the real file here"),
    ),
    (
        r"it is (?P<a>.*) that points at other files or addresses; .*",
        gettext_lazy("it is %(a)s that points at other files or addresses; upload the video itself"),
    ),
    (
        r"it cannot be read; .*",
        gettext_lazy("it cannot be read; check that it exists and that its permissions allow reading"),
    ),
    (
        r"it is empty; upload it again|is empty",
        gettext_lazy("it is empty; upload it again"),
    ),
    (
        r"it is (?P<a>.*), more than the (?P<b>.*) allowed; .*",
        gettext_lazy("it is %(a)s, more than the %(b)s allowed; cut it or export it smaller"),
    ),
    (
        r"is larger than (?P<a>.*) GB",
        gettext_lazy("is larger than %(a)s GB; cut it or export it smaller"),
    ),
    (
        r"it is (?P<a>.*), whatever its name says; .*",
        gettext_lazy("it is %(a)s, whatever its name says; upload a video, a picture or a sound"),
    ),
    (
        r"it is (?P<a>.*), which is not read here; export it as (?P<b>.*)",
        gettext_lazy("it is %(a)s, which is not read here; export it as %(b)s"),
    ),
    (
        r"its (?P<c>.*) is coded as (?P<a>.*), which is not read here; export it as (?P<b>.*)",
        gettext_lazy("it is coded as %(a)s, which is not read here; export it as %(b)s"),
    ),
    (
        r"it is copy-protected; .*",
        gettext_lazy("it is copy-protected; export it without protection from where it was made"),
    ),
    (
        r"it is damaged: (?P<a>.*); export or upload it again",
        gettext_lazy("it is damaged; export or upload it again (%(a)s)"),
    ),
    (
        r"it ends early \((?P<a>.*)\); .*",
        gettext_lazy("it ends early (%(a)s); the upload or the recording was cut off, upload it again"),
    ),
    (
        r"its picture measures (?P<a>.*); between (?P<b>.*) and (?P<c>.*) pixels a side are read",
        gettext_lazy("its picture measures %(a)s; between %(b)s and %(c)s pixels a side are read"),
    ),
    (
        r"it claims (?P<a>.*) frames a second; export it with at most (?P<b>.*)",
        gettext_lazy("it claims %(a)s frames a second; export it with at most %(b)s"),
    ),
    (
        r"it holds (?P<a>.*) streams; .*",
        gettext_lazy("it holds %(a)s streams; export it with one picture and one sound"),
    ),
    (
        r"opening it took more (?P<a>.*) than any honest file needs; .*",
        gettext_lazy("opening it took more than any honest file needs; export it again as MP4 (H.264)"),
    ),
    (
        r"it holds neither picture nor sound; .*",
        gettext_lazy("it holds neither picture nor sound; export it again"),
    ),
    (
        r"a reference has to be a video",
        gettext_lazy("a reference has to be a video"),
    ),
)
_ADS: tuple[tuple[str, Any], ...] = (
    (
        r"to frame (?P<a>\d+), glyphs (?P<b>\d+) px, contrast (?P<c>[\d.]+)",
        gettext_lazy("to frame %(a)s, %(b)s px, contrast %(c)s"),
    ),
    (
        r"(?P<a>\d+) channels, (?P<b>\d+) Hz",
        gettext_lazy("%(a)s channels, %(b)s Hz"),
    ),
    (
        r"the pixels are not square: .*",
        gettext_lazy("the pixels are not square: players would stretch it"),
    ),
    (
        r"not 8-bit 4:2:0: .*",
        gettext_lazy("not 8-bit 4:2:0: some phones cannot play it"),
    ),
    (
        r"the picture is (?P<a>.*), not (?P<b>.*)",
        gettext_lazy("the picture is %(a)s, not %(b)s"),
    ),
    (
        r"(?P<a>[\d.]+) s long, ordered were (?P<b>[\d.]+) s",
        gettext_lazy("%(a)s s long, ordered were %(b)s s"),
    ),
    (
        r"decoding fails: (?P<a>.*)",
        gettext_lazy("decoding fails: %(a)s"),
    ),
    (
        r"(?P<a>\d+) frames, not (?P<b>\d+)",
        gettext_lazy("%(a)s frames, not %(b)s"),
    ),
    (
        r"decode times do not rise",
        gettext_lazy("decode times do not rise"),
    ),
    (
        r"the frame rate is not constant",
        gettext_lazy("the frame rate is not constant"),
    ),
    (
        r"sound and picture do not (?:start|end) together: (?P<a>.*)",
        gettext_lazy("sound and picture do not go together: %(a)s"),
    ),
    (
        r"black for (?P<a>[\d.]+) s",
        gettext_lazy("black for %(a)s s"),
    ),
    (
        r"nothing moves for (?P<a>[\d.]+) s",
        gettext_lazy("nothing moves for %(a)s s"),
    ),
    (
        r".*: black bars of (?P<a>.*) for (?P<b>[\d.]+) s",
        gettext_lazy("black bars for %(b)s s"),
    ),
    (
        r"(?P<a>\d+) flashes within a second",
        gettext_lazy("%(a)s flashes within a second"),
    ),
    (
        r"silent for (?P<a>[\d.]+) s",
        gettext_lazy("silent for %(a)s s"),
    ),
    (
        r"true peak (?P<a>.*) dBTP",
        gettext_lazy("true peak %(a)s dBTP"),
    ),
    (
        r"(?P<a>\d+) runs at full scale",
        gettext_lazy("%(a)s runs at full scale"),
    ),
    (
        r"(?P<a>[\d.-]+) LUFS",
        gettext_lazy("%(a)s LUFS"),
    ),
    (
        r"the file has no sound",
        gettext_lazy("the file has no sound"),
    ),
    (
        r"too little sound to measure",
        gettext_lazy("too little sound to measure"),
    ),
    (
        r"text outside the safe area: (?P<a>.*)",
        gettext_lazy("text outside the safe area: %(a)s"),
    ),
    (
        r"hard to read: (?P<a>.*)",
        gettext_lazy("hard to read: %(a)s"),
    ),
    (
        r"warning: fast to read: (?P<a>.*)",
        gettext_lazy("fast to read: %(a)s"),
    ),
    (
        r"no visible AI label from the first frame",
        gettext_lazy("no visible AI label from the first frame"),
    ),
    (
        r"the label is gone after (?P<a>[\d.]+) s",
        gettext_lazy("the label is gone after %(a)s s"),
    ),
    (
        r"the label's glyphs are (?P<a>\d+) px high, .*",
        gettext_lazy("the label’s glyphs are only %(a)s px high"),
    ),
    (
        r"the label hardly stands out from the picture",
        gettext_lazy("the label hardly stands out from the picture"),
    ),
    (
        r"the clip is (?P<a>\d+) frames too short for it; choose a longer one",
        gettext_lazy("the clip is %(a)s frames too short for it; choose a longer one"),
    ),
    (
        r"it takes (?P<a>\d+) frames more than the slot's clips have; .*",
        gettext_lazy("the line takes %(a)s frames more than the slot’s clips have; shorten it or swap the clip"),
    ),
    (
        r"pick a reference first",
        gettext_lazy("pick a reference first"),
    ),
    (
        r"cancelled",
        gettext_lazy("cancelled"),
    ),
)
_COMPILED = tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in _BRIEF + _LINES + _FILES + _ADS)


def in_words(sentence: str) -> str:
    """`sentence` as the reader reads it; the first pattern that fits it whole decides."""
    for pattern, words in _COMPILED:
        found = pattern.fullmatch(sentence)
        if found:
            return str(words) % {name: value or "" for name, value in found.groupdict().items()}
    return sentence
