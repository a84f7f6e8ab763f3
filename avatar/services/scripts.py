"""A room's script: written, imported, edited; never saved while a line may not be said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.db import transaction

from avatar.contracts import ScriptLine
from avatar.hosts import say_name
from avatar.models import Room, ScriptVersion
from avatar.scripts.checking import LineProblem, check_line
from avatar.scripts.importing import read_lines
from avatar.scripts.marks import as_line, format_marks, parse_marks
from avatar.scripts.turns import facts_for, in_turn, marked, spoken_names, turns_of
from avatar.scripts.writing import Script, Told, generate_script
from avatar.services.products import wares_of
from core.clock import Clock, system_clock
from core.contracts import PLATFORMS, Language, Platform
from core.errors import InputError
from core.live_updates import publish
from core.models import Product
from creative.api import product_data
from creative.contracts import BriefData

MOST_LINES = 400
SCRIPT_SECONDS = 60.0


class ScriptRefused(InputError):
    """Lines that may not be said. `problems` names them, counted from 1."""

    def __init__(self, problems: Sequence[LineProblem]) -> None:
        first = problems[0]
        super().__init__(f"line {first.line}", first.sentence(), "script_refused")
        self.problems = tuple(problems)


def brief_of(product: Product, language: Language, platform: Platform) -> BriefData:
    """What may be said of the product, as the script writer wants it."""
    return BriefData(product_data(product), language, platform, SCRIPT_SECONDS, advertiser=product.advertiser.slug)


def platform_of(room: Room) -> Platform:
    """Whose words a room has to mind: its first output's, else the language's home market."""
    named = next((each.platform for each in room.outputs.all() if each.platform in PLATFORMS), "")
    return cast(Platform, named) if named else ("kuaishou" if room.language == "zh-CN" else "tiktok")


def names_of(room: Room) -> list[tuple[str, ...]]:
    """What each of the room's products is called in speech, in turn."""
    return [spoken_names(ware.product.name, cast(Language, room.language)) for ware in wares_of(room)]


def generated(room: Room, persona: str, *, uses_model: bool = True, told: Told = lambda: None) -> Script:
    """A script of all products in turn. Raises `InputError` when nothing may be said of one of them."""
    language, platform = cast(Language, room.language), platform_of(room)
    scripts = []
    for ware in wares_of(room):
        brief = brief_of(ware.product, language, platform)
        scripts.append(generate_script(brief, persona, room.seed, uses_model=uses_model, told=told))
        if not scripts[-1].lines:
            raise InputError("product", "nothing may be said of it yet; add a fact or a price", "no_script")
    return in_turn(scripts, [each[-1] for each in names_of(room)], language)


def write_script(room: Room, persona: str, *, uses_model: bool = True) -> ScriptVersion:
    """A script from the products' facts, in several ways of saying it; the newest version from now on."""
    script = generated(room, persona, uses_model=uses_model)
    return keep_script(room, entries_of(script, len(names_of(room))), ScriptVersion.Source.GENERATED, script.degraded)


def entries_of(script: Script, products: int) -> list[dict[str, Any]]:
    """A script as a version keeps it: each line with its other ways, and a mark where the product changes."""
    turns = [line.product for line in script.lines]
    first = marked([written(line) for line in script.lines], turns, products)
    return [
        {"text": text, "ways": [written(lap[place]) for lap in script.laps[1:]]} for place, text in enumerate(first)
    ]


def rewrite_in_order(room: Room, order: Sequence[int | None]) -> None:
    """After the products changed: lines move with theirs, go with theirs, and a new product gets its own.

    `order` gives for each product its place before, None for a new one.
    """
    before = current_script(room)
    if before is None:
        return
    count = 1 + max((place for place in order if place is not None), default=0)
    turns = _turns_before(before, count)
    own = _lines_of_new(room, order)
    entries: list[dict[str, Any]] = []
    now: list[int] = []
    for number, place in enumerate(order):
        lines = own[number] if place is None else [e for e, t in zip(before.lines, turns, strict=True) if t == place]
        entries += lines
        now += [number] * len(lines)
    if not entries:
        raise InputError("script", "has no line; write at least one sentence", "empty_script")
    texts = marked([entry["text"] for entry in entries], now, len(order))
    kept = [{**entry, "text": text} for entry, text in zip(entries, texts, strict=True)]
    keep_script(room, kept, ScriptVersion.Source.EDITED, before.degraded)


def _turns_before(script: ScriptVersion, count: int) -> list[int]:
    """Which product each line was said of; marks that count too far belong to the last."""
    now, turns = 0, []
    for entry in script.lines:
        mark = parse_marks(entry["text"]).product
        now = mark - 1 if mark else now
        turns.append(now)
    return [min(turn, max(count, max(turns) + 1) - 1) for turn in turns]


