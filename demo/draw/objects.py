"""Things of an office day: laptop, clock, phone, paper cup, bag, box, notebook."""

from __future__ import annotations

import math

from demo.draw.paint import Canvas, at, box, clipped, curve, dots, fill, line, linear, mixed, oval, poly, radial, rect


def laptop_back(c: Canvas, width: float = 560, colour: str = "#7d8583", glow: str = "#cfe6ee") -> None:
    """The lid seen from the other side of the desk; origin bottom centre."""
    w, h = width / 2, width * 0.62
    c.drawPath(
        box(-w * 1.04, -14, w * 2.08, 18, 8),
        fill(linear(0, -14, 0, 6, mixed(colour, "#ffffff", 0.4), mixed(colour, "#000000", 0.5))),
    )
    lid = box(-w, -h, w * 2, h - 8, 22)
    c.drawPath(
        lid,
        fill(
            linear(
                -w, -h, w, 0, (0, mixed(colour, "#ffffff", 0.38)), (0.45, colour), (1, mixed(colour, "#000000", 0.45))
            )
        ),
    )
    with clipped(c, lid):
        c.drawPath(poly((-w, -h), (-w * 0.2, -h), (-w * 0.75, 0), (-w, 0)), fill("#ffffff", 0.10))
    c.drawPath(lid, line(mixed(colour, "#ffffff", 0.65), 2.5, 0.7))
    c.drawLine(-w + 20, -h - 1, w - 20, -h - 1, line(glow, 3, 0.8, blur=2))
    c.drawPath(oval(0, -h * 0.52, 20, 20), fill(mixed(colour, "#ffffff", 0.5), 0.6))


def laptop_open(c: Canvas, t: float, width: float = 620) -> None:
    """A laptop turned towards us: blank page of work on its screen, keys in front; origin bottom centre."""
    w = width / 2
    screen = poly((-w, -width * 0.70), (w, -width * 0.70), (w * 0.98, -width * 0.08), (-w * 0.98, -width * 0.08))
    c.drawPath(screen, fill("#15191a"))
    glass = poly(
        (-w * 0.95, -width * 0.675), (w * 0.95, -width * 0.675), (w * 0.935, -width * 0.10), (-w * 0.935, -width * 0.10)
    )
    c.drawPath(glass, fill(linear(0, -width * 0.68, 0, -width * 0.1, "#dfeaea", "#b9cdcd")))
    with clipped(c, glass):
        c.drawRect(rect(-w, -width * 0.68, w * 0.42, width), fill("#9fb6b6"))
        for row in range(9):
            length = (0.5 + 0.45 * abs(math.sin(row * 2.3))) * w
            y = -width * 0.62 + row * width * 0.058
            c.drawRect(rect(-w * 0.45, y, length, width * 0.018), fill("#53696b", 0.55))
            c.drawRect(rect(-w * 0.9, y, w * 0.26, width * 0.015), fill("#e9f2f2", 0.7))
        if math.sin(t * 6) > 0:
            c.drawRect(rect(-w * 0.45 + w * 0.5, -width * 0.12, 4, width * 0.03), fill("#1c2a2c"))
    base = poly((-w, -width * 0.075), (w, -width * 0.075), (w * 1.16, 0), (-w * 1.16, 0))
    c.drawPath(base, fill(linear(0, -width * 0.07, 0, 0, "#a9b0ae", "#6d7573")))
    for row in range(4):
        y, half = -width * (0.066 - row * 0.013), w * (0.86 + row * 0.035)
        for key in range(14):
            c.drawRect(
                rect(-half + key * half * 2 / 14 + 3, y, half * 2 / 14 - 6, width * 0.009), fill("#2a3030", 0.85)
            )
    c.drawPath(box(-w * 1.16, -2, w * 2.32, 9, 4), fill("#4c5452"))


