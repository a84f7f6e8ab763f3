"""Several products in one script: which line is said of which, and scripts of single products put one after another.

`{product:2}` at the head of a line says that the second product is on from there. Where a script has no such mark at
all, a product is on from the line that names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from avatar.contracts import ScriptLine
from avatar.scripts.marks import as_line, parse_marks
from avatar.scripts.writing import Script
from core.contracts import Fact, Language
from core.errors import InputError
from creative.api import short_name

_BRIDGES: dict[Language, tuple[str, ...]] = {
    "zh-CN": (
        "{hold_up}{overlay:product}接下来看{name}。",
        "说完这个，{hold_up}{overlay:product}再来看{name}。",
        "{hold_up}{overlay:product}下面轮到{name}，慢慢讲。",
        "换一样，{hold_up}{overlay:product}这是{name}。",
    ),
    "en": (
        "{hold_up}{overlay:product}Next up is {name}.",
        "Now for something else, {hold_up}{overlay:product}{name}.",
        "{hold_up}{overlay:product}Let's turn to {name}.",
        "And now {hold_up}{overlay:product}{name}, take a look.",
    ),
}


def spoken_names(name: str, language: Language) -> tuple[str, ...]:
    """What a product is called in speech: its whole name, and the short one."""
    return tuple(dict.fromkeys(each for each in (name, short_name(name, language)) if each))


def product_named(text: str, names: Sequence[Sequence[str]]) -> int | None:
    """The product, from 0, that `text` names, be it by a part that no other product has; None for none.

    Viewers shorten: of "澄夜随行杯" beside "澄夜冷萃咖啡" they say "随行杯", of "Tarn bottle, 600 ml" "the bottle".
    """
    flat = text.casefold()
    own = _own_parts(tuple(tuple(each) for each in names))
    found = [(len(part), -place) for place, parts in enumerate(own) for part in parts if _says(flat, part)]
    return -max(found)[1] if found else None


def _says(flat: str, part: str) -> bool:
    return re.search(rf"\b{re.escape(part)}", flat) is not None if part.isascii() else part in flat


@lru_cache(maxsize=64)
def _own_parts(names: tuple[tuple[str, ...], ...]) -> tuple[frozenset[str], ...]:
    """For each product the parts of its names that no other product's has."""
    parts = [frozenset(part for name in each for part in _parts(name.casefold())) for each in names]
    others = [frozenset().union(*(part for at, part in enumerate(parts) if at != place)) for place in range(len(parts))]
    return tuple(own - other for own, other in zip(parts, others, strict=True))


def _parts(name: str) -> Iterator[str]:
    """Words of three letters and more; of Chinese every two signs and more that stand together."""
    yield name
    yield from re.findall(r"[a-z]{3,}", name)
    for run in re.findall(r"[\u3400-\u9fff]{2,}", name):
        for first in range(len(run) - 1):
            yield from (run[first:last] for last in range(first + 2, len(run) + 1))


def facts_for(
    text: str, product: int, facts: Sequence[tuple[Fact, ...]], names: Sequence[Sequence[str]]
) -> tuple[Fact, ...]:
    """What a line of `product` may rest on: that product's facts, and those of every other one it names."""
    flat = text.casefold()
    own = _own_parts(tuple(tuple(each) for each in names))
    named = [place for place, parts in enumerate(own) if any(_says(flat, part) for part in parts)]
    return tuple(fact for place in dict.fromkeys((product, *named)) for fact in facts[place])


def turns_of(written: Sequence[str], names: Sequence[Sequence[str]], thing: str = "script[{place}]") -> list[int]:
    """For each written line the product it is said of, from 0. InputError where a mark counts further than there are.

    `names` are those of each product; `thing` names a line by its place from 0 (`{place}`) or 1 (`{number}`).
    """
    marks = [
        parse_marks(text, thing.format(place=place, number=place + 1)).product for place, text in enumerate(written)
    ]
    now, turns = 0, []
    for place, (text, mark) in enumerate(zip(written, marks, strict=True)):
        if mark > len(names):
            there = "one product" if len(names) == 1 else f"{len(names)} products"
            name = thing.format(place=place, number=place + 1)
            raise InputError(name, f"{{product:{mark}}}: this room has {there}", "unknown_product")
        if mark:
            now = mark - 1
        elif not any(marks) and len(names) > 1:
            named = product_named(parse_marks(text).text, names)
            now = now if named is None else named
        turns.append(now)
    return turns


def in_turn(scripts: Sequence[Script], names: Sequence[str], language: Language, suggests: bool = True) -> Script:
    """Scripts of several products as one: only the first says hello, only the last leads back to the beginning."""
    if len(scripts) == 1:
        return scripts[0]
    count = max(len(script.laps) for script in scripts)
    laps = []
    for lap in range(count):
        lines: list[ScriptLine] = []
        for number, script in enumerate(scripts):
            own = _inner(script, lap, number, len(scripts))
            if number:
                bridge = _BRIDGES[language][lap % len(_BRIDGES[language])].replace("{name}", names[number])
                own = [as_line(0, bridge, language, suggests=suggests), *own]
            lines += [replace(line, product=number) for line in own]
        laps.append(tuple(replace(line, place=place) for place, line in enumerate(lines)))
    degraded = tuple(dict.fromkeys(each for script in scripts for each in script.degraded))
    reason = next((script.fallback_reason for script in scripts if script.fallback_reason), "")
    return Script(tuple(laps), scripts[0].engine, degraded, reason)


def _inner(script: Script, lap: int, number: int, count: int) -> list[ScriptLine]:
    """A product's lines of a lap, without the hello of a later one and the way back of an earlier one."""
    lines = script.laps[lap % len(script.laps)]
    roles = script.roles or ("",) * len(lines)
    left_out = ({"opening"} if number else set()) | ({"again"} if number < count - 1 else set())
    kept = [line for line, role in zip(lines, roles, strict=True) if role not in left_out]
    return kept or list(lines)


def marked(texts: Sequence[str], turns: Sequence[int], count: int) -> list[str]:
    """`texts` with a `{product:N}` wherever the product changes; as they are in a room of one product."""
    bare = [without_turn(text) for text in texts]
    if count == 1:
        return bare
    changes = [turn != before for turn, before in zip(turns, [-1, *turns], strict=False)]
    return [
        f"{{product:{turn + 1}}}{text}" if new else text for text, turn, new in zip(bare, turns, changes, strict=True)
    ]


def without_turn(text: str) -> str:
    """`text` without its product marks."""
    return re.sub(r"\{\s*product\s*:\s*\d+\s*\}", "", text, flags=re.IGNORECASE)
