"""Camera moves with a sign and a strength, as people order them and as prompts say them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.errors import InputError

STRONGEST = 5.0


@dataclass(frozen=True)
class CameraMove:
    """One move; `strength` -5..5, its sign the direction: pan right, tilt up, roll clockwise, zoom, dolly
    and push in, truck right, pedestal up, orbit clockwise are positive.
    """

    move: str
    strength: float


PHRASES: dict[str, dict[str, tuple[str, str]]] = {
    "zh": {
        "pan": ("镜头{0}向右摇", "镜头{0}向左摇"),
        "tilt": ("镜头{0}向上仰", "镜头{0}向下俯"),
        "zoom": ("镜头{0}变焦推近", "镜头{0}变焦拉远"),
        "roll": ("镜头{0}顺时针旋转", "镜头{0}逆时针旋转"),
        "dolly": ("镜头{0}向前推进", "镜头{0}向后拉开"),
        "truck": ("镜头{0}向右平移", "镜头{0}向左平移"),
        "pedestal": ("镜头{0}升起", "镜头{0}降下"),
        "orbit": ("镜头{0}顺时针环绕主体", "镜头{0}逆时针环绕主体"),
    },
    "en": {
        "pan": ("the camera {0} pans right", "the camera {0} pans left"),
        "tilt": ("the camera {0} tilts up", "the camera {0} tilts down"),
        "zoom": ("the camera {0} zooms in", "the camera {0} zooms out"),
        "roll": ("the camera {0} rolls clockwise", "the camera {0} rolls counter-clockwise"),
        "dolly": ("the camera {0} pushes in", "the camera {0} pulls back"),
        "truck": ("the camera {0} slides right", "the camera {0} slides left"),
        "pedestal": ("the camera {0} rises", "the camera {0} sinks"),
        "orbit": ("the camera {0} orbits clockwise", "the camera {0} orbits counter-clockwise"),
    },
}
MOVES = tuple(PHRASES["en"])
PACES = {"zh": ("极缓慢地", "缓慢地", "", "快速地"), "en": ("very slowly", "slowly", "", "quickly")}
STILL = {"zh": "固定机位", "en": "static camera"}
JOINED = {"zh": "，", "en": ", "}
PACE_ENDS = (1.0, 2.0, 3.5)

PRESETS: dict[str, tuple[CameraMove, ...]] = {
    "still": (CameraMove("pan", 0),),
    "push-in": (CameraMove("dolly", 2),),
    "pull-out": (CameraMove("dolly", -2),),
    "reveal": (CameraMove("pedestal", 2), CameraMove("tilt", -1)),
    "orbit": (CameraMove("orbit", 2),),
    "product-turn": (CameraMove("orbit", 3), CameraMove("dolly", 1)),
    "fly-over": (CameraMove("dolly", 3), CameraMove("tilt", -2)),
    "whip": (CameraMove("pan", 5),),
    "hero": (CameraMove("dolly", 2), CameraMove("tilt", 2)),
    "vertigo": (CameraMove("dolly", -3), CameraMove("zoom", 3)),
}
"""Named combinations; each is what its moves are, nothing more."""

_PART = re.compile(r"\s*([a-z]+)\s*:\s*([+-]?\d+(?:\.\d+)?)\s*")


def parse_camera(text: str) -> tuple[CameraMove, ...]:
    """`pan:+2,zoom:-1` or a preset's name; several of either joined by commas. InputError names what is not one."""
    moves: list[CameraMove] = []
    for part in (piece.strip() for piece in text.split(",")) if text.strip() else ():
        moves += PRESETS[part] if part in PRESETS else (_move(part),)
    named = [move.move for move in moves]
    for name in named:
        if named.count(name) > 1:
            raise InputError("camera", f"{name} is ordered twice in {text!r}; add the strengths up", "camera_twice")
    return tuple(moves)


def _move(part: str) -> CameraMove:
    match = _PART.fullmatch(part)
    if not match or match[1] not in MOVES:
        raise InputError(
            "camera",
            f"{part!r} is no move; write MOVE:STRENGTH with a move of {', '.join(MOVES)} "
            f"or one of the presets {', '.join(PRESETS)}",
            "camera_move",
        )
    strength = float(match[2])
    if abs(strength) > STRONGEST:
        raise InputError("camera", f"{part!r}: strength goes from -5 to 5", "camera_strength")
    return CameraMove(match[1], strength)


def camera_words(moves: tuple[CameraMove, ...], prompt: str) -> str:
    """What a prompt says about `moves`, in the prompt's own language; "" for no moves."""
    language = "zh" if re.search(r"[\u4e00-\u9fff]", prompt) else "en"
    spoken = [_phrase(move, language) for move in moves if move.strength]
    if moves and not spoken:
        return STILL[language]
    return JOINED[language].join(spoken)


def with_camera(prompt: str, moves: tuple[CameraMove, ...]) -> str:
    """`prompt` followed by its camera moves in words."""
    words = camera_words(moves, prompt)
    if not words:
        return prompt
    return f"{prompt.rstrip('。.，, ')}{'，' if re.search('[一-鿿]', prompt) else ', '}{words}" if prompt else words


def _phrase(move: CameraMove, language: str) -> str:
    words = PHRASES[language][move.move][0 if move.strength > 0 else 1]
    strength = abs(move.strength)
    pace = PACES[language][sum(strength > end for end in PACE_ENDS)]
    return " ".join(words.format(pace).split())
