"""Hands: where they go for a gesture, and that the stroke lands on the word."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from avatar.faces.contracts import GONE_STEPS, PREPARE_TICKS, GestureState, Hand
from avatar.faces.motion import ease, quarter

RETURN_TICKS = 11
HIDDEN = 1236.0
"""Height of the wrist when the whole hand is behind the desk."""
HELD_AT = 960.0
"""From here up the product is in the hand alone."""
HOLDING = ("hold", "pinch")


@dataclass(frozen=True)
class Stroke:
    """Where a hand is at the height of a gesture: wrist in units of the drawing, degrees clockwise."""

    picture: str
    side: int
    x: float
    y: float
    angle: float


def strokes_of(gesture: GestureState, can_hold: bool, is_slim: bool) -> tuple[Stroke, ...]:
    """The hands of a gesture at its stroke; without a product to hold the open hand shows where it stands."""
    if gesture.kind == "count":
        picture = "open" if gesture.number >= 5 else f"count{max(1, gesture.number)}"
        return (Stroke(picture, 1, 584, 812, 7),)
    if gesture.kind == "wave":
        return (Stroke("open", 1, 590, 792, 8),)
    if gesture.kind == "welcome":
        return Stroke("open", 1, 590, 862, 34), Stroke("open", -1, 130, 862, -34)
    if gesture.kind == "hold" and can_hold:
        return (Stroke("hold" if is_slim else "pinch", 1, 556, 880, -4 if is_slim else 6),)
    if gesture.kind == "hold":
        return (Stroke("open", 1, 566, 872, 22),)
    return (Stroke("point", 1, 522, 800, 201),)


@dataclass
class Hands:
    """Both hands over time. A gesture that ends early, or is replaced, leaves from where the hand is."""

    can_hold: bool = False
    is_slim: bool = True
    gesture: GestureState | None = None
    came_from: dict[int, Hand] = field(default_factory=dict)
    now: dict[int, Hand] = field(default_factory=dict)
    left_at: int | None = None
    last_tick: int = -1

    def at(self, tick: int, gesture: GestureState | None) -> tuple[Hand, ...]:
        """The hands that are seen at a tick."""
        if tick < self.last_tick:
            self.gesture, self.came_from, self.now, self.left_at = None, {}, {}, None
        self.last_tick = tick
        if gesture is not None and gesture != self.gesture and tick <= gesture.end_tick:
            self.gesture, self.came_from, self.left_at = gesture, dict(self.now), None
        elif gesture is None and self.gesture is not None and self.left_at is None and tick < self.gesture.end_tick:
            self.left_at, self.came_from = tick, dict(self.now)
        if self.gesture is None:
            return ()
        hands = self._leaving(tick) if self.left_at is not None else self._gesturing(tick)
        self.now = {hand.side: hand for hand in hands}
        if not hands and tick > self.gesture.stroke_tick:
            self.gesture, self.left_at = None, None
        return hands

    def _leaving(self, tick: int) -> tuple[Hand, ...]:
        share = (tick - (self.left_at or 0)) / RETURN_TICKS
        return () if share >= 1 else tuple(_between(h, _away(h), ease(share)) for h in self.came_from.values())

    def _gesturing(self, tick: int) -> tuple[Hand, ...]:
        gesture = self.gesture
        if gesture is None:
            return ()
        hands = []
        for stroke in strokes_of(gesture, self.can_hold, self.is_slim):
            up = _hand_of(stroke, tick - gesture.stroke_tick, gesture.kind)
            start = self.came_from.get(stroke.side) or _away(up)
            if tick < gesture.stroke_tick:
                share = 1 - (gesture.stroke_tick - tick) / PREPARE_TICKS
                if share > 0:
                    hands.append(_between(start, up, _reach(share)))
            elif tick <= gesture.end_tick:
                hands.append(up)
            elif tick < gesture.end_tick + RETURN_TICKS:
                hands.append(_between(up, _away(up), ease((tick - gesture.end_tick) / RETURN_TICKS)))
        return tuple(hands)


def product_gone(hands: Sequence[Hand]) -> int:
    """How far the product has left the desk for a hand that comes up with it, 0 to GONE_STEPS."""
    heights = [hand.wrist_y for hand in hands if hand.picture in HOLDING]
    if not heights:
        return 0
    share = (HIDDEN - min(heights)) / (HIDDEN - HELD_AT)
    return max(0, min(GONE_STEPS, math.ceil(share * GONE_STEPS)))


def _reach(share: float) -> float:
    """A hand sets off softly and arrives with a little weight, at rest on the stroke itself."""
    return ease(share) if share < 1 else 1.0


def _hand_of(stroke: Stroke, since: int, kind: str) -> Hand:
    """The hand during the stroke: a small beat on the word, then a little life."""
    beat = math.exp(-since / 5) * math.sin(since * 0.9) * 4.0 if since >= 0 else 0.0
    angle, x, y = stroke.angle, stroke.x, stroke.y + beat + 1.2 * math.sin(since * 0.13)
    if kind == "wave" and since >= 0:
        swing = math.sin(since * 2 * math.pi / 13)
        angle, x = angle + 15 * swing, x + 9 * swing
    return Hand(stroke.picture, stroke.side, quarter(x, 2), quarter(y, 2), quarter(angle, 2))


def _away(hand: Hand) -> Hand:
    """Where the hand comes from: behind the desk, a little nearer to the body, turned in."""
    x = 360 + hand.side * (abs(hand.wrist_x - 360) * 0.85)
    angle = hand.angle * 0.4 if abs(hand.angle) < 90 else hand.angle
    return Hand(hand.picture, hand.side, x, HIDDEN, angle)


def _between(a: Hand, b: Hand, share: float) -> Hand:
    """On the way; the picture changes half way, the path is a shallow arc."""
    arc = math.sin(math.pi * share) * 10 * b.side
    x = a.wrist_x + (b.wrist_x - a.wrist_x) * share + arc
    y = a.wrist_y + (b.wrist_y - a.wrist_y) * share
    angle = a.angle + (b.angle - a.angle) * share
    nearer = a if share < 0.5 else b
    return Hand(nearer.picture, b.side, quarter(x, 2), quarter(y, 2), quarter(angle, 2))
