"""Transitions drawn into a segment's own first and last frames: flash, whip pan, dip, wipe.

Half of a transition lies in the last frames of one segment, half in the first frames of the
next; the halves meet in white, in the brand's colour or in full motion, so that any exit fits
any entry of its kind. They touch the picture only: captions, stickers and the AI label lie
over them and stand still. Frames that are no edge pass untouched, which costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

import ffmpeg

from generation.contracts import Edge
from generation.drawing import colours, easing
from generation.drawing.wipes import wipe_picture
from generation.engines.graph import PictureGraph, Stream, joined, on_grid

STYLE = "edges-1"
FLASH_OUT = (0.22, 0.60, 1.0)
FLASH_IN = (0.95, 0.66, 0.40, 0.20, 0.07)
DIP_OUT = (0.14, 0.48, 0.84, 1.0)
DIP_IN = (1.0, 0.72, 0.38, 0.12)
FLASH_GAIN = 3.2
"""How much faster lights burn out than shadows rise in a flash."""
WHIP_OUT_FRAMES, WHIP_IN_FRAMES = 5, 6
WHIP_REACH = 0.94
"""How far a whip pan moves, as a share of the width: a little less than the mirrored picture beside it."""
BOX_SIGMA = 1 / 3**0.5
"""Standard deviation of an even smear, as a share of half its width."""
COARSE = 4
"""Of so many columns one is kept while a row is smeared widely."""
WIPE_HALF_FRAMES = 7

Expression = str
Tone = Callable[[float], dict[str, Expression]]


def edged(graph: PictureGraph, stream: Stream, entry: Edge, leave: Edge, frames: int) -> Stream:
    """`stream` of `frames` frames with its edges drawn in."""
    tones = {**_tones(graph, entry, 0, entering=True), **_tones(graph, leave, frames, entering=False)}
    for at, tone in sorted(tones.items()):
        stream = stream.filter("lutyuv", **tone, enable=f"eq(n,{at})")
    if "whip" in (entry, leave):
        stream = _whipped(graph, stream, entry == "whip", leave == "whip", frames)
    if "wipe" in (entry, leave):
        stream = _wiped(graph, stream, entry == "wipe", leave == "wipe", frames)
    return stream


def _tones(graph: PictureGraph, edge: Edge, at: int, entering: bool) -> dict[int, dict[str, Expression]]:
    """Lookup tables by frame. `at` is the segment's first frame for an entry, its end for an exit."""
    shares: tuple[float, ...]
    tone: Tone
    if edge == "flash":
        shares, tone = FLASH_IN if entering else FLASH_OUT, _flash_tone
    elif edge == "dip":
        shares, tone = DIP_IN if entering else DIP_OUT, _dip_tone(colours.parse(graph.brand.primary))
    else:
        return {}
    first = at if entering else at - len(shares)
    return {first + number: tone(share) for number, share in enumerate(shares)}


def _flash_tone(share: float) -> dict[str, Expression]:
    """Over-exposure: lights burn out first, all ends in white; hues stay, their strength goes."""
    light = f"1-pow(1-clip((val-16)/219,0,1),{1 + FLASH_GAIN * share:.4f})"
    rise = share**2.3
    faded = (1 - share) ** 0.9
    chroma = f"128+(val-128)*{faded:.4f}"
    return {"y": f"16+219*(({light})*{1 - rise:.4f}+{rise:.4f})", "u": chroma, "v": chroma}


def _dip_tone(colour: colours.Rgb) -> Tone:
    luma, blue, red = colours.video_levels(colour)

    def tone(share: float) -> dict[str, Expression]:
        return {
            name: f"val*{1 - share:.4f}+{level * share:.3f}" for name, level in (("y", luma), ("u", blue), ("v", red))
        }

    return tone


def _whipped(graph: PictureGraph, stream: Stream, enters: bool, leaves: bool, frames: int) -> Stream:
    """The picture flung to the left out of the frame, or in from the right, smeared as by an open shutter."""
    first = WHIP_IN_FRAMES if enters else 0
    last = frames - WHIP_OUT_FRAMES if leaves else frames
    ranges = [(start, end) for start, end in ((0, first), (first, last), (last, frames)) if end > start]
    copies = stream.filter_multi_output("split", len(ranges))
    parts = []
    for number, (start, end) in enumerate(ranges):
        part = on_grid(copies[number].filter("trim", start_frame=start, end_frame=end))
        if (start, end) == (first, last):
            parts.append(part)
        else:
            parts.append(_flung(graph, part, entering=start < first))
    return joined(parts)