def wall_clock(c: Canvas, radius: float, hour: float, minute: float, second: float) -> None:
    """A round clock with strokes for hours; hands by time."""
    c.drawPath(
        oval(radius * 0.06, radius * 0.12, radius * 1.03, radius * 1.03), fill("#1a0d06", 0.45, blur=radius * 0.09)
    )
    c.drawPath(
        oval(0, 0, radius, radius), fill(linear(-radius, -radius, radius, radius, "#5a3c28", "#2a1810", "#6b4a30"))
    )
    c.drawPath(
        oval(0, 0, radius * 0.9, radius * 0.9),
        fill(radial(-radius * 0.3, -radius * 0.4, radius * 1.7, "#fff8ea", "#ecdcbf", "#c9b28e")),
    )
    for tick in range(60):
        angle, major = tick * math.pi / 30, tick % 5 == 0
        inner = radius * (0.74 if major else 0.81)
        c.drawLine(
            math.sin(angle) * inner,
            -math.cos(angle) * inner,
            math.sin(angle) * radius * 0.84,
            -math.cos(angle) * radius * 0.84,
            line("#2a1810", radius * (0.03 if major else 0.009), 0.9 if major else 0.5),
        )
    _clock_hands(c, hour, minute, radius, second)
    c.drawPath(
        curve(
            (-radius * 0.7, -radius * 0.36),
            (-radius * 0.42, -radius * 0.66),
            (-radius * 0.1, -radius * 0.79),
            closed=False,
        ),
        line("#ffffff", radius * 0.05, 0.5, blur=radius * 0.03),
    )


def _clock_hands(c: Canvas, hour: float, minute: float, radius: float, second: float) -> None:
    """Three hands with a shadow each, and the pin."""
    for turn, length, wide, colour in (
        (hour * 30 + minute * 0.5, 0.46, 0.055, "#2a1810"),
        (minute * 6, 0.68, 0.036, "#2a1810"),
        (second * 6, 0.74, 0.014, "#c4532d"),
    ):
        x, y = math.sin(math.radians(turn)), -math.cos(math.radians(turn))
        for dx, colour_, alpha in ((radius * 0.025, "#6b4a2a", 0.35), (0.0, colour, 1.0)):
            c.drawLine(
                -x * radius * 0.12 + dx,
                -y * radius * 0.12 + dx,
                x * radius * length + dx,
                y * radius * length + dx,
                line(colour_, radius * wide, alpha, blur=3 if dx else 0),
            )
    c.drawPath(oval(0, 0, radius * 0.05, radius * 0.05), fill("#c4532d"))


def paper_cup(c: Canvas, colour: str = "#e9e2d6", sleeve: str = "#a98a63", lid: bool = True) -> None:
    """A take-away cup; origin bottom centre, 300 high."""
    c.drawPath(
        poly((-100, -270), (100, -270), (74, 0), (-74, 0)),
        fill(
            linear(
                -100,
                0,
                100,
                0,
                (0, mixed(colour, "#000000", 0.42)),
                (0.25, mixed(colour, "#ffffff", 0.4)),
                (0.6, colour),
                (1, mixed(colour, "#000000", 0.5)),
            )
        ),
    )
    c.drawPath(
        poly((-94, -200), (94, -200), (81, -70), (-81, -70)),
        fill(
            linear(
                -95,
                0,
                95,
                0,
                (0, mixed(sleeve, "#000000", 0.5)),
                (0.25, mixed(sleeve, "#ffffff", 0.25)),
                (0.6, sleeve),
                (1, mixed(sleeve, "#000000", 0.55)),
            )
        ),
    )
    if lid:
        c.drawPath(
            box(-108, -288, 216, 28, 12), fill(linear(-108, 0, 108, 0, "#201814", "#5a4a40", "#2a201a", "#14100d"))
        )
        c.drawPath(
            poly((-94, -288), (-82, -316), (82, -316), (94, -288)),
            fill(linear(-94, 0, 94, 0, "#2a201a", "#6a584c", "#2a201a", "#14100d")),
        )


def phone(c: Canvas, width: float = 420) -> tuple[float, float, float, float]:
    """A phone facing us, origin its middle; gives its screen as x, y, width, height."""
    h = width * 2.08
    c.drawPath(box(-width / 2 + 20, -h / 2 + 30, width, h, 64), fill("#060403", 0.5, blur=30))
    c.drawPath(
        box(-width / 2, -h / 2, width, h, 62),
        fill(linear(-width / 2, -h / 2, width / 2, h / 2, "#6a6a68", "#1b1b1c", "#3c3c3c")),
    )
    c.drawPath(box(-width / 2 + 7, -h / 2 + 7, width - 14, h - 14, 56), fill("#0b0b0c"))
    return -width / 2 + 18, -h / 2 + 18, width - 36, h - 36


