"""The video a visitor has in front of them: which questions ask for it, and its captions as something to quote."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace

from agentbot.contracts import Article, Knowledge
from agentbot.pre_pass.shapes import plain
from core.contracts import Language
from generation.contracts import FPS, ShownVideo

_NAMES = ("video", "post", "ad", "creative", "page")
"""Under these the platforms, and pages with a chat, say where a visitor is."""

MOST_SHOTS = 60
_AT: dict[str, str] = {"zh-CN": "（视频 {} 处）。", "en": " (at {} in the video)."}
_SEEN = re.compile(
    r"视频|画面|镜头|片子|这[一]?(?:幕|段)|\d[:：]\d\d|\d\s*秒|背景|出镜|里面|里的|手[里上]|身上|旁边|后面|桌上"
    r"|什么颜色|啥颜色|颜色是|什么牌子|啥牌子|哪个牌子|穿的|戴的|拿的|用的是|吃的是|喝的是|坐的|谁在|是谁|在哪(?:里|儿)?拍|哪里拍"
    r"|\bvideo\b|\bclip\b|\bscene\b|\bin the (?:background|picture|beginning|end)\b|\b\d+\s?(?:secs?|seconds?)\b"
    r"|\bwhat colou?r\b|\bwh(?:at|ich) brand\b|\bwearing\b|\bholding\b|\bwho(?:'s| is)\b|\bfilmed\b"
    r"|\bshown\b|\bnext to\b|\bbehind\b"
)


def asks_what_is_seen(text: str) -> bool:
    """Whether a question is about what the video shows, and not about the shop, the price or the order."""
    return bool(_SEEN.search(plain(text)))


def names_in(source: Mapping[str, object]) -> list[str]:
    """What a visitor's `source` says of the post or ad they come from."""
    return [str(source[key]) for key in _NAMES if source.get(key)]


def with_moment(text: str, second: float, language: Language) -> str:
    """A sentence on what is seen, with where it is seen."""
    minutes, seconds = divmod(int(second), 60)
    return text.rstrip("。.!！ ") + _AT[language].format(f"{minutes}:{seconds:02}")


def article_of(video: ShownVideo) -> str:
    """The id that the captions of a video go by as an article."""
    return f"video:{video.sources[0]}"


def with_video(knowledge: Knowledge, video: ShownVideo) -> Knowledge:
    """`knowledge` with the captions of that video first, each with its moment; its version is one of its own."""
    shots = [shot for shot in video.description.shots if shot.caption][:MOST_SHOTS]
    language: Language = "zh-CN" if video.description.language == "zh-CN" else "en"
    told = [with_moment(shot.caption, shot.start_frame / FPS, language) for shot in shots]
    article = Article(
        "video:" + video.sources[0], video.description.title, ("" if language == "zh-CN" else " ").join(told)
    )
    others = tuple(each for each in knowledge.articles if each.id not in video.sources)
    version = f"{knowledge.version}+{hashlib.sha256(article.text.encode()).hexdigest()[:8]}"
    return replace(knowledge, articles=(article, *others), version=version)
