"""Words a file brings along: its name, its folders, what is typed for it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

_SPLIT = re.compile(r"[\s_\-.,;+&()\[\]{}#@!'\"/\\]+")
_CAMERA_NAME = re.compile(
    r"^(img|dsc|dscn|dscf|mvi|vid|video|mov|clip|gopr|gh|gx|dji|pxl|wechat|mmexport|untitled|final|copy)?\d*$", re.I
)

# A word of a file name that says what the shot is good for.
_ROLE_WORDS: dict[str, tuple[str, ...]] = {
    "hook": ("hook", "opening", "opener", "开场", "钩子", "吸睛"),
    "pain": (
        "pain",
        "problem",
        "before",
        "tired",
        "stress",
        "sleepy",
        "痛点",
        "问题",
        "犯困",
        "疲惫",
        "加班",
        "使用前",
    ),
    "selling_point": ("feature", "detail", "pour", "make", "process", "卖点", "细节", "制作", "工艺", "特写"),
    "proof": ("proof", "test", "result", "review", "after", "lab", "证明", "实测", "对比", "测评", "效果", "使用后"),
    "offer": ("offer", "price", "sale", "deal", "gift", "bundle", "优惠", "价格", "促销", "赠品", "套装"),
    "cta": ("cta", "order", "buy", "shop", "link", "下单", "购买", "行动", "引导"),
}


def words_of(name: str, typed: Iterable[str] = ()) -> list[str]:
    """Search words of a file: typed ones first, then its folders and name; camera numbering is dropped."""
    path = PurePosixPath(name.replace("\\", "/"))
    parts = [*path.parts[:-1], path.stem]
    found = [str(word).strip() for word in typed]
    for part in parts:
        found += [piece for piece in _SPLIT.split(part) if piece and not _CAMERA_NAME.match(piece)]
    clean = (re.sub(r"[\x00-\x1f\x7f]", "", word)[:60] for word in found)
    return list(dict.fromkeys(word for word in clean if word))


def guess_role(words: Iterable[str]) -> str:
    """The role a shot's words point to, or "" when they point nowhere or everywhere."""
    text = " ".join(words).lower()
    hits = {role: sum(1 for cue in cues if _mentions(text, cue)) for role, cues in _ROLE_WORDS.items()}
    best = max(hits.values())
    winners = [role for role, count in hits.items() if count == best]
    return winners[0] if best and len(winners) == 1 else ""


def _mentions(text: str, cue: str) -> bool:
    if cue.isascii():
        return re.search(rf"\b{re.escape(cue)}", text) is not None
    return cue in text
