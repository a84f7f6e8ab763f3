"""A turn of somebody who came from a video, asking what is seen in it."""

from __future__ import annotations

from dataclasses import replace

from agentbot.contracts import AnswerSegment, TurnInput
from agentbot.knowledge.videos import article_of, asks_what_is_seen, names_in, with_moment, with_video
from agentbot.turns.claiming import Claim
from agentbot.turns.database import in_database
from generation import api as generation


async def with_the_video(turn: TurnInput, claim: Claim) -> TurnInput:
    """`turn`, with what was approved of the video known too where it is asked for and booked.

    A language model reads the captions with everything else that is approved; without one the caption that fits
    is quoted.
    """
    names = names_in(claim.source or {})
    asked = next((said.text for said in reversed(turn.messages) if asks_what_is_seen(said.text)), "")
    video = await in_database(generation.shown_under, claim.advertiser_id, names) if names and asked else None
    if video is None:
        return turn
    language = turn.knowledge.language
    reply = generation.answer_about_video(video, asked, None, language)
    shown = None
    if reply is not None:
        shown = AnswerSegment(with_moment(reply.text, reply.seconds[0], language), "", (article_of(video),))
    return replace(turn, knowledge=with_video(turn.knowledge, video), shown=shown)
