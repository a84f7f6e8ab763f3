"""What the agents said becomes one to three message parts, each short enough to be read at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agentbot.contracts import Author
from agentbot.language import join, sentences, shorten, width

PART_WIDTH = 60.0
MOST_PARTS = 3
MOST_HOLDING_PARTS = 2


@dataclass(frozen=True)
class Line:
    """A sentence or two to say. Lines of `drop` > 0 give way when there is no room, the highest first."""

    text: str
    author: Author
    drop: int = 0
    asks_contact: bool = False
    stands_alone: bool = False


@dataclass(frozen=True)
class Bubble:
    text: str
    author: Author
    asks_contact: bool = False


def to_bubbles(lines: Sequence[Line], most: int = MOST_PARTS) -> tuple[Bubble, ...]:
    """`lines` in order as at most `most` bubbles (1 to 3) of at most 60 characters."""
    kept = [line for line in lines if line.text.strip()]
    while True:
        bubbles = _packed(kept)
        if len(bubbles) <= most:
            return bubbles
        weakest = max(kept, key=lambda line: line.drop)
        if weakest.drop == 0:
            return _squeezed(kept, most)
        kept.remove(weakest)


def _packed(lines: Sequence[Line]) -> tuple[Bubble, ...]:
    """Neighbours of one author share a bubble while they fit; an ask has its own."""
    bubbles: list[Bubble] = []
    for line in lines:
        for piece in _pieces(line.text):
            if bubbles and _fits(bubbles[-1], line, piece):
                bubbles[-1] = Bubble(join([bubbles[-1].text, piece]), line.author, line.asks_contact)
            else:
                bubbles.append(Bubble(piece, line.author, line.asks_contact))
    return tuple(bubbles)


def _fits(last: Bubble, line: Line, piece: str) -> bool:
    is_same = last.author == line.author and last.asks_contact == line.asks_contact and not line.stands_alone
    return is_same and width(last.text) + width(piece) <= PART_WIDTH


def _pieces(text: str) -> list[str]:
    """Whole if it fits, else sentences, else clauses."""
    if width(text) <= PART_WIDTH:
        return [text]
    return [shorten(piece, PART_WIDTH) for piece in sentences(text)]


def _squeezed(lines: Sequence[Line], most: int) -> tuple[Bubble, ...]:
    """Only musts are left and they do not fit: each is cut to its share of the room, asks left whole."""
    asks = [line for line in lines if line.asks_contact]
    others = [line for line in lines if not line.asks_contact]
    room = PART_WIDTH * (most - len(asks[:1])) / max(1, len(others)) - 2
    cut = [
        Line(shorten(line.text, max(room, 20.0)), line.author, 0, line.asks_contact) if line in others else line
        for line in lines
    ]
    bubbles = _packed(cut)
    if len(bubbles) <= most:
        return bubbles
    ask = next((bubble for bubble in bubbles if bubble.asks_contact), None)
    plain = [bubble for bubble in bubbles if not bubble.asks_contact]
    return (*plain[: most - 1], ask) if ask else tuple(plain[:most])
