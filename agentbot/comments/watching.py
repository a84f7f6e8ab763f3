"""What is seen in the video a comment stands under: which questions ask for it, and the answer."""

from __future__ import annotations

import asyncio
import logging
import re
import uuid
from collections.abc import Mapping

from agentbot.comments.replying import CommentPlan, is_suspicious
from agentbot.pii import mask_text
from agentbot.pre_pass.shapes import plain
from agentbot.turns.database import in_database
from core.errors import AdloomError
from core.llm.accounting import booked_on
from core.llm.gateway import language_model
from generation import api as generation
from generation.contracts import VideoReply

logger = logging.getLogger(__name__)
ANSWER_SECONDS = 8.0
NAMES = ("video", "post", "ad", "creative", "page")
"""Under these the platforms, and pages with a chat, say where a visitor is."""

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


async def seen_in_video(
    advertiser: uuid.UUID, source: Mapping[str, object], plan: CommentPlan, words: str
) -> VideoReply | None:
    """The answer to `words` from the approved description of the video that `source` names.

    None where it is no such question, no video is booked there, nothing of it is approved, or it does not say.
    A language model that takes too long or fails leaves the comment to what is said elsewhere.
    """
    if plan.kind != "question" or not asks_what_is_seen(words) or is_suspicious(plan.seen):
        return None
    names = [str(source[key]) for key in NAMES if source.get(key)]
    video = await in_database(generation.shown_under, advertiser, names) if names else None
    if video is None:
        return None
    try:
        with booked_on(advertiser):
            asked = asyncio.to_thread(
                generation.answer_about_video, video, mask_text(words), language_model(), plan.seen.language
            )
            return await asyncio.wait_for(asked, ANSWER_SECONDS)
    except (AdloomError, TimeoutError) as error:
        logger.warning("a question about a video: %s", type(error).__name__)
        return None
