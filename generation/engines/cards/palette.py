"""Colour schemes of cards, made from an advertiser's three brand colours."""

from __future__ import annotations

from dataclasses import dataclass

from generation.contracts import Brand
from generation.drawing import colours
from generation.drawing.colours import WHITE, Rgb

PAPER: Rgb = (247, 244, 238)


@dataclass(frozen=True)
class Palette:
    """A ground, the type on it, quiet shapes, and a highlight with its own type colour."""

    ground: Rgb
    ink: Rgb
    shape: Rgb
    shape_two: Rgb
    pop: Rgb
    on_pop: Rgb

    def marked(self) -> Rgb:
        """Colour of emphasised words on the ground: the highlight where it reads, else the ink."""
        return self.pop if colours.contrast(self.pop, self.ground) >= 3.0 else self.ink


def palettes(brand: Brand) -> tuple[Palette, Palette, Palette]:
    """(bold, bright, paper): on the primary colour, on the accent, on paper in type of the secondary."""
    primary, ink = colours.ground_for(colours.parse(brand.primary))
    accent, on_accent = colours.ground_for(colours.parse(brand.accent))
    bold = Palette(primary, ink, _quiet(primary, ink, 0.10), _quiet(primary, ink, -0.22), accent, on_accent)
    bright = Palette(accent, on_accent, _quiet(accent, on_accent, 0.16), _quiet(accent, on_accent, -0.12), primary, ink)
    paper_pop, on_paper_pop = colours.ground_for(colours.readable(colours.parse(brand.primary), PAPER, 3.2))
    paper_ink = colours.readable(colours.parse(brand.secondary), PAPER, colours.GROUND_CONTRAST)
    paper = Palette(
        PAPER, paper_ink, colours.mix(PAPER, primary, 0.10), colours.mix(PAPER, accent, 0.30), paper_pop, on_paper_pop
    )
    return bold, bright, paper


def _quiet(ground: Rgb, ink: Rgb, by: float) -> Rgb:
    """The ground, lifted by as much as lets type that drifts over the shape still read."""
    for step in range(8):
        shape = _lift(ground, by * (1 - step / 8))
        if colours.contrast(ink, shape) >= 5.2:
            return shape
    return ground


def _lift(colour: Rgb, by: float) -> Rgb:
    """Lighter for positive `by`, darker for negative."""
    return colours.mix(colour, WHITE if by > 0 else (0, 0, 0), abs(by))
