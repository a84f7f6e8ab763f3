"""Kinetic type: the line's phrases one after another, each a poster whose words fly in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.phrases import is_cjk, pieces, reading_weight
from generation.contracts import TextBox
from generation.drawing import colours, easing
from generation.drawing.fitting import fit_lines
from generation.drawing.fonts import font
from generation.drawing.lettering import TextStyle, draw_text, glyph_height
from generation.engines.cards import shapes
from generation.engines.cards.backdrop import Backdrop, backdrop
from generation.engines.cards.palette import Palette, palettes
from generation.engines.cards.scene import Order, Room, Scene, content_room
from generation.engines.cards.stage import Sprite, place, sprite_of
from generation.engines.feeds import Frame

WIPE_FRAMES = 9
FLY_FRAMES = 10
LEAVE_FRAMES = 4
LEAST_BEAT = 18
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True)
class Glyphs:
    """A word (or Han character) of the poster, its place, and when it flies in."""

    sprite: Sprite
    x: float
    y: float
    order: int
    size: int


@dataclass(frozen=True)
class Beat:
    """One phrase: its frames, ground, words and the bar under its last line."""

    start: int
    end: int
    palette: Palette
    ground: Backdrop
    words: tuple[Glyphs, ...]
    bar: Sprite
    bar_place: tuple[float, float]
    box: TextBox


def kinetic_scene(order: Order) -> Scene:
    """Phrases share the card's frames by how long they take to read."""
    texts = [text for text in order.clip.texts if text.strip()] or [order.brand.name]
    spans = share_frames(texts, order.frames)
    schemes = palettes(order.brand)
    beats = [
        _beat(order, text, span, schemes[(order.clip.seed + index) % 3], order.clip.seed + index)
        for index, (text, span) in enumerate(zip(texts, spans, strict=True))
    ]

    def frame_at(at: int) -> Frame:
        index = next((i for i, beat in enumerate(beats) if at < beat.end), len(beats) - 1)
        return _draw(order, beats, index, at)

    boxes = [box for beat in beats for box in _boxes(beat, beat is beats[-1])]
    return Scene(order.frames, frame_at, tuple(boxes))


