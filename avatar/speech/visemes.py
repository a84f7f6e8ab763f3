"""Mouth shapes from sounds: espeak-ng's mnemonics, Mandarin and English, to 15 classes. Pure.

Mandarin: b p m close the lips, f is lip to teeth, d t n l at the teeth ridge, g k h behind, j q x
zh ch sh r rounded and narrow, z c s narrow; glides and diphthongs are two shapes (ai: wide open, then
narrow), a nasal end is its own short shape. English after the usual 15-viseme chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from avatar.contracts import SAMPLE_RATE, Viseme, VisemeKey

SHORTEST_KEY = SAMPLE_RATE * 40 // 1000
"""A shape stands at least one picture (40 ms), in samples: shorter ones tremble instead of speaking."""
_LONGEST_MARK = SAMPLE_RATE * 90 // 1000
CLOSURES = frozenset({"PP", "FF"})
"""Shapes a viewer misses when they are left out; they are never dropped."""

OPENNESS: MappingProxyType[Viseme, float] = MappingProxyType(
    {
        "sil": 0.0,
        "PP": 0.0,
        "FF": 0.12,
        "TH": 0.2,
        "DD": 0.22,
        "KK": 0.25,
        "CH": 0.22,
        "SS": 0.12,
        "NN": 0.2,
        "RR": 0.25,
        "AA": 0.95,
        "E": 0.6,
        "I": 0.35,
        "O": 0.7,
        "U": 0.4,
    }
)
"""How far the jaw opens in each shape, 0..1."""

Shapes = tuple[tuple[Viseme, float], ...]


def _same(viseme: Viseme, names: str) -> dict[str, Shapes]:
    return dict.fromkeys(names.split(), ((viseme, 1.0),))


def _moving(*rows: tuple[str, Viseme, Viseme, float]) -> dict[str, Shapes]:
    return {
        name: ((first, share), (second, 1.0 - share)) for names, first, second, share in rows for name in names.split()
    }


_SHAPES: dict[str, Shapes] = {
    **_same("PP", "p ph b m"),
    **_same("FF", "f v"),
    **_same("TH", "T D"),
    **_same("DD", "t th d t# t2 d# *"),
    **_same("KK", "k kh g x h h2 ? w#"),
    **_same("CH", "tS dZ S Z tS; tS;h S; s. ts. ts.h"),
    **_same("SS", "s z ts tsh z# z/2"),
    **_same("NN", "n N l l/ l/2 L n- N-"),
    **_same("RR", "r r/ r- z. @r 3 3: R R2"),
    **_same("AA", "a A A: aa a# V 0 O2 A#"),
    **_same("E", "@ @2 @5 E E2 e e: @- I# a#2"),
    **_same("I", "i i: I I2 I2# i[ i. j ; yi"),
    **_same("O", "o o- O O: o:"),
    **_same("U", "u u: U w u2"),
    **_moving(
        ("ai aI", "AA", "I", 0.6),
        ("Au aU", "AA", "O", 0.6),
        ("ei eI", "E", "I", 0.6),
        ("ou oU", "O", "U", 0.6),
        ("OI", "O", "I", 0.6),
        ("iA", "I", "AA", 0.35),
        ("iE y& yE", "I", "E", 0.4),
        ("io iou", "I", "O", 0.35),
        ("uA ua", "U", "AA", 0.35),
        ("u@", "U", "E", 0.35),
        ("uo", "U", "O", 0.4),
        ("y yu", "U", "I", 0.6),
        ("y@", "U", "E", 0.4),
        ("e@ i@3 i@", "E", "RR", 0.6),
        ("o@ O@", "O", "RR", 0.6),
        ("A@", "AA", "RR", 0.6),
        ("U@", "U", "RR", 0.5),
        ("@L", "E", "NN", 0.5),
        ("ong", "O", "NN", 0.8),
    ),
    "iAu": (("I", 0.25), ("AA", 0.45), ("O", 0.3)),
    "uai": (("U", 0.25), ("AA", 0.45), ("I", 0.3)),
    "uei": (("U", 0.35), ("E", 0.35), ("I", 0.3)),
    "aI@": (("AA", 0.5), ("I", 0.2), ("E", 0.3)),
    "aI3": (("AA", 0.5), ("I", 0.2), ("RR", 0.3)),
    "aU@": (("AA", 0.5), ("O", 0.2), ("RR", 0.3)),
}
_FIRST_LETTERS: dict[str, Viseme] = {
    **dict.fromkeys("pbm", "PP"),
    **dict.fromkeys("fv", "FF"),
    **dict.fromkeys("TD", "TH"),
    **dict.fromkeys("td", "DD"),
    **dict.fromkeys("kgxhqcC", "KK"),
    **dict.fromkeys("SZ", "CH"),
    **dict.fromkeys("sz", "SS"),
    **dict.fromkeys("nNlL", "NN"),
    **dict.fromkeys("rR3", "RR"),
    **dict.fromkeys("aAV0", "AA"),
    **dict.fromkeys("eE@&", "E"),
    **dict.fromkeys("iIjy", "I"),
    **dict.fromkeys("oO", "O"),
    **dict.fromkeys("uUwW", "U"),
}
_TONES_AND_STRESS = "12345"


@dataclass(frozen=True)
class Sound:
    """One phoneme by espeak-ng's mnemonic, in samples; "_…" is a pause."""

    name: str
    start: int
    end: int