def notebook(c: Canvas, width: float, height: float, cover: str = "#2f7f73") -> None:
    """A closed notebook from above with an elastic band; origin its middle."""
    c.drawPath(box(-width / 2 + 10, -height / 2 + 14, width, height, 16), fill("#0a0504", 0.5, blur=16))
    c.drawPath(box(-width / 2 + 5, -height / 2 + 5, width, height, 12), fill("#e9dcc0"))
    c.drawPath(
        box(-width / 2, -height / 2, width, height, 14),
        fill(
            linear(
                -width / 2,
                -height / 2,
                width / 2,
                height / 2,
                mixed(cover, "#ffffff", 0.22),
                cover,
                mixed(cover, "#000000", 0.45),
            )
        ),
    )
    c.drawRect(rect(width * 0.33, -height / 2, 12, height), fill(mixed(cover, "#000000", 0.6)))
    for x, y, length, alpha in dots(
        60, 9, (-width / 2, width / 2 - 60), (-height / 2, height / 2), (10, 60), (0.02, 0.08)
    ):
        c.drawLine(x, y, x + length, y + 3, line("#ffffff", 1.2, alpha))


_TOTE = (
    (-380, 0),
    (-396, 300),
    (-352, 800),
    (-300, 880),
    (300, 880),
    (352, 800),
    (396, 300),
    (380, 0),
    (200, 54),
    (0, 66),
    (-200, 54),
)


def tote(c: Canvas, colour: str = "#eadfc8", front: bool = True) -> None:
    """A canvas bag, 760 wide at the mouth; its back or its front. Origin: middle of the mouth."""
    if not front:
        c.drawPath(oval(0, 0, 380, 66), fill(linear(0, -60, 0, 60, "#4a3a28", "#1d140c")))
        handle = curve((-200, -20), (-190, -330), (0, -470), (190, -330), (200, -20), closed=False)
        c.drawPath(handle, line(mixed(colour, "#3a2a18", 0.45), 46))
        return
    _tote_cloth(c, colour)
    _tote_handles(c, colour)


def _tote_cloth(c: Canvas, colour: str) -> None:
    """The front of the bag: folds, weave, hem."""
    body = curve(*_TOTE, tension=0.85)
    c.drawPath(
        body,
        fill(
            linear(
                -380,
                0,
                380,
                300,
                (0, mixed(colour, "#ffffff", 0.3)),
                (0.5, colour),
                (1, mixed(colour, "#5a4020", 0.55)),
            )
        ),
    )
    with clipped(c, body):
        for x0, x1, wide, alpha in (
            (-240, -300, 60, 0.22),
            (-60, -20, 44, 0.16),
            (150, 220, 70, 0.25),
            (300, 330, 50, 0.3),
        ):
            c.drawPath(
                curve((x0, 40), ((x0 + x1) / 2 + 26, 400), (x1, 880), closed=False),
                line("#6b4a26", wide, alpha, blur=26),
            )
        for x, y, length, alpha in dots(300, 4, (-400, 400), (0, 880), (20, 90), (0.02, 0.07)):
            c.drawLine(x, y, x + length, y, line("#6b4a26", 1.5, alpha))
        c.drawPath(
            curve((-380, 6), (-200, 60), (0, 72), (200, 60), (380, 6), closed=False), line("#7a5a34", 40, 0.25, blur=14)
        )
    c.drawPath(curve((-378, 44), (-200, 98), (0, 110), (200, 98), (378, 44), closed=False), line("#8a6a44", 3, 0.5))


def _tote_handles(c: Canvas, colour: str) -> None:
    """Both handles and the patches that hold them."""
    for side in (-1, 1):
        c.drawPath(
            curve((side * 210, 180), (side * 206, 20), (side * 196, -220), (side * 120, -400), (0, -450), closed=False),
            line(mixed(colour, "#5a4020", 0.2), 46),
        )
        c.drawPath(
            curve((side * 202, 180), (side * 198, 20), (side * 188, -220), (side * 116, -396), (0, -446), closed=False),
            line(mixed(colour, "#ffffff", 0.4), 10, 0.5, blur=4),
        )
        with at(c, side * 210, 150):
            c.drawPath(box(-30, -40, 60, 80, 6), fill(mixed(colour, "#5a4020", 0.25)))
            c.drawPath(poly((-22, -32), (22, 32), closed=False), line("#8a6a44", 3, 0.6))
            c.drawPath(poly((22, -32), (-22, 32), closed=False), line("#8a6a44", 3, 0.6))