def share_frames(texts: Sequence[str], frames: int) -> list[tuple[int, int]]:
    """(start, end) of each phrase: in proportion to its reading weight, none too short to read where room allows."""
    least = min(LEAST_BEAT, frames // len(texts))
    spare = frames - least * len(texts)
    weights = [reading_weight(text) + 0.5 for text in texts]
    ends, done = [], 0.0
    for index, weight in enumerate(weights):
        done += weight
        ends.append(least * (index + 1) + round(spare * done / sum(weights)))
    return list(zip([0, *ends[:-1]], ends, strict=True))


def _beat(order: Order, text: str, span: tuple[int, int], palette: Palette, seed: int) -> Beat:
    room = content_room(order)
    lines = poster_lines(text, room, order.unit * 30)
    words, bar_place, bar_width, ink = _set_lines(lines, room, palette)
    bar = shapes.pill(bar_width, max(6.0, order.unit * 2.0), palette.pop, radius=order.unit * 0.4)
    left, top, right, bottom = (round(side) for side in ink)
    size = min(size for _, size in lines)
    edge = colours.as_hex(palette.ground)
    glyph = glyph_height(text, size)
    box = TextBox("card", text, *span, left, top, right, bottom, glyph, colours.as_hex(palette.ink), edge)
    return Beat(*span, palette, backdrop(order, palette, seed, text), words, bar, bar_place, box)


def poster_lines(text: str, room: Room, largest: float) -> list[tuple[str, int]]:
    """(line, size): lines of the poster, each set as large as the width allows within 1.5 times the smallest."""
    size, lines = fit_lines(text.strip("，。,.；;"), room.width, round(largest), 3, smallest=0.2)
    sizes = [min(round(size * 1.5), int(room.width / max(1e-6, font(1000).getlength(line) / 1000))) for line in lines]
    total = sum(sizes) * 1.16
    shrink = min(1.0, room.height * 0.82 / total)
    return [(line, max(1, int(each * shrink))) for line, each in zip(lines, sizes, strict=True)]


def _set_lines(
    lines: Sequence[tuple[str, int]], room: Room, palette: Palette
) -> tuple[tuple[Glyphs, ...], tuple[float, float], float, tuple[float, float, float, float]]:
    """Words at their places, place and width of the bar, ink box of the whole block."""
    total = sum(size for _, size in lines) * 1.16
    y = room.centre_y - total / 2
    words: list[Glyphs] = []
    widest = 0.0
    for line, size in lines:
        width = font(size).getlength(line)
        x = room.centre_x - width / 2
        words += _words(line, size, x, y + size * 0.58, palette, len(words))
        widest = max(widest, width)
        y += size * 1.16
    last_width = font(lines[-1][1]).getlength(lines[-1][0])
    ink = (room.centre_x - widest / 2, room.centre_y - total / 2, room.centre_x + widest / 2, room.centre_y + total / 2)
    return tuple(words), (room.centre_x, y + lines[-1][1] * 0.06), last_width, ink


def _words(line: str, size: int, left: float, y: float, palette: Palette, first: int) -> list[Glyphs]:
    face = font(size)
    found: list[Glyphs] = []
    done = ""
    for unit in _units(line):
        if unit.strip():
            colour = palette.marked() if _NUMBER.search(unit) else palette.ink
            drawn = draw_text(unit.strip(), TextStyle(size, leading=1.0), colour)
            start = face.getlength(done + unit) - face.getlength(unit)
            x = left + start + face.getlength(unit.rstrip()) / 2
            found.append(Glyphs(sprite_of(drawn.image), x, y, first + len(found), size))
        done += unit
    return found


def _units(line: str) -> list[str]:
    """What flies as one: a Han character with the marks that belong to it, or a Latin word or number."""
    units: list[str] = []
    for piece in pieces(line):
        units += list(piece) if is_cjk(piece[0]) and not _NUMBER.search(piece) else [piece]
    joined: list[str] = []
    for unit in units:
        if joined and (unit.isspace() or unit in "，。！？、：；,.!?"):
            joined[-1] += unit
        else:
            joined.append(unit)
    return joined


def _draw(order: Order, beats: Sequence[Beat], index: int, at: int) -> Frame:
    beat = beats[index]
    age = at - beat.start
    frame = beat.ground.draw(at)
    _place_words(frame, beat, order, age, index + 1 < len(beats), beat.end - at)
    if index and age < WIPE_FRAMES:
        _wipe_in(frame, beats[index - 1], beat, order, age, at)
    return frame


def _place_words(frame: Frame, beat: Beat, order: Order, age: int, leaves: bool, left: int) -> None:
    span = beat.end - beat.start
    begin = WIPE_FRAMES - 6 if beat.start else 1
    gap = min(2.2, max(0.4, (span * 0.42 - FLY_FRAMES) / max(1, len(beat.words))))
    away = easing.in_cubic(easing.progress(LEAVE_FRAMES - left, 0, LEAVE_FRAMES)) if leaves else 0.0
    lift = -away * order.unit * 26
    # After landing the block keeps breathing by a hair, so that no stretch of a card stands still.
    drift = order.unit * 0.55 * easing.in_out(easing.progress(age, begin, span))
    landed = begin + gap * len(beat.words) + FLY_FRAMES
    grown = easing.out_expo(easing.progress(age, landed - FLY_FRAMES, 12))
    if grown > 0:
        x, y = beat.bar_place
        reach = beat.bar.width * grown
        clip = (x - beat.bar.width / 2, 0.0, x - beat.bar.width / 2 + reach, float(order.canvas.height))
        place(frame, beat.bar, x, y + lift - drift, opacity=1 - away, clip=clip)
    for word in beat.words:
        share = easing.progress(age, begin + word.order * gap, FLY_FRAMES)
        if share <= 0:
            continue
        rise = (1 - easing.out_back(share, 2.2)) * word.size * 0.85
        tilt = (1 - easing.out_cubic(share)) * (9 if word.order % 2 else -9)
        size = 0.72 + 0.28 * easing.out_back(share, 2.0)
        place(
            frame,
            word.sprite,
            word.x,
            word.y + rise + lift - drift,
            round(size, 4),
            tilt,
            min(1.0, share * 3) * (1 - away),
        )


def _wipe_in(frame: Frame, before: Beat, beat: Beat, order: Order, age: int, at: int) -> None:
    """The new poster comes up from below behind a bright bar, or in from the side."""
    share = easing.in_out((age + 1) / WIPE_FRAMES)
    old = before.ground.draw(at)
    width, height = order.canvas.width, order.canvas.height
    thick = max(2, round(order.unit * 2.4))
    if (before.start + beat.start) % 2:
        edge = round(height * (1 - share))
        frame[:edge] = old[:edge]
        frame[max(0, edge - thick) : edge] = beat.palette.pop
    else:
        edge = round(width * (1 - share))
        frame[:, :edge] = old[:, :edge]
        frame[:, max(0, edge - thick) : edge] = beat.palette.pop


def _boxes(beat: Beat, is_last: bool) -> list[TextBox]:
    values = dict(beat.box.__dict__)
    lands = min(beat.end, beat.start + WIPE_FRAMES + round((beat.end - beat.start) * 0.45))
    leaves = beat.end if is_last else max(lands, beat.end - LEAVE_FRAMES)
    spans = ((beat.start, lands, True), (lands, leaves, False), (leaves, beat.end, True))
    made = [TextBox(**{**values, "start_frame": s, "end_frame": e, "is_moving": m}) for s, e, m in spans if e > s]
    return made