def shapes_of(name: str) -> Shapes:
    """The shapes of a phoneme in order, with their shares of its time; silence for pauses, () for marks."""
    bare = name.lstrip("',%=")
    if name.startswith("_"):
        return (("sil", 1.0),)
    if not bare or bare.startswith("("):
        return ()
    if bare in _SHAPES:
        return _SHAPES[bare]
    toneless = bare.rstrip(_TONES_AND_STRESS)
    if toneless in _SHAPES:
        return _SHAPES[toneless]
    letter = _FIRST_LETTERS.get(bare[0])
    return ((letter, 1.0),) if letter else ()


def viseme_keys(sounds: Sequence[Sound], total: int) -> tuple[VisemeKey, ...]:
    """Keys from 0 on for an utterance of `total` samples: at rest before the first sound and after the last.

    No two neighbours are alike, none is shorter than 40 ms, every closure of the lips stands.
    """
    spans: list[tuple[Viseme, int, int]] = []
    for sound in sounds:
        at = sound.start
        for viseme, share in shapes_of(sound.name):
            until = min(at + round((sound.end - sound.start) * share), sound.end)
            spans.append((viseme, at, until))
            at = until
    filled = _with_rests([span for span in spans if span[2] > span[1]], total)
    return tuple(VisemeKey(viseme, start) for viseme, start, _ in _long_enough(_joined(filled)))


Span = tuple[Viseme, int, int]


def _with_rests(spans: list[Span], total: int) -> list[Span]:
    """Gaps between sounds become rests, so that the spans tile 0..total."""
    made: list[Span] = []
    at = 0
    for viseme, start, end in spans:
        if start > at:
            made.append(("sil", at, start))
        made.append((viseme, max(start, at), max(end, at)))
        at = max(end, at)
    if at < total:
        made.append(("sil", at, total))
    return [span for span in made if span[2] > span[1]]


def _joined(spans: Iterable[Span]) -> list[Span]:
    made: list[Span] = []
    for viseme, start, end in spans:
        if made and made[-1][0] == viseme:
            made[-1] = (viseme, made[-1][1], end)
        else:
            made.append((viseme, start, end))
    return made


def _long_enough(spans: list[Span]) -> list[Span]:
    """Short closures take time from a longer neighbour, other short shapes give theirs up."""
    spans = _stretched_closures(spans)
    while (short := _shortest(spans)) is not None:
        _, start, end = spans[short]
        before = spans[short - 1] if short else None
        if before is not None and (before[0] not in CLOSURES or short + 1 == len(spans)):
            spans[short - 1 : short + 1] = [(before[0], before[1], end)]
        elif short + 1 < len(spans):
            after = spans[short + 1]
            spans[short : short + 2] = [(after[0], start, after[2])]
        else:
            break
        spans = _joined(spans)
    return spans


def _shortest(spans: Sequence[Span]) -> int | None:
    """The shortest shape under 40 ms that is no closure; None where all are long enough."""
    short = [
        (end - start, place)
        for place, (viseme, start, end) in enumerate(spans)
        if end - start < SHORTEST_KEY and viseme not in CLOSURES
    ]
    return min(short)[1] if len(spans) > 1 and short else None


def _stretched_closures(spans: list[Span]) -> list[Span]:
    """Every closure at least 40 ms long: it begins earlier where the shape before can spare it, else ends later."""
    made = list(spans)
    for place, (viseme, start, end) in enumerate(spans):
        start, end = made[place][1], made[place][2]
        lack = SHORTEST_KEY - (end - start)
        if viseme not in CLOSURES or lack <= 0:
            continue
        if place and (spare := made[place - 1][2] - made[place - 1][1]) > 0:
            taken = min(lack, spare if made[place - 1][0] not in CLOSURES else 0)
            made[place - 1] = (made[place - 1][0], made[place - 1][1], start - taken)
            start, lack = start - taken, lack - taken
        if lack and place + 1 < len(made):
            after = made[place + 1]
            made[place + 1] = (after[0], min(after[1] + lack, after[2]), after[2])
            end = made[place + 1][1]
        made[place] = (viseme, start, end)
    return _joined(span for span in made if span[2] > span[1])


def openness_at(keys: Sequence[VisemeKey], samples: Iterable[int]) -> list[float]:
    """How far the mouth is open at each of `samples` (ascending), by the key that holds there."""
    edges = [*((key.start, key.viseme) for key in keys), (1 << 62, "sil")]
    found: list[float] = []
    place = 0
    for sample in samples:
        while edges[place + 1][0] <= sample:
            place += 1
        found.append(OPENNESS[edges[place][1]] if sample >= edges[0][0] else 0.0)
    return found


def sounds_between(names_and_starts: Sequence[tuple[str, int]], end: int) -> tuple[Sound, ...]:
    """Phoneme events as sounds: each lasts until the next, the last until `end`; those without length are left out.

    A mark at a word's end (`_|`) is no pause: a stop or an affricate forms in that moment, and its
    shape begins there.
    """
    edges = [*names_and_starts, ("_", end)]
    sounds: list[Sound] = []
    held: int | None = None
    for (name, start), (_, until) in pairwise(edges):
        if name == "_|" and until - start < _LONGEST_MARK:
            held = start if held is None else held
            continue
        begin = start if held is None or name.startswith("_") else held
        if until > begin:
            sounds.append(Sound(name, begin, until))
        held = None
    return tuple(sounds)
