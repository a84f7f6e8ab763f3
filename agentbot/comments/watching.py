"""What is seen in the video a comment stands under, in answer to it."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Mapping

from agentbot.comments.replying import CommentPlan, is_suspicious
from agentbot.knowledge.videos import asks_what_is_seen, names_in
from agentbot.pii import mask_text
from agentbot.turns.database import in_database
from core.errors import AdloomError
from core.llm.accounting import booked_on
from core.llm.gateway import language_model
from generation import api as generation
from generation.contracts import VideoReply

logger = logging.getLogger(__name__)
ANSWER_SECONDS = 8.0


async def seen_in_video(
    advertiser: uuid.UUID, source: Mapping[str, object], plan: CommentPlan, words: str
) -> VideoReply | None:
    """The answer to `words` from the approved description of the video that `source` names.

    None where it is no such question, no video is booked there, nothing of it is approved, or it does not say.
    A language model that takes too long or fails leaves the comment to what is said elsewhere.
    """
    if plan.kind != "question" or not asks_what_is_seen(words) or is_suspicious(plan.seen):
        return None
    video = await in_database(generation.shown_under, advertiser, names_in(source))
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
