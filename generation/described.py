"""What a video shows, in words and boxes. Part of `generation.contracts`."""

from __future__ import annotations

from dataclasses import dataclass

APPROVED_ARTICLES = """
select d.id, d.title, d.text from generation_description d
where d.advertiser_id = a.id and d.approved_at is not null and d.text <> ''
"""
"""(id, title, text) of what advertiser `a` lets be said of its videos, for readers without the ORM."""


@dataclass(frozen=True)
class Box:
    """A rectangle in shares of the picture, 0..1."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class ShotDescription:
    """One shot (frames at 30 fps, end exclusive): what a vision model says, and what was found in the pixels.

    `caption` and `words` (things seen) are empty where no vision model looked. `products` are
    where the advertiser's own product picture was found, `subtitles` lines burnt into the picture.
    """

    start_frame: int
    end_frame: int
    caption: str = ""
    words: tuple[str, ...] = ()
    persons: tuple[Box, ...] = ()
    products: tuple[Box, ...] = ()
    subtitles: tuple[Box, ...] = ()


@dataclass(frozen=True)
class VideoDescription:
    """A described file, by the SHA-256 of its upload.

    `title` is the one to go by: the file's own, or a better one where `was_title` (the file's
    own) does not fit what is shown. `model` is who looked, "" for nobody: then `degraded` says
    "captions:none", and boxes are all there is.
    """

    sha256: str
    language: str
    title: str
    was_title: str
    summary: str
    shots: tuple[ShotDescription, ...]
    model: str = ""
    prompt: str = ""
    degraded: tuple[str, ...] = ()


@dataclass(frozen=True)
class VideoPart:
    """A stretch of a finished video and the file it shows: frames at 30 fps, end exclusive."""

    sha256: str
    start_frame: int
    end_frame: int
    source_start_frame: int = 0


@dataclass(frozen=True)
class ShownVideo:
    """What may be said of a video, in its own frames; `sources` are the ids of the approved articles it stands in."""

    description: VideoDescription
    sources: tuple[str, ...]


@dataclass(frozen=True)
class VideoReply:
    """An answer from what a video shows, where (seconds) the shots it rests on begin, and what backs it."""

    text: str
    seconds: tuple[float, ...]
    sources: tuple[str, ...]
    degraded: tuple[str, ...] = ()
