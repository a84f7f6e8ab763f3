"""What the network draws next: the most urgent pictures of all rooms, then what will be said later. Values only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from avatar.heads.ring import AHEAD_TICKS
from avatar.heads.sentences import Sentence


@dataclass
class Play:
    """A stretch of an utterance on air: picture `frame` is shown in `tick`, and so on for `count` ticks.

    `next_tick` is the first that was not handed over yet.
    """

    epoch: int
    tick: int
    frame: int
    count: int
    sentence: Sentence
    next_tick: int = 0

    def __post_init__(self) -> None:
        self.next_tick = self.tick

    @property
    def end(self) -> int:
        return self.tick + self.count

    def index(self, tick: int) -> int:
        """The picture of the utterance that `tick` shows."""
        return self.frame + tick - self.tick


@dataclass(frozen=True)
class Piece:
    """One picture to draw; `left` ticks until it is due."""

    sentence: Sentence
    index: int
    left: int = 0


def open_ticks(play: Play, position: int) -> range:
    """The ticks of a play that are not over and within the second that is drawn ahead."""
    return range(max(play.next_tick, position), min(play.end, position + AHEAD_TICKS))


def urgent_pieces(plays: Iterable[Play], position: int) -> Iterator[Piece]:
    """What of a room's plays has to be drawn, in order of time."""
    for play in plays:
        for tick in open_ticks(play, position):
            index = play.index(tick)
            if not play.sentence.is_done(index):
                yield Piece(play.sentence, index, tick - position)


def choose(urgent: Sequence[Piece], later: Iterable[Sentence], size: int) -> list[Piece]:
    """At most `size` pieces, the earliest first whichever room they are of; nothing twice.

    A pass costs the same with fewer, so what is left over goes to sentences that will be said.
    """
    chosen: dict[tuple[str, int], Piece] = {}
    for piece in sorted(urgent, key=lambda each: each.left):
        if len(chosen) == size:
            break
        chosen.setdefault((piece.sentence.key, piece.index), piece)
    for sentence in later:
        if len(chosen) >= size:
            break
        for index in sentence.undrawn():
            if len(chosen) < size:
                chosen.setdefault((sentence.key, index), Piece(sentence, index, AHEAD_TICKS))
    return list(chosen.values())
