"""What flows through a live room, as plain values. No Django in here.

One room is two processes that talk in JSON lines. The **engine** owns the media clock, the voice
on air and the picture; it knows no database, no language model and no voice engine. The **brain**
reads comments, writes answers, has sentences voiced and hands finished `Utterance`s over by their
path. The engine alone decides what sounds in which tick, so nothing else can be late or stale.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.contracts import Fact, Language, Platform

TICKS_A_SECOND = 25
SAMPLE_RATE = 48_000
SAMPLES_A_TICK = SAMPLE_RATE // TICKS_A_SECOND
"""Exactly 1920 samples sound under every picture; picture n has the time n/25 s, on air and in files."""

Viseme = Literal["sil", "PP", "FF", "TH", "DD", "KK", "CH", "SS", "NN", "RR", "AA", "E", "I", "O", "U"]
Emotion = Literal["calm", "warm", "delight"]
Gesture = Literal["point", "hold_up", "count", "wave", "welcome"]
CueKind = Literal["gesture", "overlay", "emotion"]
BargeIn = Literal["at_once", "at_clause"]
LinkPlace = Literal["card", "left", "middle", "right"]
"""Where the link's button is: on the product card, or by itself at the foot."""
Source = Literal["canned", "knowledge", "model", "operator"]
UtteranceKind = Literal["script", "answer", "bridge", "notice", "operator"]


@dataclass(frozen=True)
class Word:
    """A word or, in Chinese, a character: `start`..`end` in samples, `character` its place in the text."""

    text: str
    start: int
    end: int
    character: int


@dataclass(frozen=True)
class Clause:
    """A stretch that may be cut after and re-entered at, without sounding torn; samples, end exclusive.

    `start` is where re-entry begins, silence before the first sound left out.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class VisemeKey:
    """The mouth takes this shape from sample `start` on, until the next key."""

    viseme: Viseme
    start: int


@dataclass(frozen=True)
class Cue:
    """A mark in the text. `value` names the gesture, overlay or emotion; the stroke lands on `sample`."""

    kind: CueKind
    value: str
    character: int
    sample: int = 0


@dataclass(frozen=True)
class Utterance:
    """One voiced stretch of speech; its samples are mono int16 at 48 kHz in the .npy file at `path`.

    `text` is what is shown and logged; what the voice read may differ ("39.9 元" read out in words).
    Clauses lie one after the other and cover the whole; words ascend. `degraded` as on every record.
    """

    id: str
    kind: UtteranceKind
    text: str
    language: Language
    samples: int
    clauses: tuple[Clause, ...]
    words: tuple[Word, ...]
    visemes: tuple[VisemeKey, ...]
    cues: tuple[Cue, ...] = ()
    emotion: Emotion = "warm"
    path: Path | None = None
    degraded: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comment:
    """One viewer's comment: `number` counts from 1 (the line of a replay), `at` in media seconds."""

    number: int
    viewer: str
    text: str
    at: float


@dataclass(frozen=True)
class Answer:
    """A voiced answer to one or several comments, ready to go on air. `text` is the whole of it.

    `urgent` takes the floor by a hard cut whatever the room's `barge_in` says (operator, violation).
    `asked_by` is what a caption may show of the askers ("@Lin", "3 viewers"), "" where no name may be shown.
    An answer that names a comment of one still waiting replaces it: more viewers asked, or a price changed.
    `product` is the one it speaks of, from 0, None for none in particular. While it `is_open` more utterances follow
    (`More`); `expected` is how many samples it is reckoned to have in the end.
    `to_guest` answers a viewer who is on air by voice: it is said only while they are and do not speak again.
    """

    comments: tuple[int, ...]
    utterances: tuple[Utterance, ...]
    text: str
    source: Source
    urgent: bool = False
    priority: int = 0
    asked_by: str = ""
    product: int | None = None
    is_open: bool = False
    expected: int = 0
    to_guest: bool = False


@dataclass(frozen=True)
class More:
    """The next stretch of an open answer to `comments`, None for none; after the last one it is closed."""

    comments: tuple[int, ...]
    utterance: Utterance | None = None
    is_last: bool = True


@dataclass(frozen=True)
class Dropped:
    """A comment that is not answered, and why, in a word for the log ("repeated", "abuse", "small talk" …).

    For a comment whose answer still waits, it takes that answer back.
    """

    comment: int
    reason: str


@dataclass(frozen=True)
class ProductCard:
    """What the product card shows; `price` as written ("¥39.9"), `picture` a file or None."""

    name: str
    price: str = ""
    list_price: str = ""
    coupon: str = ""
    picture: Path | None = None


@dataclass(frozen=True)
class ScriptLine:
    """One sentence of the script with its cue marks taken out of the text; `place` counts from 0.

    `product` is which of the room's products is on while it is said, from 0.
    """

    place: int
    text: str
    cues: tuple[Cue, ...] = ()
    emotion: Emotion = "warm"
    product: int = 0


@dataclass(frozen=True)
class RoomProduct:
    """One of the products a room goes through: its whole name, its card, and all that may be said of it."""

    name: str
    card: ProductCard
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class RoomConfig:
    """A room as read from room.yaml or from the database, checked. Sizes in pixels.

    `facts` are all that may be said of the product (`BriefData.all_facts`): answers are held against them.
    `head` is the folder of a prepared head: a filmed host, for whom `persona` or `host` stands in where it must.
    `host` holds the choices of a host of the advertiser's own, (group, choice) with name and language; it takes the
    place of `persona` where it is not empty.
    `products` are all of a room that goes through several, the first with them; `card` and `facts` are the first's.
    `background` names a ready-made room, "" the host's own, or is the absolute path of a picture.
    `label` is the second line of the AI label where it is the advertiser's own wording (`label_words`).
    `laps` are ways of saying the same script, `lines` the first of them: a day of laps does not sound like
    one recording.
    """

    advertiser: str
    language: Language
    persona: str
    voice: str
    background: str
    lines: tuple[ScriptLine, ...]
    card: ProductCard
    barge_in: BargeIn = "at_clause"
    label: str = "AI 数字人"
    seed: int = 1
    width: int = 720
    height: int = 1280
    ticker: str = ""
    laps: tuple[tuple[ScriptLine, ...], ...] = ()
    facts: tuple[Fact, ...] = ()
    platform: Platform = "kuaishou"
    degraded: tuple[str, ...] = ()
    host: tuple[tuple[str, str], ...] = ()
    head: str = ""
    products: tuple[RoomProduct, ...] = ()
    link_place: LinkPlace = "card"

    @property
    def wares(self) -> tuple[RoomProduct, ...]:
        """Every product of the room in turn, at least one."""
        return self.products or (RoomProduct(self.card.name, self.card, self.facts),)

    def product_at(self, sentence: int) -> int:
        """Which of `wares` is on while this sentence is said; the same in every lap."""
        return min(self.lines[sentence % len(self.lines)].product, len(self.wares) - 1)

    def line(self, sentence: int) -> ScriptLine:
        """The `sentence`-th line said since the room went on air, counted over all laps."""
        laps = self.laps or (self.lines,)
        lap, place = divmod(sentence, len(self.lines))
        return laps[lap % len(laps)][place]
