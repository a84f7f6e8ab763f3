"""Colours as (r, g, b) and the contrast rule of WCAG 2.2."""

from __future__ import annotations

Rgb = tuple[int, int, int]
WHITE: Rgb = (255, 255, 255)
INK: Rgb = (16, 20, 22)
MIN_CONTRAST = 4.5
GROUND_CONTRAST = 6.2
"""Of flat colours: grain, light and compression take some of it before the text is measured in the file."""


def parse(value: str) -> Rgb:
    """`#RRGGBB` as a colour; ValueError when it is not one."""
    if len(value) != 7 or value[0] != "#":
        raise ValueError(f"not a #RRGGBB colour: {value!r}")
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def as_hex(colour: Rgb) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)


def mix(a: Rgb, b: Rgb, share: float) -> Rgb:
    """`a` moved towards `b` by `share` (0..1)."""
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


def video_levels(colour: Rgb) -> tuple[float, float, float]:
    """(Y, Cb, Cr) of BT.709 in limited range, 8 bit (ITU-R BT.709-6, 3.2 to 3.4)."""
    red, green, blue = (channel / 255 for channel in colour)
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 16 + 219 * luma, 128 + 224 * (blue - luma) / 1.8556, 128 + 224 * (red - luma) / 1.5748


def luminance(colour: Rgb) -> float:
    """Relative luminance, 0..1 (WCAG 2.2, definition of relative luminance)."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = map(linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: Rgb, b: Rgb) -> float:
    """Contrast ratio, 1..21."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def text_on(ground: Rgb) -> Rgb:
    """White where it reads well on `ground`, else near-black: whichever is brand-like first, then clearer."""
    if contrast(WHITE, ground) >= MIN_CONTRAST:
        return WHITE
    return INK if contrast(INK, ground) >= contrast(WHITE, ground) else WHITE


def readable(colour: Rgb, ground: Rgb, ratio: float = MIN_CONTRAST) -> Rgb:
    """`colour`, moved towards white or black only as far as `ratio` on `ground` asks."""
    target = WHITE if luminance(ground) < 0.18 else (0, 0, 0)
    for step in range(21):
        candidate = mix(colour, target, step / 20)
        if contrast(candidate, ground) >= ratio:
            return candidate
    return target


def ground_for(colour: Rgb, ratio: float = GROUND_CONTRAST) -> tuple[Rgb, Rgb]:
    """(ground, text): a brand colour made fit to carry text, and the text colour on it."""
    ink = text_on(colour)
    target = (0, 0, 0) if ink == WHITE else WHITE
    for step in range(21):
        ground = mix(colour, target, step / 20)
        if contrast(ink, ground) >= ratio:
            return ground, ink
    return target, ink
