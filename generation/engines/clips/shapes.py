"""Which shapes an engine makes, and the nearest possible one for those it does not."""

from __future__ import annotations

from core.errors import InputError
from generation.engines.clips.base import LONGEST_SECONDS, ClipCapabilities, ClipKind, ClipRequest
from generation.engines.clips.capabilities import able_to

LARGEST_SIDE = 4096
INTERPOLATIONS = (1, 2, 4)
UPSCALES = (1, 2, 4)


def check_request(request: ClipRequest, capabilities: ClipCapabilities, engine: str) -> None:
    """InputError for the first thing in `request` that `engine` cannot make, with the nearest it can."""
    _check_kind(request, capabilities, engine)
    _check_size(request, capabilities, engine)
    _check_frames(request, capabilities, engine)
    _check_numbers(request)
    _check_conditions(request, capabilities, engine)


def nearest_size(width: int, height: int, capabilities: ClipCapabilities) -> tuple[int, int]:
    """The possible size nearest to `width` x `height`."""
    if capabilities.exact_size:
        return capabilities.exact_size
    step = capabilities.size_multiple
    least = -(-capabilities.least_side // step) * step

    def side(length: int) -> int:
        return min(max(least, round(length / step) * step), LARGEST_SIDE // step * step)

    return side(width), side(height)


def nearest_frames(frames: int, capabilities: ClipCapabilities) -> tuple[int, ...]:
    """The possible frame counts next to `frames`: itself, or the one below and the one above."""
    step = capabilities.frame_step
    below = max(0, (frames - 1) // step) * step + 1
    if frames == below:
        return (frames,)
    return (below, below + step) if below > 1 else (below + step,)


def size_for(ratio: str, capabilities: ClipCapabilities) -> tuple[int, int]:
    """The size to order for `ratio` ("9:16"): the native one of nearly that shape with fewest pixels, else the nearest.

    InputError when `ratio` is not two numbers.
    """
    wide, _, high = ratio.partition(":")
    if not (wide.isdigit() and high.isdigit() and int(wide) and int(high)):
        raise InputError("ratio", f"{ratio!r} is not like 9:16", "ratio")
    wanted = int(wide) / int(high)
    if capabilities.exact_size:
        return capabilities.exact_size
    fitting = [size for size in capabilities.sizes if abs(size[0] / size[1] / wanted - 1) < 0.1]
    if fitting:
        return min(fitting, key=lambda size: size[0] * size[1])
    short = min((min(size) for size in capabilities.sizes), default=capabilities.least_side)
    raw = (short * wanted, short) if wanted > 1 else (short, short / wanted)
    return nearest_size(round(raw[0]), round(raw[1]), capabilities)


def _check_kind(request: ClipRequest, capabilities: ClipCapabilities, engine: str) -> None:
    kind = request.kind
    if kind in capabilities.kinds:
        return
    if kind in ("text-to-image", "edit") and capabilities.window_frames > 1:
        shortest = capabilities.frame_step + 1
        raise InputError("frames", f"{engine} makes clips; 1 frame is a picture, the nearest is {shortest}", "frames")
    if kind not in ("text-to-image", "edit") and capabilities.window_frames == 1:
        raise InputError("frames", f"{engine} makes pictures; {request.frames} frames are a clip, the nearest is 1")
    _check_needed_pictures(kind, capabilities)
    others = able_to(kind, lambda other: kind in other.kinds)
    raise InputError("kind", f"{engine} with this checkpoint cannot make {kind}; possible with {others}", "kind")


def _check_needed_pictures(kind: ClipKind, capabilities: ClipCapabilities) -> None:
    """InputError where pictures alone are lacking to what this checkpoint makes."""
    if kind == "text-to-image" and "edit" in capabilities.kinds:
        raise InputError("image", "this checkpoint changes pictures; give it one to begin with", "needs_image")
    if kind == "text-to-video" and "image-to-video" in capabilities.kinds:
        raise InputError(
            "image", "this checkpoint's clips begin with a picture; give it the first frame", "needs_image"
        )
    if kind in ("text-to-video", "image-to-video") and "first-last-frame" in capabilities.kinds:
        thing = "image" if kind == "text-to-video" else "last_image"
        raise InputError(thing, "this checkpoint's clips lie between two pictures; give it both frames", "needs_frames")


def _check_size(request: ClipRequest, capabilities: ClipCapabilities, engine: str) -> None:
    nearest = nearest_size(request.width, request.height, capabilities)
    if nearest == (request.width, request.height):
        return
    step = capabilities.size_multiple
    rule = f"sides are multiples of {step} from {capabilities.least_side} to {LARGEST_SIDE}"
    if capabilities.exact_size:
        rule = "this checkpoint makes one size only"
    raise InputError(
        "size",
        f"{engine} cannot make {request.width}x{request.height} ({rule}); "
        f"the nearest possible is {nearest[0]}x{nearest[1]}",
        "size",
    )


def _check_frames(request: ClipRequest, capabilities: ClipCapabilities, engine: str) -> None:
    frames = request.frames
    if frames > 1 and request.fps > 0 and frames > LONGEST_SECONDS * request.fps:
        most = int(LONGEST_SECONDS * request.fps)
        raise InputError("frames", f"{frames} frames at {request.fps} fps are over 3 minutes; at most {most}", "frames")
    if request.kind == "extend":
        return
    possible = nearest_frames(frames, capabilities)
    if frames not in possible:
        named = " or ".join(str(count) for count in possible)
        raise InputError(
            "frames",
            f"{engine} cannot make {frames} frames (counts are {capabilities.frame_rule}); "
            f"the nearest possible is {named}",
            "frames",
        )
    if frames > capabilities.window_frames and "extend" not in capabilities.kinds:
        raise InputError(
            "frames",
            f"this checkpoint of {engine} cannot go on from its own frames; "
            f"{frames} are too many, at most {capabilities.window_frames}",
            "frames",
        )


def _check_numbers(request: ClipRequest) -> None:
    ranges = (
        ("fps", request.fps, 1, 60),
        ("steps", request.steps, 1, 200),
        ("guidance", request.guidance, 0, 30),
        ("strength", request.strength, 0.05, 1),
        ("seed", request.seed, 0, 2**63 - 1),
    )
    for name, value, least, most in ranges:
        if not least <= value <= most:
            raise InputError(name, f"{value} is not between {least} and {most}", name)
    for name, value, choices in (
        ("interpolate", request.interpolate, INTERPOLATIONS),
        ("upscale", request.upscale, UPSCALES),
    ):
        if value not in choices:
            raise InputError(name, f"{value} is none of {', '.join(map(str, choices))}", name)
    if request.frames == 1 and request.interpolate > 1:
        raise InputError("interpolate", "one picture has nothing between its frames", "interpolate")


def _check_conditions(request: ClipRequest, capabilities: ClipCapabilities, engine: str) -> None:
    if not request.prompt.strip():
        raise InputError("prompt", "is empty", "prompt")
    _check_pictures(request)
    if request.negative and request.guidance <= 1:
        raise InputError("negative", "a negative prompt has no effect at a guidance of 1 or less", "negative")
    if request.negative and not capabilities.negative:
        raise InputError("negative", f"{engine} takes no negative prompt", "negative")
    is_edit = request.kind == "edit" and bool(request.image)
    wishes = (
        ("image", is_edit, capabilities.edits, lambda other: other.edits),
        ("references", bool(request.references), capabilities.references, lambda other: other.references),
        ("sketch", bool(request.sketch), capabilities.sketch, lambda other: other.sketch),
        ("mask", bool(request.mask), capabilities.mask, lambda other: other.mask),
        ("camera", bool(request.camera), capabilities.camera != "none", lambda other: other.camera != "none"),
    )
    for name, is_wanted, is_possible, could in wishes:
        if is_wanted and not is_possible:
            others = able_to(name, could)
            raise InputError(name, f"{engine} with this checkpoint does not take it; possible with {others}", name)


def _check_pictures(request: ClipRequest) -> None:
    if request.last_image and not request.image:
        raise InputError("image", "a last frame needs a first one too", "image")
    if request.last_image and request.frames == 1 and not request.extend:
        raise InputError("last_image", "one picture has no last frame", "last_image")
    if request.extend and (request.image or request.last_image):
        raise InputError(
            "extend", "a clip that is continued has its frames already; leave the first and last one out", "extend"
        )
    if request.mask and not request.image:
        raise InputError("mask", "says which part of a picture may change; there is no picture", "mask")
