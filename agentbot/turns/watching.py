"""A turn of somebody who came from a video, asking what is seen in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agentbot.contracts import AnswerSegment, TurnInput
from agentbot.knowledge.videos import article_of, asks_what_is_seen, names_in, with_moment, with_video
from agentbot.turns.claiming import Claim
from agentbot.turns.database import in_database
from core.contracts import Language
from generation import api as generation
from generation.contracts import ShownVideo


async def with_the_video(turn: TurnInput, claim: Claim) -> TurnInput:
    """`turn`, with what was approved of the video known too where it is asked for and booked.

    A language model reads the captions with everything else that is approved; without one the caption that fits
    is quoted.
    """
    names = names_in(claim.source or {})
    asked = next((said.text for said in reversed(turn.messages) if asks_what_is_seen(said.text)), "")
    found = await in_database(_look, claim, names, asked, turn.knowledge.language) if names and asked else None
    if found is None:
        return turn
    video, shown = found
    return replace(turn, knowledge=with_video(turn.knowledge, video), shown=shown)


def _look(
    claim: Claim, names: Sequence[str], asked: str, language: Language
) -> tuple[ShownVideo, AnswerSegment | None] | None:
    """The video, and the caption that fits; in the books' thread, since words are cut there too."""
    video = generation.shown_under(claim.advertiser_id, names)
    if video is None:
        return None
    reply = generation.answer_about_video(video, asked, None, language)
    if reply is None:
        return video, None
    return video, AnswerSegment(with_moment(reply.text, reply.seconds[0], language), "", (article_of(video),))