def _lines_of_new(room: Room, order: Sequence[int | None]) -> dict[int, list[dict[str, Any]]]:
    """Lines for the products that are new, by the phrasebook: nobody waits for a model while rows are held."""
    if None not in order:
        return {}
    script = generated(room, say_name(room), uses_model=False)
    entries = entries_of(script, 1)
    turns = [line.product for line in script.lines]
    return {
        number: [entry for entry, turn in zip(entries, turns, strict=True) if turn == number]
        for number, place in enumerate(order)
        if place is None
    }


def read_script(payload: bytes, name: str) -> list[str]:
    """The sentences of a human host's script (txt, srt). Raises `InputError` naming the file."""
    return list(read_lines(payload, name))


def save_script(room: Room, texts: Sequence[str], *, is_imported: bool = False) -> ScriptVersion:
    """The lines as edited, or imported. A line that did not change keeps its other ways. Raises `ScriptRefused`."""
    source = ScriptVersion.Source.IMPORTED if is_imported else ScriptVersion.Source.EDITED
    return _save(room, [text.strip() for text in texts if text.strip()], source)


def check_texts(room: Room, texts: Sequence[str], clock: Clock = system_clock) -> tuple[LineProblem, ...]:
    """What stops these lines; marks that are none count too. Each is held against the product it is said of."""
    language, platform = cast(Language, room.language), platform_of(room)
    names = names_of(room)
    facts = [brief_of(ware.product, language, platform).all_facts() for ware in wares_of(room)]
    problems: list[LineProblem] = []
    now, today = 0, clock.now().date()
    turns = _named_turns(texts, names)
    for number, text in enumerate(texts, 1):
        try:
            line = parse_marks(text, f"line {number}")
            turns_of([text], names, f"line {number}")
        except InputError as error:
            problems.append(LineProblem(number, "", error.reason, error.code))
            continue
        now = line.product - 1 if line.product else now if turns is None else turns[number - 1]
        may_say = facts_for(line.text, now, facts, names)
        problems += check_line(line.text, may_say, language, platform, today, number)
    return tuple(problems)


def _named_turns(texts: Sequence[str], names: Sequence[Sequence[str]]) -> list[int] | None:
    """Which product each line is said of; None where a mark is bad, which is said elsewhere."""
    try:
        return turns_of(texts, names)
    except InputError:
        return None


def suggested(text: str, language: Language) -> str:
    """The line with the cues that go with its words written in; those it has stay."""
    product = parse_marks(text).product
    mark = f"{{product:{product}}}" if product else ""
    return mark + written(as_line(0, text, language))


def written(line: ScriptLine) -> str:
    """A line as a person edits it."""
    return format_marks(line.text, line.cues, line.emotion)


def current_script(room: Room) -> ScriptVersion | None:
    return room.scripts.first()


def lines_of(script: ScriptVersion) -> tuple[tuple[ScriptLine, ...], ...]:
    """The laps of a script as the engine takes them; lap 0 is what the editor shows."""
    laps = 1 + max((len(entry["ways"]) for entry in script.lines), default=0)
    turns = _said_of(script)
    return tuple(
        tuple(_way(entry, place, lap, turns[place]) for place, entry in enumerate(script.lines)) for lap in range(laps)
    )


def _said_of(script: ScriptVersion) -> list[int]:
    """Which product each line is said of, by the room's products as they are now."""
    texts = [entry["text"] for entry in script.lines]
    names = names_of(script.room)
    if len(names) == 1:
        return [0] * len(texts)
    return _named_turns(texts, names) or _turns_before(script, len(names))


def _way(entry: dict[str, Any], place: int, lap: int, product: int) -> ScriptLine:
    ways = [entry["text"], *entry["ways"]]
    line = parse_marks(ways[lap % len(ways)])
    return ScriptLine(place, line.text, line.cues, line.emotion, product)


def _save(room: Room, texts: list[str], source: ScriptVersion.Source) -> ScriptVersion:
    if not texts:
        raise InputError("script", "has no line; write at least one sentence", "empty_script")
    if len(texts) > MOST_LINES:
        raise InputError("script", f"has {len(texts)} lines; at most {MOST_LINES}", "script_too_long")
    problems = check_texts(room, texts)
    if problems:
        raise ScriptRefused(problems)
    before = current_script(room)
    ways = {entry["text"]: entry["ways"] for entry in before.lines} if before else {}
    lines = [{"text": text, "ways": ways.get(text, [])} for text in texts]
    degraded = before.degraded if before and source == ScriptVersion.Source.EDITED else []
    return keep_script(room, lines, source, degraded)


@transaction.atomic
def keep_script(
    room: Room, lines: list[Any], source: ScriptVersion.Source, degraded: Sequence[str] = ()
) -> ScriptVersion:
    """A version more, unless the newest says the same."""
    Room.objects.select_for_update().get(pk=room.pk)
    newest = current_script(room)
    if newest and newest.lines == lines:
        return newest
    number = newest.number + 1 if newest else 1
    kept = ScriptVersion.objects.create(
        advertiser=room.advertiser, room=room, number=number, source=source, lines=lines, degraded=list(degraded)
    )
    publish(room.advertiser_id, "rooms", {"room": str(room.pk)})
    return kept
