"""What the rest of the platform orders from `generation`, and what it gets back.

A `Timeline` is the whole edit in OpenTimelineIO's senses: tracks of clips placed on a
frame grid. All frame numbers are integers at 30 fps; `end_frame` is exclusive. Slots
tile the timeline from 0 to `frames`, each a multiple of `GRID_FRAMES`, so that 48 kHz
audio joins on a whole number of 1,024-sample AAC frames (16 frames = 25 AAC frames).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field

from generation.described import APPROVED_ARTICLES as APPROVED_ARTICLES
from generation.described import Box as Box
from generation.described import ShotDescription as ShotDescription
from generation.described import ShownVideo as ShownVideo
from generation.described import VideoDescription as VideoDescription
from generation.described import VideoPart as VideoPart
from generation.described import VideoReply as VideoReply
from generation.engines.clips.camera import CameraMove as CameraMove
from generation.engines.clips.camera import parse_camera as parse_camera
from generation.results import Check as Check
from generation.results import LabelReport as LabelReport
from generation.results import RenderResult as RenderResult
from generation.results import TextBox as TextBox

FPS = 30
GRID_FRAMES = 16
SAMPLE_RATE = 48_000
SAMPLES_PER_FRAME = SAMPLE_RATE // FPS


@dataclass(frozen=True)
class Canvas:
    """Picture size in pixels."""

    width: int
    height: int


PORTRAIT = Canvas(1080, 1920)
SQUARE = Canvas(1080, 1080)
LANDSCAPE = Canvas(1920, 1080)


@dataclass(frozen=True)
class SafeArea:
    """The rectangle platforms leave uncovered, in pixels of the canvas; right and bottom exclusive."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class Brand:
    """How an advertiser looks: colours as #RRGGBB, its name, an optional logo or product picture."""

    name: str
    primary: str = "#00776A"
    secondary: str = "#14191C"
    accent: str = "#E9A91F"
    picture_path: str = ""


@dataclass(frozen=True)
class MediaSource:
    """Footage as it lies on disk.

    `path` is the constant-30-fps 8-bit file to read from (the normalised copy of the
    upload, or the upload itself where it already conforms), `sha256` that of the
    original upload, `name` its path inside the advertiser's folder, `frames` counted
    at 30 fps (pictures: 0, they last as long as they are shown). Sound alone has no size.
    """

    sha256: str
    path: str
    name: str
    kind: Literal["video", "picture", "audio"]
    width: int
    height: int
    frames: int


@dataclass(frozen=True)
class Framing:
    """How a source fills the canvas.

    `crop` covers the canvas round the centre (0..1 of the source's width and height);
    `blur` shows the source whole over a blurred fill. `to_*` lets a crop drift slowly.
    Never stretched.
    """

    mode: Literal["crop", "blur"] = "crop"
    centre_x: float = 0.5
    centre_y: float = 0.5
    to_x: float | None = None
    to_y: float | None = None
    zoom: float = 1.0
    to_zoom: float | None = None


@dataclass(frozen=True)
class FootageClip:
    """A stretch of the advertiser's own footage."""

    start_frame: int
    end_frame: int
    source: MediaSource
    source_start_frame: int
    framing: Framing = field(default_factory=Framing)
    kind: Literal["footage"] = "footage"


CardKind = Literal["kinetic", "price", "before_after", "fact", "end"]


@dataclass(frozen=True)
class CardClip:
    """Motion graphics drawn from brand colours, text, price and product picture.

    `texts`: kinetic = the line's phrases; price = (name, offer); before_after = (before,
    after); fact = (headline, detail); end = (name, cta, link). `price` is shown as written.
    """

    start_frame: int
    end_frame: int
    card: CardKind
    texts: tuple[str, ...]
    price: str = ""
    seed: int = 0
    kind: Literal["card"] = "card"


@dataclass(frozen=True)
class Word:
    """One spoken word (Chinese: one character) with its frames on the timeline."""

    text: str
    start_frame: int
    end_frame: int


@dataclass(frozen=True)
class CaptionClip:
    """One caption phrase; `words` non-empty means karaoke highlighting."""

    start_frame: int
    end_frame: int
    text: str
    words: tuple[Word, ...] = ()
    emphasis: tuple[str, ...] = ()
    kind: Literal["caption"] = "caption"


@dataclass(frozen=True)
class StickerClip:
    """A small overlay: the price sticker, an offer flag."""

    start_frame: int
    end_frame: int
    text: str
    detail: str = ""
    kind: Literal["sticker"] = "sticker"


@dataclass(frozen=True)
class LabelClip:
    """The visible AI label (GB 45438: from frame 0, at least 2 s, glyphs >= 5 % of the short side)."""

    start_frame: int
    end_frame: int
    text: str
    kind: Literal["label"] = "label"


@dataclass(frozen=True)
class VoiceClip:
    """A spoken line: a mono 48 kHz 16-bit WAV that starts at `start_frame`."""

    start_frame: int
    end_frame: int
    path: str
    sha256: str
    kind: Literal["voice"] = "voice"


@dataclass(frozen=True)
class MusicClip:
    """A music loop (any length; repeated seamlessly), 48 kHz stereo WAV or FLAC."""

    start_frame: int
    end_frame: int
    path: str
    sha256: str
    name: str = ""
    kind: Literal["music"] = "music"


@dataclass(frozen=True)
class HeadlineClip:
    """A big headline over the picture of an opening, in the sticker lane; flies in and is gone before its end."""

    start_frame: int
    end_frame: int
    text: str
    kind: Literal["headline"] = "headline"


