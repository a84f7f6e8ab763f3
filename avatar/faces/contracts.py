"""The values of a host: who it is, what mouth and hands do at a tick, where the frame changed. No Django in here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy.typing as npt

Emotion = Literal["calm", "warm", "delight"]
Gesture = Literal["point", "hold", "count", "wave", "welcome"]
VISEMES = ("sil", "PP", "FF", "TH", "DD", "KK", "CH", "SS", "NN", "RR", "AA", "E", "I", "O", "U")
EMOTIONS: tuple[Emotion, ...] = ("calm", "warm", "delight")
GESTURES: tuple[Gesture, ...] = ("point", "hold", "count", "wave", "welcome")
HAIR_KINDS = ("long", "bob", "bun", "short", "crew", "curls")
CLOTHES_KINDS = ("stand_collar", "jacket", "knit", "blouse")
ROOM_KINDS = ("tea", "showroom", "kitchen", "studio")
TICKS_PER_SECOND = 25
PREPARE_TICKS = 7
"""A hand sets off 280 ms before the word its stroke lands on."""

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Rect:
    """A stretch of the frame in pixels; what `draw` returns lies on even pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    def meets(self, other: Rect) -> bool:
        """Whether the two share a pixel."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom

    def around(self, other: Rect) -> Rect:
        """The smallest rectangle that holds both."""
        left, top = min(self.x, other.x), min(self.y, other.y)
        right, bottom = max(self.right, other.right), max(self.bottom, other.bottom)
        return Rect(left, top, right - left, bottom - top)

    def within(self, other: Rect) -> Rect | None:
        """What both share, None where they share nothing."""
        left, top = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rect(left, top, right - left, bottom - top) if right > left and bottom > top else None


@dataclass(frozen=True)
class FaceShape:
    """Factors on the drawn face, 1 the plain one; `manly` runs from 0 to 1, `nose` is the wings' half width."""

    width: float = 1.0
    jaw: float = 1.0
    chin: float = 1.0
    cheek: float = 1.0
    nose: float = 17.0
    nose_length: float = 1.0
    lips: float = 1.0
    manly: float = 0.0
    age: float = 0.2


@dataclass(frozen=True)
class SkinTones:
    """Four tones from lit to shade, the tone of a highlight, and what lies on the skin."""

    lit: Colour
    base: Colour
    mix: Colour
    shade: Colour
    light: Colour = (255, 246, 236)
    lip: Colour = (188, 84, 84)
    lip_weight: float = 0.7
    blush: Colour = (226, 112, 96)
    blush_weight: float = 0.3
    stubble: float = 0.0


@dataclass(frozen=True)
class HairLook:
    """`kind` is one of HAIR_KINDS; tones from the mass to the shine. `parting` is its place from −1 to 1."""

    kind: str
    dark: Colour
    base: Colour
    shine: Colour
    parting: float = -0.3
    fringe: float = 0.0


@dataclass(frozen=True)
class EyeLook:
    """`tilt` lifts the outer corner in units, `crease` is its distance over the lid's edge (0: none seen)."""

    iris: Colour
    iris_lit: Colour
    width: float = 1.0
    height: float = 1.0
    tilt: float = 2.0
    crease: float = 4.0
    lashes: float = 0.8
    apart: float = 44.0


@dataclass(frozen=True)
class BrowLook:
    """`thickness` and `arch` in units of the head, `drop` is how much nearer to the eyes they lie."""

    colour: Colour
    thickness: float = 6.5
    arch: float = 5.0
    drop: float = 0.0


@dataclass(frozen=True)
class ClothesLook:
    """`kind` is one of CLOTHES_KINDS; `second` is the shirt under a jacket, `trim` piping and buttons."""

    kind: str
    colour: Colour
    second: Colour = (236, 240, 246)
    trim: Colour = (222, 200, 140)


@dataclass(frozen=True)
class RoomLook:
    """`kind` is one of ROOM_KINDS, or "picture" for the file at `picture`; tones of wall, light and desk.

    A picture lies at an address of its content: another picture is another room.
    """

    kind: str
    wall: Colour
    light: Colour
    desk: Colour
    accent: Colour
    picture: str = ""