def _flung(graph: PictureGraph, part: Stream, entering: bool) -> Stream:
    """Beside the picture lies its mirror image, so that no edge of it is ever seen passing."""
    width, height = graph.canvas.width, graph.canvas.height
    places = whip_places(width, entering)
    both = part.filter_multi_output("split", 2)
    mirrored = both[1].filter("hflip")
    pair = (mirrored, both[0]) if entering else (both[0], mirrored)
    view = ffmpeg.filter(pair, "hstack").filter("crop", width, height, x=by_frame(dict(enumerate(places))), y=0)
    return _smeared(on_grid(view), whip_blurs(width, entering), width, height, entering)


def _smeared(view: Stream, blurs: list[int], width: int, height: int, entering: bool) -> Stream:
    """Each frame blurred along its row; wide blurs on a quarter of the columns, where they cost a quarter."""
    count = len(blurs)
    heavy = sum(blur >= COARSE * 8 for blur in blurs)
    border = heavy if entering else count - heavy
    ranges = [(first, last) for first, last in ((0, border), (border, count)) if last > first]
    copies = view.filter_multi_output("split", len(ranges))
    parts = []
    for number, (first, last) in enumerate(ranges):
        part = on_grid(copies[number].filter("trim", start_frame=first, end_frame=last))
        share = COARSE if blurs[first] >= COARSE * 8 else 1
        if share > 1:
            part = part.filter("scale", max(2, width // share), height, flags="area")
        for at, blur in enumerate(blurs[first:last]):
            if blur >= share:
                sigma = blur / share * BOX_SIGMA
                part = part.filter("gblur", sigma=f"{sigma:.2f}", sigmaV=0, steps=2, enable=f"eq(n,{at})")
        if share > 1:
            part = part.filter("scale", width, height, flags="bicubic").filter("setsar", 1)
        parts.append(part)
    return joined(parts)


def whip_places(width: int, entering: bool) -> list[int]:
    """Left edge of the view over the two pictures side by side, frame by frame, on even pixels."""
    count = WHIP_IN_FRAMES if entering else WHIP_OUT_FRAMES
    if entering:
        shares = [WHIP_REACH * (1 - easing.out_cubic((at + 0.5) / count)) for at in range(count)]
        return [round(width * (1 - share) / 2) * 2 for share in shares]
    return [round(width * WHIP_REACH * easing.in_cubic((at + 1) / (count + 0.5)) / 2) * 2 for at in range(count)]


def whip_blurs(width: int, entering: bool) -> list[int]:
    """Half the way of each frame in pixels: an open shutter smears a picture over all of its way."""
    places = whip_places(width, entering)
    steps = [abs(b - a) for a, b in pairwise(places)]
    steps = [*steps, 0] if entering else [places[0], *steps]
    return [step // 2 for step in steps]


def _wiped(graph: PictureGraph, stream: Stream, enters: bool, leaves: bool, frames: int) -> Stream:
    """A shape in the brand's colours sweeps over, hiding everything where the segments meet."""
    shape = wipe_picture(graph.canvas.width, graph.canvas.height, graph.brand)
    places = wipe_places(graph.canvas.width, shape.shape[1])
    shown: dict[int, int] = {}
    if leaves:
        shown |= {frames - WIPE_HALF_FRAMES + at: places[at] for at in range(WIPE_HALF_FRAMES)}
    if enters:
        shown |= {at: places[WIPE_HALF_FRAMES + at] for at in range(WIPE_HALF_FRAMES)}
    enable = "+".join(f"eq(n,{at})" for at in sorted(shown))
    laid = {"format": "yuv420", "eof_action": "repeat", "alpha": "straight"}
    # For its place, unlike for `enable`, overlay counts frames from 1.
    x = by_frame({at + 1: place for at, place in shown.items()})
    return stream.overlay(graph.still(shape), x=x, y=0, enable=enable, **laid)


def wipe_places(width: int, shape_width: int) -> list[int]:
    """Left edge of the shape in each of the frames of both halves: in from the left, out to the right."""
    count = 2 * WIPE_HALF_FRAMES
    way = width + shape_width
    shares = [easing.in_out_sine((at + 1) / (count + 1)) for at in range(count)]
    return [round((way * share - shape_width) / 2) * 2 for share in shares]


def by_frame(values: Mapping[int, int]) -> Expression:
    """An ffmpeg expression that is `values[n]` for every n of `values`."""
    *rest, (_, last) = sorted(values.items())
    expression = str(last)
    for at, value in reversed(rest):
        expression = f"if(lte(n,{at}),{value},{expression})"
    return expression
