"""What a video model is asked to show while each line of a script is spoken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.contracts import Language
from core.errors import AdloomError, InputError
from core.llm.base import LanguageModel, Message, Priority
from core.llm.gateway import language_model
from core.llm.prompts import fenced
from core.llm.strict_json import NotStrictJson, parse_object
from creative.contracts import BriefData, Role
from creative.prompts import prompt
from creative.rewriting.footage_words import suggest_words
from generation.contracts import parse_camera

BY_RULE = "prompts:by-rule"
"""Marks prompts that no language model wrote."""

PROMPT = "shots-1"
TRIES = 2
LONGEST = 400
MOVES = ("pan", "tilt", "zoom", "dolly", "truck", "orbit")
_NUMBER = re.compile(r"\d|[¥$€%]")
_LANGUAGES: dict[Language, str] = {"zh-CN": "Mandarin Chinese (simplified characters)", "en": "English"}

NEGATIVE: dict[Language, str] = {
    "zh-CN": "文字，水印，标志，字幕，变形的手，多余的手指，模糊，闪烁，静止画面",
    "en": "text, watermark, logo, subtitles, deformed hands, extra fingers, blur, flicker, still picture",
}
_SCENES: dict[Language, dict[str, str]] = {
    "zh-CN": {
        "hook": "{category}特写，{words}，画面一开始就有动作，自然光，镜头缓慢推近",
        "pain": "一个普通人在日常环境里，{words}，神情疲惫，柔和的室内光，中景",
        "selling_point": "{category}正在被使用，{words}，手部近景，明亮干净的背景，动作流畅",
        "proof": "{category}的细节，{words}，微距，质感清晰，侧光",
        "offer": "{category}摆在桌面中央，{words}，背景虚化，暖光，镜头轻轻环绕",
        "cta": "一个人微笑着拿起{category}，{words}，面对镜头，自然光，中景",
    },
    "en": {
        "hook": "close-up of {category}, {words}, movement from the first moment, daylight, the camera moves in slowly",
        "pain": "an ordinary person in everyday surroundings, {words}, tired look, soft indoor light, medium shot",
        "selling_point": "{category} in use, {words}, hands close up, bright clean background, flowing movement",
        "proof": "a detail of {category}, {words}, macro, clear texture, light from the side",
        "offer": "{category} in the middle of a table, {words}, blurred background, warm light, a gentle orbit",
        "cta": "somebody smiles and picks up {category}, {words}, facing the camera, daylight, medium shot",
    },
}
_CAMERA = {"hook": "dolly:+1", "proof": "zoom:+1", "offer": "orbit:+1"}


@dataclass(frozen=True)
class ShotPrompt:
    """What one shot shall show, and what not. `camera` as `parse_camera` reads it; `degraded` as on records."""

    text: str
    negative: str
    camera: str = ""
    degraded: tuple[str, ...] = ()


def write_shot_prompts(
    brief: BriefData, lines: Sequence[str], roles: Sequence[Role], model: LanguageModel | None = None
) -> tuple[ShotPrompt, ...]:
    """One prompt a line by the configured language model (or `model`); by rule, and marked, where it gives nothing."""
    asked = model or language_model(brief.advertiser)
    if asked is not None and lines:
        try:
            return _told(asked, brief, lines, roles)
        except AdloomError:
            # Whatever became of the model, a plainer prompt is better than no shot.
            pass
    return tuple(by_rule(brief, line, role) for line, role in zip(lines, roles, strict=True))


def by_rule(brief: BriefData, line: str, role: Role) -> ShotPrompt:
    """A prompt from what is sold, the words footage is searched by, and what the slot sets out to do."""
    language = brief.language
    words = [word for word in suggest_words(line, role, brief) if not _NUMBER.search(word)][:4]
    scene = _SCENES[language][role].format(category=brief.product.category, words=_joined(words, language))
    text = re.sub(r"([，,]\s*){2,}", "，" if language == "zh-CN" else ", ", scene)
    return ShotPrompt(text, NEGATIVE[language], _CAMERA.get(role, ""), (BY_RULE,))


def _joined(words: Sequence[str], language: Language) -> str:
    return ("、" if language == "zh-CN" else ", ").join(words)


def _told(
    model: LanguageModel, brief: BriefData, lines: Sequence[str], roles: Sequence[Role]
) -> tuple[ShotPrompt, ...]:
    told = [{"role": role, "line": line} for role, line in zip(roles, lines, strict=True)]
    data = {"product": brief.product.name, "category": brief.product.category, "lines": told}
    moves = ", ".join(MOVES)
    request = prompt(
        PROMPT, shots=fenced(data), count=len(lines), language_name=_LANGUAGES[brief.language], moves=moves
    )
    reason = ""
    for number in range(TRIES):
        completion = model.complete(
            [Message("user", request)],
            schema=_schema(len(lines)),
            max_tokens=120 + 220 * len(lines),
            temperature=0.7,
            seed=number,
            priority=Priority.SCRIPT,
            prompt=PROMPT,
        )
        try:
            return _read(completion.text, len(lines), brief.language)
        except NotStrictJson as error:
            reason = str(error)
    raise InputError("shot prompts", reason, "prompts_failed")


def _schema(count: int) -> dict[str, Any]:
    shot = {
        "type": "object",
        "properties": {
            "prompt": {"type": "string", "minLength": 8, "maxLength": LONGEST},
            "camera": {"type": "string", "maxLength": 12},
        },
        "required": ["prompt", "camera"],
        "additionalProperties": False,
    }
    shots = {"type": "array", "items": shot, "minItems": count, "maxItems": count}
    return {"type": "object", "properties": {"shots": shots}, "required": ["shots"], "additionalProperties": False}


def _read(text: str, count: int, language: Language) -> tuple[ShotPrompt, ...]:
    shots = parse_object(text).get("shots")
    if not isinstance(shots, list) or len(shots) != count:
        raise NotStrictJson(f"shots has to be a list of {count}")
    return tuple(_one(shot, language) for shot in shots)


def _one(shot: Any, language: Language) -> ShotPrompt:
    said = shot.get("prompt") if isinstance(shot, dict) else None
    words = " ".join(said.split()) if isinstance(said, str) else ""
    if not 8 <= len(words) <= LONGEST:
        raise NotStrictJson(f"a prompt has 8 to {LONGEST} characters")
    if _NUMBER.search(words):
        raise NotStrictJson("a prompt names a number or a price, which a model would paint as lettering")
    camera = str(shot.get("camera", ""))
    try:
        parse_camera(camera)
    except InputError:
        # A picture without its camera move is still the picture.
        camera = ""
    return ShotPrompt(words, NEGATIVE[language], camera)
