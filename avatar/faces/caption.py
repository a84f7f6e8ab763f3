"""The caption: words said are white, the word being said is yellow, words to come are dimmer.

A sentence is drawn once in each of the three colours; as it is spoken, stretches are copied from one to the other.
"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import ImageFont

from avatar.faces.caption_lines import lines_of, pages_of
from avatar.faces.contracts import Rect
from avatar.faces.layout import Layout
from avatar.faces.planes import Sprite, sprite_of, straight
from generation.lettering import Run, TextStyle, draw_lines, font

SPOKEN, NOW, TO_COME = (255, 255, 255), (255, 215, 106), (199, 201, 203)
EDGE = (16, 18, 20)
TOP, FOOT, SIDE = 1006.0, 1100.0, 44.0
SIZE = 33


@dataclass(frozen=True)
class Place:
    """Where a word (or its part on one line) stands in the caption's picture, in pixels."""

    word: int
    left: int
    right: int
    top: int
    bottom: int


class Caption:
    """The picture of one sentence and how far it is spoken; a long sentence is shown page by page."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._words: tuple[str, ...] = ()
        self._now = -1
        self._pages: list[list[int]] = []
        self._page: list[int] = []
        self._colours: tuple[Sprite, ...] = ()
        self._shown: Sprite | None = None
        self._places: list[Place] = []

    def sprites(self) -> list[Sprite]:
        """What is to be laid over the picture."""
        return [self._shown] if self._shown is not None else []

    def change_to(self, words: tuple[str, ...], now: int) -> list[Rect]:
        """Take over words and the place in them; the rectangles whose picture changes."""
        if words != self._words:
            self._words = words
            self._pages = pages_of(words, self._room, self._face.getlength) if "".join(words).strip() else []
            return self._write(now)
        if now == self._now or self._shown is None:
            return []
        if self._page_of(now) != self._page:
            return self._write(now)
        low, high = min(now, self._now), max(now, self._now)
        self._now = now
        return [self._colour(place) for place in self._places if low <= place.word <= high]

    @property
    def _room(self) -> float:
        return (720 - 2 * SIDE) * self._layout.scale

    @property
    def _face(self) -> ImageFont.FreeTypeFont:
        return font(max(6, round(SIZE * self._layout.scale)))

    def _page_of(self, now: int) -> list[int]:
        return next((page for page in self._pages if page[-1] >= now), self._pages[-1] if self._pages else [])

    def _write(self, now: int) -> list[Rect]:
        before = [self._shown.box] if self._shown is not None else []
        self._now, self._page = now, self._page_of(now)
        if not self._page:
            self._shown, self._places = None, []
            return before
        shown = [self._words[index] for index in self._page]
        lines = ["".join(line).strip() for line in lines_of(shown, self._room, self._face.getlength)]
        size = self._size(lines)
        self._colours = tuple(self._drawn(lines, size, colour) for colour in (SPOKEN, NOW, TO_COME))
        first = self._colours[0]
        self._shown = first.copy()
        self._places = self._find(lines, size)
        for place in self._places:
            self._colour(place)
        return [*before, self._shown.box]

    def _size(self, lines: list[str]) -> int:
        """The type's size, smaller only where a single word is wider than the frame."""
        widest = max(self._face.getlength(line) for line in lines)
        return max(6, round(SIZE * self._layout.scale * min(1.0, self._room / max(widest, 1))))

    def _drawn(self, lines: list[str], size: int, colour: tuple[int, int, int]) -> Sprite:
        style = TextStyle(size, outline=0.11, outline_colour=EDGE, leading=1.36)
        drawn = draw_lines([[Run(line, colour)] for line in lines], style)
        height, width = drawn.image.shape[:2]
        x, _ = self._layout.place(360.0, 0.0)
        _, middle = self._layout.place(0.0, (TOP + FOOT) / 2)
        return sprite_of(straight(drawn.image), round(x - width / 2) // 2 * 2, round(middle - height / 2) // 2 * 2)

    def _find(self, lines: list[str], size: int) -> list[Place]:
        """The stretch of every word, cut where a line ends."""
        face, step = font(size, "bold"), round(size * 1.36)
        height, width = self._colours[0].height, self._colours[0].width
        owner = [index for index in self._page for c in self._words[index] if not c.isspace()]
        places: list[Place] = []
        seen = 0
        for row, line in enumerate(lines):
            left = (width - face.getlength(line)) / 2
            top = (height - step * len(lines)) // 2 + step * row
            bottom = top + step if row + 1 < len(lines) else height
            top = top if row else 0
            for index, character in enumerate(line):
                if character.isspace():
                    continue
                word = owner[min(seen, len(owner) - 1)]
                seen += 1
                start, end = left + face.getlength(line[:index]), left + face.getlength(line[: index + 1])
                last = places[-1] if places else None
                if last is not None and last.word == word and last.top == top:
                    places[-1] = Place(word, last.left, round(end), top, bottom)
                else:
                    places.append(Place(word, round(start), round(end), top, bottom))
        return _widened(places, width)

    def _colour(self, place: Place) -> Rect:
        """Copy one word from the picture of its colour; its box in the frame."""
        shown = self._shown
        if shown is None:
            return Rect(0, 0, 0, 0)
        source = self._colours[0 if place.word < self._now else 1 if place.word == self._now else 2]
        rect = Rect(place.left, place.top, place.right - place.left, place.bottom - place.top)
        shown.put(source.part(rect).at(rect.x, rect.y))
        return Rect(shown.x + rect.x, shown.y + rect.y, rect.width, rect.height)


def _widened(places: list[Place], width: int) -> list[Place]:
    """Words share the gaps between them, so that outlines and spaces belong to somebody."""
    wide: list[Place] = []
    for index, place in enumerate(places):
        before = places[index - 1] if index and places[index - 1].top == place.top else None
        after = places[index + 1] if index + 1 < len(places) and places[index + 1].top == place.top else None
        left = (before.right + place.left) // 2 if before else 0
        right = (place.right + after.left) // 2 if after else width
        wide.append(Place(place.word, left, right, place.top, place.bottom))
    return wide
