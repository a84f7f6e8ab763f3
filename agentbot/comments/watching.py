"""What is seen in the video a comment stands under, in answer to it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from agentbot.comments.replying import CommentPlan, is_suspicious
from agentbot.knowledge.videos import asks_what_is_seen, names_in
from agentbot.pii import mask_text
from agentbot.turns.database import in_database
from core.contracts import Language
from core.llm.aborting import Abort
from core.llm.base import LanguageModel
from core.llm.gateway import language_model, live_model
from generation import api as generation
from generation.contracts import ShownVideo, VideoReply

ANSWER_SECONDS = 8.0
AT_ONCE = 8
"""Questions asked side by side: each holds a thread for as long as it lasts."""
_asking = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="agentbot-video")


async def seen_in_video(
    advertiser: uuid.UUID, source: Mapping[str, object], plan: CommentPlan, words: str, places: asyncio.Semaphore
) -> VideoReply | None:
    """The answer to `words` from the approved description of the video that `source` names.

    None where it is no such question, no video is booked there, nothing of it is approved, or it does not say.
    A language model that fails, or is not done after ANSWER_SECONDS, is broken off, and the caption that shares the
    most words with the question is quoted instead, marked. `places` are AT_ONCE in number, one for each question.
    """
    if plan.kind != "question" or not asks_what_is_seen(words) or is_suspicious(plan.seen):
        return None
    video = await in_database(generation.shown_under, advertiser, names_in(source))
    if video is None:
        return None
    model = await in_database(language_model, advertiser)
    async with places:
        return await _asked(video, words, model, plan.seen.language)


async def _asked(video: ShownVideo, words: str, model: LanguageModel | None, language: Language) -> VideoReply | None:
    """The time counts from when the thread begins; the place is kept until it has ended, so that none is queued for."""
    abort = Abort()
    live = live_model(model, abort) if model is not None else None
    asking = asyncio.get_running_loop().run_in_executor(
        _asking, generation.answer_about_video, video, mask_text(words), live, language, ANSWER_SECONDS
    )
    try:
        await asyncio.wait({asking}, timeout=ANSWER_SECONDS)
    finally:
        # Broken off after its end it changes nothing; whoever is stopped while waiting leaves no thread behind.
        abort.abort()
    return await asking