@dataclass(frozen=True)
class Persona:
    """A digital host as numbers: the same numbers draw the same host.

    `voice` is the name the voice engine knows, "" for its voice of the language.
    """

    name: str
    display_name: str
    language: str
    skin: SkinTones
    hair: HairLook
    eyes: EyeLook
    brows: BrowLook
    clothes: ClothesLook
    room: RoomLook
    face: FaceShape = field(default_factory=FaceShape)
    jewellery: tuple[str, ...] = ()
    voice: str = ""
    seed: int = 1


@dataclass(frozen=True)
class MouthState:
    """The mouth at one tick: `mix` runs from `viseme_a` (0) to `viseme_b` (1).

    `openness` from 0 to 1 scales vowels by how loud they are; closed shapes ignore it. `stress_tick` is the last
    stressed word's tick, `clause_end_tick` the last end of a clause; None where there was none yet.
    """

    viseme_a: str = "sil"
    viseme_b: str = "sil"
    mix: float = 0.0
    emotion: Emotion = "warm"
    openness: float = 1.0
    stress_tick: int | None = None
    clause_end_tick: int | None = None


@dataclass(frozen=True)
class GestureState:
    """A gesture whose stroke lands on `stroke_tick` and is held until `end_tick`; `number` is what `count` shows.

    Hand it over from `stroke_tick - PREPARE_TICKS` on, and `RETURN_TICKS` beyond its end, for the hand to come and go.
    """

    kind: Gesture
    stroke_tick: int
    end_tick: int
    number: int = 1


@dataclass(frozen=True)
class Hand:
    """One hand at a tick: which picture, where the wrist is in the drawing, how the hand is turned."""

    picture: str
    side: int
    wrist_x: float
    wrist_y: float
    angle: float


GONE_STEPS = 4
"""In so many steps the product leaves the desk for the hand that holds it."""


@dataclass(frozen=True)
class Stance:
    """How the body stands: the steps its shoulders have risen with a breath, and swayed aside."""

    breath: int = 0
    sway: int = 0


@dataclass(frozen=True)
class Pose:
    """Everything `draw` needs, rounded to the steps in which things move: equal poses draw equal pictures.

    Mouth weights are (viseme, emotion, weight in sixteenths). Angles are in degrees, lengths in units of the drawing.
    `gone` is how far the product has left the desk for the hand, up to GONE_STEPS.
    """

    mouth: tuple[tuple[str, str, int], ...]
    lids: int
    squint: int
    gaze: tuple[float, float]
    brows: tuple[float, float]
    head: tuple[float, float, float]
    hair: float
    breath: int
    hands: tuple[Hand, ...] = ()
    sway: int = 0
    gone: int = 0

    @property
    def stance(self) -> Stance:
        return Stance(self.breath, self.sway)


@dataclass(frozen=True)
class LabelCheck:
    """Whether the AI label stands whole in a composed picture, and where it was looked for."""

    ok: bool
    box: Rect


@dataclass(frozen=True)
class CardState:
    """The product card: `was` is a crossed-out price, `note` a line under the name, `picture` a file's path or "".

    The button stands at its right end, or with `button_left` beside the picture; the price then stands right.
    """

    name: str
    price: str
    was: str = ""
    note: str = ""
    button: str = ""
    picture: str = ""
    button_left: bool = False


@dataclass(frozen=True)
class OverlayState:
    """What lies over the picture at a tick, "" or None for nothing.

    `words` are the words of the sentence with the spaces and marks that follow them; those before `now` are spoken,
    the one at `now` is being said. `link_is_lit` rings the card's button (or shows `link` as a button without a card,
    in the middle of the foot or at the left (-1) or right (1) of it).
    """

    words: tuple[str, ...] = ()
    now: int = -1
    card: CardState | None = None
    coupon: str = ""
    link: str = ""
    link_is_lit: bool = False
    ticker: str = ""
    link_side: int = 0


@dataclass(frozen=True)
class GuestView:
    """What is to be seen of a viewer on air: the newest picture as I420 of the window's size, None for a voice alone.

    `is_fresh` while it differs from that of the tick before.
    """

    name: str
    picture: npt.NDArray[Any] | None
    is_fresh: bool
