"""What each ad platform takes: sizes, lengths, where its own buttons lie. Data, with source and date.

Rectangles are in pixels of the canvas they belong to, right and bottom exclusive. Where
sources differ the strictest margin counts: text that is safe everywhere is worth more
than a few pixels of room. Platforms move their buttons without notice, so every profile
says where its figures are from and when they were read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.contracts import PLATFORMS, Language, Platform

Ratio = Literal["9:16", "1:1", "16:9"]
RATIOS: tuple[Ratio, ...] = ("9:16", "1:1", "16:9")


@dataclass(frozen=True)
class Placement:
    """One shape of ad on one platform.

    `safe_left` … `safe_bottom` is the rectangle the platform's own interface leaves
    uncovered, in pixels of `width` × `height`; right and bottom exclusive.
    """

    ratio: Ratio
    width: int
    height: int
    safe_left: int
    safe_top: int
    safe_right: int
    safe_bottom: int

    def scaled(self, width: int, height: int) -> Placement:
        """The same placement on a canvas of another size (a draft, a small test), rounded inwards."""
        across, down = width / self.width, height / self.height
        return Placement(
            self.ratio,
            width,
            height,
            -int(-self.safe_left * across // 1),
            -int(-self.safe_top * down // 1),
            int(self.safe_right * across),
            int(self.safe_bottom * down),
        )


@dataclass(frozen=True)
class PlatformProfile:
    """Delivery rules of one platform. Lengths in seconds; `read_on` is an ISO date."""

    platform: Platform
    name: str
    min_seconds: float
    max_seconds: float
    placements: tuple[Placement, ...]
    label_note: str
    source: str
    read_on: str

    def placement(self, ratio: Ratio = "9:16") -> Placement:
        """The placement of this shape; every profile has all three."""
        return next(each for each in self.placements if each.ratio == ratio)


LABEL_TEXTS: dict[Language, str] = {"zh-CN": "AI生成", "en": "AI-generated"}
"""GB 45438-2025: the words hold an AI element and a generation element."""

LABEL_SECONDS = 2.0
"""GB 45438-2025: shown from the first frame for at least two seconds at normal speed."""

LABEL_GLYPH_SHARE = 0.05
"""GB 45438-2025: glyph height of at least 5 % of the picture's shorter side."""

_SOURCES_READ_ON = "2026-11-22"
_SQUARE = Placement("1:1", 1080, 1080, 54, 54, 1026, 972)
_WIDE = Placement("16:9", 1920, 1080, 96, 54, 1824, 864)
_SQUARE_AND_WIDE_NOTE = "1:1 and 16:9: our own title-safe margins (5 %, bottom 10 % and 20 %) round player controls"
_CHINA_LABEL = "GB 45438-2025: visible and implicit AIGC label are mandatory; the platform may add its own mark"


def _portrait(left: int, top: int, right: int, bottom: int) -> Placement:
    return Placement("9:16", 1080, 1920, left, top, right, bottom)


_TIKTOK_PORTRAIT = _portrait(120, 250, 918, 1248)

PROFILES: dict[Platform, PlatformProfile] = {
    "kuaishou": PlatformProfile(
        platform="kuaishou",
        name="Kuaishou",
        min_seconds=5,
        max_seconds=60,
        placements=(_TIKTOK_PORTRAIT, _SQUARE, _WIDE),
        label_note=_CHINA_LABEL,
        source="no published figures found: TikTok's area, whose player is laid out alike; " + _SQUARE_AND_WIDE_NOTE,
        read_on=_SOURCES_READ_ON,
    ),
    "douyin": PlatformProfile(
        platform="douyin",
        name="Douyin",
        min_seconds=5,
        max_seconds=60,
        placements=(_TIKTOK_PORTRAIT, _SQUARE, _WIDE),
        label_note=_CHINA_LABEL,
        source="no published figures found: TikTok's area, the sister app; " + _SQUARE_AND_WIDE_NOTE,
        read_on=_SOURCES_READ_ON,
    ),
    "tiktok": PlatformProfile(
        platform="tiktok",
        name="TikTok",
        min_seconds=5,
        max_seconds=60,
        placements=(_TIKTOK_PORTRAIT, _SQUARE, _WIDE),
        label_note="aigc_disclosure_type in the upload; reads C2PA",
        source=(
            "TikTok publishes templates, not numbers: top 13.0 % and sides 11.1 % as measured from them "
            "(forum.logik.tv/t/some-social-media-safe-zone-matchbox/14356), right 15 % and bottom 35 % by the "
            "strictest third parties; lengths adfuseai.com/blog/tiktok-ad-sizes-specs-guide; " + _SQUARE_AND_WIDE_NOTE
        ),
        read_on=_SOURCES_READ_ON,
    ),
    "meta": PlatformProfile(
        platform="meta",
        name="Meta",
        min_seconds=5,
        max_seconds=60,
        placements=(_portrait(65, 269, 1015, 1248), _SQUARE, _WIDE),
        label_note="labels by itself what carries provenance signals; is_ai_generated on uploads",
        source=(
            "Reels ads: top 14 %, bottom 35 %, sides 6 % (adsuploader.com/blog/meta-ads-safe-zones, "
            "shotstack.io/learn/vertical-video-safe-zones); lengths are our own choice within what Reels takes; "
            + _SQUARE_AND_WIDE_NOTE
        ),
        read_on=_SOURCES_READ_ON,
    ),
    "youtube": PlatformProfile(
        platform="youtube",
        name="YouTube",
        min_seconds=6,
        max_seconds=60,
        placements=(_portrait(48, 288, 888, 1248), _SQUARE, _WIDE),
        label_note="disclosure of altered or synthetic content in the upload",
        source=(
            "vertical ads: 288 px top, 672 bottom, 48 left, 192 right (Google's figures in "
            "shotstack.io/learn/vertical-video-safe-zones); only the first 60 s play in the Shorts feed "
            "(support.google.com/google-ads/answer/16041697); " + _SQUARE_AND_WIDE_NOTE
        ),
        read_on=_SOURCES_READ_ON,
    ),
}


def profile(platform: Platform) -> PlatformProfile:
    """The delivery rules of `platform`; KeyError for a name that is not in `core.contracts.PLATFORMS`."""
    return PROFILES[platform]


def ratio_of(width: int, height: int) -> Ratio | None:
    """The ratio a picture of this size has, to within 1 %, or None for any other shape."""
    shapes: dict[Ratio, float] = {"9:16": 9 / 16, "1:1": 1.0, "16:9": 16 / 9}
    if width <= 0 or height <= 0:
        return None
    return next((ratio for ratio, shape in shapes.items() if abs(width / height / shape - 1) <= 0.01), None)


def every_profile() -> tuple[PlatformProfile, ...]:
    """All profiles in the order of `core.contracts.PLATFORMS`."""
    return tuple(PROFILES[platform] for platform in PLATFORMS)
