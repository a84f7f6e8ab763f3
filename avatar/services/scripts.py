"""A room's script: written, imported, edited; never saved while a line may not be said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.db import transaction

from avatar.contracts import ScriptLine
from avatar.models import Room, ScriptVersion
from avatar.scripts.checking import LineProblem, check_lines
from avatar.scripts.importing import read_lines
from avatar.scripts.marks import as_line, format_marks, parse_marks
from avatar.scripts.writing import generate_script
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


def write_script(room: Room, persona: str) -> ScriptVersion:
    """A script from the product's facts, in several ways of saying it; the newest version from now on."""
    brief = brief_of(room.product, cast(Language, room.language), platform_of(room))
    script = generate_script(brief, persona, room.seed)
    if not script.lines:
        raise InputError("product", "nothing may be said of it yet; add a fact or a price", "no_script")
    lines = [
        {"text": written(line), "ways": [written(lap[place]) for lap in script.laps[1:]]}
        for place, line in enumerate(script.lines)
    ]
    return _keep(room, lines, ScriptVersion.Source.GENERATED, list(script.degraded))


def read_script(payload: bytes, name: str) -> list[str]:
    """The sentences of a human host's script (txt, srt). Raises `InputError` naming the file."""
    return list(read_lines(payload, name))


def save_script(room: Room, texts: Sequence[str], *, is_imported: bool = False) -> ScriptVersion:
    """The lines as edited, or imported. A line that did not change keeps its other ways. Raises `ScriptRefused`."""
    source = ScriptVersion.Source.IMPORTED if is_imported else ScriptVersion.Source.EDITED
    return _save(room, [text.strip() for text in texts if text.strip()], source)


def check_texts(room: Room, texts: Sequence[str], clock: Clock = system_clock) -> tuple[LineProblem, ...]:
    """What stops these lines; marks that are none count too."""
    problems: list[LineProblem] = []
    bare: list[str] = []
    for number, text in enumerate(texts, 1):
        try:
            bare.append(parse_marks(text, f"line {number}").text)
        except InputError as error:
            problems.append(LineProblem(number, "", error.reason, error.code))
            bare.append("")
    language, platform = cast(Language, room.language), platform_of(room)
    facts = brief_of(room.product, language, platform).all_facts()
    known = {problem.line for problem in problems}
    found = check_lines(bare, facts, language, platform, clock.now().date())
    return tuple(sorted((*problems, *(each for each in found if each.line not in known)), key=lambda each: each.line))


def suggested(text: str, language: Language) -> str:
    """The line with the cues that go with its words written in; those it has stay."""
    return written(as_line(0, text, language))


def written(line: ScriptLine) -> str:
    """A line as a person edits it."""
    return format_marks(line.text, line.cues, line.emotion)


def current_script(room: Room) -> ScriptVersion | None:
    return room.scripts.first()


def lines_of(script: ScriptVersion) -> tuple[tuple[ScriptLine, ...], ...]:
    """The laps of a script as the engine takes them; lap 0 is what the editor shows."""
    laps = 1 + max((len(entry["ways"]) for entry in script.lines), default=0)
    return tuple(tuple(_way(entry, place, lap) for place, entry in enumerate(script.lines)) for lap in range(laps))


def _way(entry: dict[str, Any], place: int, lap: int) -> ScriptLine:
    ways = [entry["text"], *entry["ways"]]
    marked = parse_marks(ways[lap % len(ways)])
    return ScriptLine(place, marked.text, marked.cues, marked.emotion)


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
    return _keep(room, lines, source, degraded)


@transaction.atomic
def _keep(room: Room, lines: list[Any], source: ScriptVersion.Source, degraded: list[str]) -> ScriptVersion:
    Room.objects.select_for_update().get(pk=room.pk)
    newest = current_script(room)
    if newest and newest.lines == lines:
        return newest
    number = newest.number + 1 if newest else 1
    kept = ScriptVersion.objects.create(
        advertiser=room.advertiser, room=room, number=number, source=source, lines=lines, degraded=degraded
    )
    publish(room.advertiser_id, "rooms", {"room": str(room.pk)})
    return kept
