"""What room.yaml's `script` says, for one product or several: generated, written, or a human host's, checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from avatar.contracts import ScriptLine
from avatar.persona_names import PersonaName
from avatar.scripts.adapting import adapt_script
from avatar.scripts.checking import check_line
from avatar.scripts.cue_choice import CueChoice, add_cues
from avatar.scripts.importing import MOST_LINES, read_lines
from avatar.scripts.marks import as_line
from avatar.scripts.turns import facts_for, in_turn, spoken_names, turns_of
from avatar.scripts.writing import Script, generate_script
from core.contracts import Fact, Language
from core.errors import InputError
from creative.contracts import BriefData

Bad = Callable[[str, str], None]
"""Hears of a bad field and the reason."""


@dataclass(frozen=True)
class Told:
    """The lines of a script, in one or several ways of saying them."""

    laps: tuple[tuple[ScriptLine, ...], ...]
    degraded: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScriptReader:
    """Reads one room's script; `briefs` are its products in turn, `bad` hears of every problem."""

    briefs: Sequence[BriefData]
    persona: PersonaName
    seed: int
    cues: CueChoice
    folder: Path
    today: dt.date
    bad: Bad

    @property
    def language(self) -> Language:
        return self.briefs[0].language

    def read(self, raw: Any) -> Told:
        """The script in `raw`; without lines where it is bad."""
        if raw in (None, "", "generate"):
            return self._generated()
        if isinstance(raw, Mapping):
            return self._adapted(raw)
        written = self._written(raw)
        pairs = [(text, line) for place, text in enumerate(written) if (line := self._line(place, text))]
        lines = self._in_turn([line for _, line in pairs], [text for text, _ in pairs])
        for line in lines:
            self._check(line)
        lines = list(add_cues(lines, self.cues, self.bad))
        return Told((tuple(lines),) if lines else ())

    def _generated(self) -> Told:
        scripts = [self._of_product(brief) for brief in self.briefs]
        for number, made in enumerate(scripts):
            if not made.lines:
                which = self.briefs[number].product.name if len(scripts) > 1 else "this product"
                self.bad("script", f"no line may be said of {which}; add facts, or write the lines yourself")
                return Told(())
        names = [spoken_names(brief.product.name, self.language)[-1] for brief in self.briefs]
        script = in_turn(scripts, names, self.language, self.cues.suggests)
        laps = tuple(
            add_cues(lap, self.cues, self.bad if number == 0 else None) for number, lap in enumerate(script.laps)
        )
        return Told(laps, script.degraded)

    def _of_product(self, brief: BriefData) -> Script:
        return generate_script(brief, self.persona.said, self.seed, today=self.today, suggests=self.cues.suggests)

    def _adapted(self, raw: Mapping[str, Any]) -> Told:
        """`{from: host.txt}`: a human host's script, what may not be said written anew."""
        if set(raw) != {"from"} or not isinstance(raw["from"], str):
            self.bad("script", "as a mapping it holds `from` alone: the name of a .txt or .srt file")
            return Told(())
        lines = self._imported(raw["from"])
        if not lines:
            return Told(())
        turns = self._turns(lines)
        found = []
        for number, brief in enumerate(self.briefs):
            own = [line for line, turn in zip(lines, turns, strict=True) if turn == number]
            if own or number == 0:
                found.append((number, self._adapt(own or lines, brief)))
        laps = _joined(found)
        degraded = tuple(dict.fromkeys(each for _, made in found for each in made.degraded))
        return Told(tuple(add_cues(lap, self.cues, None) for lap in laps), degraded)

    def _adapt(self, lines: Sequence[str], brief: BriefData) -> Script:
        return adapt_script(lines, brief, self.persona.said, self.seed, self.today, self.cues.suggests).script

    def _written(self, raw: Any) -> list[str]:
        if isinstance(raw, str) and Path(raw).suffix.lower() in (".txt", ".srt"):
            return self._imported(raw)
        if not isinstance(raw, list | tuple) or not raw:
            self.bad("script", "is `generate`, a list of sentences, or the name of a .txt or .srt file")
            return []
        if len(raw) > MOST_LINES:
            self.bad("script", f"holds {len(raw)} lines; at most {MOST_LINES}")
            return []
        for place, each in enumerate(raw):
            if not isinstance(each, str):
                hint = "; put a line that begins with a cue mark in quotes" if isinstance(each, Mapping) else ""
                self.bad(f"script[{place}]", f"must be a sentence, not {_kind(each)}{hint}")
        return [each if isinstance(each, str) else "" for each in raw]

    def _imported(self, name: str) -> list[str]:
        try:
            return list(read_lines((self.folder / name).read_bytes(), name))
        except OSError as error:
            shown = "".join(each if each.isprintable() else "?" for each in name)[:60]
            self.bad("script", f"{shown} cannot be read: {error.strerror or error}")
        except InputError as error:
            self.bad("script", f"{error.thing}: {error.reason}")
        return []

    def _line(self, place: int, text: str) -> ScriptLine | None:
        thing = f"script[{place}]"
        try:
            return as_line(place, " ".join(text.split()), self.language, suggests=self.cues.suggests, thing=thing)
        except InputError as error:
            self.bad(error.thing, error.reason)
            return None

    def _in_turn(self, lines: Sequence[ScriptLine], written: Sequence[str]) -> list[ScriptLine]:
        turns = self._turns(written)
        return [replace(line, product=turn) for line, turn in zip(lines, turns, strict=True)]

    def _turns(self, written: Sequence[str]) -> list[int]:
        try:
            return turns_of(written, self._names())
        except InputError as error:
            self.bad(error.thing, error.reason)
            return [0] * len(written)

    def _names(self) -> list[tuple[str, ...]]:
        return [spoken_names(brief.product.name, self.language) for brief in self.briefs]

    def _check(self, line: ScriptLine) -> None:
        brief = self.briefs[line.product]
        for problem in check_line(line.text, self._facts_for(line), brief.language, brief.platform, self.today):
            self.bad(f"script[{line.place}]", problem.sentence())

    def _facts_for(self, line: ScriptLine) -> tuple[Fact, ...]:
        return facts_for(line.text, line.product, [brief.all_facts() for brief in self.briefs], self._names())


def _joined(found: Sequence[tuple[int, Script]]) -> tuple[tuple[ScriptLine, ...], ...]:
    """Scripts of several products as they stand, one after another, in as many laps as the longest has."""
    count = max(len(script.laps) for _, script in found)
    laps = []
    for lap in range(count):
        lines = [replace(line, product=number) for number, made in found for line in made.laps[lap % len(made.laps)]]
        laps.append(tuple(replace(line, place=place) for place, line in enumerate(lines)))
    return tuple(laps)


def _kind(raw: Any) -> str:
    names = {bool: "yes/no", dict: "a mapping", list: "a list", int: "a number", float: "a number", str: "text"}
    return names.get(type(raw), "nothing" if raw is None else type(raw).__name__)