AnyClip = Annotated[
    FootageClip | CardClip | CaptionClip | StickerClip | HeadlineClip | LabelClip | VoiceClip | MusicClip,
    Field(discriminator="kind"),
]
TrackName = Literal["picture", "caption", "sticker", "label", "voice", "music"]


@dataclass(frozen=True)
class Track:
    """One lane of the timeline; clips in order of start, never overlapping within a lane."""

    name: TrackName
    clips: tuple[AnyClip, ...]


Edge = Literal["cut", "flash", "whip", "dip", "wipe"]
"""How a segment begins or ends. All but "cut" are drawn into its own first or last frames, whatever comes next."""

Border = Literal["cut", "flash", "whip", "dip", "wipe", "fade", "slide"]
PAIRED: tuple[Border, ...] = ("fade", "slide")
"""Borders that show both slots at once; the others leave each slot to itself."""

PAIR_FRAMES = GRID_FRAMES
"""What a pair takes of the slot before a border, and of the slot after it: the least the sound's grid allows."""

OPENING_FRAMES = (GRID_FRAMES, 2 * GRID_FRAMES, 3 * GRID_FRAMES)
"""How long an opening with a headline of its own may be."""


@dataclass(frozen=True)
class SlotSpan:
    """The frames one slot of the script takes, and how the border to the next slot is cut.

    "cut" and the borders drawn into edges (white flash, whip pan, dip to the brand's colour,
    wipe by a brand-coloured shape) allow joining by stream copy. "fade" and "slide" show both
    slots at once: one ad by itself is then drawn in one graph; ads that share segments have
    the frames round such a border as a segment of its own.
    """

    role: str
    line: str
    start_frame: int
    end_frame: int
    border: Border = "cut"


@dataclass(frozen=True)
class Timeline:
    """A whole ad, ready to be carried out. Planning is done; nothing here opens a file."""

    canvas: Canvas
    safe_area: SafeArea
    language: str
    frames: int
    slots: tuple[SlotSpan, ...]
    tracks: tuple[Track, ...]
    brand: Brand

    def track(self, name: TrackName) -> tuple[AnyClip, ...]:
        """The clips of one lane; empty when the lane is absent."""
        return next((track.clips for track in self.tracks if track.name == name), ())


@dataclass(frozen=True)
class CheckLimits:
    """What an ad must hold to be released. Seconds, dB, LUFS."""

    target_seconds: float
    length_tolerance: float = 0.20
    black_seconds: float = 0.4
    still_seconds: float = 2.0
    end_card_still_seconds: float = 4.0
    silence_seconds: float = 1.0
    loudness_lufs: float = -14.0
    loudness_tolerance: float = 0.5
    true_peak_db: float = -1.0
    contrast_ratio: float = 4.5


@dataclass(frozen=True)
class Provenance:
    """What goes into the implicit label and the signature.

    `consents` are the ids of those by which persons lent their voice or face to it: the signature names them.
    """

    producer: str
    produce_id: str
    title: str
    consents: tuple[str, ...] = ()


@dataclass(frozen=True)
class RenderSpec:
    """One ordered ad: what to make and how it is judged and labelled."""

    timeline: Timeline
    limits: CheckLimits
    provenance: Provenance
    draft: bool = False


@dataclass(frozen=True)
class ShotFacts:
    """One continuous picture of a file, measured. Frames at 30 fps, end exclusive.

    motion, sharpness, brightness, quality: 0..1. `subject` is the (x, y) centre of what
    matters (faces, else saliency), 0..1. `fits_portrait` says whether a 9:16 crop keeps it.
    `pdq` are the prints of one to three unlike frames, 896 hex digits each: PDQ hashes of
    the whole and of thirteen crops; none where there is too little to see.
    """

    start_frame: int
    end_frame: int
    motion: float
    sharpness: float
    brightness: float
    quality: float
    faces: int
    subject: tuple[float, float]
    fits_portrait: bool
    scale: Literal["wide", "medium", "close"]
    thumbnail_path: str
    phash: str
    has_burnt_text: bool = False
    pdq: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeardLine:
    """What somebody says in a file as an engine understood it, in seconds; `confidence` 0..1 (1 where it tells none).

    Words recognised from sound are never facts: nothing is claimed of a product because it was heard.
    """

    text: str
    start_seconds: float
    end_seconds: float
    confidence: float = 1.0


@dataclass(frozen=True)
class Understanding:
    """What a file shows and says, after the whitelist let it in and it was made CFR 30.

    `speech` is what `heard_by` (an engine's name and version) understood of its sound; "" where none is set up.
    """

    source: MediaSource
    media: Literal["video", "picture", "audio"]
    seconds: float
    has_audio: bool
    shots: tuple[ShotFacts, ...]
    silences: tuple[tuple[int, int], ...] = ()
    probe: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    speech: tuple[HeardLine, ...] = ()
    heard_by: str = ""


@dataclass(frozen=True)
class SpokenWord:
    """A word as the engine spoke it, in seconds from the start of the take."""

    text: str
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True)
class VoiceTake:
    """One spoken line: mono 48 kHz 16-bit WAV under ADLOOM_HOME; words empty where unknown.

    `consent` is that of the person it sounds like, "" where it is nobody's voice. `licence` is that of the voice
    model's checkpoint, "" for a voice that comes of none here.
    """

    path: str
    sha256: str
    seconds: float
    engine: str
    words: tuple[SpokenWord, ...]
    degraded: tuple[str, ...] = ()
    consent: str = ""
    licence: str = ""
