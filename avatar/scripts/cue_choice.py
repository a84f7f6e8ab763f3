"""What room.yaml's `cues` says: suggest them by the words, leave it at the marks in the text, or set them by word.

cues: suggest          (also `true`) what the words call for, beside the marks in the text; the default
cues: written          only the marks in the text
cues: none             (also `false`) no gestures, overlays or moods at all
cues: [point, overlay:price]      suggest only these
cues: {链接: point, 价格: overlay:price}      at every one of these words, beside the marks
cues: [{sentence: 3, word: 链接, cue: point}]      exactly here, beside the marks
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from avatar.contracts import Cue, ScriptLine
from avatar.scripts.marks import KNOWN_MARKS, parse_marks
from core.errors import InputError

_SUGGEST = frozenset(("", "true", "yes", "on", "suggest", "suggested", "auto", "generate"))
_WRITTEN = frozenset(("written", "text", "marks"))
_NONE = frozenset(("false", "no", "off", "none"))


@dataclass(frozen=True)
class WordCue:
    """A cue at a word; `sentence` is its place in the script, None for every sentence that holds the word."""

    word: str
    cue: Cue
    sentence: int | None = None


@dataclass(frozen=True)
class CueChoice:
    """`suggests`: what the words call for is added. `only`: suggested marks that are kept, empty for all of them."""

    suggests: bool = True
    keeps: bool = True
    only: tuple[str, ...] = ()
    words: tuple[WordCue, ...] = ()


def read_cue_choice(raw: Any) -> CueChoice:
    """The choice in a room's `cues`; InputError says which part of it is none."""
    if raw is None or isinstance(raw, str | bool):
        return _named(str(raw if raw is not None else "").strip().lower())
    if isinstance(raw, Mapping):
        words = tuple(WordCue(str(word), _cue(mark, f"cues.{word}")) for word, mark in raw.items())
        return CueChoice(suggests=False, words=words)
    if isinstance(raw, list | tuple) and all(isinstance(each, str) for each in raw):
        marks = tuple(_mark_name(_cue(each, f"cues[{place}]")) for place, each in enumerate(raw))
        return CueChoice(suggests=bool(marks), only=marks)
    if isinstance(raw, list | tuple):
        return CueChoice(suggests=False, words=tuple(_placed(each, f"cues[{place}]") for place, each in enumerate(raw)))
    raise InputError("cues", "is suggest, written, none, a list of marks, or words with their marks")


def _named(name: str) -> CueChoice:
    if name in _SUGGEST:
        return CueChoice()
    if name in _WRITTEN:
        return CueChoice(suggests=False)
    if name in _NONE:
        return CueChoice(suggests=False, keeps=False)
    raise InputError("cues", f"{name!r} is not one of suggest, written, none, nor a list of marks")


def _cue(mark: Any, field: str) -> Cue:
    written = str(mark).strip().strip("{}")
    marked = parse_marks(f"。{{{written}}}", field)
    if not marked.cues:
        raise InputError(field, f"is no cue mark; known are {KNOWN_MARKS}")
    return marked.cues[0]


def _mark_name(cue: Cue) -> str:
    return cue.value.partition(":")[0] if cue.kind == "gesture" else f"{cue.kind}:{cue.value}"


def _placed(raw: Any, field: str) -> WordCue:
    if not isinstance(raw, Mapping) or not {"word", "cue"} <= set(raw) <= {"sentence", "word", "cue"}:
        raise InputError(field, "is a mapping of sentence (from 0), word and cue")
    sentence = str(raw.get("sentence", "")).strip()
    if sentence and not sentence.isdecimal():
        raise InputError(f"{field}.sentence", f"{sentence!r} is not the place of a sentence, counted from 0")
    return WordCue(str(raw["word"]), _cue(raw["cue"], f"{field}.cue"), int(sentence) if sentence else None)


def add_cues(
    lines: Sequence[ScriptLine], choice: CueChoice, tell: Callable[[str, str], None] | None
) -> tuple[ScriptLine, ...]:
    """The lines with the cues of this choice; `tell(field, reason)` hears of a word that no line holds."""
    if not choice.keeps:
        return tuple(replace(line, cues=(), emotion="warm") for line in lines)
    made = [replace(line, cues=_kept(line, choice)) for line in lines]
    for number, each in enumerate(choice.words):
        places = [place for place, line in enumerate(made) if each.word in line.text and each.sentence in (None, place)]
        if not places and tell is not None:
            where = "no sentence" if each.sentence is None else f"sentence {each.sentence} does not exist or"
            tell(f"cues[{number}]", f"{where} holds the word {each.word!r}")
        for place in places:
            cue = replace(each.cue, character=made[place].text.index(each.word))
            cues = sorted((*made[place].cues, cue), key=lambda cue: cue.character)
            made[place] = replace(made[place], cues=tuple(cues))
    return tuple(made)


def _kept(line: ScriptLine, choice: CueChoice) -> tuple[Cue, ...]:
    return tuple(cue for cue in line.cues if not choice.only or _mark_name(cue) in choice.only)
