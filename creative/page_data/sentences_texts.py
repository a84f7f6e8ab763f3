"""What is said of briefs and lines: a pattern of the English sentence, and its page words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

BRIEF: tuple[tuple[str, Any], ...] = (
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
        r"the old price is left out; .*",
        gettext_lazy("the old price is left out; to say it, add it as a fact with its evidence"),
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

LINES: tuple[tuple[str, Any], ...] = (
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
